import { expect, test } from 'vitest';
import { decodeMono16k, type DecodedInfo } from '../../src/audio/decode';
import truth from '../fixtures/audio/truth.json';
import enLong from '../fixtures/audio/en_long.flac?url';
import jfk from '../fixtures/audio/jfk.flac?url';
import { wavFile } from './wav-file';

const RATE_HZ = 16_000;
/**
 * Half a step of 16-bit PCM. Chromium divides positive samples by 32767 and negative ones by 32768; any
 * resampling or lost channel is off by many steps.
 */
const HALF_STEP = 0.5 / 32_768;
const signal = new AbortController().signal;

async function decode(file: Blob): Promise<{ blocks: Float32Array[]; info: DecodedInfo[] }> {
  const blocks: Float32Array[] = [];
  const info: DecodedInfo[] = [];
  for await (const block of decodeMono16k(signal, file, (found) => info.push(found)))
    blocks.push(block);
  return { blocks, info };
}

async function fetched(url: string): Promise<Blob> {
  return (await fetch(url)).blob();
}

/** Samples that 16-bit PCM holds exactly. */
function ramp(length: number, step: number): Int16Array {
  return Int16Array.from({ length }, (_, i) => ((i * step) % 20_000) - 10_000);
}

test('a long recording comes in blocks of at most 30 s that add up to its length', async () => {
  const { blocks, info } = await decode(await fetched(enLong));
  const samples = blocks.reduce((sum, block) => sum + block.length, 0);
  const durationSec = truth['en_long.flac'].duration;
  expect(blocks.every((block) => block.length <= 30 * RATE_HZ)).toBe(true);
  expect(samples / RATE_HZ).toBeCloseTo(durationSec, 2);
  expect(info).toHaveLength(1);
  expect(info[0]?.durationSec).toBeCloseTo(durationSec, 2);
});

test('another sample rate is resampled to 16 kHz', async () => {
  const { blocks } = await decode(await fetched(jfk));
  const samples = blocks.reduce((sum, block) => sum + block.length, 0);
  expect(samples / RATE_HZ).toBeCloseTo(11, 1);
});

test('a 16 kHz source comes out sample by sample, across the edge of a block', async () => {
  const source = ramp(31 * RATE_HZ, 7);
  const { blocks } = await decode(wavFile([source], RATE_HZ));
  expect(blocks.map((block) => block.length)).toEqual([30 * RATE_HZ, RATE_HZ]);
  const decoded = blocks.flatMap((block) => [...block]);
  const wrong = decoded.findIndex(
    (value, i) => !(Math.abs(value - (source[i] ?? 0) / 32_768) < HALF_STEP),
  );
  expect(wrong).toBe(-1);
});

test.each([2, 6])('all of %i channels are heard, each as loud as the others', async (count) => {
  const channels = Array.from({ length: count }, (_, c) => ramp(RATE_HZ, 3 + 4 * c));
  const { blocks, info } = await decode(wavFile(channels, RATE_HZ));
  const worst = (blocks[0] ?? new Float32Array()).reduce((most, value, i) => {
    const mean = channels.reduce((sum, channel) => sum + (channel[i] ?? 0), 0) / count / 32_768;
    return Math.max(most, Math.abs(value - mean));
  }, 0);
  expect(blocks[0]?.length).toBe(RATE_HZ);
  expect(worst).toBeLessThan(HALF_STEP);
  expect(info[0]?.channels).toBe(count);
});

test('a file that cannot be used says why', async () => {
  await expect(decode(new Blob([]))).rejects.toMatchObject({ code: 'empty-file' });
  await expect(decode(new Blob(['not a recording']))).rejects.toMatchObject({
    code: 'not-media',
    message: 'Sotto could not read this file as audio or video. Choose another file.',
  });
});

test('a recording without a single sample is an error, not an empty transcript', async () => {
  await expect(decode(wavFile([new Int16Array(0)], RATE_HZ))).rejects.toMatchObject({
    name: 'SottoError',
    code: expect.stringMatching(/^(no-audio|not-media)$/) as string,
  });
});

test('aborting ends it with the reason given', async () => {
  const abort = new AbortController();
  const blocks = decodeMono16k(abort.signal, wavFile([ramp(61 * RATE_HZ, 5)], RATE_HZ));
  await blocks.next();
  abort.abort();
  await expect(blocks.next()).rejects.toBe(abort.signal.reason);
});
