import { applyEdit, editBetween } from '../core/merge-edits';
import type { TranscriptDocument } from '../core/transcript-document';
import { writeNote } from '../store/edit-journal';
import { editDocument } from '../store/transcripts';

/** What a person made of a transcript, and from what it was made. */
interface Edit {
  readonly before: TranscriptDocument;
  readonly after: TranscriptDocument;
}

/** Edits that are still to be written, by transcript: all of one as one, from the oldest state to the latest. */
export class PendingEdits {
  readonly #edits = new Map<string, Edit>();

  get ids(): readonly string[] {
    return [...this.#edits.keys()];
  }

  add(before: TranscriptDocument, after: TranscriptDocument): void {
    const { id } = after;
    this.#edits.set(id, { before: this.#edits.get(id)?.before ?? before, after });
  }

  drop(id: string): void {
    this.#edits.delete(id);
  }

  /** A transcript with what was made of it since. */
  applyTo(document: TranscriptDocument): TranscriptDocument {
    const edit = this.#edits.get(document.id);
    return edit ? { ...document, ...applyEdit(edit, document).text } : document;
  }

  /**
   * Makes an edit on the device; it stays here where that is refused.
   * @returns the copy that was needed, as `editDocument` does
   * @throws DOMException QuotaExceededError, or another where storage is blocked
   */
  async write(id: string): Promise<TranscriptDocument | null> {
    const edit = this.#edits.get(id);
    if (!edit) return null;
    const copy = await editDocument(id, editBetween(edit.before, edit.after));
    // A later state may have come while this one was written.
    const latest = this.#edits.get(id);
    if (latest === edit) this.#edits.delete(id);
    else if (latest) this.#edits.set(id, { before: edit.after, after: latest.after });
    return copy;
  }

  /** Notes an edit, now that the page goes. @returns whether there was room and permission for it */
  note(id: string): boolean {
    const edit = this.#edits.get(id);
    return (
      !edit ||
      writeNote({ id, copyId: crypto.randomUUID(), ...editBetween(edit.before, edit.after) })
    );
  }
}
