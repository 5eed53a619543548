import { expect, test } from 'vitest';
import { monoBlocks } from '../../workers/media/mono-blocks';
import { readMp3Frame } from '../../workers/media/mp3-frame';
import { mp3Parts } from '../../workers/media/mp3-parts';
import { openTrack } from '../../workers/media/open-track';
import { fixture, match } from './media-fixtures';

const RATE_HZ = 16_000;
/** A fraction of a second: each file below is cut many times. */
const PART_BYTES = 4000;
/** Chromium 156 shows no difference at all; decoders of 16-bit samples carry their rounding from frame to frame. */
const TOLERANCE = 1.5 / 32_768;
const MONO_SIDE_BYTES = 17;
/** A frame at 44.1 kHz and rounding, in samples at 16 kHz. */
const FRAME_SAMPLES = 420;

interface Heard {
  readonly samples: Float32Array;
  readonly outcome: string;
}

async function hear(file: Blob, partBytes: number): Promise<Heard> {
  const open = await openTrack(file, partBytes);
  const blocks: Float32Array[] = [];
  let outcome = '';
  try {
    for await (const block of monoBlocks(open)) {
      if (block.kind === 'samples') blocks.push(block.samples);
      else outcome = block.outcome;
    }
  } finally {
    open.input.dispose();
  }
  const samples = new Float32Array(await new Blob(blocks as BlobPart[]).arrayBuffer());
  return { samples, outcome };
}

async function countParts(file: Blob): Promise<number> {
  return (await Array.fromAsync(mp3Parts(file, PART_BYTES))).length;
}

function largestDifference(a: Float32Array, b: Float32Array): number {
  return a.reduce((worst, value, i) => Math.max(worst, Math.abs(value - b[i]!)), 0);
}

async function copies(name: string, count: number): Promise<Blob[]> {
  return new Array<Blob>(count).fill(await fixture(name));
}

/** An ID3v2 tag of 30 kB: syncsafe size, then what a picture may hold. */
function id3Tag(): Blob {
  const size = 30_000;
  const head = [0x49, 0x44, 0x33, 4, 0, 0, 0, size >> 14, (size >> 7) & 127, size & 127];
  const picture = Uint8Array.from({ length: size }, (_, i) => (i * i * 31 + (i >> 3)) & 255);
  return new Blob([Uint8Array.from(head), picture]);
}

async function expectSame(file: Blob): Promise<void> {
  expect(await countParts(file)).toBeGreaterThan(1);
  const whole = await hear(file, Infinity);
  const parts = await hear(file, PART_BYTES);
  expect(parts.samples.length).toBe(whole.samples.length);
  expect(parts.outcome).toBe(whole.outcome);
  expect(largestDifference(whole.samples, parts.samples)).toBeLessThanOrEqual(TOLERANCE);
}

test.each(['mono_44k.mp3', 'plain_24k.mp3', 'vbr_48k.mp3'])(
  '%s sounds the same in parts as in one piece',
  async (name) => {
    await expectSame(await fixture(name));
  },
);

test.each(['mono_44k.mp3', 'plain_24k.mp3', 'vbr_48k.mp3', 'low_16k.mp3'])(
  'a long file joined from copies of %s sounds the same in parts as in one piece',
  async (name) => {
    await expectSame(new Blob(await copies(name, 12)));
  },
);

test('tags between joined files are stepped over', async () => {
  const pieces = await copies('mono_44k.mp3', 4);
  await expectSame(new Blob(pieces.flatMap((piece) => [id3Tag(), piece])));
});

test('damage moves the sound after it by a frame at most against one piece', async () => {
  const bytes = new Uint8Array(await new Blob(await copies('mono_44k.mp3', 3)).arrayBuffer());
  // Every part loses something, also over its ends.
  for (let at = 3000; at < bytes.length; at += 9000) bytes.fill(0x55, at, at + 1200);
  const file = new Blob([bytes, await fixture('mono_44k.mp3')]);
  expect(await countParts(file)).toBeGreaterThan(3);
  const whole = (await hear(file, Infinity)).samples;
  const parts = (await hear(file, PART_BYTES)).samples;
  expect(Math.abs(parts.length - whole.length)).toBeLessThanOrEqual(FRAME_SAMPLES);
  const start = whole.length - 2 * RATE_HZ;
  const second = whole.subarray(start, start + RATE_HZ);
  const found = match(parts.subarray(start), second, 0, 2 * FRAME_SAMPLES);
  expect(Math.abs(found.lag)).toBeLessThanOrEqual(FRAME_SAMPLES);
  expect(found.gain).toBeCloseTo(1, 2);
});

test('a part that begins with broken frames is heard after them', async () => {
  const file = await fixture('mono_44k.mp3');
  const parts = await Array.fromAsync(mp3Parts(file, file.size / 2));
  expect(parts).toHaveLength(2);
  const bytes = new Uint8Array(await file.arrayBuffer());
  let at = file.size - parts[1]!.bytes.size;
  // Chromium forgives a single one.
  for (let i = 0; i < 2; i++) {
    bytes.fill(0xff, at + 4, at + 4 + MONO_SIDE_BYTES);
    at += readMp3Frame(new DataView(bytes.buffer), at)!.bytes;
  }
  const broken = await hear(new Blob([bytes]), file.size / 2);
  const whole = await hear(file, Infinity);
  expect(broken.outcome).toBe('damaged');
  expect(broken.samples.length).toBe(whole.samples.length);
  const start = whole.samples.length - RATE_HZ / 2;
  const end = broken.samples.subarray(start);
  expect(largestDifference(end, whole.samples.subarray(start))).toBeLessThanOrEqual(TOLERANCE);
});

test('a file joined from two sample rates is heard to its end', async () => {
  const speech = await fixture('mono_44k.mp3');
  const file = new Blob([...(await copies('vbr_48k.mp3', 3)), speech]);
  const { samples } = await hear(file, PART_BYTES);
  const alone = (await hear(speech, Infinity)).samples.subarray(RATE_HZ, 2 * RATE_HZ);
  const end = samples.subarray(-2.5 * RATE_HZ);
  expect(match(end, alone, RATE_HZ / 2, RATE_HZ / 2).gain).toBeCloseTo(1, 2);
});
