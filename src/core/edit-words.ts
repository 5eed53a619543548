import type { Segment, Word } from './transcript';
import type { SpeechRegion } from './voice-activity';

/** Pairs of indices of equal words, both ascending: a longest common subsequence of two lists. */
export type WordMatcher = (
  before: readonly string[],
  after: readonly string[],
) => readonly (readonly [before: number, after: number])[];

/** Scripts that are written without spaces between words. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** Does a word end or begin here without a space, as in Chinese or Thai? */
export function isUnspaced(character: string | undefined): boolean {
  return character !== undefined && UNSPACED.test(character);
}

/** Cuts text into words, each with the space before it and its punctuation. Joined, they are the text again. */
export function splitWords(text: string): string[] {
  return (text.match(/\s*\S+(\s+$)?/gu) ?? []).flatMap((chunk) =>
    isUnspaced(chunk) ? splitUnspaced(chunk) : [chunk],
  );
}

function splitUnspaced(chunk: string): string[] {
  const parts: string[] = [];
  let pending = '';
  for (const { segment, isWordLike } of new Intl.Segmenter(undefined, {
    granularity: 'word',
  }).segment(chunk)) {
    if (isWordLike) {
      parts.push(pending + segment);
      pending = '';
    } else if (parts.length === 0) pending += segment;
    else parts[parts.length - 1] += segment;
  }
  if (pending !== '') parts.push(pending);
  return parts;
}

/**
 * Words of a segment whose words were not timed: each has the share of the segment's time that it has of its letters.
 * An approximation, off by some tenths of a second.
 */
export function approximateWords(segment: Segment): Word[] {
  return spreadWords(splitWords(segment.text), segment);
}

/** The words that were timed, else approximate ones. */
export function wordsOf(segment: Segment): readonly Word[] {
  return segment.words?.length ? segment.words : approximateWords(segment);
}

/** Where a word ends, in characters of the segment's trimmed text; the text's end where there is no such word. */
export function endOfWord(segment: Segment, wordIndex: number | null): number {
  const words = wordsOf(segment);
  const upTo = words.slice(0, wordIndex === null ? words.length : wordIndex + 1);
  return joinText(upTo).trim().length;
}

/** The text of words, in a row. */
export function joinText(words: readonly Word[]): string {
  return words.map(({ text }) => text).join('');
}

/** Gives words the times of a stretch, by their share of its letters. What a person typed is certain. */
export function spreadWords(texts: readonly string[], { startSec, endSec }: SpeechRegion): Word[] {
  const letters = texts.map((text) => Math.max(1, text.trim().length));
  const all = letters.reduce((sum, count) => sum + count, 0);
  let before = 0;
  const timeAt = (count: number): number => {
    const sec = startSec + ((endSec - startSec) * count) / all;
    return count === 0 ? startSec : count === all ? endSec : Math.min(endSec, roundToMs(sec));
  };
  return texts.map((text, i) => {
    const from = before;
    before += letters[i]!;
    return { text, startSec: timeAt(from), endSec: timeAt(before), probability: 1 };
  });
}

function roundToMs(sec: number): number {
  return Math.round(sec * 1000) / 1000;
}

/**
 * Words for a new text. Those that stayed keep their times and probability; those between them get the times of the
 * words that they replace, else those of the gap that they were typed into.
 * @param span the segment's times
 * @returns words that joined are `text`, with times that never run backwards where those of `before` do not
 */
export function retimeWords(
  before: readonly Word[],
  text: string,
  span: SpeechRegion,
  match: WordMatcher,
): Word[] {
  const { texts, pairs } = alignWords(before, text, match);
  const words: Word[] = [];
  let oldAt = 0;
  let newAt = 0;
  for (const [oldIndex, newIndex] of [...pairs, [before.length, texts.length] as const]) {
    const gone = before.slice(oldAt, oldIndex);
    const startSec = gone[0]?.startSec ?? before[oldAt - 1]?.endSec ?? span.startSec;
    const endSec = gone.at(-1)?.endSec ?? before[oldIndex]?.startSec ?? span.endSec;
    const stretch = { startSec, endSec: Math.max(startSec, endSec) };
    words.push(...spreadWords(texts.slice(newAt, newIndex), stretch));
    const kept = before[oldIndex];
    if (kept) words.push({ ...kept, text: texts[newIndex]! });
    oldAt = oldIndex + 1;
    newAt = newIndex + 1;
  }
  return words;
}

/** The new text's words and which of the old ones they are. The ends that did not change keep their cuts. */
function alignWords(
  before: readonly Word[],
  text: string,
  match: WordMatcher,
): { texts: string[]; pairs: (readonly [number, number])[] } {
  const old = before.map((word) => word.text);
  const head = countHead(old, text);
  const headLength = old.slice(0, head).join('').length;
  const tail = countTail(old.slice(head), text.slice(headLength));
  const tailLength = old.slice(old.length - tail).join('').length;
  const middle = splitWords(text.slice(headLength, text.length - tailLength));
  const trim = (texts: readonly string[]): string[] => texts.map((word) => word.trim());
  const inner = match(trim(old.slice(head, old.length - tail)), trim(middle));
  const texts = [...old.slice(0, head), ...middle, ...old.slice(old.length - tail)];
  return {
    texts,
    pairs: [
      ...Array.from({ length: head }, (_, i) => [i, i] as const),
      ...inner.map(([from, to]) => [from + head, to + head] as const),
      ...Array.from(
        { length: tail },
        (_, i) => [old.length - tail + i, texts.length - tail + i] as const,
      ),
    ],
  };
}

/** How many words the text begins with, whole. */
function countHead(words: readonly string[], text: string): number {
  let at = 0;
  let count = 0;
  let whole = 0;
  for (const word of words) {
    if (!text.startsWith(word, at)) break;
    at += word.length;
    count++;
    if (beginsWord(text, at)) whole = count;
  }
  return whole;
}

/** How many words the text ends with, whole. */
function countTail(words: readonly string[], text: string): number {
  let end = text.length;
  let count = 0;
  let whole = 0;
  for (const word of words.toReversed()) {
    if (!text.slice(0, end).endsWith(word)) break;
    end -= word.length;
    count++;
    if (beginsWord(text, end)) whole = count;
  }
  return whole;
}

/** May a word begin at this place of the text? Its end counts too. */
function beginsWord(text: string, at: number): boolean {
  if (at === 0 || at === text.length) return true;
  return /\s/u.test(text[at]!) || (isUnspaced(text[at - 1]) && isUnspaced(text[at]));
}
