import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { LoudnessMeter, normalizingGain, TARGET_LUFS } from '../../src/core/loudness';
import { readFlac } from './flac';

const RATE_HZ = 16_000;
/** EBU's signals are stereo; one channel alone is half the power. */
const ONE_OF_TWO_LU = -3.01;

function measure(samples: Float32Array, blockSamples = 12_345) {
  const meter = new LoudnessMeter();
  for (let at = 0; at < samples.length; at += blockSamples)
    meter.push(samples.subarray(at, at + blockSamples));
  return meter.measure();
}

/** A sine of the given parts: [level in dBFS, seconds]. */
function sine(hz: number, parts: readonly (readonly [number, number])[]): Float32Array {
  const amplitudes = parts.flatMap(([db, sec]) =>
    Array<number>(Math.round(sec * RATE_HZ)).fill(10 ** (db / 20)),
  );
  return Float32Array.from(amplitudes, (a, i) => a * Math.sin((2 * Math.PI * hz * i) / RATE_HZ));
}

describe('integrated loudness', () => {
  it('is -3.01 LUFS for a full-scale sine of 997 Hz, as BS.1770 defines', () => {
    const { integratedLufs, peak } = measure(sine(997, [[0, 20]]));
    expect(Math.abs(integratedLufs - -3.01)).toBeLessThan(0.05);
    expect(peak).toBeCloseTo(1, 3);
  });

  it.each([
    [1, [[-23, 20]], -23],
    [2, [[-33, 20]], -33],
    [
      3,
      [
        [-36, 10],
        [-23, 60],
        [-36, 10],
      ],
      -23,
    ],
    [
      4,
      [
        [-72, 10],
        [-36, 10],
        [-23, 60],
        [-36, 10],
        [-72, 10],
      ],
      -23,
    ],
    [
      5,
      [
        [-26, 20],
        [-20, 20.1],
        [-26, 20],
      ],
      -23,
    ],
  ] as const)('of test signal %i of EBU Tech 3341 is right to 0.1 LU', (_, parts, expected) => {
    const { integratedLufs } = measure(sine(1000, parts));
    expect(Math.abs(integratedLufs - (expected + ONE_OF_TWO_LU))).toBeLessThan(0.1);
  });

  it('of silence, and of less than one block, is none', () => {
    expect(measure(new Float32Array(RATE_HZ)).integratedLufs).toBe(-Infinity);
    expect(measure(new Float32Array(0))).toEqual({ integratedLufs: -Infinity, peak: 0 });
    expect(normalizingGain(measure(new Float32Array(RATE_HZ)))).toBe(1);
  });

  it('is the same whatever the size of the blocks', async () => {
    const samples = await readFlac('en_short.flac');
    expect(measure(samples, 1)).toEqual(measure(samples, samples.length));
  });
});

const hasFfmpeg = spawnSync('ffmpeg', ['-version']).status === 0;

describe.skipIf(!hasFfmpeg)(`beside ffmpeg's ebur128${hasFfmpeg ? '' : ' (not here)'}`, () => {
  it.each(['en_long', 'es_noisy', 'jfk_16k', 'noise_only', 'en_sparse'])(
    '%s is as loud, to 0.5 LU',
    async (name) => {
      const path = fileURLToPath(new URL(`../fixtures/audio/${name}.flac`, import.meta.url));
      const args = ['-hide_banner', '-nostats', '-i', path, '-af', 'ebur128', '-f', 'null', '-'];
      const { stderr } = spawnSync('ffmpeg', args, { encoding: 'utf8', maxBuffer: 1 << 26 });
      const summary = stderr.slice(stderr.lastIndexOf('Summary:'));
      const theirs = Number(/I:\s*(-?[\d.]+) LUFS/.exec(summary)![1]);
      const { integratedLufs } = measure(await readFlac(`${name}.flac`));
      expect(Math.abs(integratedLufs - theirs)).toBeLessThan(0.5);
    },
  );
});

describe('the normalising gain', () => {
  it.each([0.05, 0.3, 1])('brings speech at %d of its level to the target', async (level) => {
    const samples = (await readFlac('en_short.flac')).map((sample) => sample * level);
    const gain = normalizingGain(measure(samples));
    const { integratedLufs, peak } = measure(samples.map((sample) => sample * gain));
    expect(Math.abs(integratedLufs - TARGET_LUFS)).toBeLessThan(0.1);
    expect(peak).toBeLessThan(0.9);
  });

  it('stops where a peak would be cut off', () => {
    const samples = sine(1000, [[-50, 10]]);
    samples[RATE_HZ] = 0.7;
    const gain = normalizingGain(measure(samples));
    const { integratedLufs, peak } = measure(samples.map((sample) => sample * gain));
    expect(20 * Math.log10(peak)).toBeCloseTo(-1, 2);
    expect(integratedLufs).toBeLessThan(TARGET_LUFS - 10);
  });
});
