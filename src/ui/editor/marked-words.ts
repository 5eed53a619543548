import type { UncertainPlace } from '../../core/edit-review';
import type { SearchHit } from '../../core/edit-search';
import type { Word } from '../../core/transcript';

/** Which words to point at: those that a hit touches, and the one under review, if it is one word. */
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
    return found || uncertain?.wordIndex === i;
  });
}
