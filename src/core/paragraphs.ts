import type { Segment } from './transcript';

/** What one person says in one go. */
export interface Paragraph {
  readonly startSec: number;
  readonly speaker: string | null;
  readonly text: string;
}

/** Silence after which a paragraph ends, in seconds. */
const PAUSE_SEC = 2;
/** A paragraph of so many characters ends with its next sentence. */
const LONG = 600;

/**
 * A transcript for readers: segments of one speaker joined until a pause, or one by one.
 * Segments without text are left out.
 */
export function groupParagraphs(segments: readonly Segment[], oneByOne: boolean): Paragraph[] {
  const paragraphs: Paragraph[] = [];
  let endSec = 0;
  for (const { startSec, text, speaker = null, ...segment } of segments) {
    const trimmed = text.trim();
    if (trimmed === '') continue;
    const last = paragraphs.at(-1);
    const goesOn =
      last?.speaker === speaker && startSec - endSec <= PAUSE_SEC && !isFull(last.text);
    if (last && goesOn && !oneByOne)
      // Languages without spaces get none: the segment says so itself.
      paragraphs[paragraphs.length - 1] = { ...last, text: joinText(last.text, text) };
    else paragraphs.push({ startSec, speaker, text: trimmed });
    endSec = segment.endSec;
  }
  return paragraphs;
}

function isFull(text: string): boolean {
  return text.length >= LONG && /[.!?。！？…]["'”’»)\]]*$/.test(text);
}

function joinText(before: string, next: string): string {
  const spaced = /^\s/.test(next) || !/[\u3000-\u9fff\uf900-\ufaff\uff00-\uffef]$/.test(before);
  return `${before}${spaced ? ' ' : ''}${next.trim()}`;
}
