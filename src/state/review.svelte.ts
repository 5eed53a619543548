import { approvePlace, uncertainPlaces, type UncertainPlace } from '../core/edit-review';
import { endOfWord } from '../core/edit-words';
import type { Editor } from './editor.svelte';
import type { Player } from './player.svelte';

/** Heard before and after a word, so that it is not cut off. */
const AROUND_SEC = 0.6;

/** The queue of what the model was unsure of, one place at a time. */
export class Review {
  open = $state(false);
  readonly #editor: Editor;
  readonly #player: () => Player | null;
  /** Where in the recording it stands; -Infinity before the first. */
  #atSec = $state(-Infinity);
  readonly queue = $derived.by((): readonly UncertainPlace[] =>
    this.open ? uncertainPlaces(this.#editor.shown) : [],
  );
  readonly current = $derived(
    this.queue.find(({ startSec }) => startSec >= this.#atSec) ?? this.queue[0] ?? null,
  );
  /** Counts how often it took over again, after an edit. */
  turns = $state(0);
  #edited: UncertainPlace | null = null;
  /** Counts from 1; 0 where nothing is left. */
  readonly position = $derived(this.current ? this.queue.indexOf(this.current) + 1 : 0);

  constructor(editor: Editor, player: () => Player | null) {
    this.#editor = editor;
    this.#player = player;
  }

  start(): void {
    this.#editor.finishDraft();
    this.open = true;
    this.#atSec = this.#editor.selected[0]?.startSec ?? -Infinity;
    this.play();
  }

  close(): void {
    this.open = false;
  }

  /** Plays the place with a little around it. */
  play(): void {
    const place = this.current;
    if (!place) return;
    const around = place.wordIndex === null ? 0 : AROUND_SEC;
    this.#player()?.playStretch({
      startSec: Math.max(0, place.startSec - around),
      endSec: place.endSec + around,
    });
  }

  /** Leaves the place as it is and goes to the next, or back by -1. */
  step(by: 1 | -1): void {
    const { queue, current } = this;
    if (!current) return;
    const next = queue[(queue.indexOf(current) + by + queue.length) % queue.length]!;
    this.#atSec = next.startSec;
    this.play();
  }

  /** Types into the place's segment, from the end of its word. */
  edit(): void {
    const place = this.current;
    const segment = place && this.#editor.segment(place.segmentId);
    if (!segment) return;
    this.#edited = place;
    this.#editor.startDraft(segment.id, endOfWord(segment, place.wordIndex));
  }

  /** Goes on after an edit. A segment without word times that was typed into is vouched for as a whole. */
  goOn(): void {
    const place = this.#edited;
    this.#edited = null;
    this.turns++;
    if (
      place?.wordIndex === null &&
      this.#editor.segment(place.segmentId)?.text.trim() !== place.text
    )
      return this.#vouch(place);
    if (this.current?.startSec !== place?.startSec) this.play();
  }

  /** The place is right: it leaves the queue, and the next one comes. */
  approve(): void {
    const place = this.current;
    if (place) this.#vouch(place);
  }

  #vouch(place: UncertainPlace): void {
    this.#atSec = place.startSec;
    this.#editor.setSegments(approvePlace(this.#editor.segments, place));
    this.play();
  }
}
