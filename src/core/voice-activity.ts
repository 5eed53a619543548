import { SAMPLE_RATE_HZ } from './audio-constants';

/** Samples per speech probability: what Silero judges at a time (32 ms). */
export const VOICE_FRAME_SAMPLES = 512;
const FRAME_SEC = VOICE_FRAME_SAMPLES / SAMPLE_RATE_HZ;
/** A stretch that is too long is cut at its last pause of at least this. Source: Silero's get_speech_timestamps. */
const MIN_CUT_PAUSE_SEC = 0.098;

/** How speech is told from silence: Silero's options under the names that faster-whisper gives them. */
export interface VoiceActivityOptions {
  /** Probability from which a frame is speech; it stays speech until 0.15 below. */
  readonly threshold: number;
  /** Shorter bursts are dropped. */
  readonly minSpeechDurationMs: number;
  /** Longer stretches are cut, at a pause where there is one. */
  readonly maxSpeechDurationSec: number;
  /** Shorter pauses do not end a stretch. */
  readonly minSilenceDurationMs: number;
  /** Kept before and after each stretch. */
  readonly speechPadMs: number;
}

export const DEFAULT_VOICE_ACTIVITY: VoiceActivityOptions = {
  threshold: 0.5,
  minSpeechDurationMs: 250,
  maxSpeechDurationSec: 30,
  minSilenceDurationMs: 2000,
  speechPadMs: 400,
};

/** Shortest pause that ends a stretch where speech is packed into windows. */
export const PACKING_SILENCE_MS = 160;

/** A stretch of the source, in seconds. */
export interface SpeechRegion {
  readonly startSec: number;
  readonly endSec: number;
}

/**
 * Turns speech probabilities into stretches of speech. Source: Silero's get_speech_timestamps.
 * @param probabilities one per VOICE_FRAME_SAMPLES, in order
 * @param durationSec length of the source, which no stretch exceeds
 */
export function findSpeech(
  probabilities: Float32Array,
  durationSec: number,
  options: VoiceActivityOptions,
): SpeechRegion[] {
  const padSec = options.speechPadMs / 1000;
  const maxSec = Math.max(FRAME_SEC, options.maxSpeechDurationSec - 2 * padSec);
  const regions = groupRuns(findRuns(probabilities, options.threshold), options)
    .flatMap((runs) => cutLong(runs, maxSec))
    .filter(({ startSec, endSec }) => (endSec - startSec) * 1000 >= options.minSpeechDurationMs);
  return pad(regions, padSec, durationSec);
}

/** Seconds of speech in [startSec, endSec). */
export function speechWithin(
  regions: readonly SpeechRegion[],
  startSec: number,
  endSec: number,
): number {
  return regions.reduce(
    (sum, region) =>
      sum + Math.max(0, Math.min(endSec, region.endSec) - Math.max(startSec, region.startSec)),
    0,
  );
}

/** Runs of frames that are speech, however short: above the threshold, then not far below it. */
function findRuns(probabilities: Float32Array, threshold: number): SpeechRegion[] {
  const endThreshold = Math.max(threshold - 0.15, 0.01);
  const runs: SpeechRegion[] = [];
  let start = -1;
  probabilities.forEach((probability, frame) => {
    if (start < 0 && probability >= threshold) start = frame;
    else if (start >= 0 && probability < endThreshold) {
      runs.push({ startSec: start * FRAME_SEC, endSec: frame * FRAME_SEC });
      start = -1;
    }
  });
  if (start >= 0)
    runs.push({ startSec: start * FRAME_SEC, endSec: probabilities.length * FRAME_SEC });
  return runs;
}

/** Runs with no long pause between them, together. */
function groupRuns(
  runs: readonly SpeechRegion[],
  { minSilenceDurationMs }: VoiceActivityOptions,
): SpeechRegion[][] {
  const groups: SpeechRegion[][] = [];
  for (const run of runs) {
    const group = groups.at(-1);
    const pauseSec = group ? run.startSec - group.at(-1)!.endSec : Infinity;
    if (group && pauseSec * 1000 < minSilenceDurationMs) group.push(run);
    else groups.push([run]);
  }
  return groups;
}

function cutLong(runs: readonly SpeechRegion[], maxSec: number): SpeechRegion[] {
  const startSec = runs[0]!.startSec;
  const endSec = runs.at(-1)!.endSec;
  if (endSec - startSec <= maxSec) return [{ startSec, endSec }];
  const cut = runs.findLastIndex(
    (run, i) =>
      i < runs.length - 1 &&
      run.endSec - startSec <= maxSec &&
      runs[i + 1]!.startSec - run.endSec >= MIN_CUT_PAUSE_SEC,
  );
  if (cut >= 0)
    return [{ startSec, endSec: runs[cut]!.endSec }, ...cutLong(runs.slice(cut + 1), maxSec)];
  // No pause to cut at: wherever it has become too long.
  const middleSec = startSec + Math.floor(maxSec / FRAME_SEC) * FRAME_SEC;
  const rest = runs
    .filter((run) => run.endSec > middleSec)
    .map((run) => ({ ...run, startSec: Math.max(run.startSec, middleSec) }));
  return [{ startSec, endSec: middleSec }, ...cutLong(rest, maxSec)];
}

/** Widens every stretch; neighbours share a pause that is too short for both. */
function pad(
  regions: readonly SpeechRegion[],
  padSec: number,
  durationSec: number,
): SpeechRegion[] {
  return regions.map(({ startSec, endSec }, i) => {
    const before = startSec - (regions[i - 1]?.endSec ?? -Infinity);
    const after = (regions[i + 1]?.startSec ?? Infinity) - endSec;
    return {
      startSec: Math.max(0, startSec - Math.min(padSec, before / 2)),
      endSec: Math.min(durationSec, endSec + Math.min(padSec, after / 2)),
    };
  });
}
