import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  DEFAULT_VOICE_ACTIVITY,
  findSpeech,
  VOICE_FRAME_SAMPLES,
} from '../../src/core/voice-activity';
import type { SileroDetector } from '../../workers/asr/voice-detector';
import { readFlac } from './flac';
import { openDetector } from './node-engine';

const FRAME_SEC = VOICE_FRAME_SAMPLES / 16_000;
const EXACT = { ...DEFAULT_VOICE_ACTIVITY, minSilenceDurationMs: 160, speechPadMs: 0 };

/** Probabilities from [frames, probability] pairs. */
function track(...parts: readonly (readonly [number, number])[]): Float32Array {
  return Float32Array.from(parts.flatMap(([frames, p]) => Array<number>(frames).fill(p)));
}

function inFrames(probabilities: Float32Array, options: Partial<typeof EXACT> = {}): number[][] {
  const durationSec = probabilities.length * FRAME_SEC;
  return findSpeech(probabilities, durationSec, { ...EXACT, ...options }).map((region) => [
    Math.round(region.startSec / FRAME_SEC),
    Math.round(region.endSec / FRAME_SEC),
  ]);
}

describe('findSpeech', () => {
  it('begins at the threshold and ends 0.15 below it', () => {
    const wavering = track([10, 0.1], [10, 0.9], [10, 0.4], [10, 0.9], [10, 0.3]);
    expect(inFrames(wavering)).toEqual([[10, 40]]);
    expect(inFrames(track([10, 0.1], [20, 0.49], [10, 0.1]))).toEqual([]);
  });

  it('bridges short pauses and drops short bursts', () => {
    const spoken = track([20, 0.9], [4, 0], [20, 0.9], [20, 0], [7, 0.9], [20, 0]);
    expect(inFrames(spoken)).toEqual([[0, 44]]);
    expect(inFrames(spoken, { minSilenceDurationMs: 100, minSpeechDurationMs: 200 })).toEqual([
      [0, 20],
      [24, 44],
      [64, 71],
    ]);
  });

  it('cuts what is too long at its last pause, else where it becomes too long', () => {
    const paused = track([40, 0.9], [4, 0], [40, 0.9], [4, 0], [40, 0.9]);
    expect(inFrames(paused, { maxSpeechDurationSec: 100 * FRAME_SEC })).toEqual([
      [0, 84],
      [88, 128],
    ]);
    expect(inFrames(track([250, 0.9]), { maxSpeechDurationSec: 100 * FRAME_SEC })).toEqual([
      [0, 100],
      [100, 200],
      [200, 250],
    ]);
  });

  it('pads within the recording, and neighbours share a short pause', () => {
    const spoken = track([5, 0], [20, 0.9], [10, 0], [20, 0.9], [5, 0]);
    expect(inFrames(spoken, { speechPadMs: 400 })).toEqual([
      [0, 30],
      [30, 60],
    ]);
  });
});

describe('Silero, on recordings with known word times', () => {
  interface Truth {
    readonly segments: readonly { words: readonly { start: number; end: number }[] }[];
  }
  const truth = JSON.parse(
    readFileSync(new URL('../fixtures/audio/truth.json', import.meta.url), 'utf8'),
  ) as Record<string, Truth>;
  let detector: SileroDetector;
  beforeAll(async () => {
    detector = await openDetector();
  });

  async function listen(samples: Float32Array, blockSamples: number): Promise<Float32Array> {
    const voice = detector.listen(() => Promise.resolve());
    for (let at = 0; at < samples.length; at += blockSamples)
      await voice.push(samples.subarray(at, at + blockSamples));
    return voice.finish();
  }

  it.each(Object.keys(truth).filter((name) => name !== 'noise_only.flac'))(
    '%s: precision and recall over 10-ms frames above 0.95',
    async (name) => {
      const samples = await readFlac(name);
      const durationSec = samples.length / 16_000;
      const regions = findSpeech(await listen(samples, 480_000), durationSec, EXACT);
      const words = truth[name]!.segments.flatMap((segment) => segment.words);
      const tally = { hit: 0, heard: 0, spoken: 0 };
      for (let sec = 0.005; sec < durationSec; sec += 0.01) {
        const heard = regions.some(({ startSec, endSec }) => sec >= startSec && sec < endSec);
        const spoken = words.some(({ start, end }) => sec >= start && sec < end);
        tally.heard += Number(heard);
        tally.spoken += Number(spoken);
        tally.hit += Number(heard && spoken);
      }
      expect(tally.hit / tally.heard).toBeGreaterThan(0.95);
      expect(tally.hit / tally.spoken).toBeGreaterThan(0.95);
    },
  );

  it('hears nothing in noise', async () => {
    const probabilities = await listen(await readFlac('noise_only.flac'), 480_000);
    expect(findSpeech(probabilities, 12, EXACT)).toEqual([]);
  });

  it('hears the same whatever the size of the blocks', async () => {
    const samples = await readFlac('en_long.flac');
    expect(await listen(samples, 12_345)).toEqual(await listen(samples, samples.length));
  });
});
