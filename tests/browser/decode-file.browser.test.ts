import { beforeAll, expect, test } from 'vitest';
import { decodeFile } from '../../src/pipeline/decode-file';
import { demoModel } from '../../src/pipeline/demo-model';
import { transcribeFile } from '../../src/pipeline/transcribe-file';
import type { AsrClient } from '../../src/rpc/asr-client';
import { MediaClient } from '../../src/rpc/media-client';
import { Job } from '../../src/state/job.svelte';
import { decodeAll, fixture, match, pcm16 } from './media-fixtures';
import { wavFile } from './wav-file';

const RATE_HZ = 16_000;
/** 2 ms. */
const LAG_TOLERANCE = 32;
/** ffmpeg's `-ac 2` makes each of two channels this loud. */
const STEREO_GAIN = Math.SQRT1_2;
/** What encoders put in front of the sound where the container has no place to say so; every player plays it. */
const AAC_PRIMING_SEC = 1024 / 48_000;
const MP3_PRIMING_SEC = (576 + 529) / 24_000;
/** Opus and Vorbis in Matroska end with a whole packet. */
const PACKET_SAMPLES = 0.02 * RATE_HZ;

interface Expectation {
  readonly file: string;
  readonly codec: string;
  readonly channels?: number;
  readonly gain?: number;
  /** When the original begins. */
  readonly startSec?: number;
  /** Samples more than the original that the last packet may hold. */
  readonly padding?: number;
}

const READABLE: readonly Expectation[] = [
  { file: 'pcm_u8.wav', codec: 'PCM' },
  { file: 'pcm_s16.wav', codec: 'PCM' },
  { file: 'pcm_s24.wav', codec: 'PCM' },
  { file: 'pcm_s32.wav', codec: 'PCM' },
  { file: 'pcm_f32.wav', codec: 'PCM' },
  { file: 'mulaw_8k.wav', codec: 'µ-law' },
  { file: 'alaw_8k.wav', codec: 'A-law' },
  { file: 'mono_44k.mp3', codec: 'MP3' },
  { file: 'plain_24k.mp3', codec: 'MP3', startSec: MP3_PRIMING_SEC, padding: 300 },
  { file: 'stereo_48k.m4a', codec: 'AAC', channels: 2, gain: STEREO_GAIN },
  { file: 'mono_44k.mov', codec: 'AAC' },
  { file: 'adts_48k.aac', codec: 'AAC', startSec: AAC_PRIMING_SEC, padding: 200 },
  { file: 'mono_16k.flac', codec: 'FLAC' },
  { file: 'stereo_48k.flac', codec: 'FLAC', channels: 2, gain: STEREO_GAIN },
  { file: 'mono_96k.flac', codec: 'FLAC' },
  { file: 'mono_192k.flac', codec: 'FLAC' },
  { file: 'vorbis_44k.ogg', codec: 'Vorbis' },
  { file: 'opus.ogg', codec: 'Opus' },
  { file: 'opus.webm', codec: 'Opus', padding: PACKET_SAMPLES },
  { file: 'opus.mka', codec: 'Opus', padding: PACKET_SAMPLES },
  { file: 'vorbis.mkv', codec: 'Vorbis', padding: PACKET_SAMPLES },
  { file: 'surround_51.m4a', codec: 'AAC', channels: 6, gain: 1 / 6 },
  { file: 'surround_71.flac', codec: 'FLAC', channels: 8, gain: 1 / 8 },
  { file: 'right_only.wav', codec: 'µ-law', channels: 2, gain: 1 / 2 },
  { file: 'film.mp4', codec: 'AAC' },
  { file: 'film.webm', codec: 'Opus', padding: PACKET_SAMPLES },
  { file: 'short_sound.webm', codec: 'Opus', padding: PACKET_SAMPLES },
  { file: 'late_sound.mp4', codec: 'AAC', startSec: 1.5 },
  { file: 'two_tracks.mkv', codec: 'Opus', padding: PACKET_SAMPLES },
  { file: 'offset.mpegts', codec: 'AAC', startSec: AAC_PRIMING_SEC, padding: 200 },
  { file: 'film.mpegts', codec: 'AAC', startSec: AAC_PRIMING_SEC, padding: 200 },
];

let original: Float32Array;
beforeAll(async () => {
  original = await pcm16(await fixture('pcm_s16.wav'));
});

test.each(READABLE)(
  '$file is heard whole, at its time and as loud as its channels together',
  async ({ file, codec, channels = 1, gain = 1, startSec = 0, padding = 0 }) => {
    const { samples, events } = await decodeAll(await fixture(file));
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({ kind: 'info', info: { codec, channels } });

    const start = Math.round(startSec * RATE_HZ);
    const found = match(samples, original, start, 160);
    expect(Math.abs(found.lag - start)).toBeLessThanOrEqual(LAG_TOLERANCE);
    expect(found.correlation).toBeGreaterThan(0.96);
    expect(found.gain / gain).toBeGreaterThan(0.93);
    expect(found.gain / gain).toBeLessThan(1.01);
    const missing = start + original.length - samples.length;
    expect(missing).toBeLessThanOrEqual(LAG_TOLERANCE);
    expect(-missing).toBeLessThanOrEqual(padding + LAG_TOLERANCE);
  },
);

test.each(['mono_16k.flac', 'pcm_s16.wav'])(
  'the 16-bit samples of %s at 16 kHz arrive as n / 32768, untouched',
  async (name) => {
    expect((await decodeAll(await fixture(name))).samples).toEqual(original);
  },
);

test('every sound track is listed, and the first is read', async () => {
  const { events } = await decodeAll(await fixture('two_tracks.mkv'));
  const track = { codec: 'Opus', channels: 1, sampleRateHz: 48_000 };
  expect(events[0]).toMatchObject({ info: { container: 'Matroska', tracks: [track, track] } });
});

test('sound that starts later than the picture has silence in front of it', async () => {
  const { samples, events } = await decodeAll(await fixture('late_sound.mp4'));
  expect(events[0]).toMatchObject({ info: { startSec: expect.closeTo(1.5, 1) as number } });
  expect(samples.subarray(0, 1.47 * RATE_HZ).every((value) => value === 0)).toBe(true);
});

test('a long recording comes in blocks of 30 s', async () => {
  const minute = Int16Array.from({ length: 61 * 8000 }, (_, i) => (i * 7) % 20_000);
  const { blockLengths } = await decodeAll(wavFile([minute], 8000));
  expect(blockLengths).toEqual([30 * RATE_HZ, 30 * RATE_HZ, RATE_HZ]);
});

test.each([
  ['cut.m4a', 1.536, 2.939],
  ['cut.mp3', 1.438, 2.939],
  ['cut.wav', 1, 2.939],
  ['cut.flac', null, 2.939],
  ['cut.webm', null, 3.007],
])(
  '%s was cut short: what is there is read, and where it ends is said',
  async (name, end, whole) => {
    const { samples, events } = await decodeAll(await fixture(name));
    const endSec = samples.length / RATE_HZ;
    if (end !== null) expect(endSec).toBeCloseTo(end, 2);
    expect(events.slice(1)).toEqual([
      {
        kind: 'truncated',
        reason: 'short',
        endSec: expect.closeTo(endSec, 3) as number,
        declaredSec: expect.closeTo(whole, 2) as number,
      },
    ]);
    const there = original.subarray(0, samples.length - LAG_TOLERANCE);
    expect(match(samples, there, 0, LAG_TOLERANCE).correlation).toBeGreaterThan(0.96);
  },
);

test('a hole in a file is silence, and the sound after it keeps its time', async () => {
  const { samples, events } = await decodeAll(await fixture('damaged.m4a'));
  expect(events[1]).toMatchObject({ kind: 'truncated', reason: 'damaged' });
  const end = original.length - RATE_HZ / 2;
  const after = match(
    samples.subarray(end - RATE_HZ / 2),
    original.subarray(end - RATE_HZ / 2),
    0,
    160,
  );
  expect(Math.abs(after.lag)).toBeLessThanOrEqual(LAG_TOLERANCE);
  expect(after.correlation).toBeGreaterThan(0.96);
});

test.each([
  ['empty.mp3', 'empty-file', 'This file is empty.'],
  ['letter.mp3', 'not-media', 'This is not an audio or video file that Sotto knows.'],
  ['silent_film.mp4', 'no-audio', 'This file has no sound track.'],
  ['zero_samples.wav', 'no-samples', 'This file has a sound track without any sound in it.'],
  ['encrypted.mp4', 'encrypted', 'This file is encrypted'],
  ['cut_before_index.mov', 'no-index', 'This recording was cut off before its index was written'],
  ['alac.m4a', 'unknown-codec', 'This browser cannot decode Apple Lossless (ALAC).'],
  ['ac3.mkv', 'unknown-codec', 'This browser cannot decode Dolby Digital (AC-3).'],
  ['wma.wma', 'unknown-codec', 'Browsers cannot read Windows Media (WMA, WMV) files.'],
])('%s says what is wrong with it', async (name, code, start) => {
  const refused = decodeAll(await fixture(name));
  await expect(refused).rejects.toMatchObject({
    name: 'SottoError',
    code,
    message: expect.stringMatching(new RegExp(`^${RegExp.escape(start)}`)) as string,
  });
});

test('a file over the size or length limit is refused with both numbers', async () => {
  const file = await fixture('pcm_s16.wav');
  await expect(decodeAll(file, { maxBytes: 50_000 })).rejects.toMatchObject({
    code: 'too-large',
    message: expect.stringContaining('(95 kB, the limit is 50 kB)') as string,
  });
  await expect(decodeAll(file, { maxSec: 2 })).rejects.toMatchObject({
    code: 'too-long',
    message: expect.stringContaining('(0:03, the limit is 0:02)') as string,
  });
});

test('a file that does not say its length is read up to the limit', async () => {
  const { samples, events } = await decodeAll(await fixture('adts_48k.aac'), { maxSec: 1 });
  expect(samples).toHaveLength(RATE_HZ);
  expect(events[1]).toMatchObject({ kind: 'truncated', reason: 'limit', endSec: 1 });
});

/** A client that counts the workers it started and those still running. */
function countingClient(): { client: MediaClient; running: Set<Worker> } {
  const running = new Set<Worker>();
  const client = new MediaClient(() => {
    const url = new URL('../../workers/media.worker.ts', import.meta.url);
    const worker = new Worker(url, { type: 'module' });
    const terminate = worker.terminate.bind(worker);
    worker.terminate = () => {
      running.delete(worker);
      terminate();
    };
    running.add(worker);
    return worker;
  });
  return { client, running };
}

test('aborting rejects with the reason and ends the worker; the next file is read', async () => {
  const { client, running } = countingClient();
  const abort = new AbortController();
  const long = wavFile([new Int16Array(100 * RATE_HZ).fill(5)], RATE_HZ);
  const ignore = (): void => undefined;
  const blocks = decodeFile(abort.signal, long, {}, ignore, client);
  await blocks.next();
  expect(running.size).toBe(1);
  const second = blocks.next();
  abort.abort();
  await expect(second).rejects.toBe(abort.signal.reason);
  expect(running.size).toBe(0);

  const never = new AbortController().signal;
  const letter = decodeFile(never, await fixture('letter.mp3'), {}, ignore, client);
  await expect(letter.next()).rejects.toMatchObject({ code: 'not-media' });
  const good = decodeFile(never, await fixture('opus.ogg'), {}, ignore, client);
  expect((await good.next()).value?.length).toBe(original.length);
  await good.return();
  expect(running.size).toBe(0);
});

test('a browser whose media worker does not start still reads common files', async () => {
  const broken = URL.createObjectURL(new Blob(['throw new Error("no")']));
  const client = new MediaClient(() => new Worker(broken));
  const never = new AbortController().signal;
  const file = await fixture('mono_44k.mp3');
  const blocks = decodeFile(never, file, {}, () => undefined, client);
  expect((await blocks.next()).value?.length).toBeCloseTo(original.length, -1);
});

test('a cut file is transcribed as far as it goes, and its job keeps the notice', async () => {
  const file = await fixture('cut.m4a');
  const job = new Job(file, { model: demoModel(), decoding: {} });
  let heardSec = 0;
  const engine = {
    load: () => Promise.resolve({}),
    transcribe: async (_: AbortSignal, blocks: AsyncIterable<Float32Array>) => {
      for await (const block of blocks) heardSec += block.length / RATE_HZ;
      return { text: 'heard', segments: [], language: 'en', durationSec: heardSec };
    },
  };
  const transcript = await transcribeFile(
    job.signal,
    file,
    { model: demoModel(), decoding: {} },
    (event) => job.apply(event),
    engine as unknown as AsrClient,
  );
  expect(transcript.durationSec).toBeCloseTo(1.536, 3);
  expect(job.truncation).toMatchObject({
    reason: 'short',
    endSec: expect.closeTo(1.536, 3) as number,
  });
  job.restart();
  expect(job.truncation).toBeNull();
});
