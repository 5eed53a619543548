import { expect, test } from 'vitest';
import { monoBlocks } from '../../workers/media/mono-blocks';
import { mp3Parts } from '../../workers/media/mp3-parts';
import { openTrack } from '../../workers/media/open-track';
import { fixture, match } from './media-fixtures';

const RATE_HZ = 16_000;
/** A fraction of a second: each file below is cut many times. */
const PART_BYTES = 4000;
/** Decoders of 16-bit samples carry their rounding from frame to frame, so a fresh one may be off by one. */
const TOLERANCE = 1.5 / 32_768;

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
  let count = 0;
  for await (const _ of mp3Parts(file, PART_BYTES)) count++;
  return count;
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
  expect(await countParts(file)).toBeGreaterThan(3);
  const whole = await hear(file, Infinity);
  const parts = await hear(file, PART_BYTES);
  expect(parts.samples.length).toBe(whole.samples.length);
  expect(parts.outcome).toBe(whole.outcome);
  console.log(
    largestDifference(whole.samples, parts.samples) * 32768,
    whole.outcome,
    whole.samples.length,
    await countParts(file),
  );
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

test('damage costs no more in parts than in one piece', async () => {
  const bytes = new Uint8Array(await new Blob(await copies('vbr_48k.mp3', 4)).arrayBuffer());
  for (let at = 3000; at < bytes.length; at += 9000) bytes.fill(0x55, at, at + 1200);
  await expectSame(new Blob([bytes]));
});

test('a file joined from two sample rates is heard to its end', async () => {
  const speech = await fixture('mono_44k.mp3');
  const file = new Blob([...(await copies('vbr_48k.mp3', 3)), speech]);
  const { samples } = await hear(file, PART_BYTES);
  const alone = (await hear(speech, Infinity)).samples.subarray(RATE_HZ, 2 * RATE_HZ);
  const end = samples.subarray(-2.5 * RATE_HZ);
  expect(match(end, alone, RATE_HZ / 2, RATE_HZ / 2).gain).toBeCloseTo(1, 2);
});
