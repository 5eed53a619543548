import type { Word } from './transcript';

/** A word of one window with its tokens; times in seconds from the window's start. */
export interface TimedWord {
  text: string;
  tokens: readonly number[];
  startSec: number;
  endSec: number;
  readonly probability: number;
}

/** A segment whose times are still being settled. */
export interface OpenSegment {
  startSec: number;
  endSec: number;
  readonly tokens: readonly number[];
  words: Word[];
}

/** End of the last word, else of the last segment; null where there is neither. Source: utils.py get_end. */
export function endOfSpeech(segments: readonly OpenSegment[]): number | null {
  const lastWord = segments.findLast(({ words }) => words.length > 0)?.words.at(-1);
  return lastWord?.endSec ?? segments.at(-1)?.endSec ?? null;
}

const SENTENCE_END_MARKS = '.。!！?？';
/** No word is thought to last longer than twice this, in seconds, however slow the speaker. */
const MAX_MEDIAN_SEC = 0.7;

type MutableWord = { -readonly [Key in keyof Word]: Word[Key] };

/**
 * Spreads a window's timed words over its segments, mends times that are plainly wrong, and moves the
 * segments' times to their words. Source: whisper/timing.py add_word_timestamps.
 * @param eot ids from here on are no text
 * @param offsetSec the window's start in the source
 * @param lastSpeechSec where speech ended before this window
 */
export function addWordTimes(
  segments: readonly OpenSegment[],
  alignment: TimedWord[],
  eot: number,
  offsetSec: number,
  lastSpeechSec: number,
  punctuation: { prepended: string; appended: string },
): void {
  const median = medianDuration(alignment);
  const maxDuration = median * 2;
  if (median > 0) shortenAtSentenceEnds(alignment, maxDuration);
  mergePunctuation(alignment, punctuation);
  let next = 0;
  for (const segment of segments) {
    const textLength = segment.tokens.filter((id) => id < eot).length;
    const words: MutableWord[] = [];
    for (let saved = 0; next < alignment.length && saved < textLength; next++) {
      const { text, tokens, startSec, endSec, probability } = alignment[next]!;
      if (text)
        words.push({
          text,
          startSec: roundTo10Ms(offsetSec + startSec),
          endSec: roundTo10Ms(offsetSec + endSec),
          probability,
        });
      saved += tokens.length;
    }
    if (words.length > 0) {
      mendFirstWords(words, lastSpeechSec, median);
      settleEnds(segment, words, median);
      lastSpeechSec = segment.endSec;
    }
    segment.words = words;
  }
}

/** Median of the durations that are not zero, 0.7 s at most; 0 where there is none. */
function medianDuration(alignment: readonly TimedWord[]): number {
  const durations = alignment
    .map(({ startSec, endSec }) => endSec - startSec)
    .filter((duration) => duration !== 0)
    .sort((a, b) => a - b);
  const middle = durations.length >> 1;
  if (durations.length === 0) return 0;
  const median =
    durations.length % 2 === 1
      ? durations[middle]!
      : (durations[middle - 1]! + durations[middle]!) / 2;
  return Math.min(MAX_MEDIAN_SEC, median);
}

function shortenAtSentenceEnds(alignment: readonly TimedWord[], maxDuration: number): void {
  for (let i = 1; i < alignment.length; i++) {
    const word = alignment[i]!;
    if (word.endSec - word.startSec <= maxDuration) continue;
    if (SENTENCE_END_MARKS.includes(word.text)) word.endSec = word.startSec + maxDuration;
    else if (SENTENCE_END_MARKS.includes(alignment[i - 1]!.text))
      word.startSec = word.endSec - maxDuration;
  }
}

/** Joins punctuation to its word; the emptied neighbours stay in place. Source: merge_punctuations. */
function mergePunctuation(
  alignment: readonly TimedWord[],
  { prepended, appended }: { prepended: string; appended: string },
): void {
  for (let i = alignment.length - 2, j = alignment.length - 1; i >= 0; i--) {
    const previous = alignment[i]!;
    const following = alignment[j]!;
    if (previous.text.startsWith(' ') && prepended.includes(previous.text.trim())) {
      following.text = previous.text + following.text;
      following.tokens = [...previous.tokens, ...following.tokens];
      previous.text = '';
      previous.tokens = [];
    } else j = i;
  }
  for (let i = 0, j = 1; j < alignment.length; j++) {
    const previous = alignment[i]!;
    const following = alignment[j]!;
    if (!previous.text.endsWith(' ') && appended.includes(following.text)) {
      previous.text += following.text;
      previous.tokens = [...previous.tokens, ...following.tokens];
      following.text = '';
      following.tokens = [];
    } else i = j;
  }
}

/** The first and second word after a pause are not longer than twice the median. */
function mendFirstWords(
  words: readonly MutableWord[],
  lastSpeechSec: number,
  median: number,
): void {
  const maxDuration = median * 2;
  const first = words[0]!;
  const second = words[1];
  if (!(first.endSec - lastSpeechSec > median * 4)) return;
  const tooLong =
    first.endSec - first.startSec > maxDuration ||
    (second !== undefined && second.endSec - first.startSec > maxDuration * 2);
  if (!tooLong) return;
  if (second && second.endSec - second.startSec > maxDuration) {
    const boundary = Math.max(second.endSec / 2, second.endSec - maxDuration);
    first.endSec = boundary;
    second.startSec = boundary;
  }
  first.startSec = Math.max(0, first.endSec - maxDuration);
}

/** The segment's own times stand where its first or last word is too long, else the words' do. */
function settleEnds(segment: OpenSegment, words: readonly MutableWord[], median: number): void {
  const first = words[0]!;
  const last = words.at(-1)!;
  if (segment.startSec < first.endSec && segment.startSec - 0.5 > first.startSec)
    first.startSec = Math.max(0, Math.min(first.endSec - median, segment.startSec));
  else segment.startSec = first.startSec;
  if (segment.endSec > last.startSec && segment.endSec + 0.5 < last.endSec)
    last.endSec = Math.max(last.startSec + median, segment.endSec);
  else segment.endSec = last.endSec;
}

function roundTo10Ms(sec: number): number {
  return Number(sec.toFixed(2));
}
