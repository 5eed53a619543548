import { packResult, SottoError, toSottoError, type RpcResult } from '../../src/core/errors';
import { MANIFEST_NAME, parseManifest } from '../../src/core/model-manifest';
import {
  DEFAULT_STORE_SETTINGS,
  type InstallEvent,
  type InstallRequest,
  type ModelStoreApi,
  type RepairReport,
  type SideloadFile,
  type StorageUse,
  type StoredModel,
  type StoreSettings,
} from '../../src/core/model-store-api';
import { describeModel } from './describe-model';
import { importModel, type ImportSource } from './import-model';
import { installModel } from './install-model';
import { ModelChannel } from './model-channel';
import { storedBytes, type ModelDatabase } from './model-database';
import { withModelLock } from './model-lock';
import { openModelDatabase } from './open-database';
import { readModelBlob } from './read-model';
import { repairModel } from './repair-model';
import { listZip, type ZipEntry } from './zip-reader';

/** The model store behind ModelStoreApi. */
export class ModelStore implements ModelStoreApi<Blob> {
  #settings = DEFAULT_STORE_SETTINGS;
  #database: Promise<ModelDatabase> | null = null;
  readonly #calls = new Map<string, AbortController>();

  async configure(settings: Partial<StoreSettings>): Promise<void> {
    this.#settings = { ...this.#settings, ...settings };
    this.#database = null;
  }

  list(): Promise<RpcResult<readonly StoredModel[]>> {
    return packResult(async () => {
      const database = await this.#open();
      const records = await database.models();
      return Promise.all(
        records.map(async (record) => describeModel(record, await database.files(record.id))),
      );
    });
  }

  storage(): Promise<RpcResult<StorageUse>> {
    return packResult(async () => {
      const database = await this.#open();
      const files = (await database.models()).map(({ id }) => database.files(id));
      const modelBytes = (await Promise.all(files))
        .flat()
        .reduce((sum, file) => sum + storedBytes(file), 0);
      return { place: database.place, modelBytes, ...(await browserStorage()) };
    });
  }

  install(
    call: string,
    request: InstallRequest,
    onEvent: (event: InstallEvent) => void,
  ): Promise<RpcResult<StoredModel>> {
    return this.#call(call, async (abort) => {
      const name = this.#settings.databaseName;
      const hearing = new ModelChannel(name);
      let isWaiting = false;
      hearing.listen((message) => {
        if (message.model !== request.id) return;
        if (message.kind === 'event' && isWaiting) onEvent(message.event);
        if (message.kind === 'pause' && !isWaiting) abort.abort(paused());
      });
      const work = async (): Promise<void> => {
        if (isWaiting) await this.#throwFailureOf(request.id);
        isWaiting = false;
        await this.#download(abort.signal, request, onEvent);
      };
      try {
        await withModelLock(abort.signal, `${name} ${request.id}`, work, () => {
          isWaiting = true;
          onEvent({ kind: 'elsewhere' });
        });
        return await this.#describe(request.id);
      } finally {
        hearing.close();
      }
    });
  }

  async cancel(call: string): Promise<void> {
    this.#calls.get(call)?.abort(new SottoError('aborted', 'The download was stopped.'));
  }

  async pause(id: string): Promise<void> {
    const channel = new ModelChannel(this.#settings.databaseName);
    channel.send({ kind: 'pause', model: id });
    channel.close();
  }

  repair(call: string, id: string): Promise<RpcResult<RepairReport>> {
    return this.#call(call, async ({ signal }) => {
      const database = await this.#open();
      const settings = this.#settings;
      return this.#locked(signal, id, () => repairModel(signal, { database, settings }, id));
    });
  }

  importFiles(id: string, files: readonly SideloadFile<Blob>[]): Promise<RpcResult<StoredModel>> {
    const sources = files.map(({ path, file }): ImportSource => ({
      path,
      sizeBytes: file.size,
      crc32: null,
      open: async () => file.stream(),
    }));
    return packResult(() => this.#import(id, sources));
  }

  importZip(id: string, zip: Blob): Promise<RpcResult<StoredModel>> {
    return packResult(async () => this.#import(id, await listZip(zip)));
  }

  readFile(id: string, path: string): Promise<RpcResult<Blob>> {
    return packResult(async () => readModelBlob(await this.#open(), id, path));
  }

  remove(id: string): Promise<RpcResult<null>> {
    return packResult(async () => {
      await this.pause(id);
      const database = await this.#open();
      await this.#locked(new AbortController().signal, id, () => database.dropModel(id));
      return null;
    });
  }

  /** Runs the download, tells the other tabs of it, and notes how it failed for those that wait. */
  async #download(
    signal: AbortSignal,
    request: InstallRequest,
    onEvent: (event: InstallEvent) => void,
  ): Promise<void> {
    const database = await this.#open();
    const telling = new ModelChannel(this.#settings.databaseName);
    const tell = (event: InstallEvent): void => {
      onEvent(event);
      telling.send({ kind: 'event', model: request.id, event });
    };
    const earlier = await database.model(request.id);
    if (earlier?.failure) await database.putModel({ ...earlier, failure: null });
    try {
      const context = { database, settings: this.#settings, onEvent: tell };
      await installModel(signal, context, request);
    } catch (thrown) {
      const { code, message, details } = signal.aborted ? paused() : toSottoError(thrown);
      const record = await database.model(request.id);
      if (record)
        await database
          .putModel({ ...record, failure: { code, message, details } })
          .catch(() => undefined);
      throw thrown;
    } finally {
      telling.close();
    }
  }

  /** The tab that was waited for said why it stopped; one that died said nothing, and its work is taken over. */
  async #throwFailureOf(id: string): Promise<void> {
    const failure = (await (await this.#open()).model(id))?.failure;
    if (failure) throw new SottoError(failure.code, failure.message, failure.details);
  }

  async #import(id: string, sources: readonly (ImportSource | ZipEntry)[]): Promise<StoredModel> {
    const database = await this.#open();
    const { signal } = new AbortController();
    const listing = sources.find(({ path }) => path.split('/').at(-1) === MANIFEST_NAME);
    const manifest = listing
      ? parseManifest(await new Response(await listing.open()).text())
      : null;
    const name = manifest?.id ?? id;
    const { chunkBytes } = this.#settings;
    await this.#locked(signal, name, () =>
      importModel(signal, { database, chunkBytes }, name, sources, manifest),
    );
    return this.#describe(name);
  }

  async #describe(id: string): Promise<StoredModel> {
    const database = await this.#open();
    const record = await database.model(id);
    if (!record) throw new SottoError('model-missing', 'This model was deleted meanwhile.');
    return describeModel(record, await database.files(id));
  }

  #locked<T>(signal: AbortSignal, id: string, work: () => Promise<T>): Promise<T> {
    return withModelLock(signal, `${this.#settings.databaseName} ${id}`, work);
  }

  async #call<T>(
    call: string,
    work: (abort: AbortController) => Promise<T>,
  ): Promise<RpcResult<T>> {
    const abort = new AbortController();
    this.#calls.set(call, abort);
    try {
      return await packResult(() => work(abort));
    } finally {
      this.#calls.delete(call);
    }
  }

  #open(): Promise<ModelDatabase> {
    return (this.#database ??= openModelDatabase(this.#settings.databaseName));
  }
}

function paused(): SottoError {
  return new SottoError('paused', 'The download is paused. What has arrived is kept.');
}

async function browserStorage(): Promise<Omit<StorageUse, 'place' | 'modelBytes'>> {
  const { storage } = navigator as { readonly storage?: StorageManager };
  const estimate = await storage?.estimate().catch(() => undefined);
  const persisted = await storage?.persisted().catch(() => undefined);
  return {
    usedBytes: estimate?.usage ?? null,
    quotaBytes: estimate?.quota ?? null,
    persisted: persisted ?? null,
  };
}
