import type { Word } from './transcript';

/**
 * Words with the spaces and punctuation that they have in a segment's text: whisper writes them so, others leave them
 * bare. Joined, the words are the text again.
 * @returns undefined where the words are not in the text, in this order
 */
export function alignToText(words: readonly Word[], text: string): Word[] | undefined {
  if (words.length === 0) return undefined;
  if (words.map((word) => word.text).join('') === text) return [...words];
  const ends: number[] = [];
  let at = 0;
  for (const word of words) {
    const bare = word.text.trim();
    const found = text.indexOf(bare, at);
    // What lies between two words is spaces and signs; a skipped word would be lost.
    if (found < 0 || bare === '' || /[\p{L}\p{N}]/u.test(text.slice(at, found))) return undefined;
    const before = ends.length > 0 ? endOfSigns(text, at, found) : 0;
    if (ends.length > 0) ends[ends.length - 1] = before;
    at = found + bare.length;
    ends.push(at);
  }
  if (/[\p{L}\p{N}]/u.test(text.slice(at))) return undefined;
  ends[ends.length - 1] = text.length;
  return words.map((word, i) => ({ ...word, text: text.slice(ends[i - 1] ?? 0, ends[i]) }));
}

/** Signs up to the first space belong to the word before them. */
function endOfSigns(text: string, from: number, to: number): number {
  const space = text.slice(from, to).search(/\s/);
  return space < 0 ? to : from + space;
}
