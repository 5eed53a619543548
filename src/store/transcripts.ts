import { createStore, del, get, promisifyRequest, set, type UseStore } from 'idb-keyval';
import type { TextEdit } from '../core/merge-edits';
import type { TranscriptDocument } from '../core/transcript-document';
import { forgetNote, forgetNotes, readNotes } from './edit-journal';
import { putEdit, putMissing } from './put-edit';

const documents: UseStore = createStore('sotto-transcripts', 'documents');
/** The files that transcripts were made from, each under its transcript's id. */
const audio: UseStore = createStore('sotto-audio', 'files');

/** Tells other tabs, and other parts of this page, whose transcript changed. */
const CHANNEL = 'sotto-transcripts';

/** What became of a transcript, in this tab or another. */
export interface DocumentChange {
  readonly id: string;
  /** Of the text that was written; null where something else changed. */
  readonly updatedAtMs: number | null;
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
  announceChange(document.id, document.updatedAtMs);
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
  announceChange(id, change.updatedAtMs);
}

/**
 * Makes an edit of a transcript, on top of what others made of it since. Where both changed the same, each in their own
 * way, the later one stays in its place and the other becomes a transcript of its own. An edit undoes a deletion that is
 * not final, and nothing happens where there is no transcript of that id.
 * @returns the copy; null where there was no need of one
 * @throws DOMException QuotaExceededError, or another where storage is blocked
 */
export async function editDocument(id: string, edit: TextEdit): Promise<TranscriptDocument | null> {
  const made: TranscriptDocument[] = [];
  await documents('readwrite', (store) => {
    putEdit(store, id, edit, made);
    return promisifyRequest(store.transaction);
  });
  for (const { id: written, updatedAtMs } of made) announceChange(written, updatedAtMs);
  return made[1] ?? null;
}

/**
 * Puts where it belongs what was noted when a page went. IndexedDB runs transactions of one store in the order in which
 * they are asked for: what is read after this call has it.
 * @returns copies that were needed, as `editDocument` does. @throws DOMException where storage is blocked
 */
export async function recoverNotes(): Promise<readonly TranscriptDocument[]> {
  const notes = readNotes();
  if (notes.size === 0) return [];
  const made: TranscriptDocument[][] = [...notes.values()].map(() => []);
  await documents('readwrite', (store) => {
    [...notes.values()].forEach((note, i) => {
      if ('whole' in note) putMissing(store, note.whole);
      else putEdit(store, note.id, note, made[i]!, note.copyId);
    });
    return promisifyRequest(store.transaction);
  });
  for (const [key, { id }] of notes) {
    forgetNote(key);
    announceChange(id);
  }
  return made.flatMap(([, copy]) => copy ?? []);
}

/** Deletes a transcript with its audio and all that was noted of it, for good. */
export async function deleteDocument(id: string): Promise<void> {
  forgetNotes(id);
  await Promise.all([del(id, documents), del(id, audio)]);
  announceChange(id);
}

/** Deletes a transcript for good that is marked as deleted; one that was edited since is not any more. */
export async function purgeDocument(id: string): Promise<void> {
  let purged = false;
  await documents('readwrite', (store) => {
    const reading = store.get(id) as IDBRequest<TranscriptDocument | undefined>;
    reading.onsuccess = () => {
      purged = reading.result?.deletedAtMs !== null;
      if (purged) store.delete(id);
    };
    return promisifyRequest(store.transaction);
  });
  if (!purged) return;
  forgetNotes(id);
  await del(id, audio);
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
  forgetNotes();
  await Promise.all([documents('readwrite', clear), audio('readwrite', clear)]);
  for (const id of ids) announceChange(id);
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

function announceChange(id: string, updatedAtMs: number | null = null): void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage({ id, updatedAtMs } satisfies DocumentChange);
  channel.close();
}
