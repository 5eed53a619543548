import { cleanText, editText } from '../core/edit-segments';
import {
  assignSpeaker,
  changeSegment,
  checkTimes,
  idsOf,
  mergeAll,
  mergeWithPrevious,
  removeSegments,
  renameSpeaker,
  setTimes,
  speakersOf,
  splitAt,
  type TimeProblem,
} from '../core/edit-transcript';
import { applyEdit, asKnown, editBetween } from '../core/merge-edits';
import type { Segment } from '../core/transcript';
import type { TranscriptDocument } from '../core/transcript-document';
import { transcriptRows } from '../core/transcript-rows';
import type { SpeechRegion } from '../core/voice-activity';
import { EditSteps, type Content } from './edit-steps.svelte';
import { matchWords } from './match-words';

/** Text being typed into a segment, not yet a step of its own. */
export interface Draft {
  readonly id: number;
  readonly text: string;
  /** Where the caret is to be put when the field appears; null leaves it. */
  readonly caret: number | null;
}

/** Takes a transcript as it was edited, and as it was before. */
export type OnEdit = (document: TranscriptDocument, before: TranscriptDocument) => void;

/** How long after the last letter what is typed is saved; every other edit is saved at once. */
const SAVE_AFTER_MS = 600;

/** One transcript being edited: its text, what is selected, and every step back. */
export class Editor {
  readonly #onChange: OnEdit;
  /** As `onChange` was last told, or as it was last received: what is made of it is one edit. */
  #base = $state.raw() as TranscriptDocument;
  readonly #steps: EditSteps;
  /** The segment that keys and the panel act on; null is none. */
  focusedId = $state<number | null>(null);
  /** The other end of a selection of several segments. */
  #anchorId = $state<number | null>(null);
  draft = $state.raw<Draft | null>(null);
  /** Edits that `onChange` has not been told of. */
  #unsaved = false;
  #saveTimer: ReturnType<typeof setTimeout> | undefined;

  readonly rows = $derived.by(() => transcriptRows(this.segments, this.#base.coverage));
  /** Segments with text, in order. */
  readonly shown = $derived.by(() => this.segments.filter(({ text }) => text.trim() !== ''));
  readonly speakers = $derived.by(() => speakersOf(this.segments));
  /** The segments from the anchor to the focused one, in order. */
  readonly selected = $derived.by(() => {
    const focus = this.shown.findIndex(({ id }) => id === this.focusedId);
    const anchor = this.shown.findIndex(({ id }) => id === this.#anchorId);
    if (focus < 0) return [];
    if (anchor < 0) return [this.shown[focus]!];
    return this.shown.slice(Math.min(focus, anchor), Math.max(focus, anchor) + 1);
  });
  readonly selectedIds = $derived(idsOf(this.selected));
  readonly canUndo = $derived.by(() => this.#steps.canUndo);
  readonly canRedo = $derived.by(() => this.#steps.canRedo);

  /** @param onChange is called a moment after edits, and at once by `flush` */
  constructor(document: TranscriptDocument, onChange: OnEdit) {
    this.#base = document;
    this.#steps = new EditSteps(document);
    this.#onChange = onChange;
  }

  // Read while the screen is being left, too, when what was derived for it no longer is.
  get title(): string {
    return this.#steps.present.title;
  }

  get segments(): readonly Segment[] {
    return this.#steps.present.segments;
  }

  /** What is spoken, as Whisper writes it; null where it is not known. */
  get language(): string | null {
    return this.#base.language;
  }

  get durationSec(): number | null {
    return this.#base.durationSec;
  }

  get document(): TranscriptDocument {
    return { ...this.#base, title: this.title, segments: this.segments };
  }

  /**
   * Takes in what another tab made of the transcript, with all that `onChange` was told of in it. Where both changed the
   * same it waits: the save that is due keeps both.
   */
  receive(document: TranscriptDocument): void {
    if (document === this.#base) return;
    const [base, before] = [this.#base, this.segments];
    const theirs = { ...document, segments: asKnown(document.segments, base.segments) };
    const typed = { ...this.document, segments: this.#typed() };
    if (applyEdit(editBetween(base, typed), theirs).contested) return;
    const { text } = applyEdit(editBetween(base, this.document), theirs);
    this.#base = theirs;
    const segments = asKnown(text.segments, before);
    this.#steps.receive(editBetween(base, theirs), { title: text.title, segments });
    const typedInto = before.find(({ id }) => id === this.draft?.id);
    if (typedInto && this.segment(typedInto.id)?.text !== typedInto.text) this.draft = null;
  }

  /** Takes the draft as a step and tells `onChange` of what it was not told yet. */
  flush(): void {
    this.finishDraft();
    this.save();
  }

  /** Tells `onChange` of what it was not told yet, with what is being typed right now. */
  save(): void {
    clearTimeout(this.#saveTimer);
    if (!this.#unsaved) return;
    this.#unsaved = false;
    const before = this.#base;
    this.#base = { ...this.document, segments: this.#typed(), updatedAtMs: Date.now() };
    this.#onChange(this.#base, before);
  }

  undo(): void {
    this.finishDraft();
    if (this.#steps.undo()) this.#saveSoon(0);
  }

  redo(): void {
    this.finishDraft();
    if (this.#steps.redo()) this.#saveSoon(0);
  }

  /** @param extend selects from where the selection began */
  focus(id: number | null, extend = false): void {
    if (!extend) this.#anchorId = null;
    else this.#anchorId ??= this.focusedId;
    this.focusedId = id;
  }

  rename(title: string): void {
    const clean = title.trim();
    if (clean !== '' && clean !== this.title) this.#step({ title: clean });
  }

  /** @param caret in characters of the trimmed text; null puts it at the end */
  startDraft(id: number, caret: number | null = null): void {
    this.finishDraft();
    const segment = this.segment(id);
    if (!segment) return;
    const text = segment.text.trim();
    this.draft = { id, text, caret: caret ?? text.length };
    this.focus(id);
  }

  type(text: string): void {
    if (!this.draft || text === this.draft.text) return;
    this.draft = { ...this.draft, text, caret: null };
    this.#saveSoon();
  }

  /** Ends typing and keeps what was typed. */
  finishDraft(): void {
    if (!this.draft) return;
    const typed = this.#typed();
    this.draft = null;
    this.#edit(typed);
  }

  /** Ends typing in one segment, if it is that one. */
  leaveDraft(id: number): void {
    if (this.draft?.id === id) this.finishDraft();
  }

  /** Splits what is being typed at the caret and goes on in the second half. */
  splitDraft(offset: number): void {
    const draft = this.draft;
    if (!draft) return;
    // One step for what was typed and the split. Lines and spaces that were pasted become one space each.
    const at = cleanText(draft.text.slice(0, offset)).length;
    const split = splitAt(this.#typed(), draft.id, at);
    if (!split) return;
    this.draft = null;
    this.#edit(split.segments);
    this.startDraft(split.secondId, 0);
  }

  /** Joins a segment to the one before. @returns whether there was one */
  mergeUp(id: number): boolean {
    const typing = this.draft !== null;
    this.leaveDraft(id);
    const merged = mergeWithPrevious(this.segments, id);
    if (!merged) return false;
    this.#edit(merged.segments);
    if (typing) this.startDraft(merged.mergedId, merged.caret);
    else this.focus(merged.mergedId);
    return true;
  }

  /** Joins the selected segments to one; one alone is joined to the one before. */
  mergeSelected(): void {
    this.finishDraft();
    const [first, ...rest] = this.selected;
    if (!first) return;
    if (rest.length === 0) return void this.mergeUp(first.id);
    this.#edit(mergeAll(this.segments, rest));
    this.focus(first.id);
  }

  /** Joins the next segment to one that is being typed into; the caret stays. */
  mergeDown(id: number): void {
    const next = this.shown[this.shown.findIndex((segment) => segment.id === id) + 1];
    if (!next) return;
    this.finishDraft();
    const caret = this.segment(id)?.text.trim().length ?? 0;
    if (this.mergeUp(next.id)) this.startDraft(id, caret);
  }

  /** @returns why the segment cannot have these times; null where it has them now */
  setTimes(id: number, times: SpeechRegion): TimeProblem | null {
    this.finishDraft();
    const problem = checkTimes(this.segments, id, times, this.durationSec);
    if (!problem) this.#edit(setTimes(this.segments, id, times));
    return problem;
  }

  /** Deletes the selected segments; the one after them is focused. */
  removeSelected(): void {
    this.draft = null;
    const ids = this.selectedIds;
    const last = this.shown.findLastIndex(({ id }) => ids.has(id));
    const heir = this.shown[last + 1] ?? this.shown.findLast(({ id }) => !ids.has(id));
    this.#edit(removeSegments(this.segments, ids));
    this.focus(heir?.id ?? null);
  }

  /** Says who speaks in the selected segments; null takes the name away. */
  setSpeaker(speaker: string | null): void {
    this.finishDraft();
    this.#edit(assignSpeaker(this.segments, this.selectedIds, speaker));
  }

  renameSpeaker(from: string, to: string): void {
    this.finishDraft();
    this.#edit(renameSpeaker(this.segments, from, to));
  }

  /** Takes other segments, as one step: what replacing, reviewing and transcribing again come to. */
  setSegments(segments: readonly Segment[]): void {
    this.finishDraft();
    this.#edit(segments);
  }

  segment(id: number): Segment | null {
    return this.segments.find((segment) => segment.id === id) ?? null;
  }

  #edit(segments: readonly Segment[]): void {
    if (segments !== this.segments) this.#step({ segments });
  }

  #step(change: Partial<Content>): void {
    this.#steps.take(change);
    this.#saveSoon(0);
  }

  #saveSoon(afterMs = SAVE_AFTER_MS): void {
    this.#unsaved = true;
    clearTimeout(this.#saveTimer);
    this.#saveTimer = setTimeout(() => this.save(), afterMs);
  }

  /** The segments with what is being typed. */
  #typed(): readonly Segment[] {
    const draft = this.draft;
    if (!draft) return this.segments;
    return changeSegment(this.segments, draft.id, (segment) =>
      editText(segment, draft.text, matchWords),
    );
  }
}
