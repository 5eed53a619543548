import { diffArrays } from 'diff';

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
