import type { CaptureChannel } from './capture';
import type { SpeechRegion } from './voice-activity';

/**
 * What became of a stretch of the recording:
 * - `speech`: written down
 * - `retried`: written down at the second try
 * - `failed`: speech was heard, no text came of it
 * - `silence`: no speech was heard and none written
 * - `skipped`: left out because the options say so
 */
export type StretchKind = 'speech' | 'retried' | 'failed' | 'silence' | 'skipped';

/** One stretch of the source; times in seconds. */
export interface Stretch extends SpeechRegion {
  readonly kind: StretchKind;
  /** Of a conversation the one side whose speech was lost; absent where it may be either. */
  readonly channel?: CaptureChannel;
}

/** Least speech that is worth a word: shorter stretches may be a cough. */
export const MIN_LOST_SPEECH_SEC = 0.5;
/** What is left of a stretch that has text counts as lost from here on: a segment's edges are not exact. */
const MIN_LOST_REST_SEC = 1;

/**
 * Accounts for every second of a stretch of the source.
 * @param whole the stretch
 * @param written where text is, in order of start
 * @param heard where speech was detected, unpadded, in order
 * @returns stretches in order that touch each other and fill `whole`
 */
export function accountFor(
  whole: SpeechRegion,
  written: readonly Stretch[],
  heard: readonly SpeechRegion[],
): Stretch[] {
  const stretches: Stretch[] = [];
  const fillGap = (startSec: number, endSec: number): void => {
    let at = startSec;
    for (const region of heard) {
      const from = Math.max(at, region.startSec);
      const to = Math.min(endSec, region.endSec);
      const whole = from === region.startSec && to === region.endSec;
      if (to - from < (whole ? MIN_LOST_SPEECH_SEC : MIN_LOST_REST_SEC)) continue;
      stretches.push({ kind: 'silence', startSec: at, endSec: from });
      stretches.push({ kind: 'failed', startSec: from, endSec: to });
      at = to;
    }
    stretches.push({ kind: 'silence', startSec: at, endSec });
  };
  let at = whole.startSec;
  for (const segment of written) {
    const from = Math.max(at, segment.startSec);
    const to = Math.min(whole.endSec, segment.endSec);
    if (to <= from) continue;
    fillGap(at, from);
    stretches.push({ kind: segment.kind, startSec: from, endSec: to });
    at = to;
  }
  fillGap(at, whole.endSec);
  return joinStretches(stretches);
}

/** Joins neighbours of one kind and drops empty ones. */
export function joinStretches(stretches: readonly Stretch[]): Stretch[] {
  const joined: Stretch[] = [];
  for (const stretch of stretches) {
    if (stretch.endSec <= stretch.startSec) continue;
    const last = joined.at(-1);
    if (last?.kind === stretch.kind && last.channel === stretch.channel)
      joined[joined.length - 1] = { ...last, endSec: stretch.endSec };
    else joined.push(stretch);
  }
  return joined;
}
