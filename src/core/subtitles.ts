import type { Segment, Word } from './transcript';

/** How subtitles with word times are cut. Source: whisper's command line flags of the same names. */
export interface SubtitleShape {
  /** Most characters in a line; null leaves lines as they are. */
  readonly maxLineWidth: number | null;
  /** Most lines in a cue; counts only together with maxLineWidth. */
  readonly maxLineCount: number | null;
  /** Most words in a line; null has no limit. */
  readonly maxWordsPerLine: number | null;
  /** One cue per word, with the spoken word in <u>. */
  readonly highlightWords: boolean;
}

export const DEFAULT_SHAPE: SubtitleShape = {
  maxLineWidth: null,
  maxLineCount: null,
  maxWordsPerLine: null,
  highlightWords: false,
};

/** One subtitle; times in seconds. */
export interface Cue {
  readonly startSec: number;
  readonly endSec: number;
  readonly text: string;
}

/** A pause longer than this begins a new cue where segments are not preserved, in seconds. */
const LONG_PAUSE_SEC = 3;
/** The reference's "no limit". */
const UNLIMITED = 1000;

/** Cues of a transcript: by segment, or by word where there are word times. Source: whisper/utils.py. */
export function createCues(segments: readonly Segment[], shape: SubtitleShape): Cue[] {
  if (segments[0]?.words === undefined)
    return segments.map(({ startSec, endSec, text }) => ({
      startSec,
      endSec,
      text: text.trim().replaceAll('-->', '->'),
    }));
  return groupWords(segments, shape).flatMap((words) => {
    if (shape.highlightWords) return highlightEach(words);
    const text = words.map((word) => word.text).join('');
    return [{ startSec: words[0]!.startSec, endSec: words.at(-1)!.endSec, text }];
  });
}

/** Words of each cue; a word that begins a line carries the line break. */
function groupWords(segments: readonly Segment[], shape: SubtitleShape): Word[][] {
  // As in the reference, zero counts as no limit.
  const width = shape.maxLineWidth || UNLIMITED;
  const perLine = shape.maxWordsPerLine || UNLIMITED;
  const preserveSegments = !shape.maxLineCount || !shape.maxLineWidth;
  const cues: Word[][] = [];
  let cue: Word[] = [];
  let lineLength = 0;
  let lines = 1;
  let lastStart =
    segments.flatMap(({ words }) => words ?? [])[0]?.startSec ?? segments[0]?.startSec ?? 0;
  for (const { words = [] } of segments)
    for (const [at, word] of words.entries()) {
      const length = [...word.text].length;
      const longPause = !preserveSegments && word.startSec - lastStart > LONG_PAUSE_SEC;
      const cueBreak = at % perLine === 0 && cue.length > 0 && preserveSegments;
      let { text } = word;
      if (lineLength > 0 && lineLength + length <= width && !longPause && !cueBreak)
        lineLength += length;
      else {
        text = text.trim();
        const full =
          cue.length > 0 && shape.maxLineCount && (longPause || lines >= shape.maxLineCount);
        if (full || cueBreak) {
          cues.push(cue);
          cue = [];
          lines = 1;
        } else if (lineLength > 0) {
          lines += 1;
          text = `\n${text}`;
        }
        lineLength = [...text.trim()].length;
      }
      cue.push({ ...word, text });
      lastStart = word.startSec;
    }
  if (cue.length > 0) cues.push(cue);
  return cues;
}

/** One cue per word, and one without a mark for each pause between two. */
function highlightEach(words: readonly Word[]): Cue[] {
  const plain = words.map(({ text }) => text).join('');
  const cues: Cue[] = [];
  let lastSec = words[0]!.startSec;
  for (const [i, { startSec, endSec }] of words.entries()) {
    // Compared as they are written, to the millisecond.
    if (lastSec.toFixed(3) !== startSec.toFixed(3))
      cues.push({ startSec: lastSec, endSec: startSec, text: plain });
    const text = words.map((word, j) => (i === j ? underline(word.text) : word.text)).join('');
    cues.push({ startSec, endSec, text });
    lastSec = endSec;
  }
  return cues;
}

function underline(text: string): string {
  return text.replace(/^(\s*)(.*)$/, '$1<u>$2</u>');
}
