import type { Segment } from './transcript';

/** Characters that no text file should hold, XML cannot hold, and terminals obey. Tabs and line ends are not among them. */
const CONTROLS = /(?![\t\n\r\u0085])\p{Cc}|[\ufffe\uffff]/gu;
const LINE_ENDS = /\s*[\n\r\u0085\u2028\u2029]+\s*/g;

/** Up to the first letter, which is of a script that is written from right to left. */
const RIGHT_TO_LEFT =
  /^\P{L}*[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/** Is text written from right to left, by its first letter? Source: Unicode UAX #9, rules P2 and P3. */
export function isRightToLeft(text: string): boolean {
  return RIGHT_TO_LEFT.test(text);
}

/** Text on one line, without control characters and halves of characters. */
export function toOneLine(text: string): string {
  return text.toWellFormed().replace(CONTROLS, '').replace(LINE_ENDS, ' ');
}

/** Segments whose text keeps to one line, whatever was typed or imported. */
export function onOneLine(segments: readonly Segment[]): Segment[] {
  return segments.map(({ words, speaker, ...segment }) => ({
    ...segment,
    text: toOneLine(segment.text),
    ...(speaker !== undefined && { speaker: toOneLine(speaker).trim() }),
    ...(words && { words: words.map((word) => ({ ...word, text: toOneLine(word.text) })) }),
  }));
}
