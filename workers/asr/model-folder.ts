import type { FileInMemory, LoadEvent, ModelSource } from '../../src/core/asr-api';
import { SottoError } from '../../src/core/errors';
import type { ModelDatabase } from '../models/model-database';
import { openModelDatabase } from '../models/open-database';
import { readModelBytes } from '../models/read-model';
import { sha256Hex } from '../models/sha256';

type OnEvent = (event: LoadEvent) => void;

/** The files of one model, wherever they are. */
export interface ModelFolder {
  /** Paths of all files; null where that cannot be told. */
  readonly paths: readonly string[] | null;
  /** One file, whole. @throws SottoError 'model-missing', 'model-invalid' or 'model-corrupt' */
  read(path: string, onEvent?: OnEvent): Promise<Uint8Array<ArrayBuffer>>;
  /** SHA-256 of a file in hex. @param bytes as read; null where nobody knows */
  sha256(path: string, bytes: Uint8Array<ArrayBuffer>): Promise<string | null>;
}

/** @throws SottoError 'model-missing' where the store has no such model */
export async function openModelFolder(source: ModelSource): Promise<ModelFolder> {
  if (source.kind === 'folder') return new ServedFolder(source.baseUrl);
  if (source.kind === 'blobs') return new FolderInMemory(source.files);
  const database = await openModelDatabase();
  const files = await database.files(source.id);
  const complete = files.filter(({ state }) => state === 'complete');
  if (complete.length === 0)
    throw new SottoError(
      'model-missing',
      'This model is not on this device. Download it, or choose another one.',
      source.id,
    );
  const hashes = new Map(complete.map(({ path, sha256 }) => [path, sha256]));
  return new StoredFolder(database, source.id, hashes);
}

/** A folder of a server. */
export class ServedFolder implements ModelFolder {
  readonly paths = null;

  /** @param baseUrl absolute, ending in "/" */
  constructor(private readonly baseUrl: string) {}

  async read(path: string, onEvent?: OnEvent): Promise<Uint8Array<ArrayBuffer>> {
    const response = await fetchFile(new URL(path, this.baseUrl), path);
    const declared = Number(response.headers.get('content-length') ?? 0);
    const parts: Uint8Array<ArrayBuffer>[] = [];
    let loadedBytes = 0;
    for (const reader = response.body!.getReader(); ;) {
      const { done, value } = await reader.read();
      if (done) break;
      parts.push(value);
      loadedBytes += value.length;
      const totalBytes = Math.max(declared, loadedBytes);
      onEvent?.({ kind: 'download', file: path, loadedBytes, totalBytes });
    }
    if (declared > 0 && !response.headers.has('content-encoding') && loadedBytes !== declared)
      throw new SottoError(
        'model-invalid',
        `The model file ${path} arrived incomplete (${loadedBytes} of ${declared} bytes). Load the model again.`,
      );
    return new Uint8Array(await new Blob(parts).arrayBuffer());
  }

  sha256(_: string, bytes: Uint8Array<ArrayBuffer>): Promise<string> {
    return sha256Hex(bytes);
  }
}

/** A model that the page holds. */
class FolderInMemory implements ModelFolder {
  readonly paths: readonly string[];

  constructor(private readonly files: readonly FileInMemory[]) {
    this.paths = files.map(({ path }) => path);
  }

  async read(path: string, onEvent?: OnEvent): Promise<Uint8Array<ArrayBuffer>> {
    const file = this.files.find((other) => other.path === path);
    if (!file) throw missing(path, 'not in memory');
    const bytes = new Uint8Array(await file.blob.arrayBuffer());
    const { length } = bytes;
    onEvent?.({ kind: 'download', file: path, loadedBytes: length, totalBytes: length });
    return bytes;
  }

  async sha256(path: string): Promise<string | null> {
    return this.files.find((other) => other.path === path)?.sha256 ?? null;
  }
}

/** A model of the store, every piece compared with the hash it was stored with. */
class StoredFolder implements ModelFolder {
  constructor(
    private readonly database: ModelDatabase,
    private readonly id: string,
    private readonly hashes: ReadonlyMap<string, string | null>,
  ) {}

  get paths(): readonly string[] {
    return [...this.hashes.keys()];
  }

  read(path: string, onEvent?: OnEvent): Promise<Uint8Array<ArrayBuffer>> {
    return readModelBytes(this.database, this.id, path, (loadedBytes, totalBytes) =>
      onEvent?.({ kind: 'download', file: path, loadedBytes, totalBytes }),
    );
  }

  async sha256(path: string): Promise<string | null> {
    return this.hashes.get(path) ?? null;
  }
}

async function fetchFile(url: URL, path: string): Promise<Response> {
  const response = await fetch(url).catch((cause: unknown) => {
    throw new SottoError(
      'model-missing',
      `The model file ${path} could not be read.`,
      `${url.href}\n${String(cause)}`,
    );
  });
  if (!response.ok || response.body === null) throw missing(path, `${response.status} ${url.href}`);
  return response;
}

function missing(path: string, details: string): SottoError {
  return new SottoError(
    'model-missing',
    `The model has no file ${path}. Choose another precision or another model.`,
    details,
  );
}
