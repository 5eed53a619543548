import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { MelSpectrum, normalizeLogMel } from '../../workers/asr/mel';
import { Recording } from '../../workers/asr/recording';
import { BatchFft } from '../../workers/asr/fft';
import { readFlac } from './flac';

const fixtures = new URL('../fixtures/', import.meta.url);

/** The float32 values of a .npy file, gzipped. */
function readNpy(name: string): Float32Array {
  const bytes = gunzipSync(readFileSync(new URL(name, fixtures)));
  const header = 10 + bytes.readUInt16LE(8);
  return new Float32Array(
    bytes.buffer.slice(bytes.byteOffset + header, bytes.byteOffset + bytes.length),
  );
}

function largestDifference(a: Float32Array, b: Float32Array): number {
  expect(a.length).toBe(b.length);
  return a.reduce((worst, value, i) => Math.max(worst, Math.abs(value - b[i]!)), 0);
}

describe('log-mel', () => {
  it.each([
    [80, 'goldens/mel_jfk.npy.gz'],
    [128, 'goldens/twins/v3/mel_jfk.npy.gz'],
  ])('of %i bins equals whisper on jfk.flac to 1e-4', async (melBins, golden) => {
    const recording = new Recording(new MelSpectrum(melBins));
    await recording.push(await readFlac('jfk_16k.flac'));
    await recording.push(new Float32Array(19 * 16_000));
    await recording.finish();
    const mel = await recording.window(0, 3000);
    expect(largestDifference(mel, readNpy(golden))).toBeLessThan(1e-4);
  });

  it('is the same whatever the size of the pushed blocks', async () => {
    const noise = Float32Array.from({ length: 200_123 }, (_, i) => Math.sin(i * i * 1e-4) / 2);
    const whole = new Recording(new MelSpectrum(80));
    await whole.push(noise);
    await whole.finish();
    const pieces = new Recording(new MelSpectrum(80));
    for (let at = 0; at < noise.length; at += 777) await pieces.push(noise.subarray(at, at + 777));
    await pieces.finish();
    expect(pieces.contentFrames).toBe(whole.contentFrames);
    expect(await pieces.window(100, 1000)).toEqual(await whole.window(100, 1000));
  });

  it('keeps audio beyond one stored chunk', async () => {
    const tone = Float32Array.from({ length: 130 * 16_000 }, (_, i) =>
      Math.sin(i * 0.05 + i * i * 1e-9),
    );
    const recording = new Recording(new MelSpectrum(80));
    await recording.push(tone);
    await recording.finish();
    const seek = 5950; // straddles the boundary at 60 s
    const direct = new MelSpectrum(80).log10(tone.subarray(seek * 160 - 200), 200);
    const whole = await recording.window(seek, 200);
    const expected = normalizeLogMel(direct, whole.reduce((a, b) => Math.max(a, b)) * 4 - 4);
    expect(whole[0]).toBeCloseTo(expected[0]!, 2);
    expect(whole.subarray(0, 200).every((v) => Number.isFinite(v))).toBe(true);
  });
});

describe('FFT', () => {
  it('equals the naive transform', () => {
    const [points, batch] = [200, 3];
    const re = Float64Array.from({ length: points * batch }, (_, i) => Math.sin(i * 1.7));
    const im = Float64Array.from({ length: points * batch }, (_, i) => Math.cos(i * 0.3));
    const expected = new Float64Array(points * batch);
    for (let b = 0; b < batch; b++)
      for (let k = 0; k < points; k++)
        for (let n = 0; n < points; n++) {
          const angle = (-2 * Math.PI * k * n) / points;
          expected[k * batch + b]! +=
            re[n * batch + b]! * Math.cos(angle) - im[n * batch + b]! * Math.sin(angle);
        }
    const out = new BatchFft(points, batch).forward(re.slice(), im.slice());
    out.re.forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 9));
  });
});
