import { replaceHits, searchSegments, type SearchHit } from '../core/edit-search';
import { idsOf } from '../core/edit-transcript';
import type { Editor } from './editor.svelte';
import { matchWords } from './match-words';

/** Finding and replacing in one transcript. */
export class Find {
  open = $state(false);
  text = $state('');
  replacement = $state('');
  matchCase = $state(false);
  wholeWord = $state(false);
  /** How many places the last "replace all" changed; null until there was one. */
  replaced = $state<number | null>(null);
  readonly #editor: Editor;
  /** Index of the hit that is shown, or -1 before the first step. */
  #at = $state(-1);
  readonly hits = $derived.by((): readonly SearchHit[] =>
    this.open ? searchSegments(this.#editor.shown, this) : [],
  );
  readonly at = $derived(Math.min(this.#at, this.hits.length - 1));
  readonly current = $derived(this.hits[this.at] ?? null);

  constructor(editor: Editor) {
    this.#editor = editor;
  }

  close(): void {
    this.open = false;
    this.#at = -1;
    this.replaced = null;
  }

  /** Something else is looked for: begins at the focused segment. */
  restart(): void {
    this.replaced = null;
    this.#at = -1;
    const { shown, focusedId } = this.#editor;
    const from = shown.findIndex(({ id }) => id === focusedId);
    const rest = idsOf(shown.slice(Math.max(0, from)));
    this.#at = Math.max(
      0,
      this.hits.findIndex(({ segmentId }) => rest.has(segmentId)),
    );
  }

  /** Goes to the next hit, or back by -1; after the last comes the first. */
  step(by: 1 | -1): void {
    const count = this.hits.length;
    if (count === 0) return;
    this.#at = this.at < 0 ? (by > 0 ? 0 : count - 1) : (this.at + by + count) % count;
  }

  /** Replaces the hit that is shown; the one after it is shown next. */
  replace(): void {
    const hit = this.current;
    if (!hit) return;
    this.#replace([hit]);
    // What was put in may hold what is looked for: go on after it.
    const endsAt = hit.from + this.replacement.length;
    const passed = this.hits.filter(
      (other, i) => i >= this.#at && other.segmentId === hit.segmentId && other.from < endsAt,
    );
    this.#at = (Math.max(0, this.#at) + passed.length) % Math.max(1, this.hits.length);
  }

  /** Replaces every hit as one step. */
  replaceAll(): void {
    const { hits } = this;
    this.#replace(hits);
    this.replaced = hits.length;
    this.#at = -1;
  }

  #replace(hits: readonly SearchHit[]): void {
    const editor = this.#editor;
    editor.finishDraft();
    editor.setSegments(replaceHits(editor.segments, hits, this.replacement, matchWords));
  }
}
