import { openAsBlob } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { decodeMono16k } from '../../src/audio/decode';
import { endsEarly } from '../../src/core/media-length';
import { readMp3Length } from '../../workers/media/mp3-length';
import { declaredWaveSec } from '../../workers/media/wave-length';

const SOURCE_SEC = 47_017 / 16_000;

function fixture(name: string): Promise<Blob> {
  return openAsBlob(fileURLToPath(new URL(`../fixtures/media/${name}`, import.meta.url)));
}

/** A file with some of its bytes replaced. */
async function patched(name: string, at: number, bytes: readonly number[]): Promise<Blob> {
  const file = await fixture(name);
  return new Blob([file.slice(0, at), Uint8Array.from(bytes), file.slice(at + bytes.length)]);
}

test.each(['pcm_s16.wav', 'pcm_f32.wav', 'mulaw_8k.wav', 'cut.wav'])(
  '%s says in its header how long the whole is',
  async (name) => {
    expect(await declaredWaveSec(await fixture(name))).toBeCloseTo(SOURCE_SEC, 3);
  },
);

test('a WAV stream that was never finished promises no length', async () => {
  const head = await (await fixture('pcm_s16.wav')).slice(0, 200).text();
  const sizeAt = head.indexOf('data') + 4;
  const streamed = await patched('pcm_s16.wav', sizeAt, [0xff, 0xff, 0xff, 0xff]);
  expect(await declaredWaveSec(streamed)).toBeNull();
});

test('an MP3 with a LAME tag is as long as what was encoded, after the delay of encoder and decoder', async () => {
  const span = await readMp3Length(await fixture('mono_44k.mp3'));
  expect(span?.originSec).toBeCloseTo((576 + 529) / 44_100, 6);
  expect((span?.endSec ?? 0) - (span?.originSec ?? 0)).toBeCloseTo(SOURCE_SEC, 4);
});

test('ID3 tags in front of an MP3 change nothing, and one without an Info frame promises nothing', async () => {
  const mp3 = await fixture('mono_44k.mp3');
  const tag = new Uint8Array(10 + 200);
  tag.set([0x49, 0x44, 0x33, 3, 0, 0, 0, 0, 1, 72]);
  expect(await readMp3Length(new Blob([tag, tag, mp3]))).toEqual(await readMp3Length(mp3));
  expect(await readMp3Length(await fixture('plain_24k.mp3'))).toBeNull();
});

test('an MP3 joined from several is not cut where the first one says that it ends', async () => {
  const mp3 = await fixture('mono_44k.mp3');
  const joined = await readMp3Length(new Blob([mp3, mp3, mp3]));
  expect(joined?.endSec).toBe(Infinity);
  expect(joined?.originSec).toBeCloseTo((576 + 529) / 44_100, 6);
});

test('sound may miss 2 % of what is promised, but never more than five seconds', () => {
  expect(endsEarly(98.1, 100)).toBe(false);
  expect(endsEarly(97.9, 100)).toBe(true);
  expect(endsEarly(35_996, 36_000)).toBe(false);
  expect(endsEarly(35_994, 36_000)).toBe(true);
  expect(endsEarly(1, null)).toBe(false);
});

test('a file that would fill the memory is not decoded as a whole', async () => {
  const tenHours = { durationSec: 36_000, channels: 2, sampleRateHz: 44_100 };
  const signal = new AbortController().signal;
  const blocks = decodeMono16k(signal, new Blob(['ID3']), undefined, tenHours);
  await expect(blocks.next()).rejects.toMatchObject({ code: 'too-large' });
});
