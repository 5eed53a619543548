import * as v from 'valibot';
import type { TextEdit } from '../core/merge-edits';
import type { TranscriptDocument } from '../core/transcript-document';

/*
 * IndexedDB may drop what is written in the moment a page goes. localStorage is written at once: what is not on the
 * device by then is noted here, and put where it belongs when the app is opened next.
 */

const PREFIX = 'sotto-edit:';
/** Another page's note of the same transcript is not this one's to replace. */
const PAGE = crypto.randomUUID();
const TEXT = v.object({
  title: v.string(),
  segments: v.array(v.unknown()),
  updatedAtMs: v.number(),
});
const NOTE = v.union([
  v.object({ id: v.string(), before: TEXT, after: TEXT }),
  v.object({ id: v.string(), whole: v.looseObject(TEXT.entries) }),
]);

/** What a person edited of a transcript, or all of one that the device does not have. */
export type Note =
  | (TextEdit & { readonly id: string })
  | { readonly id: string; readonly whole: TranscriptDocument };

/** Notes what is not written yet, at once. @returns whether there was room and permission for it */
export function writeNote(note: Note): boolean {
  try {
    localStorage.setItem(noteKey(note.id), JSON.stringify(note));
    return true;
  } catch {
    return false;
  }
}

/** Where the note of a transcript is kept. */
export function noteKey(id: string): string {
  return `${PREFIX}${id}:${PAGE}`;
}

/** Forgets a note, once what it says is written. */
export function forgetNote(key: string): void {
  try {
    localStorage.removeItem(key);
  } catch {
    // Where nothing can be written, nothing was noted.
  }
}

/** All that was noted and not forgotten, by pages that are gone too, under the keys to forget it by. */
export function readNotes(): ReadonlyMap<string, Note> {
  const notes = new Map<string, Note>();
  try {
    for (const key of Object.keys(localStorage).filter((one) => one.startsWith(PREFIX))) {
      const note = v.safeParse(NOTE, JSON.parse(localStorage.getItem(key) ?? ''));
      // Only this file writes them.
      if (note.success) notes.set(key, note.output as Note);
      else forgetNote(key);
    }
  } catch {
    // Nothing can be read: nothing was noted.
  }
  return notes;
}
