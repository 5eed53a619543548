import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TranscribeEvent } from '../../src/core/asr-api';
import type { AudioOptions } from '../../src/core/audio-options';
import type { DecodingOptions } from '../../src/core/decoding-options';
import { MelSpectrum } from '../../workers/asr/mel';
import { Recording } from '../../workers/asr/recording';
import { readFlac } from './flac';
import { NodeEngine } from './node-engine';

const RATE_HZ = 16_000;
const { 'en_short.flac': truth } = JSON.parse(
  readFileSync(new URL('../fixtures/audio/truth.json', import.meta.url), 'utf8'),
) as { 'en_short.flac': { text: string; segments: readonly { start: number; end: number }[] } };

let engine: NodeEngine;
let speech: Float32Array;
beforeAll(async () => {
  engine = await NodeEngine.open();
  speech = await readFlac('en_short.flac');
});

async function run(
  samples: Float32Array,
  audio: Partial<AudioOptions>,
  options: Partial<DecodingOptions> = {},
) {
  const events: TranscribeEvent[] = [];
  const onEvent = (event: TranscribeEvent): void => void events.push(event);
  const transcript = await engine.transcribeSamples(samples, options, onEvent, audio);
  const windows = events.filter((event) => event.kind === 'window');
  return { ...transcript, events, windows };
}

describe('loudness normalisation', () => {
  it('gives the log-mel that louder samples give', async () => {
    const windowOf = async (samples: Float32Array, gain: number) => {
      const recording = new Recording(new MelSpectrum(80));
      await recording.push(samples);
      await recording.finish(gain);
      return recording.window(0, 300);
    };
    const quiet = speech.map((sample) => sample / 16);
    const expected = await windowOf(speech, 1);
    const actual = await windowOf(quiet, 16);
    const errors = actual.map((value, i) => Math.abs(value - expected[i]!));
    const error = errors.reduce((worst, value) => Math.max(worst, value), 0);
    expect(error).toBeLessThan(1e-4);
    expect(await windowOf(quiet, 1)).not.toEqual(expected);
  });

  it('makes what was recorded quietly the same as what was not', async () => {
    const loud = await run(speech, { normalizeLoudness: true });
    const quiet = await run(
      speech.map((sample) => sample / 50),
      { normalizeLoudness: true },
    );
    expect(quiet.text.trim()).toBe(truth.text);
    expect(quiet.segments[0]!.avgLogprob).toBeCloseTo(loud.segments[0]!.avgLogprob, 3);
    const asRecorded = await run(speech, {});
    const faint = await run(
      speech.map((sample) => sample / 50),
      {},
    );
    // The model does hear the difference where nothing is done about it.
    const [faintly, plainly] = [faint.segments[0]!.avgLogprob, asRecorded.segments[0]!.avgLogprob];
    expect(faintly).not.toBeCloseTo(plainly, 3);
  });
});

describe('trimming of silence', () => {
  const BEFORE_SEC = 41;
  const padded = (): Float32Array => {
    const samples = new Float32Array(BEFORE_SEC * RATE_HZ + speech.length + 40.005 * RATE_HZ);
    samples.set(speech, BEFORE_SEC * RATE_HZ);
    return samples;
  };

  it('decodes from the first to the last speech, on the clock of the source', async () => {
    const { text, segments, windows, coverage, durationSec } = await run(padded(), {
      trimSilence: true,
    });
    expect(text.trim()).toBe(truth.text);
    expect(windows).toHaveLength(1);
    const startSec = BEFORE_SEC + truth.segments[0]!.start;
    const endSec = BEFORE_SEC + truth.segments.at(-1)!.end;
    expect(Math.abs(windows[0]!.startSec - startSec)).toBeLessThan(0.6);
    expect(Math.abs(segments[0]!.startSec - startSec)).toBeLessThan(0.6);
    expect(Math.abs(segments.at(-1)!.endSec - endSec)).toBeLessThan(0.6);
    expect(coverage.map(({ kind }) => kind)).toEqual(['silence', 'speech', 'silence']);
    expect(coverage[0]).toMatchObject({ startSec: 0 });
    expect(coverage.at(-1)).toMatchObject({ endSec: durationSec });
    expect((await run(padded(), {})).windows.length).toBeGreaterThan(1);
  });

  it('keeps to the clips that were asked for', async () => {
    const options = { clipTimestampsSec: [10, 20, 40, 44] };
    const { windows, coverage, text } = await run(padded(), { trimSilence: true }, options);
    expect(windows).toHaveLength(1);
    expect(windows[0]!.startSec).toBeGreaterThan(40.5);
    expect(text.trim()).not.toBe('');
    const plain = coverage.map(({ kind, startSec }) => [kind, Math.round(startSec)]);
    expect(plain.slice(0, 4)).toEqual([
      ['skipped', 0],
      ['silence', 10],
      ['skipped', 20],
      ['silence', 40],
    ]);
    expect(coverage.at(-1)).toMatchObject({ kind: 'skipped', startSec: 44 });
  });

  it('decodes nothing where nobody speaks', async () => {
    const { text, windows, coverage } = await run(await readFlac('noise_only.flac'), {
      trimSilence: true,
    });
    expect([text, windows]).toEqual(['', []]);
    expect(coverage).toEqual([{ kind: 'silence', startSec: 0, endSec: 12 }]);
  });
});

describe('the waveform', () => {
  it('comes before anything is decoded: loudest samples, and where speech is', async () => {
    const samples = new Float32Array(5 * RATE_HZ + 100);
    samples.set(speech.subarray(0, 2 * RATE_HZ), 2 * RATE_HZ);
    samples[RATE_HZ] = -0.75;
    samples[samples.length - 1] = 0.5;
    const [first] = (await run(samples, {}, { temperatures: [0] })).events;
    if (first?.kind !== 'audio') throw new Error(`first came ${String(first?.kind)}`);
    expect(first.peaks).toHaveLength(5 * first.peaksPerSec + 1);
    const loudest = (startSec: number, endSec: number): number =>
      Math.max(...first.peaks.slice(startSec * first.peaksPerSec, endSec * first.peaksPerSec));
    expect(loudest(0, 1)).toBe(0);
    expect(first.peaks[first.peaksPerSec]).toBe(0.75);
    expect(loudest(1.05, 2)).toBe(0);
    expect(loudest(2, 4)).toBeCloseTo(Math.max(...speech.subarray(0, 2 * RATE_HZ).map(Math.abs)));
    expect(first.peaks.at(-1)).toBe(0.5);
    expect(first.speech.length).toBeGreaterThan(0);
    for (const { startSec, endSec } of first.speech) {
      expect(startSec).toBeGreaterThan(1.9);
      expect(endSec).toBeLessThan(4.2);
    }
  });
});
