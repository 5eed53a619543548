import type { TranscriptDocument } from '../core/transcript-document';
import { forgetNote, noteKey, writeNote } from '../store/edit-journal';
import {
  deleteAudio,
  deleteDocument,
  keepAudio,
  readAudio,
  readDocument,
  recoverNotes,
} from '../store/transcripts';
import { deleteEntry, writeEntries, type QueueEntry } from '../store/queue';
import { PendingEdits } from './pending-edits';
import { reasonOf, type SaveTrouble } from './save-trouble';
import { writeState, type UnsavedState } from './unsaved-state';

/**
 * Keeps transcripts on this device as they grow. Writes one after another, the latest state of each, and forgets none:
 * what the device does not take stays here and is tried again with the next write. Text comes before sound: where
 * there is no room for both, the file goes.
 */
export class Autosave {
  /** What is still to be written, by id. */
  readonly #unsaved = new Map<string, UnsavedState>();
  readonly #edits = new PendingEdits();
  readonly #onTrouble: (trouble: SaveTrouble | null) => void;
  readonly #onCopy: (copy: TranscriptDocument) => void;
  /** One write at a time, so that an older state never overwrites a newer one. */
  #texts: Promise<void> = this.#recover();
  /** Apart from it: copying gigabytes of sound must not hold up text. */
  #files: Promise<void> = Promise.resolve();

  /**
   * @param onTrouble hears what could not be kept; null when all text is on the device again
   * @param onCopy hears of a copy that was made because a transcript was edited in two places at once
   */
  constructor(
    onTrouble: (trouble: SaveTrouble | null) => void,
    onCopy: (copy: TranscriptDocument) => void = () => undefined,
  ) {
    this.#onTrouble = onTrouble;
    this.#onCopy = onCopy;
  }

  /** Text that would be lost if the page were closed now. */
  get unsaved(): boolean {
    return this.#unsaved.size > 0 || this.#edits.ids.length > 0;
  }

  /** Writes a new transcript as soon as those before it are written. Never rejects. */
  save(document: TranscriptDocument): Promise<void> {
    return this.#save({ document, whole: true });
  }

  /** Makes an edit of a transcript, on top of what others made of it since. Never rejects. */
  saveEdit(before: TranscriptDocument, after: TranscriptDocument): Promise<void> {
    this.#edits.add(before, after);
    return this.retry();
  }

  /**
   * A transcript as it is with all that was asked for here before.
   * @returns null where there is none. @throws DOMException where storage is blocked
   */
  read(id: string): Promise<TranscriptDocument | null> {
    // What is asked to be written later is, by IndexedDB's own order.
    return this.#texts.then(async () => {
      // What the device refused is no older than what it has.
      const latest = this.#unsaved.get(id)?.document ?? (await readDocument(id));
      return latest && this.#edits.applyTo(latest);
    });
  }

  /**
   * Writes how far a transcript is. Its name, tags and deletion stay what a person made of them meanwhile. Never
   * rejects.
   */
  saveProgress(document: TranscriptDocument): Promise<void> {
    const whole = this.#unsaved.get(document.id)?.whole ?? false;
    return this.#save({ document, whole });
  }

  /** Writes what is needed to go on after a reload. Never rejects: the job itself does not depend on it. */
  saveEntries(entries: readonly QueueEntry[]): Promise<void> {
    const write = (): Promise<void> => writeEntries(entries).catch(() => undefined);
    return (this.#texts = this.#texts.then(write));
  }

  /** Keeps a transcript's file, after those asked for before. Never rejects: without it the transcript is as good. */
  keepFile(id: string, file: File): Promise<void> {
    const keep = (): Promise<void> =>
      keepAudio(id, file).catch((thrown: unknown) =>
        this.#onTrouble({ what: 'audio', why: reasonOf(thrown) }),
      );
    return (this.#files = this.#files.then(keep));
  }

  /** Lets go of what only an unfinished job needs, when its last state is written. */
  finish(id: string, keepsAudio: boolean): Promise<void> {
    const release = async (): Promise<void> => {
      // Where the last state could not be written, the job goes on after a reload.
      if (this.#unsaved.has(id)) return;
      await deleteEntry(id).catch(() => undefined);
      if (!keepsAudio) await deleteAudio(id).catch(() => undefined);
    };
    return this.#afterAll(release);
  }

  /** Takes a transcript off this device with all that belongs to it. */
  discard(id: string): Promise<void> {
    this.#unsaved.delete(id);
    this.#edits.drop(id);
    return this.#afterAll(async () => {
      await Promise.all([deleteDocument(id), deleteEntry(id)]).catch(() => undefined);
    });
  }

  /** Forgets what the device has refused so far, as all transcripts are to be deleted. Never rejects. */
  async forgetAll(): Promise<void> {
    await this.settle();
    this.#unsaved.clear();
    for (const id of this.#edits.ids) this.#edits.drop(id);
    this.#onTrouble(null);
  }

  /** Waits for all that was asked for before, written or refused. Never rejects. */
  async settle(): Promise<void> {
    await Promise.all([this.#texts, this.#files]);
  }

  /** Notes what is not written yet, now that the page goes. @returns whether no text would be lost then */
  note(): boolean {
    const edits = this.#edits.ids.filter((id) => !this.#unsaved.has(id));
    const noted = [...this.#unsaved].map(
      ([id, { document, whole }]) =>
        // A waveform is no text.
        whole && writeNote({ id, whole: { ...this.#edits.applyTo(document), sound: null } }),
    );
    return ![...noted, ...edits.map((id) => this.#edits.note(id))].includes(false);
  }

  /** Tries again what was refused. Never rejects. */
  retry(): Promise<void> {
    return (this.#texts = this.#texts.then(() => this.#writeAll()));
  }

  #save(unsaved: UnsavedState): Promise<void> {
    this.#unsaved.set(unsaved.document.id, unsaved);
    return this.retry();
  }

  /** When all is written that was asked for before. */
  #afterAll(work: () => Promise<void>): Promise<void> {
    const both = Promise.all([this.#texts, this.#files]).then(work);
    return (this.#texts = this.#files = both);
  }

  async #writeAll(): Promise<void> {
    if (!this.unsaved) return;
    try {
      for (const [id, unsaved] of [...this.#unsaved]) {
        await this.#write(id, () => writeState(unsaved));
        // A later state may have come while this one was written.
        if (this.#unsaved.get(id) === unsaved) this.#unsaved.delete(id);
      }
      for (const id of this.#edits.ids) await this.#write(id, () => this.#writeEdit(id));
    } catch (thrown) {
      this.#onTrouble({ what: 'text', why: reasonOf(thrown) });
      return;
    }
    if (!this.unsaved) this.#onTrouble(null);
  }

  async #writeEdit(id: string): Promise<void> {
    const copy = await this.#edits.write(id);
    if (!copy) return;
    this.#onCopy(copy);
    // It is heard as the other one is.
    const file = await readAudio(id).catch(() => null);
    if (file) void this.keepFile(copy.id, file);
  }

  /** Forgets what was noted, as it is written now. */
  async #write(id: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (thrown) {
      if (reasonOf(thrown) !== 'full') throw thrown;
      await deleteAudio(id);
      await work();
      this.#onTrouble({ what: 'audio', why: 'full' });
    }
    forgetNote(noteKey(id));
  }

  async #recover(): Promise<void> {
    (await recoverNotes().catch(() => [])).forEach((copy) => this.#onCopy(copy));
  }
}
