import type { RpcError } from '../../src/core/errors';
import type { ModelOrigin } from '../../src/core/model-store-api';

/** A model as stored, without its files. */
export interface ModelRecord {
  readonly id: string;
  readonly name: string;
  readonly origin: ModelOrigin;
  /** How the last install ended when it did not end well; another tab that waited for it reads it here. */
  readonly failure: RpcError | null;
}

/** A piece of a file: its length and the SHA-256 of its bytes. */
export interface ChunkNote {
  readonly bytes: number;
  readonly sha256: string;
}

/** The manifest of one file. Its bytes are the chunks 0, 1, …, kept one by one. */
export interface FileRecord {
  readonly model: string;
  readonly path: string;
  readonly url: string | null;
  /** ETag of the response that the bytes came from, with its quotes. */
  readonly etag: string | null;
  /** null where the server has not said. */
  readonly sizeBytes: number | null;
  /** SHA-256 that the hub publishes or the app knows; null where there is neither. */
  readonly publishedSha256: string | null;
  /** SHA-256 of the bytes here, once all are. */
  readonly sha256: string | null;
  readonly state: 'partial' | 'complete';
  /** Length of every chunk but the last. */
  readonly chunkBytes: number;
  readonly chunks: readonly ChunkNote[];
  /** What had arrived of the next chunk when the download stopped. */
  readonly tail: ChunkNote | null;
  /** State of the file's SHA-256 after `chunks`; null when complete. */
  readonly hashState: Uint8Array<ArrayBuffer> | null;
}

/** Where models are kept. Rejects with SottoError 'no-space' or 'storage-failed'. */
export interface ModelDatabase {
  readonly place: 'indexeddb' | 'memory';
  models(): Promise<ModelRecord[]>;
  model(id: string): Promise<ModelRecord | undefined>;
  putModel(record: ModelRecord): Promise<void>;
  /** Deletes the model, its files and their chunks. */
  dropModel(id: string): Promise<void>;
  files(model: string): Promise<FileRecord[]>;
  file(model: string, path: string): Promise<FileRecord | undefined>;
  putFile(record: FileRecord): Promise<void>;
  /** Deletes a file's chunks and keeps this of it: a plan that forgot a file would take the rest for the whole model. */
  resetFile(record: FileRecord): Promise<void>;
  /** Deletes a file that no plan names any more, with its chunks. */
  dropFile(file: FileRecord): Promise<void>;
  /** Stores a chunk and its file's manifest, both or neither. */
  putChunk(record: FileRecord, index: number, bytes: Blob): Promise<void>;
  chunk(model: string, path: string, index: number): Promise<Blob | undefined>;
}

/** A file of which nothing is here yet. */
export function emptyFile(
  wanted: Pick<FileRecord, 'model' | 'path' | 'url' | 'sizeBytes' | 'publishedSha256'>,
  chunkBytes: number,
): FileRecord {
  return {
    ...wanted,
    etag: null,
    sha256: null,
    state: 'partial',
    chunkBytes,
    chunks: [],
    tail: null,
    hashState: null,
  };
}

/** Bytes that are stored of a file. */
export function storedBytes({ chunks, tail }: FileRecord): number {
  return chunks.reduce((sum, { bytes }) => sum + bytes, tail?.bytes ?? 0);
}
