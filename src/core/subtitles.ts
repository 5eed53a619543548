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

/** A word as it stands in a cue: one that begins a line carries the line break. */
export interface CueWord extends Word {
  readonly speaker?: string;
  /** A whole segment whose words have no times: a cue of its own, unshaped and unmarked. */
  readonly untimed?: true;
}

/** A cue by its words; a segment without word times is one word. Times in seconds. */
export interface WordCue {
  readonly startSec: number;
  readonly endSec: number;
  readonly words: readonly CueWord[];
  /** Index of the word that is being said, where one is to be marked. */
  readonly marked: number | null;
}

/** Cues of a transcript: by segment, or by word where there are word times. Source: whisper/utils.py. */
export function createCues(segments: readonly Segment[], shape: SubtitleShape): Cue[] {
  return layOutCues(segments, shape).map(({ startSec, endSec, words, marked }) => {
    const texts = words.map(({ text }, i) => (i === marked ? underline(text) : text));
    return { startSec, endSec, text: tameArrows(texts.join('')) };
  });
}

/** As createCues, with the words kept apart. Without any word times each segment is a cue. */
export function layOutCues(segments: readonly Segment[], shape: SubtitleShape): WordCue[] {
  // Emptied segments have an empty list of words even where none were asked for.
  const timed = segments.some(({ words = [] }) => words.length > 0);
  const cues = timed
    ? groupWords(segments.map(wordsOf), shape)
    : segments.map((segment) => [{ ...asWord(segment), text: segment.text.trim() }]);
  return cues.flatMap((words) => {
    if (timed && shape.highlightWords && !words[0]!.untimed) return highlightEach(words);
    return [{ startSec: words[0]!.startSec, endSec: words.at(-1)!.endSec, words, marked: null }];
  });
}

/** "-->" would end a cue's text: written "->", as the reference does, however many dashes there are. */
export function tameArrows(text: string): string {
  return text.replace(/-{2,}>/g, '->');
}

/** The words of a segment; one whose words were never timed stays whole, so that no text is lost. */
function wordsOf(segment: Segment): CueWord[] {
  const { words = [], text, speaker } = segment;
  if (words.length === 0) return text.trim() === '' ? [] : [{ ...asWord(segment), untimed: true }];
  return words.map((word) => (speaker === undefined ? word : { ...word, speaker }));
}

function asWord({ text, startSec, endSec, speaker }: Segment): CueWord {
  return { text, startSec, endSec, probability: 1, ...(speaker !== undefined && { speaker }) };
}

/** Words of each cue; a word that begins a line carries the line break. */
function groupWords(segments: readonly (readonly CueWord[])[], shape: SubtitleShape): CueWord[][] {
  // As in the reference, zero counts as no limit.
  const width = shape.maxLineWidth || UNLIMITED;
  const perLine = shape.maxWordsPerLine || UNLIMITED;
  const preserveSegments = !shape.maxLineCount || !shape.maxLineWidth;
  const cues: CueWord[][] = [];
  let cue: CueWord[] = [];
  let lineLength = 0;
  let lines = 1;
  let lastStart = segments.flat()[0]?.startSec ?? 0;
  for (const words of segments)
    for (const [at, word] of words.entries()) {
      const length = [...word.text].length;
      const longPause = !preserveSegments && word.startSec - lastStart > LONG_PAUSE_SEC;
      const segmentBreak = at % perLine === 0 && cue.length > 0 && preserveSegments;
      const cueBreak = segmentBreak || (cue.length > 0 && standApart(cue.at(-1)!, word));
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

/** Ours, where the reference knows neither: no cue has two speakers, or more than one segment without word times. */
function standApart(last: CueWord, next: CueWord): boolean {
  return last.speaker !== next.speaker || last.untimed === true || next.untimed === true;
}

/** One cue per word, and one without a mark for each pause between two. */
function highlightEach(words: readonly CueWord[]): WordCue[] {
  const cues: WordCue[] = [];
  let lastSec = words[0]!.startSec;
  for (const [marked, { startSec, endSec }] of words.entries()) {
    // Compared as they are written, to the millisecond.
    if (lastSec.toFixed(3) !== startSec.toFixed(3))
      cues.push({ startSec: lastSec, endSec: startSec, words, marked: null });
    cues.push({ startSec, endSec, words, marked });
    lastSec = endSec;
  }
  return cues;
}

function underline(text: string): string {
  return text.replace(/^(\s*)(.*)$/, '$1<u>$2</u>');
}
