import { SottoError } from '../../src/core/errors';
import type { FileRecord, ModelDatabase } from './model-database';
import { sha256Hex } from './sha256';

/**
 * One file of a stored model in one buffer, every chunk compared with the hash it was stored with.
 * Peak memory is the file and one chunk.
 * @param onBytes told how many bytes have been read
 * @throws SottoError 'model-missing', or 'model-corrupt', which `ModelStoreApi.repair` mends
 */
export async function readModelBytes(
  database: ModelDatabase,
  model: string,
  path: string,
  onBytes: (readBytes: number, sizeBytes: number) => void = () => undefined,
): Promise<Uint8Array<ArrayBuffer>> {
  const record = await completeFile(database, model, path);
  const sizeBytes = record.chunks.reduce((sum, { bytes }) => sum + bytes, 0);
  const bytes = new Uint8Array(sizeBytes);
  let filled = 0;
  for (const index of record.chunks.keys()) {
    const chunk = await verifiedChunk(database, record, index);
    bytes.set(chunk, filled);
    filled += chunk.length;
    onBytes(filled, sizeBytes);
  }
  return bytes;
}

/** The same as a Blob, which stays on disk until it is read. Peak memory is one chunk. */
export async function readModelBlob(
  database: ModelDatabase,
  model: string,
  path: string,
  onBytes: (readBytes: number, sizeBytes: number) => void = () => undefined,
): Promise<Blob> {
  const record = await completeFile(database, model, path);
  const sizeBytes = record.chunks.reduce((sum, { bytes }) => sum + bytes, 0);
  const parts: Blob[] = [];
  let checkedBytes = 0;
  for (const index of record.chunks.keys()) {
    checkedBytes += (await verifiedChunk(database, record, index)).length;
    const part = await database.chunk(model, path, index);
    if (part) parts.push(part);
    onBytes(checkedBytes, sizeBytes);
  }
  return new Blob(parts);
}

/** Whether a chunk is what it was when it was stored. */
export async function isChunkIntact(
  database: ModelDatabase,
  record: FileRecord,
  index: number,
): Promise<boolean> {
  return (await readIntactChunk(database, record, index)) !== null;
}

async function verifiedChunk(
  database: ModelDatabase,
  record: FileRecord,
  index: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await readIntactChunk(database, record, index);
  if (bytes) return bytes;
  throw new SottoError(
    'model-corrupt',
    `A stored piece of this model is damaged (${record.path}). Have its files checked in the settings, under Details.`,
    `${record.model} ${record.path} chunk ${String(index)}`,
  );
}

async function readIntactChunk(
  database: ModelDatabase,
  record: FileRecord,
  index: number,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const note = record.chunks[index];
  const blob = await database.chunk(record.model, record.path, index);
  if (!note || blob?.size !== note.bytes) return null;
  // Chromium rejects the read of a Blob whose file on disk is gone.
  const buffer = await blob.arrayBuffer().catch(() => null);
  if (!buffer) return null;
  const bytes = new Uint8Array(buffer);
  return (await sha256Hex(bytes)) === note.sha256 ? bytes : null;
}

async function completeFile(
  database: ModelDatabase,
  model: string,
  path: string,
): Promise<FileRecord> {
  const record = await database.file(model, path);
  if (record?.state === 'complete') return record;
  throw new SottoError(
    'model-missing',
    `The file ${path} of this model is not here. Download the model first.`,
    `${model} ${path} ${record ? 'is partial' : 'is not stored'}`,
  );
}
