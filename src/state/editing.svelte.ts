import type { TranscriptRow } from '../core/transcript-rows';
import type { TranscriptDocument } from '../core/transcript-document';
import type { SpeechRegion } from '../core/voice-activity';
import { Editor, type OnEdit } from './editor.svelte';
import { Find } from './find.svelte';
import type { Player } from './player.svelte';
import { Retranscription } from './retranscription.svelte';
import { Review } from './review.svelte';

/** How long after one click another one may make it a double click: what is under it must not move meanwhile. */
const DOUBLE_CLICK_MS = 500;

/** One transcript on the screen: its text, and what is open beside it. */
export class Editing {
  readonly editor: Editor;
  readonly find: Find;
  readonly review: Review;
  readonly again: Retranscription;
  /** The segment whose panel is open; null where none is. */
  openId = $state<number | null>(null);
  /** Whether it was a pointer that last chose something, rather than a key. */
  pressed = false;
  /** The panel acts on what is selected: it closes with it, unless something is at work in it. */
  readonly panelLeft = $derived.by(
    () =>
      this.openId !== null &&
      this.again.subject === null &&
      !this.editor.selectedIds.has(this.openId),
  );

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

  /** Is the panel of this row open, the one for speech without text? */
  isLostOpen({ startSec, endSec }: SpeechRegion): boolean {
    const { lost } = this.again;
    return lost !== null && lost.startSec < endSec && lost.endSec > startSec;
  }

  /** Opens the panel of speech without text, or closes it. */
  toggleLost(row: Extract<TranscriptRow, { kind: 'lost' }>): void {
    const isOpen = this.isLostOpen(row);
    this.open(null);
    if (!isOpen) this.again.ask(row.lost);
  }

  /** Closes a panel that was left: at once, or when no second click can come any more. @returns keeps it open */
  closeLeftPanel(): (() => void) | undefined {
    if (!this.panelLeft) return;
    const isTyping = this.editor.draft !== null;
    const timer = setTimeout(
      () => (this.openId = null),
      this.pressed && !isTyping ? DOUBLE_CLICK_MS : 0,
    );
    return () => clearTimeout(timer);
  }

  dispose(): void {
    this.again.close();
    this.editor.flush();
  }
}
