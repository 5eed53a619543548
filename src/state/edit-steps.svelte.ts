import { redoStep, startHistory, takeStep, undoStep, type History } from '../core/edit-history';
import { applyEdits, type TextEdit } from '../core/merge-edits';
import type { TranscriptDocument } from '../core/transcript-document';

/** What a person can change, and undo. */
export type Content = Pick<TranscriptDocument, 'title' | 'segments'>;

/** A state of it, and how many of the edits that were received are in it. */
type State = Content & { readonly received: number };

/** Every step that was made of a transcript here, back and forth. What other tabs made of it is in all of them. */
export class EditSteps {
  #history = $state.raw() as History<State>;
  readonly #received: TextEdit[] = [];
  readonly canUndo = $derived.by(() => this.#history.past.length > 0);
  readonly canRedo = $derived.by(() => this.#history.future.length > 0);

  constructor({ title, segments }: Content) {
    this.#history = startHistory({ title, segments, received: 0 });
  }

  get present(): Content {
    return this.#history.present;
  }

  /** Takes a step. */
  take(change: Partial<Content>): void {
    this.#history = takeStep(this.#history, { ...this.#history.present, ...change });
  }

  /** @returns whether there was a step to take back */
  undo(): boolean {
    return this.#go(undoStep(this.#history));
  }

  /** @returns whether there was a step to take again */
  redo(): boolean {
    return this.#go(redoStep(this.#history));
  }

  /** Takes an edit of another tab's. @param present with it */
  receive(edit: TextEdit, { title, segments }: Content): void {
    const received = this.#received.push(edit);
    this.#history = { ...this.#history, present: { title, segments, received } };
  }

  #go(history: History<State>): boolean {
    const { present } = history;
    if (present === this.#history.present) return false;
    const missing = this.#received.slice(present.received);
    const { title, segments } = applyEdits(missing, { ...present, updatedAtMs: 0 });
    const received = this.#received.length;
    this.#history = { ...history, present: { title, segments, received } };
    return true;
  }
}
