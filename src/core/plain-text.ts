import type { Segment } from './transcript';

/** Characters that no text file should hold, XML cannot hold, and terminals obey. Tabs and line ends are not among them. */
const CONTROLS = /(?![\t\n\r\u0085])\p{Cc}|[\ufffe\uffff]/gu;
const LINE_ENDS = /\s*[\n\r\u0085\u2028\u2029]+\s*/g;

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
