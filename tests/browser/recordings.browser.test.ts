import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import type { SottoError } from '../../src/core/errors';
import { startRecording, type Recording, type RecordEvent } from '../../src/pipeline/record';
import {
  deleteKept,
  findRecordings,
  hideKept,
  openKept,
  showKept,
  type KeptRecording,
} from '../../src/pipeline/recover-recordings';
import { claimRecording } from '../../src/store/recording-lock';
import { RecordingWriter } from '../../src/store/recording-writer';
import { listRecordings } from '../../src/store/recordings';

const WAIT = { timeout: 30_000 };
const forever = new AbortController().signal;

/** A second of 16-bit noise for each channel, interleaved. */
function noise(channels: number, frames = 16_000): Int16Array<ArrayBuffer> {
  return Int16Array.from({ length: channels * frames }, () => Math.random() * 65_536 - 32_768);
}

async function samplesOf(kept: KeptRecording | undefined): Promise<Int16Array> {
  if (!kept) throw new Error('no recording');
  const file = await openKept(forever, kept);
  return new Int16Array(await file.slice(44).arrayBuffer());
}

function joined(chunks: readonly Int16Array[]): Int16Array {
  return Int16Array.from(chunks.flatMap((chunk) => [...chunk]));
}

beforeEach(async () => {
  for (const kept of await findRecordings(forever)) await deleteKept(kept);
});

afterEach(() => vi.restoreAllMocks());

test('what was appended is there without the recording having been finished, bit for bit', async () => {
  const refused = vi.fn();
  const writer = new RecordingWriter(['me'], refused);
  const chunks = Array.from({ length: 70 }, () => noise(1));
  for (const chunk of chunks) await writer.append(chunk.buffer);
  const [kept] = await findRecordings(forever);
  expect(kept).toMatchObject({ id: writer.id, interrupted: true, durationSec: 70, stored: true });
  expect(await samplesOf(kept)).toEqual(joined(chunks));
  expect(refused).not.toHaveBeenCalled();
});

test('two channels become a WAV file that the browser decodes to the same samples', async () => {
  const writer = new RecordingWriter(['me', 'them'], vi.fn());
  const chunk = noise(2);
  await writer.append(chunk.buffer);
  const { file, stored } = await writer.finish();
  expect(stored).toBe(true);
  expect(file.name).toMatch(/^Recording \d{4}-\d\d-\d\d \d\d\.\d\d\.wav$/);
  const context = new OfflineAudioContext(2, 1, 16_000);
  const decoded = await context.decodeAudioData(await file.arrayBuffer());
  expect(decoded.length).toBe(16_000);
  for (const channel of [0, 1]) {
    const expected = chunk.filter((_, i) => i % 2 === channel);
    const heard = decoded.getChannelData(channel).map((sample) => sample * 32_768);
    // Chromium's decoder scales positive samples by 32767.
    const off = heard.map((sample, i) => Math.abs(sample - (expected[i] ?? NaN)));
    expect(off.reduce((a, b) => Math.max(a, b))).toBeLessThanOrEqual(1);
  }
  const audio = new Audio(URL.createObjectURL(file));
  onTestFinished(() => URL.revokeObjectURL(audio.src));
  await vi.waitFor(() => expect(audio.duration).toBe(1));
});

test('a finished recording is no longer called interrupted; a deleted one is gone', async () => {
  const writer = new RecordingWriter(['me'], vi.fn());
  await writer.append(noise(1).buffer);
  await writer.finish();
  const [kept, ...others] = await findRecordings(forever);
  expect(kept).toMatchObject({ id: writer.id, interrupted: false, durationSec: 1 });
  expect(others).toEqual([]);
  if (kept) await deleteKept(kept);
  expect(await findRecordings(forever)).toEqual([]);
  await expect(samplesOf(kept)).rejects.toMatchObject({ code: 'storage-blocked' });
});

test('a hidden recording can be shown again, until the time for that is over', async () => {
  const writer = new RecordingWriter(['me'], vi.fn());
  const chunk = noise(1);
  await writer.append(chunk.buffer);
  const { file } = await writer.finish();
  const [kept] = await findRecordings(forever);
  if (!kept) throw new Error('no recording');
  await hideKept(kept);
  expect(await findRecordings(forever)).toEqual([]);
  await showKept(kept);
  expect(await samplesOf((await findRecordings(forever))[0])).toEqual(chunk);
  await hideKept(kept);
  vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 61_000);
  await findRecordings(forever);
  await showKept(kept);
  expect(await listRecordings()).toEqual([]);
  // Who has the file already keeps it.
  expect(new Int16Array(await file.slice(44).arrayBuffer())).toEqual(chunk);
});

test('deleting one recording leaves the sound of the others', async () => {
  const [first, second] = [
    new RecordingWriter(['me'], vi.fn()),
    new RecordingWriter(['me'], vi.fn()),
  ];
  const [a, b] = [noise(1), noise(1)];
  await first.append(a.buffer);
  await second.append(b.buffer);
  const found = await findRecordings(forever);
  for (const kept of found) if (kept.id === first.id) await deleteKept(kept);
  const rest = await findRecordings(forever);
  expect(rest.map(({ id }) => id)).toEqual([second.id]);
  expect(await samplesOf(rest[0])).toEqual(b);
});

test('a recording that another tab still makes is not offered until that tab is gone', async () => {
  const writer = new RecordingWriter(['me'], vi.fn());
  const release = await claimRecording(writer.id);
  await writer.append(noise(1).buffer);
  expect(await findRecordings(forever)).toEqual([]);
  release();
  await vi.waitFor(async () => expect(await findRecordings(forever)).toHaveLength(1));
});

/** IndexedDB takes `writes` more transactions, then none, as a full disk does. */
function fillUp(writes: number, reason: string): void {
  const { transaction } = IDBDatabase.prototype;
  let left = writes;
  vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(function (
    this: IDBDatabase,
    ...args
  ) {
    if (args[1] === 'readwrite' && left-- <= 0) throw new DOMException('stub', reason);
    return transaction.apply(this, args);
  });
}

test('where the device is full it is told once, and nothing that was recorded is lost', async () => {
  const refused = vi.fn<(error: SottoError) => void>();
  const writer = new RecordingWriter(['me'], refused);
  const chunks = Array.from({ length: 5 }, () => noise(1));
  fillUp(2, 'QuotaExceededError');
  for (const chunk of chunks) await writer.append(chunk.buffer);
  const { file, stored } = await writer.finish();
  expect(new Int16Array(await file.slice(44).arrayBuffer())).toEqual(joined(chunks));
  expect(stored).toBe(false);
  expect(refused.mock.calls.map(([{ code }]) => code)).toEqual(['storage-full']);
});

test('room made before the end is used: then all of it is on the device', async () => {
  const writer = new RecordingWriter(['me'], vi.fn());
  const chunks = Array.from({ length: 3 }, () => noise(1));
  fillUp(1, 'QuotaExceededError');
  for (const chunk of chunks) await writer.append(chunk.buffer);
  vi.restoreAllMocks();
  expect(await writer.finish()).toMatchObject({ stored: true });
  const [kept] = await findRecordings(forever);
  expect(kept).toMatchObject({ interrupted: false, durationSec: 3 });
  expect(await samplesOf(kept)).toEqual(joined(chunks));
});

test('where storage is blocked the recording goes on in memory', async () => {
  vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(() => {
    throw new DOMException('stub', 'UnknownError');
  });
  const refused = vi.fn<(error: SottoError) => void>();
  const writer = new RecordingWriter(['me', 'them'], refused);
  const chunk = noise(2);
  await writer.append(chunk.buffer);
  const { file, stored } = await writer.finish();
  expect(stored).toBe(false);
  expect(new Int16Array(await file.slice(44).arrayBuffer())).toEqual(chunk);
  expect(refused.mock.calls.map(([{ code }]) => code)).toEqual(['storage-blocked']);
  expect(await findRecordings(forever)).toEqual([]);
});

/** A recording of Chromium's beeping microphone, and what it told so far. */
async function recordBeeps(): Promise<{ recording: Recording; events: RecordEvent[] }> {
  const events: RecordEvent[] = [];
  const options = { source: 'microphone', microphone: {} } as const;
  const recording = await startRecording(forever, options, (event) => events.push(event));
  return { recording, events };
}

function recordedSec(events: readonly RecordEvent[]): number {
  return events.findLast((event) => event.kind === 'level')?.recordedSec ?? 0;
}

test('the microphone is kept while it is recorded; stop gives all of it', async () => {
  const { recording, events } = await recordBeeps();
  await vi.waitFor(() => expect(recordedSec(events)).toBeGreaterThan(2.5), WAIT);
  expect(await findRecordings(forever)).toEqual([]);
  const { kept, error } = await recording.stop();
  expect(error).toBeNull();
  expect(kept.durationSec).toBeCloseTo(recordedSec(events), 6);
  const samples = await samplesOf(kept);
  expect(samples.some((sample) => Math.abs(sample) > 1000)).toBe(true);
  await vi.waitFor(async () => expect(await findRecordings(forever)).toHaveLength(1));
});

test('during a pause all that was heard before is on the device', async () => {
  const { recording, events } = await recordBeeps();
  await vi.waitFor(() => expect(recordedSec(events)).toBeGreaterThan(0.4), WAIT);
  await recording.pause();
  const heardSec = recordedSec(events);
  const [manifest] = await listRecordings();
  expect((manifest?.frames ?? 0) / 16_000).toBeCloseTo(heardSec, 6);
  recording.resume();
  await vi.waitFor(() => expect(recordedSec(events)).toBeGreaterThan(heardSec + 0.2), WAIT);
  await recording.stop();
});

test('an unplugged microphone ends the recording, tells it and keeps what was heard', async () => {
  const asked = vi.spyOn(navigator.mediaDevices, 'getUserMedia');
  const { recording, events } = await recordBeeps();
  await vi.waitFor(() => expect(recordedSec(events)).toBeGreaterThan(1.2), WAIT);
  const stream = (await asked.mock.results[0]?.value) as MediaStream;
  // No test can pull a plug: this is the event that the browser sends then.
  stream.getAudioTracks()[0]?.dispatchEvent(new Event('ended'));
  const { kept } = await recording.ended;
  expect(events.find((event) => event.kind === 'lost')?.error.code).toBe('microphone-lost');
  expect(kept.durationSec).toBeGreaterThan(1.2);
  expect((await samplesOf(kept)).length).toBe(Math.round(kept.durationSec * 16_000));
});

test('who refuses the microphone leaves nothing behind', async () => {
  vi.spyOn(navigator.mediaDevices, 'getUserMedia').mockRejectedValue(
    new DOMException('no', 'NotAllowedError'),
  );
  await expect(recordBeeps()).rejects.toMatchObject({ code: 'microphone-refused' });
  expect(await findRecordings(forever)).toEqual([]);
  await vi.waitFor(async () => expect((await navigator.locks.query()).held).toEqual([]));
});
