import { FRAMES_PER_SEC } from './audio-constants';

/** Seconds per timestamp token. */
export const TIMESTAMP_STEP_SEC = 0.02;
const FRAMES_PER_TIMESTAMP = TIMESTAMP_STEP_SEC * FRAMES_PER_SEC;

/** A stretch of a window's tokens with its times in the source, in seconds. */
export interface TokenSpan {
  readonly startSec: number;
  readonly endSec: number;
  readonly tokens: readonly number[];
}

/**
 * Cuts a window's tokens at consecutive timestamps and says how many mel frames to move on.
 * Source: whisper/transcribe.py, the seek loop.
 * @param tokens the window's tokens without end of text
 * @param timestampBegin id of <|0.00|>
 * @param seek first mel frame of the window. @param frames mel frames of audio in it
 */
export function splitAtTimestamps(
  tokens: readonly number[],
  timestampBegin: number,
  seek: number,
  frames: number,
): { spans: TokenSpan[]; advanceFrames: number; endsInSingle: boolean } {
  const offsetSec = seek / FRAMES_PER_SEC;
  const isTimestamp = (id: number | undefined): boolean => id !== undefined && id >= timestampBegin;
  const endsInSingle =
    tokens.length >= 2 && isTimestamp(tokens.at(-1)) && !isTimestamp(tokens.at(-2));
  const cuts = tokens.flatMap((id, i) =>
    i > 0 && isTimestamp(id) && isTimestamp(tokens[i - 1]) ? [i] : [],
  );
  if (cuts.length === 0) {
    const last = tokens.findLast(isTimestamp);
    // No pair, but perhaps one time: it ends the only segment.
    const durationSec =
      last !== undefined && last !== timestampBegin
        ? (last - timestampBegin) * TIMESTAMP_STEP_SEC
        : frames / FRAMES_PER_SEC;
    return {
      spans: [{ startSec: offsetSec, endSec: offsetSec + durationSec, tokens }],
      advanceFrames: frames,
      endsInSingle,
    };
  }
  if (endsInSingle) cuts.push(tokens.length);
  const spans = cuts.map((cut, i) => {
    const piece = tokens.slice(cuts[i - 1] ?? 0, cut);
    return {
      startSec: offsetSec + (piece[0]! - timestampBegin) * TIMESTAMP_STEP_SEC,
      endSec: offsetSec + (piece.at(-1)! - timestampBegin) * TIMESTAMP_STEP_SEC,
      tokens: piece,
    };
  });
  // A single time at the end says that no speech follows; else the rest is decoded anew from the last time.
  const advanceFrames = endsInSingle
    ? frames
    : (tokens[cuts.at(-1)! - 1]! - timestampBegin) * FRAMES_PER_TIMESTAMP;
  return { spans, advanceFrames, endsInSingle };
}
