import { createStore, del, get, promisifyRequest, set, type UseStore } from 'idb-keyval';
import type { TranscriptDocument } from '../core/transcript-document';
import { forgetEdit, notedEdits } from './edit-journal';

const documents: UseStore = createStore('sotto-transcripts', 'documents');
/** The files that transcripts were made from, each under its transcript's id. */
const audio: UseStore = createStore('sotto-audio', 'files');

/** Tells other tabs, and other parts of this page, whose transcript changed. */
const CHANNEL = 'sotto-transcripts';

/** What became of a transcript in another tab. */
export interface DocumentChange {
  readonly id: string;
}

/** Every transcript on this device, the latest first. @throws DOMException where storage is blocked */
export async function listDocuments(): Promise<TranscriptDocument[]> {
  const all = await documents('readonly', (store) =>
    promisifyRequest<TranscriptDocument[]>(store.getAll()),
  );
  return all.sort((a, b) => b.createdAtMs - a.createdAtMs);
}

/** @returns null where there is none of that id */
export async function readDocument(id: string): Promise<TranscriptDocument | null> {
  return (await get<TranscriptDocument>(id, documents)) ?? null;
}

/** Writes a transcript, new or changed. @throws DOMException QuotaExceededError, or another where storage is blocked */
export async function writeDocument(document: TranscriptDocument): Promise<void> {
  await set(document.id, document, documents);
  announceChange(document.id);
}

/**
 * Changes some fields of a transcript in one transaction. Nothing happens where there is none of that id.
 * @throws DOMException QuotaExceededError, or another where storage is blocked
 */
export async function changeDocument(
  id: string,
  change: Partial<Omit<TranscriptDocument, 'id'>>,
): Promise<void> {
  await documents('readwrite', (store) => {
    const reading = store.get(id) as IDBRequest<TranscriptDocument | undefined>;
    reading.onsuccess = () => {
      if (reading.result) store.put({ ...reading.result, ...change }, id);
    };
    return promisifyRequest(store.transaction);
  });
  announceChange(id);
}

/**
 * Puts edits where they belong that were noted when a page went. IndexedDB runs transactions of one store in the order
 * in which they are asked for: what is read after this call has them. @throws DOMException where storage is blocked
 */
export async function recoverEdits(): Promise<void> {
  const noted = notedEdits();
  if (noted.length === 0) return;
  await documents('readwrite', (store) => {
    for (const { id, ...edit } of noted) {
      const reading = store.get(id) as IDBRequest<TranscriptDocument | undefined>;
      reading.onsuccess = () => {
        const kept = reading.result;
        if (kept && kept.updatedAtMs < edit.updatedAtMs) store.put({ ...kept, ...edit }, id);
      };
    }
    return promisifyRequest(store.transaction);
  });
  for (const { id } of noted) {
    forgetEdit(id);
    announceChange(id);
  }
}

/** Deletes a transcript with its audio, for good. */
export async function deleteDocument(id: string): Promise<void> {
  forgetEdit(id);
  await Promise.all([del(id, documents), del(id, audio)]);
  announceChange(id);
}

/** Keeps the file that a transcript is made from. @throws DOMException QuotaExceededError, or another */
export async function keepAudio(id: string, file: File): Promise<void> {
  await set(id, file, audio);
}

/** @returns null where the audio was not kept */
export async function readAudio(id: string): Promise<File | null> {
  return (await get<File>(id, audio)) ?? null;
}

export async function deleteAudio(id: string): Promise<void> {
  await del(id, audio);
}

/** Bytes of kept audio by transcript. */
export async function measureAudio(): Promise<ReadonlyMap<string, number>> {
  return audio('readonly', async (store) => {
    const [ids, files] = await Promise.all([
      promisifyRequest(store.getAllKeys() as IDBRequest<string[]>),
      promisifyRequest(store.getAll() as IDBRequest<File[]>),
    ]);
    return new Map(ids.map((id, i) => [id, files[i]!.size]));
  });
}

/** Deletes every transcript and all kept audio. */
export async function wipeDocuments(): Promise<void> {
  const clear = (store: IDBObjectStore): Promise<void> => {
    store.clear();
    return promisifyRequest(store.transaction);
  };
  const ids = await documents('readonly', (store) =>
    promisifyRequest(store.getAllKeys() as IDBRequest<string[]>),
  );
  await Promise.all([documents('readwrite', clear), audio('readwrite', clear)]);
  for (const { id } of notedEdits()) forgetEdit(id);
  ids.forEach(announceChange);
}

/** Calls back when another tab has changed a transcript, until the signal aborts. */
export function onDocumentChange(
  signal: AbortSignal,
  callback: (change: DocumentChange) => void,
): void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = ({ data }: MessageEvent<DocumentChange>) => callback(data);
  signal.addEventListener('abort', () => channel.close(), { once: true });
}

function announceChange(id: string): void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage({ id } satisfies DocumentChange);
  channel.close();
}
