import { wordsOf } from '../core/edit-words';
import type { UncertainPlace } from '../core/edit-review';
import type { SearchHit } from '../core/edit-search';
import type { Segment, Word } from '../core/transcript';

/** Where a word ends, in characters of the segment's trimmed text; the text's end where there is no such word. */
export function endOfWord(segment: Segment, wordIndex: number | null): number {
  const words = wordsOf(segment);
  const upTo = words.slice(0, wordIndex === null ? words.length : wordIndex + 1);
  return upTo
    .map(({ text }) => text)
    .join('')
    .trim().length;
}

/** Which words to point at: those that a hit touches, and the one under review. */
export function markedWords(
  words: readonly Word[],
  hit: SearchHit | null,
  uncertain: UncertainPlace | null,
): boolean[] {
  const lead = (words[0]?.text.length ?? 0) - (words[0]?.text.trimStart().length ?? 0);
  let from = -lead;
  return words.map(({ text }, i) => {
    const start = from + (text.length - text.trimStart().length);
    from += text.length;
    const found = hit !== null && start < hit.to && from > hit.from;
    const doubted = uncertain !== null && (uncertain.wordIndex ?? i) === i;
    return found || doubted;
  });
}
