import { SottoError } from '../../src/core/errors';
import type { RepairReport, StoreSettings } from '../../src/core/model-store-api';
import { askHub, statusError } from './hub-request';
import { Interruption } from './interruption';
import type { ChunkNote, FileRecord, ModelDatabase } from './model-database';
import { isChunkIntact } from './read-model';
import { retrying } from './retrying';
import { sha256Hex } from './sha256';

/**
 * Compares every chunk of a model's complete files with the hash it was stored with, and asks the server for those
 * that differ, each alone.
 * @throws SottoError 'model-corrupt' where a damaged model has no server, 'model-changed' where the server has
 * another version by now
 */
export async function repairModel(
  signal: AbortSignal,
  { database, settings }: { readonly database: ModelDatabase; readonly settings: StoreSettings },
  model: string,
): Promise<RepairReport> {
  let checkedBytes = 0;
  let refetchedBytes = 0;
  const replaced: { path: string; index: number }[] = [];
  for (const file of await database.files(model)) {
    for (const [index, note] of file.chunks.entries()) {
      signal.throwIfAborted();
      checkedBytes += note.bytes;
      if (await isChunkIntact(database, file, index)) continue;
      const fetchIt = (): Promise<Uint8Array<ArrayBuffer>> =>
        fetchChunk(signal, settings, file, index);
      const bytes = await retrying(signal, settings, fetchIt, () => undefined);
      await database.putChunk(file, index, new Blob([bytes]));
      replaced.push({ path: file.path, index });
      refetchedBytes += bytes.length;
    }
  }
  return { checkedBytes, replaced, refetchedBytes };
}

async function fetchChunk(
  signal: AbortSignal,
  settings: StoreSettings,
  file: FileRecord,
  index: number,
): Promise<Uint8Array<ArrayBuffer>> {
  if (file.url === null)
    throw new SottoError(
      'model-corrupt',
      `A stored piece of ${file.path} is damaged, and this model came from files. Delete it and add it again.`,
    );
  const note = file.chunks[index]!;
  const start = file.chunks.slice(0, index).reduce((sum, { bytes }) => sum + bytes, 0);
  const range = `bytes=${String(start)}-${String(start + note.bytes - 1)}`;
  // Without If-Range: the chunk's own hash says whether it is the right version.
  const init = { headers: { Range: range } };
  const answer = await askHub(signal, file.url, init, settings.idleTimeoutMs);
  const { response } = answer;
  try {
    if (!response.ok && response.status !== 416) throw statusError(response, file.path);
    if (response.status === 416) throw changed(file, `416 to ${range}`);
    const bytes = new Uint8Array(note.bytes);
    let filled = 0;
    // A server that knows no ranges sends the file from its beginning.
    let ahead = response.status === 206 ? 0 : start;
    for await (const piece of answer.pieces()) {
      const part = piece.subarray(ahead, ahead + bytes.length - filled);
      ahead = Math.max(0, ahead - piece.length);
      bytes.set(part, filled);
      filled += part.length;
      if (filled === bytes.length) break;
    }
    await requireSame(file, note, bytes.subarray(0, filled), range);
    return bytes;
  } finally {
    answer.discard();
  }
}

async function requireSame(
  file: FileRecord,
  note: ChunkNote,
  bytes: Uint8Array<ArrayBuffer>,
  range: string,
): Promise<void> {
  if (bytes.length < note.bytes)
    throw new Interruption('offline', 'The connection broke off. Try again.', `short of ${range}`);
  if ((await sha256Hex(bytes)) !== note.sha256) throw changed(file, `other bytes in ${range}`);
}

function changed(file: FileRecord, details: string): SottoError {
  return new SottoError(
    'model-changed',
    `The server has another version of ${file.path} by now. Delete the model and download it again.`,
    `${String(file.url)}\n${details}`,
  );
}
