import { changeSegment } from './edit-transcript';
import type { Segment } from './transcript';

/** A place worth a second listen: a word, or a segment whose words were not timed. Times in seconds of the source. */
export interface UncertainPlace {
  readonly segmentId: number;
  /** null stands for the whole segment. */
  readonly wordIndex: number | null;
  readonly text: string;
  readonly startSec: number;
  readonly endSec: number;
  /** Between 0 and 1: the word's, or the mean of the segment's tokens. */
  readonly probability: number;
}

/** Words less probable than this are worth a second listen. */
export const UNCERTAIN_BELOW = 0.5;

/** All that the model was less sure of than `below`, in order. Punctuation alone is no word. */
export function uncertainPlaces(
  segments: readonly Segment[],
  below = UNCERTAIN_BELOW,
): UncertainPlace[] {
  return segments
    .filter(({ text }) => text.trim() !== '')
    .flatMap((segment) => placesOf(segment).filter(({ probability }) => probability < below));
}

function placesOf(segment: Segment): UncertainPlace[] {
  const { id, startSec, endSec } = segment;
  if (!segment.words?.length) {
    const probability = Math.exp(segment.avgLogprob);
    const text = segment.text.trim();
    return [{ segmentId: id, wordIndex: null, text, startSec, endSec, probability }];
  }
  return segment.words.flatMap((word, wordIndex) =>
    /[\p{L}\p{N}]/u.test(word.text)
      ? [{ ...word, text: word.text.trim(), segmentId: id, wordIndex }]
      : [],
  );
}

/** A person listened and vouches for it: what they vouch for is as certain as what they type. */
export function approvePlace(
  segments: readonly Segment[],
  { segmentId, wordIndex }: UncertainPlace,
): readonly Segment[] {
  return changeSegment(segments, segmentId, (segment) => {
    if (wordIndex === null) return { ...segment, avgLogprob: 0 };
    const word = segment.words?.[wordIndex];
    if (!segment.words || !word) return segment;
    return { ...segment, words: segment.words.with(wordIndex, { ...word, probability: 1 }) };
  });
}
