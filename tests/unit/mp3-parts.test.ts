import { expect, test } from 'vitest';
import { readMp3Frame } from '../../workers/media/mp3-frame';
import { mp3Parts, type Mp3Part } from '../../workers/media/mp3-parts';

/** MPEG-1 Layer III, 128 kbit/s, 44.1 kHz, stereo: 417 bytes, 1152 samples. */
const STEREO_44K = [0xff, 0xfb, 0x90, 0x00];
const STEREO_44K_BYTES = 417;
/** The same with a byte of padding. */
const PADDED_44K = [0xff, 0xfb, 0x92, 0x00];
/** MPEG-2 Layer III, 8 kbit/s, 16 kHz, mono: 36 bytes, 576 samples. */
const MONO_16K = [0xff, 0xf3, 0x18, 0xc0];
const MONO_16K_BYTES = 36;
const LEAD_FRAMES = 32;

function frames(header: readonly number[], bytes: number, count: number): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(bytes * count);
  for (let i = 0; i < count; i++) {
    all.set(header, i * bytes);
    // A frame whose sound looks like a header now and then.
    if (i % 3 === 0) all.set(header, i * bytes + 11);
  }
  return all;
}

async function cutUp(file: Blob, partBytes: number): Promise<Mp3Part[]> {
  const parts: Mp3Part[] = [];
  for await (const part of mp3Parts(file, partBytes)) parts.push(part);
  return parts;
}

/** Where parts begin, and where the sound begins that is theirs alone; the parts cover the file without a hole. */
function places(file: Blob, parts: readonly Mp3Part[], leadBytes: number): number[] {
  const starts = [0];
  for (const part of parts.slice(0, -1)) {
    const lead = starts.length === 1 ? 0 : leadBytes;
    starts.push(starts.at(-1)! + part.bytes.size - lead);
  }
  expect(starts.at(-1)! - (parts.length > 1 ? leadBytes : 0) + parts.at(-1)!.bytes.size).toBe(
    file.size,
  );
  return starts;
}

test.each([
  [STEREO_44K, { bytes: 417, samples: 1152, rateHz: 44_100, mono: false, infoAt: 36 }],
  [PADDED_44K, { bytes: 418, samples: 1152, rateHz: 44_100, mono: false, infoAt: 36 }],
  [MONO_16K, { bytes: 36, samples: 576, rateHz: 16_000, mono: true, infoAt: 13 }],
  // MPEG-2.5, 64 kbit/s, 8 kHz.
  [[0xff, 0xe3, 0x88, 0x00], { bytes: 576, samples: 576, rateHz: 8000, mono: false, infoAt: 21 }],
])('the header %j is read as the standard has it', (header, frame) => {
  expect(readMp3Frame(new DataView(Uint8Array.from(header).buffer), 0)).toEqual(frame);
});

test.each([
  ['Layer II', [0xff, 0xfd, 0x90, 0x00]],
  ['a reserved version', [0xff, 0xeb, 0x90, 0x00]],
  ['no bit rate', [0xff, 0xfb, 0x00, 0x00]],
  ['a bad bit rate', [0xff, 0xfb, 0xf0, 0x00]],
  ['a reserved sample rate', [0xff, 0xfb, 0x9c, 0x00]],
  ['three bytes', [0xff, 0xfb, 0x90]],
])('%s is no frame', (_, header) => {
  expect(readMp3Frame(new DataView(Uint8Array.from(header).buffer), 0)).toBeNull();
});

test('parts end between frames and begin 32 frames before the last one ended', async () => {
  const file = new Blob([frames(STEREO_44K, STEREO_44K_BYTES, 500)]);
  const parts = await cutUp(file, 30_000);
  const leadBytes = LEAD_FRAMES * STEREO_44K_BYTES;
  expect(parts.length).toBeGreaterThan(4);
  for (const start of places(file, parts, leadBytes)) expect(start % STEREO_44K_BYTES).toBe(0);
  expect(parts[0]?.leadSec).toBe(0);
  for (const { bytes, leadSec } of parts.slice(1)) {
    expect(leadSec).toBe((LEAD_FRAMES * 1152) / 44_100);
    expect(new Uint8Array(await bytes.slice(0, 4).arrayBuffer())).toEqual(
      Uint8Array.from(STEREO_44K),
    );
  }
});

test('a cut is looked for behind what is not sound, however long', async () => {
  const head = frames(STEREO_44K, STEREO_44K_BYTES, 100);
  const picture = new Uint8Array(700_000).fill(0xff);
  const file = new Blob([head, picture, frames(STEREO_44K, STEREO_44K_BYTES, 200)]);
  const soundAt = head.length + picture.length;
  const [first, second] = await cutUp(file, head.length - 5000);
  const leadBytes = LEAD_FRAMES * STEREO_44K_BYTES;
  expect(first?.bytes.size).toBe(soundAt + leadBytes);
  expect(second?.leadSec).toBe((LEAD_FRAMES * 1152) / 44_100);
});

test('a lead is all of one kind, and all sound', async () => {
  const info = frames(STEREO_44K, STEREO_44K_BYTES, 1);
  info.set(new TextEncoder().encode('Info'), 36);
  const stereo = frames(STEREO_44K, STEREO_44K_BYTES, 40);
  const mono = frames(MONO_16K, MONO_16K_BYTES, 500);
  const file = new Blob([stereo, info, stereo, mono]);
  const [first, second] = await cutUp(file, 20 * STEREO_44K_BYTES);
  expect(first?.bytes.size).toBe((41 + LEAD_FRAMES) * STEREO_44K_BYTES);
  expect(second?.leadSec).toBe((LEAD_FRAMES * 1152) / 44_100);
  const third = (await cutUp(file, 60 * STEREO_44K_BYTES))[1];
  expect(third?.leadSec).toBe((LEAD_FRAMES * 576) / 16_000);
});

test('a file without another cut is one part', async () => {
  const file = new Blob([
    new Uint8Array(100_000),
    frames(STEREO_44K, STEREO_44K_BYTES, LEAD_FRAMES),
  ]);
  const parts = await cutUp(file, 1000);
  expect(parts.map((part) => part.bytes.size)).toEqual([file.size]);
});
