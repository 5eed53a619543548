import { createStore, get, promisifyRequest, type UseStore } from 'idb-keyval';
import { RecordingFile, type RecordingManifest } from './recording-file';

/** Chunks read at a time: a minute is 1.9 MB a channel. */
const READ_CHUNKS = 60;

/**
 * One object store: a manifest under its id, a chunk under [id, index]. Strings sort before arrays, so that the
 * manifests can be listed without touching the sound.
 */
const store: UseStore = createStore('sotto-recordings', 'recordings');

/** A chunk of a recording: interleaved 16-bit PCM. */
export type Chunk = ArrayBuffer;

/**
 * Writes a recording's manifest and the chunks that it newly counts, all or none. Resolves when they are on disk.
 *
 * @param chunks the last ones that `manifest.chunkCount` counts
 * @throws DOMException QuotaExceededError, or another where storage is blocked
 */
export async function writeRecording(
  manifest: RecordingManifest,
  chunks: readonly Chunk[] = [],
): Promise<void> {
  const { db, name } = await openStore();
  // 'strict' flushes to disk: a second of sound must outlive the machine, too.
  const transaction = db.transaction(name, 'readwrite', { durability: 'strict' });
  const target = transaction.objectStore(name);
  const first = manifest.chunkCount - chunks.length;
  chunks.forEach((chunk, i) => target.put(chunk, [manifest.id, first + i]));
  target.put(manifest, manifest.id);
  await promisifyRequest(transaction);
}

/** The manifests of all recordings on this device, the latest first. @throws DOMException where storage is blocked */
export async function listRecordings(): Promise<RecordingManifest[]> {
  const manifests = await store('readonly', (source) =>
    promisifyRequest<RecordingManifest[]>(source.getAll(IDBKeyRange.upperBound([], true))),
  );
  return manifests.sort((a, b) => b.startedAtMs - a.startedAtMs);
}

/**
 * A stored recording as a file. Its sound goes from the database into blobs a minute at a time, so that it is never
 * in memory as a whole; the file stays good after the recording is deleted.
 *
 * @returns null where there is no recording of that id
 */
export async function openRecording(id: string): Promise<RecordingFile | null> {
  const manifest = await get<RecordingManifest>(id, store);
  if (!manifest) return null;
  return new RecordingFile(manifest, await readChunks(manifest));
}

/** A recording's chunks in order, joined to blobs of a minute. */
export async function readChunks({ id, chunkCount }: RecordingManifest): Promise<Blob[]> {
  const blobs: Blob[] = [];
  for (let first = 0; first < chunkCount; first += READ_CHUNKS) {
    const range = IDBKeyRange.bound([id, first], [id, first + READ_CHUNKS], false, true);
    const chunks = await store('readonly', (source) =>
      promisifyRequest<Chunk[]>(source.getAll(range)),
    );
    blobs.push(new Blob(chunks));
  }
  return blobs;
}

/**
 * Marks a recording as deleted, or no longer. The mark is on the device at once, because a page that is closed has
 * no time left to delete anything. Nothing happens where there is no such recording.
 */
export async function markDeleted(id: string, deletedAtMs: number | null): Promise<void> {
  await store('readwrite', (target) => {
    const request = target.get(id) as IDBRequest<RecordingManifest | undefined>;
    request.onsuccess = () => {
      if (request.result) target.put({ ...request.result, deletedAtMs }, id);
    };
    return promisifyRequest(target.transaction);
  });
}

/** Deletes a recording and its sound. Nothing happens where there is none. */
export async function deleteRecording(id: string): Promise<void> {
  await store('readwrite', (target) => {
    target.delete(id);
    target.delete(IDBKeyRange.bound([id], [id, []]));
    return promisifyRequest(target.transaction);
  });
}

/** The database itself, since idb-keyval cannot ask for durability. */
async function openStore(): Promise<{ db: IDBDatabase; name: string }> {
  return store('readonly', ({ transaction, name }) => ({ db: transaction.db, name }));
}
