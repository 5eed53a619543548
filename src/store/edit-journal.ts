import * as v from 'valibot';
import type { TranscriptDocument } from '../core/transcript-document';

/*
 * IndexedDB may drop what is written in the moment a page goes. localStorage is written at once: edits that are not on
 * the device by then are noted here, and put where they belong when the app is opened next.
 */

const PREFIX = 'sotto-edit:';
const NOTE = v.object({
  title: v.string(),
  segments: v.array(v.unknown()),
  updatedAtMs: v.number(),
});

/** What a person may have edited. */
export type NotedEdit = Pick<TranscriptDocument, 'id' | 'title' | 'segments' | 'updatedAtMs'>;

/** Notes an edit at once. @returns whether there was room and permission for it */
export function noteEdit({ id, title, segments, updatedAtMs }: NotedEdit): boolean {
  try {
    localStorage.setItem(PREFIX + id, JSON.stringify({ title, segments, updatedAtMs }));
    return true;
  } catch {
    return false;
  }
}

/** Forgets what was noted of a transcript. */
export function forgetEdit(id: string): void {
  try {
    localStorage.removeItem(PREFIX + id);
  } catch {
    // Where nothing can be written, nothing was noted.
  }
}

/** All that was noted and not forgotten. */
export function notedEdits(): NotedEdit[] {
  try {
    const ids = Object.keys(localStorage).flatMap((key) =>
      key.startsWith(PREFIX) ? [key.slice(PREFIX.length)] : [],
    );
    return ids.flatMap((id) => readNote(id) ?? []);
  } catch {
    return [];
  }
}

function readNote(id: string): NotedEdit | null {
  try {
    const note = v.parse(NOTE, JSON.parse(localStorage.getItem(PREFIX + id) ?? ''));
    // Only this file writes them.
    return { id, ...note, segments: note.segments as NotedEdit['segments'] };
  } catch {
    forgetEdit(id);
    return null;
  }
}
