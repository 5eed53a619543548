import { diffArrays } from 'diff';
import { splitWords } from '../core/edit-words';

/** Pairs of indices of equal words in two texts, both ascending (Myers' difference). */
export function matchWords(
  before: readonly string[],
  after: readonly string[],
): (readonly [number, number])[] {
  const pairs: (readonly [number, number])[] = [];
  let oldAt = 0;
  let newAt = 0;
  for (const { added, removed, count } of diffArrays([...before], [...after])) {
    if (!added && !removed)
      for (let i = 0; i < count; i++) pairs.push([oldAt + i, newAt + i] as const);
    if (!added) oldAt += count;
    if (!removed) newAt += count;
  }
  return pairs;
}

/** A run of words of two texts: in both, in the first only, or in the second only. */
export interface TextChange {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
}

/** What became of the words of a text, in order. */
export function compareTexts(before: string, after: string): TextChange[] {
  return diffArrays(splitWords(before), splitWords(after), {
    comparator: (a, b) => a.trim() === b.trim(),
  }).map(({ added, removed, value }) => ({
    kind: added ? 'added' : removed ? 'removed' : 'same',
    text: value.join(''),
  }));
}
