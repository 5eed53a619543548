import type { FileInMemory, LoadEvent, ModelSource } from '../../src/core/asr-api';
import { SottoError } from '../../src/core/errors';
import type { ModelDatabase } from '../models/model-database';
import { openModelDatabase } from '../models/open-database';
import { readModelBlob, readModelBytes } from '../models/read-model';
import { sha256Hex } from '../models/sha256';
import { bytesOf, type FileData } from './file-bytes';

type OnEvent = (event: LoadEvent) => void;

/** The files of one model, wherever they are. */
export interface ModelFolder {
  /** Paths of all files; null where that cannot be told. */
  readonly paths: readonly string[] | null;
  /** One file, whole. @throws SottoError 'model-missing', 'model-invalid' or 'model-corrupt' */
  read(path: string, onEvent?: OnEvent): Promise<Uint8Array<ArrayBuffer>>;
  /** The same as a Blob, which need not be in memory. */
  open(path: string, onEvent?: OnEvent): Promise<Blob>;
  /** SHA-256 of a file in hex. @param file as read or opened; null where nobody knows */
  sha256(path: string, file: FileData): Promise<string | null>;
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
    return bytesOf(await this.open(path, onEvent));
  }

  async open(path: string, onEvent?: OnEvent): Promise<Blob> {
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
    return new Blob(parts);
  }

  async sha256(_: string, file: FileData): Promise<string> {
    return sha256Hex(await bytesOf(file));
  }
}

/** A model that the page holds. */
class FolderInMemory implements ModelFolder {
  readonly paths: readonly string[];

  constructor(private readonly files: readonly FileInMemory[]) {
    this.paths = files.map(({ path }) => path);
  }

  async read(path: string, onEvent?: OnEvent): Promise<Uint8Array<ArrayBuffer>> {
    return bytesOf(await this.open(path, onEvent));
  }

  async open(path: string, onEvent?: OnEvent): Promise<Blob> {
    const blob = this.files.find((file) => file.path === path)?.blob as Blob | undefined;
    if (!blob) throw missing(path, 'not in memory');
    const { size } = blob;
    onEvent?.({ kind: 'download', file: path, loadedBytes: size, totalBytes: size });
    return blob;
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
    return readModelBytes(this.database, this.id, path, tellBytes(path, onEvent));
  }

  open(path: string, onEvent?: OnEvent): Promise<Blob> {
    return readModelBlob(this.database, this.id, path, tellBytes(path, onEvent));
  }

  async sha256(path: string): Promise<string | null> {
    return this.hashes.get(path) ?? null;
  }
}

function tellBytes(
  file: string,
  onEvent?: OnEvent,
): (loadedBytes: number, totalBytes: number) => void {
  return (loadedBytes, totalBytes) =>
    onEvent?.({ kind: 'download', file, loadedBytes, totalBytes });
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
