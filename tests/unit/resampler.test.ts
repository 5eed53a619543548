import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { Resampler } from '../../src/core/resampler';

const TO_HZ = 16_000;
const RATES_HZ = [8000, 11_025, 22_050, 37_800, 44_056, 44_100, 48_000, 96_000, 192_000];
/** Output samples at either end that the stream's edges reach. */
const EDGE_SAMPLES = 100;

function resample(samples: Float32Array, fromHz: number, toHz = TO_HZ): Float32Array {
  return inBlocks(samples, fromHz, () => samples.length, toHz);
}

function inBlocks(
  samples: Float32Array,
  fromHz: number,
  blockSize: () => number,
  toHz = TO_HZ,
): Float32Array {
  const resampler = new Resampler(fromHz, toHz);
  const output: number[] = [];
  for (let start = 0; start < samples.length;) {
    const end = start + blockSize();
    output.push(...resampler.push(samples.subarray(start, end)));
    start = end;
  }
  output.push(...resampler.flush());
  return Float32Array.from(output);
}

/** Numbers in [0, 1), the same in every run. Source: mulberry32. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

function noise(length: number): Float32Array {
  const next = random(length);
  return Float32Array.from({ length }, () => next() - 0.5);
}

function sine(hz: number, rateHz: number, length: number): Float32Array {
  return Float32Array.from({ length }, (_, i) => Math.sin((2 * Math.PI * hz * i) / rateHz));
}

function inner(samples: Float32Array): Float32Array {
  return samples.subarray(EDGE_SAMPLES, -EDGE_SAMPLES);
}

/** Root mean square in dB, 0 for a sine of amplitude 1. */
function levelDb(samples: Float32Array): number {
  return 10 * Math.log10((2 * samples.reduce((sum, x) => sum + x * x, 0)) / samples.length);
}

function difference(a: Float32Array, b: Float32Array): Float32Array {
  expect(a.length).toBe(b.length);
  return a.map((value, i) => value - b[i]!);
}

describe.each(RATES_HZ)('from %i Hz to 16 kHz', (fromHz) => {
  const quarterSec = Math.ceil(fromHz / 4);
  // Above 16 kHz the output's Nyquist frequency limits, below the input's.
  const limitHz = Math.min(fromHz, TO_HZ) / 2;
  const passHz = limitHz - 1000 * (limitHz / 8000);

  it('blocks of any size give the same samples, bit for bit', () => {
    const samples = noise(quarterSec + 77);
    const whole = resample(samples, fromHz);
    for (const most of [1, 50, 128, 9000]) {
      const next = random(most);
      expect(inBlocks(samples, fromHz, () => 1 + Math.floor(next() * most))).toEqual(whole);
    }
  });

  it('a sine to 7/8 of the lower Nyquist frequency comes out as that sine, in place', () => {
    for (const part of [0.01, 0.3, 0.7, 0.95, 1]) {
      const output = resample(sine(passHz * part, fromHz, quarterSec), fromHz);
      const analytic = sine(passHz * part, TO_HZ, output.length);
      expect(Math.abs(levelDb(inner(output)) - levelDb(inner(analytic)))).toBeLessThan(0.1);
      // The wave itself: a delay of 0.003 % of a period would be too much.
      expect(levelDb(inner(difference(output, analytic)))).toBeLessThan(-75);
    }
  });

  it('constant input stays what it is', () => {
    const output = inner(resample(new Float32Array(quarterSec).fill(0.5), fromHz));
    for (const value of output) expect(Math.abs(value - 0.5)).toBeLessThan(1e-5);
  });

  it('an impulse stays where it is, with as much before it as after it', () => {
    // A whole number of seconds is a whole number of samples at both rates.
    const impulse = new Float32Array(2 * fromHz);
    impulse[fromHz] = 1;
    const output = resample(impulse, fromHz);
    expect(output.indexOf(Math.max(...output))).toBe(TO_HZ);
    for (let away = 1; away < 60; away++)
      expect(output[TO_HZ + away]).toBeCloseTo(output[TO_HZ - away]!, 6);
  });

  it.each([0, 1, 2, 3, 100, 4095, 4097, 30_001])('%i samples give their share', (length) => {
    expect(resample(noise(length), fromHz)).toHaveLength(Math.ceil((length * TO_HZ) / fromHz));
  });
});

it.each(RATES_HZ.filter((rateHz) => rateHz > 17_000))(
  'from %i Hz, what lies above 8.5 kHz does not come back',
  (fromHz) => {
    for (const hz of [8500, 8700, 9000, 10_000, 12_000, 15_900, 23_000, 40_000, 80_500, 95_000]) {
      if (hz >= fromHz / 2) continue;
      const output = resample(sine(hz, fromHz, fromHz / 4), fromHz);
      expect(levelDb(inner(output))).toBeLessThan(-80);
    }
  },
);

it.each(RATES_HZ.filter((rateHz) => rateHz < TO_HZ))(
  'from %i Hz, nothing appears beside the tone',
  (fromHz) => {
    for (const hz of [500, 2000, (fromHz / 2) * 0.875]) {
      const output = resample(sine(hz, fromHz, fromHz / 4), fromHz);
      expect(levelDb(inner(difference(output, sine(hz, TO_HZ, output.length))))).toBeLessThan(-80);
    }
  },
);

it('equal rates pass every sample through, in an array of its own', () => {
  const samples = noise(1000);
  const resampler = new Resampler(TO_HZ, TO_HZ);
  const output = resampler.push(samples);
  expect(output).toEqual(samples);
  expect(output.buffer).not.toBe(samples.buffer);
  expect(resampler.flush()).toHaveLength(0);
});

it('after flush another stream begins', () => {
  const [first, second] = [noise(5000), noise(6001)];
  const resampler = new Resampler(44_100, TO_HZ);
  resampler.push(first);
  resampler.flush();
  const again = [...resampler.push(second), ...resampler.flush()];
  expect(Float32Array.from(again)).toEqual(resample(second, 44_100));
});

it.each([0, -1, NaN, Infinity, 44_100.5, 20, 2e6])('refuses a rate of %d Hz', (hz) => {
  expect(() => new Resampler(hz, TO_HZ)).toThrow(RangeError);
  expect(() => new Resampler(TO_HZ, hz)).toThrow(RangeError);
});

const ffmpegBuild = spawnSync('ffmpeg', ['-hide_banner', '-buildconf'], { encoding: 'utf8' });
const hasSoxr = ffmpegBuild.stdout?.includes('--enable-libsoxr') ?? false;

function withFfmpeg(samples: Float32Array, fromHz: number, filter: string): Float32Array {
  const raw = (rateHz: number): string[] => ['-f', 'f32le', '-ar', String(rateHz), '-ac', '1'];
  const args = ['-v', 'error', ...raw(fromHz), '-i', '-', '-af', filter, ...raw(TO_HZ), '-'];
  const { status, stdout, stderr } = spawnSync('ffmpeg', args, {
    input: new Uint8Array(samples.buffer),
    maxBuffer: 1 << 26,
  });
  if (status !== 0) throw new Error(stderr.toString());
  return new Float32Array(
    stdout.buffer.slice(stdout.byteOffset, stdout.byteOffset + stdout.length),
  );
}

describe.skipIf(!hasSoxr)(`beside ffmpeg's soxr${hasSoxr ? '' : ' (ffmpeg is not here)'}`, () => {
  it.each(RATES_HZ)('a second of band-limited sound from %i Hz is the same to -70 dB', (fromHz) => {
    const top = (Math.min(fromHz, TO_HZ) / 2) * 0.87;
    const next = random(fromHz);
    const tones = Array.from({ length: 40 }, () => [next() * top, next() * 2 * Math.PI] as const);
    const samples = Float32Array.from({ length: fromHz }, (_, i) =>
      tones.reduce(
        (sum, [hz, phase]) => sum + Math.sin((2 * Math.PI * hz * i) / fromHz + phase),
        0,
      ),
    );
    const ours = resample(samples, fromHz);
    const theirs = withFfmpeg(samples, fromHz, `aresample=${TO_HZ}:resampler=soxr:precision=28`);
    expect(Math.abs(theirs.length - ours.length)).toBeLessThan(2);
    const shared = Math.min(ours.length, theirs.length) - 2000;
    const error = difference(ours.slice(2000, shared), theirs.slice(2000, shared));
    expect(levelDb(error) - levelDb(ours.slice(2000, shared))).toBeLessThan(-70);
  });
});
