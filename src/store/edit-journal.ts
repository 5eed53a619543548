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
  v.object({ id: v.string(), copyId: v.string(), before: TEXT, after: TEXT }),
  v.object({ id: v.string(), whole: v.looseObject(TEXT.entries) }),
]);

/**
 * What a person edited of a transcript, with the id that a copy of it gets, where one is needed: the same one however
 * often it is read; or all of a transcript that the device does not have.
 */
export type Note =
  | (TextEdit & { readonly id: string; readonly copyId: string })
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

/** Forgets what was noted of a transcript that is deleted for good, or of all, by whatever page. */
export function forgetNotes(id: string | null = null): void {
  for (const key of noteKeys(id === null ? PREFIX : `${PREFIX}${id}:`)) forgetNote(key);
}

/** All that was noted and not forgotten, by pages that are gone too, under the keys to forget it by. */
export function readNotes(): ReadonlyMap<string, Note> {
  const notes = new Map<string, Note>();
  for (const key of noteKeys(PREFIX)) {
    const text = localStorage.getItem(key);
    // Another tab that reads them, too, has made it good.
    if (text === null) continue;
    const note = v.safeParse(NOTE, readJson(text));
    // Only this file writes them.
    if (note.success) notes.set(key, note.output as Note);
    else forgetNote(key);
  }
  return notes;
}

function noteKeys(prefix: string): readonly string[] {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(prefix));
  } catch {
    // Nothing can be read: nothing was noted.
    return [];
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
