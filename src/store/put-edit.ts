import { applyEdit, type TextEdit } from '../core/merge-edits';
import type { TranscriptDocument } from '../core/transcript-document';

/**
 * Makes an edit of a transcript, within a transaction of the caller's.
 * @param made gets what was written: the transcript, and a copy where one was needed
 */
export function putEdit(
  store: IDBObjectStore,
  id: string,
  edit: TextEdit,
  made: TranscriptDocument[],
  copyId: string = crypto.randomUUID(),
): void {
  const reading = store.get(id) as IDBRequest<TranscriptDocument | undefined>;
  reading.onsuccess = () => {
    const kept = reading.result;
    if (!kept) return;
    const { text, contested } = applyEdit(edit, kept);
    const edited = { ...kept, ...text, deletedAtMs: null };
    const isLater = edit.after.updatedAtMs > kept.updatedAtMs;
    made.push(contested && !isLater ? kept : edited);
    if (contested) made.push(copyOf(isLater ? kept : edited, copyId));
    for (const document of made) store.put(document, document.id);
  };
}

/** Puts a transcript where there is none of its id, within a transaction of the caller's. */
export function putMissing(store: IDBObjectStore, document: TranscriptDocument): void {
  const counting = store.count(document.id);
  counting.onsuccess = () => {
    if (counting.result === 0) store.put(document, document.id);
  };
}

function copyOf(document: TranscriptDocument, id: string): TranscriptDocument {
  return {
    ...document,
    id,
    title: `${document.title} (2)`,
    deletedAtMs: null,
  };
}
