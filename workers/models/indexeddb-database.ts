import { SottoError } from '../../src/core/errors';
import type { FileRecord, ModelDatabase, ModelRecord } from './model-database';

const VERSION = 1;
type StoreName = 'models' | 'files' | 'chunks';

/** Models in IndexedDB. Chunks are Blobs, which the browser keeps on disk and hands out without reading them. */
export class IndexedDbDatabase implements ModelDatabase {
  readonly place = 'indexeddb';
  readonly #name: string;
  #opening: Promise<IDBDatabase> | null = null;

  private constructor(name: string) {
    this.#name = name;
  }

  /** @throws DOMException where the browser refuses storage */
  static async open(name: string): Promise<IndexedDbDatabase> {
    const database = new IndexedDbDatabase(name);
    await database.#connection();
    return database;
  }

  models(): Promise<ModelRecord[]> {
    return this.#read<ModelRecord[]>('models', (store) => store.getAll());
  }

  model(id: string): Promise<ModelRecord | undefined> {
    return this.#read<ModelRecord | undefined>('models', (store) => store.get(id));
  }

  putModel(record: ModelRecord): Promise<void> {
    return this.#write(['models'], (tx) => tx.objectStore('models').put(record));
  }

  dropModel(id: string): Promise<void> {
    return this.#write(['models', 'files', 'chunks'], (tx) => {
      tx.objectStore('models').delete(id);
      tx.objectStore('files').delete(everythingUnder(id));
      tx.objectStore('chunks').delete(everythingUnder(id));
    });
  }

  files(model: string): Promise<FileRecord[]> {
    return this.#read<FileRecord[]>('files', (store) => store.getAll(everythingUnder(model)));
  }

  file(model: string, path: string): Promise<FileRecord | undefined> {
    return this.#read<FileRecord | undefined>('files', (store) => store.get([model, path]));
  }

  putFile(record: FileRecord): Promise<void> {
    return this.#write(['files'], (tx) => tx.objectStore('files').put(record));
  }

  resetFile(record: FileRecord): Promise<void> {
    return this.#write(['files', 'chunks'], (tx) => {
      tx.objectStore('files').put(record);
      tx.objectStore('chunks').delete(everythingUnder(record.model, record.path));
    });
  }

  dropFile({ model, path }: FileRecord): Promise<void> {
    return this.#write(['files', 'chunks'], (tx) => {
      tx.objectStore('files').delete([model, path]);
      tx.objectStore('chunks').delete(everythingUnder(model, path));
    });
  }

  putChunk(record: FileRecord, index: number, bytes: Blob): Promise<void> {
    return this.#write(['files', 'chunks'], (tx) => {
      tx.objectStore('chunks').put(bytes, [record.model, record.path, index]);
      tx.objectStore('files').put(record);
    });
  }

  chunk(model: string, path: string, index: number): Promise<Blob | undefined> {
    return this.#read<Blob | undefined>('chunks', (store) => store.get([model, path, index]));
  }

  async #read<T>(name: StoreName, ask: (store: IDBObjectStore) => IDBRequest): Promise<T> {
    const database = await this.#connection();
    return new Promise<T>((resolve, reject) => {
      try {
        const request = ask(database.transaction(name).objectStore(name));
        request.onsuccess = () => resolve(request.result as T);
        request.onerror = () => reject(storageError(request.error));
      } catch (thrown) {
        reject(storageError(thrown));
      }
    });
  }

  async #write(names: StoreName[], change: (tx: IDBTransaction) => void): Promise<void> {
    const database = await this.#connection();
    return new Promise<void>((resolve, reject) => {
      try {
        const tx = database.transaction(names, 'readwrite');
        tx.oncomplete = () => resolve();
        // A full disk aborts the transaction without an error on any request of it.
        tx.onabort = () => reject(storageError(tx.error));
        change(tx);
      } catch (thrown) {
        reject(storageError(thrown));
      }
    });
  }

  #connection(): Promise<IDBDatabase> {
    if (this.#opening) return this.#opening;
    const opening = connect(this.#name, () => (this.#opening = null));
    opening.catch(() => (this.#opening = null));
    return (this.#opening = opening);
  }
}

function connect(name: string, onClose: () => void): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, VERSION);
    request.onupgradeneeded = () => {
      const database = request.result;
      database.createObjectStore('models', { keyPath: 'id' });
      database.createObjectStore('files', { keyPath: ['model', 'path'] });
      database.createObjectStore('chunks');
    };
    request.onerror = () => reject(request.error ?? new Error('IndexedDB did not open.'));
    request.onsuccess = () => {
      const database = request.result;
      // The browser closes it when site data is cleared; the next call opens a new one.
      database.onclose = onClose;
      database.onversionchange = () => {
        database.close();
        onClose();
      };
      resolve(database);
    };
  });
}

/** All keys that begin with these parts: an array sorts after every string and number. */
function everythingUnder(...parts: string[]): IDBKeyRange {
  return IDBKeyRange.bound(parts, [...parts, []]);
}

function storageError(thrown: unknown): SottoError {
  const name = thrown instanceof DOMException ? thrown.name : '';
  if (name === 'QuotaExceededError')
    return new SottoError(
      'no-space',
      'The browser has no more room for this model. Delete another model, or free space on this device.',
      String(thrown),
    );
  return new SottoError(
    'storage-failed',
    "The browser's storage failed. Reload the page, and try again.",
    String(thrown),
  );
}
