import { FRAMES_PER_SEC, WINDOW_FRAMES } from './audio-constants';
import { roundHalfEven } from './round';
import type { Word } from './transcript';
import { endOfSpeech, type OpenSegment } from './word-times';

const PUNCTUATION = `"'“¿([{-"'.。,，!！?？:：”)]}、`;
/** How many words of a segment are judged. */
const JUDGED_WORDS = 8;

export interface WindowPlace {
  /** Silence longer than this around a suspicious segment is skipped, in seconds. */
  readonly thresholdSec: number;
  /** First mel frame of the window, and how many of audio it has. */
  readonly windowSeek: number;
  readonly frames: number;
  /** Where the next window would begin, in mel frames. */
  readonly seek: number;
  /** The window's tokens end in a single timestamp: no speech follows. */
  readonly endsInSingle: boolean;
  /** Where speech ended before this window, in seconds. */
  readonly lastSpeechSec: number;
  /** Mel frames of the whole recording. */
  readonly contentFrames: number;
}

/**
 * Drops segments that look hallucinated and stand in silence, and moves on past the silence before them.
 * Source: whisper/transcribe.py, hallucination_silence_threshold.
 * @returns the segments kept (null: decode the window anew from `seek`) and the next window's first frame
 */
export function skipHallucinations(
  segments: readonly OpenSegment[],
  place: WindowPlace,
): { segments: OpenSegment[] | null; seek: number } {
  const { thresholdSec, windowSeek, frames } = place;
  const offsetSec = windowSeek / FRAMES_PER_SEC;
  let { seek } = place;
  const windowEndSec = (windowSeek + WINDOW_FRAMES) / FRAMES_PER_SEC;
  const lastWordEnd = endOfSpeech(segments);
  if (!place.endsInSingle && lastWordEnd !== null && lastWordEnd > offsetSec)
    seek =
      windowEndSec - lastWordEnd > thresholdSec
        ? roundHalfEven(lastWordEnd * FRAMES_PER_SEC)
        : windowSeek + frames;

  const first = segments.find(({ words }) => words.length > 0);
  if (first && isAnomalous(first)) {
    const gapSec = first.startSec - offsetSec;
    if (gapSec > thresholdSec)
      return { segments: null, seek: windowSeek + roundHalfEven(gapSec * FRAMES_PER_SEC) };
  }

  let lastEnd = place.lastSpeechSec;
  for (const [i, segment] of segments.entries()) {
    if (segment.words.length === 0) continue;
    if (isAnomalous(segment)) {
      const next = segments.slice(i + 1).find(({ words }) => words.length > 0);
      const nextStart = next ? next.words[0]!.startSec : offsetSec + frames / FRAMES_PER_SEC;
      const silenceBefore =
        segment.startSec - lastEnd > thresholdSec ||
        segment.startSec < thresholdSec ||
        segment.startSec - offsetSec < 2;
      const silenceAfter =
        nextStart - segment.endSec > thresholdSec ||
        (next !== undefined && isAnomalous(next)) ||
        windowEndSec - segment.endSec < 2;
      if (silenceBefore && silenceAfter) {
        const contentSec = place.contentFrames / FRAMES_PER_SEC;
        seek =
          contentSec - segment.endSec < thresholdSec
            ? place.contentFrames
            : roundHalfEven(Math.max(offsetSec + 1, segment.startSec) * FRAMES_PER_SEC);
        return { segments: segments.slice(0, i), seek };
      }
    }
    lastEnd = segment.endSec;
  }
  return { segments: [...segments], seek };
}

/** Whether a segment's first words are mostly improbable, very short or very long. */
function isAnomalous({ words }: OpenSegment): boolean {
  const judged = words.filter(({ text }) => !PUNCTUATION.includes(text)).slice(0, JUDGED_WORDS);
  const score = judged.reduce((sum, word) => sum + scoreAnomaly(word), 0);
  return score >= 3 || score + 0.01 >= judged.length;
}

function scoreAnomaly({ startSec, endSec, probability }: Word): number {
  const durationSec = endSec - startSec;
  let score = 0;
  if (probability < 0.15) score += 1;
  if (durationSec < 0.133) score += (0.133 - durationSec) * 15;
  if (durationSec > 2) score += durationSec - 2;
  return score;
}
