import type { TranscriptDocument } from '../core/transcript-document';
import { deleteEntry } from '../store/queue';
import { deleteRecording, listRecordings } from '../store/recordings';
import { clearNetworkRecords } from '../store/network';
import { findClaimed } from '../store/recording-lock';
import {
  changeDocument,
  deleteAudio,
  listDocuments,
  purgeDocument,
  wipeDocuments,
} from '../store/transcripts';

/** How long a deletion can be undone. */
export const UNDO_MS = 10_000;

/** What a person changes about a transcript in the library. */
export type LibraryChange = Partial<Pick<TranscriptDocument, 'title' | 'tags'>>;

/** @throws DOMException QuotaExceededError, or another where storage is blocked */
export async function changeTranscript(
  id: string,
  change: LibraryChange,
): Promise<LibraryChange & { readonly updatedAtMs: number }> {
  const dated = { ...change, updatedAtMs: Date.now() };
  await changeDocument(id, dated);
  return dated;
}

/**
 * Takes a transcript off the list, or puts it back. The mark is on the device at once: a page that is closed has no time
 * left to delete anything.
 */
export async function markTranscriptDeleted(id: string, deleted: boolean): Promise<void> {
  await changeDocument(id, { deletedAtMs: deleted ? Date.now() : null });
}

/** Deletes a transcript that is marked so with its audio and its place in the queue, for good. */
export async function purgeTranscript(id: string): Promise<void> {
  await Promise.all([purgeDocument(id), deleteEntry(id)]);
}

/** Deletes for good what was marked long enough ago, by this page or one that is gone. */
export async function purgeMarked(): Promise<void> {
  const overMs = Date.now() - UNDO_MS;
  const marked = (await listDocuments()).filter(
    ({ deletedAtMs }) => deletedAtMs !== null && deletedAtMs <= overMs,
  );
  await Promise.all(marked.map(({ id }) => purgeTranscript(id)));
}

/** Frees the room of a transcript's recording; the text stays. */
export async function deleteTranscriptAudio(id: string): Promise<void> {
  await deleteAudio(id);
}

/** Deletes every transcript, all kept audio, the list of requests, and every recording that is not being made right now. */
export async function wipeLibrary(): Promise<void> {
  const documents = await listDocuments();
  await Promise.all(documents.map(({ id }) => deleteEntry(id)));
  await wipeDocuments();
  await clearNetworkRecords();
  const live = await findClaimed();
  const recordings = (await listRecordings()).filter(({ id }) => !live.has(id));
  await Promise.all(recordings.map(({ id }) => deleteRecording(id)));
}
