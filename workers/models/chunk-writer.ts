import { SottoError } from '../../src/core/errors';
import {
  emptyFile,
  storedBytes,
  type ChunkNote,
  type FileRecord,
  type ModelDatabase,
} from './model-database';
import { sha256Hex, startSha256, type Sha256Stream } from './sha256';

/**
 * Writes one file in chunks, hashing as it goes. Where the file was begun before, it goes on after what is stored.
 * Holds one chunk in memory.
 */
export class ChunkWriter {
  readonly #database: ModelDatabase;
  readonly #pending: Uint8Array<ArrayBuffer>;
  #record: FileRecord;
  #hash: Sha256Stream;
  #pendingBytes = 0;

  private constructor(database: ModelDatabase, record: FileRecord, hash: Sha256Stream) {
    this.#database = database;
    this.#record = record;
    this.#hash = hash;
    this.#pending = new Uint8Array(record.chunkBytes);
  }

  static async open(database: ModelDatabase, record: FileRecord): Promise<ChunkWriter> {
    const writer = new ChunkWriter(database, record, await resumedHash(database, record));
    await writer.#takeUpTail();
    return writer;
  }

  get record(): FileRecord {
    return this.#record;
  }

  /** Bytes received so far; those of an unfinished chunk are in memory only. */
  get receivedBytes(): number {
    return storedBytes({ ...this.#record, tail: null }) + this.#pendingBytes;
  }

  /** Notes which version of the file the bytes belong to. */
  setVersion(version: Partial<Pick<FileRecord, 'etag' | 'sizeBytes' | 'publishedSha256'>>): void {
    this.#record = { ...this.#record, ...version };
  }

  async write(part: Uint8Array): Promise<void> {
    for (let taken = 0; taken < part.length;) {
      const room = this.#pending.length - this.#pendingBytes;
      const piece = part.subarray(taken, taken + room);
      this.#pending.set(piece, this.#pendingBytes);
      this.#pendingBytes += piece.length;
      taken += piece.length;
      if (this.#pendingBytes === this.#pending.length) await this.#store();
    }
  }

  /** Stores what has arrived of the unfinished chunk, so that a later download goes on from the last byte. */
  async flush(): Promise<void> {
    if (this.#pendingBytes === 0) return;
    const { bytes, note } = await this.#takePending();
    this.#record = { ...this.#record, tail: note };
    await this.#database.putChunk(this.#record, this.#record.chunks.length, new Blob([bytes]));
  }

  /** Throws away all that has arrived, to begin again. */
  async restart(): Promise<void> {
    this.#pendingBytes = 0;
    this.#hash = await startSha256();
    this.#record = emptyFile(this.#record, this.#record.chunkBytes);
    await this.#database.resetFile(this.#record);
  }

  /**
   * Verifies the whole file and marks it complete.
   * @throws SottoError 'model-corrupt' where it is not the file that was published; it is thrown away
   */
  async finish(): Promise<FileRecord> {
    if (this.#pendingBytes > 0) await this.#store();
    const sha256 = this.#hash.digest();
    const { publishedSha256, path } = this.#record;
    if (publishedSha256 !== null && publishedSha256 !== sha256) {
      await this.restart();
      throw new SottoError(
        'model-corrupt',
        `The file ${path} arrived damaged: its checksum is not the published one. It was thrown away; download it again, or set another host in the settings.`,
        `SHA-256 ${sha256}, published ${publishedSha256}`,
      );
    }
    const sizeBytes = this.receivedBytes;
    this.#record = { ...this.#record, sizeBytes, sha256, state: 'complete', hashState: null };
    await this.#database.putFile(this.#record);
    return this.#record;
  }

  async #store(): Promise<void> {
    const noting = this.#takePending();
    // The browser hashes the chunk on another thread meanwhile.
    this.#hash.update(this.#pending.subarray(0, this.#pendingBytes));
    const { bytes, note } = await noting;
    const hashState = new Uint8Array(this.#hash.save());
    const index = this.#record.chunks.length;
    const record = {
      ...this.#record,
      chunks: [...this.#record.chunks, note],
      tail: null,
      hashState,
    };
    await this.#database.putChunk(record, index, new Blob([bytes]));
    this.#record = record;
    this.#pendingBytes = 0;
  }

  async #takePending(): Promise<{ bytes: Uint8Array<ArrayBuffer>; note: ChunkNote }> {
    const bytes = this.#pending.subarray(0, this.#pendingBytes);
    return { bytes, note: { bytes: bytes.length, sha256: await sha256Hex(bytes) } };
  }

  async #takeUpTail(): Promise<void> {
    const { tail, model, path, chunks } = this.#record;
    if (!tail) return;
    const blob = await this.#database.chunk(model, path, chunks.length);
    const bytes = blob ? new Uint8Array(await blob.arrayBuffer()) : new Uint8Array();
    if ((await sha256Hex(bytes)) !== tail.sha256 || bytes.length > this.#pending.length) {
      this.#record = { ...this.#record, tail: null };
      return;
    }
    this.#pending.set(bytes);
    this.#pendingBytes = bytes.length;
  }
}

/** The hash after the stored chunks: from its saved state, or by reading them where another build saved it. */
async function resumedHash(database: ModelDatabase, record: FileRecord): Promise<Sha256Stream> {
  const hash = await startSha256();
  if (record.chunks.length === 0) return hash;
  try {
    if (record.hashState) return hash.load(record.hashState);
  } catch {
    hash.init();
  }
  for (const index of record.chunks.keys()) {
    const blob = await database.chunk(record.model, record.path, index);
    if (blob) hash.update(new Uint8Array(await blob.arrayBuffer()));
  }
  return hash;
}
