import type { TranscriptDocument } from '../core/transcript-document';
import { Editor, type OnEdit } from './editor.svelte';
import { Find } from './find.svelte';
import type { Player } from './player.svelte';
import { Retranscription } from './retranscription.svelte';
import { Review } from './review.svelte';

/** One transcript on the screen: its text, and what is open beside it. */
export class Editing {
  readonly editor: Editor;
  readonly find: Find;
  readonly review: Review;
  readonly again: Retranscription;
  /** The segment whose panel is open; null where none is. */
  openId = $state<number | null>(null);

  /** @param onChange is called a moment after edits, and at once when the screen is left */
  constructor(document: TranscriptDocument, onChange: OnEdit, player: () => Player | null) {
    this.editor = new Editor(document, onChange);
    this.find = new Find(this.editor);
    this.review = new Review(this.editor, player);
    this.again = new Retranscription(this.editor);
  }

  /** Opens the panel of a segment; null closes it. */
  open(id: number | null): void {
    this.again.close();
    this.openId = id;
  }

  /** The panel acts on what is selected: it closes with it, unless something is at work in it. */
  closeLeftPanel(): void {
    const { openId, again, editor } = this;
    if (openId !== null && again.subject === null && !editor.selectedIds.has(openId))
      this.openId = null;
  }

  dispose(): void {
    this.again.close();
    this.editor.flush();
  }
}
