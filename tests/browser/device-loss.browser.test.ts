import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { LoadRequest } from '../../src/core/asr-api';
import { SAMPLE_RATE_HZ } from '../../src/core/audio-constants';
import type { Transcript } from '../../src/core/transcript';
import { recallDevice, rememberVerdict } from '../../src/pipeline/device-notes';
import { probeMachine } from '../../src/pipeline/probe-device';
import { retranscribeSpeech } from '../../src/pipeline/retranscribe';
import { transcribeFile, type FileEvent } from '../../src/pipeline/transcribe-file';
import { AsrClient } from '../../src/rpc/asr-client';
import { precisionKey } from '../../src/core/precisions';
import { placeOf, type Verdict } from '../../src/core/verdict';
import { decodeMono16k } from '../../src/audio/decode';
import deLong from '../fixtures/audio/de_long.flac?url';
import enShort from '../fixtures/audio/en_short.flac?url';
import { makeSegment } from '../made-documents';
import { never } from './hub-scope';
import { wavFile } from './wav-file';

/** Two windows: on the software adapter each takes half a minute. */
const LENGTH_SEC = 40;
const FP32 = { encoder: 'fp32', decoder: 'fp32' } as const;
const MODEL: LoadRequest = {
  name: 'Demo',
  source: { kind: 'folder', baseUrl: new URL('/models/sotto-demo/', location.origin).href },
  device: 'auto',
  precision: FP32,
  threads: null,
};
const ON_WASM: LoadRequest = { ...MODEL, device: 'wasm', precision: 'auto' };
/** Few steps, which are as slow; and without times every window is 30 s long. */
const DECODING = { temperatures: [0], language: 'de', withoutTimestamps: true, sampleLen: 12 };
const SLOW_MS = 600_000;

let file: File;
let client: AsrClient;
let channel: BroadcastChannel;
let devicesAsked = 0;
let workers = 0;
/** How many workers, from the first on, are to crash. */
let crashing = 0;
let miscounts = false;
let leave: AbortController;

beforeAll(async () => {
  const pcm = new Int16Array(LENGTH_SEC * SAMPLE_RATE_HZ);
  let at = 0;
  for await (const block of decodeMono16k(never, await (await fetch(deLong)).blob()))
    for (const sample of block) if (at < pcm.length) pcm[at++] = sample * 32767;
  file = wavFile([pcm], SAMPLE_RATE_HZ);
});
beforeEach(() => {
  leave = new AbortController();
  channel = new BroadcastChannel('losable-engine');
  [devicesAsked, workers, crashing, miscounts] = [0, 0, 0, false];
  localStorage.clear();
  // The app's own files lie beside its page; a test's page lies elsewhere.
  const base = document.createElement('base');
  base.href = '/';
  document.head.append(base);
  channel.onmessage = () => devicesAsked++;
  client = new AsrClient(() => {
    const name = workers++ < crashing ? 'crashes' : miscounts ? 'miscounts' : '';
    return new Worker(new URL('./losable-asr.worker.ts', import.meta.url), {
      type: 'module',
      name,
    });
  });
});
afterEach(() => {
  leave.abort();
  client.dispose();
  channel.close();
  document.querySelector('base')?.remove();
});

/** As a check of WebGPU would leave it, which takes half a minute here. */
async function rememberRight(): Promise<void> {
  const way = { model: 'demo', device: 'webgpu', precision: precisionKey(FP32) } as const;
  const found = { finding: 'correct', wordErrorRate: 0, heard: '', problem: '' } as const;
  const untimed = { speed: null, loadSec: null, atMs: 0 };
  const verdict: Verdict = {
    ...way,
    ...placeOf(await probeMachine(), 'webgpu'),
    ...found,
    ...untimed,
  };
  rememberVerdict(verdict);
}

/** Transcribes the file; the device is lost whenever a window begins for which `lost` holds. */
async function transcribe(
  model: LoadRequest,
  lost: (windowsDone: number) => boolean = () => false,
  source = file,
): Promise<{ transcript: Promise<Transcript>; events: FileEvent[] }> {
  const events: FileEvent[] = [];
  const windowsDone = (): number => events.filter(({ kind }) => kind === 'segments').length;
  const transcript = transcribeFile(
    leave.signal,
    source,
    { model, decoding: DECODING },
    (event) => {
      events.push(event);
      if (event.kind === 'window' && lost(windowsDone())) channel.postMessage('lose');
    },
    client,
  );
  await transcript.catch(() => undefined);
  return { transcript, events };
}

function uninterrupted(model: LoadRequest, source = file): Promise<Transcript> {
  return transcribeFile(
    leave.signal,
    source,
    { model, decoding: DECODING },
    () => undefined,
    client,
  );
}

function textsOf(transcript: Transcript): unknown {
  return transcript.segments.map(({ id, tokens, startSec }) => [id, tokens, startSec]);
}

function devicesOf(events: readonly FileEvent[]): string[] {
  return events.flatMap((event) => (event.kind === 'model' ? [event.model.device] : []));
}

test(
  'a device lost in the midst of a job: it goes on on WASM, nothing is lost, and the page remembers',
  async () => {
    await rememberRight();
    const { transcript, events } = await transcribe(MODEL, (done) => done === 1 && workers === 1);
    const whole = await uninterrupted({ ...MODEL, device: 'wasm' });
    expect(textsOf(await transcript)).toEqual(textsOf(whole));
    expect(devicesOf(events)).toEqual(['webgpu', 'wasm']);
    const losses = events.filter(({ kind }) => kind === 'device-lost');
    expect(losses).toMatchObject([{ from: 'webgpu', to: 'wasm' }]);
    const told = events.flatMap((event) => (event.kind === 'segments' ? event.segments : []));
    expect(told).toEqual((await transcript).segments);
    expect(client.gpuLoss).toContain('destroyed');
    const asked = devicesAsked;
    expect(asked).toBe(1);
    expect(await client.load(never, MODEL, () => undefined)).toMatchObject({ device: 'wasm' });
    expect(devicesAsked).toBe(asked);
  },
  SLOW_MS,
);

test(
  'a device that gives wrong numbers is found out before it is given the recording, and WASM takes its place',
  async () => {
    miscounts = true;
    const brief = new File([await (await fetch(enShort)).blob()], 'en_short.flac');
    const { transcript, events } = await transcribe(MODEL, undefined, brief);
    const whole = await uninterrupted({ ...MODEL, device: 'wasm' }, brief);
    expect((await transcript).text).not.toBe('');
    expect(textsOf(await transcript)).toEqual(textsOf(whole));
    expect(devicesOf(events)).toEqual(['wasm']);
    const told = events.filter(({ kind }) => kind.startsWith('gpu-'));
    expect(told).toEqual([{ kind: 'gpu-check' }, { kind: 'gpu-refused', why: 'wrong' }]);
    expect(recallDevice().verdicts).toMatchObject([
      { model: 'demo', device: 'webgpu', precision: 'fp32+fp32', finding: 'wrong' },
    ]);
    expect(await client.load(never, MODEL, () => undefined)).toMatchObject({ device: 'wasm' });
    expect(devicesAsked).toBe(1);
  },
  SLOW_MS,
);

test(
  'an engine that crashes is tried once more, from the last finished window',
  async () => {
    crashing = 1;
    const { transcript, events } = await transcribe(ON_WASM);
    expect(workers).toBe(2);
    expect(textsOf(await transcript)).toEqual(textsOf(await uninterrupted(ON_WASM)));
    expect(events.filter(({ kind }) => kind === 'device-lost')).toMatchObject([
      { from: 'wasm', to: 'wasm', reason: expect.stringContaining('out of memory') as string },
    ]);
  },
  SLOW_MS,
);

test(
  'an engine that crashes while a part is transcribed again is tried once more, too',
  async () => {
    const segments = [makeSegment(0, [[' nonsense', 3, 4.5]])];
    const again = async (): Promise<[FileEvent['kind'][], string]> => {
      const told: FileEvent['kind'][] = [];
      const { transcript } = await retranscribeSpeech(
        leave.signal,
        file,
        { spoken: segments, all: segments },
        { model: ON_WASM, decoding: { language: 'de' } },
        (event) => told.push(event.kind),
        client,
      );
      return [told, transcript.text];
    };
    crashing = 1;
    const [told, text] = await again();
    expect(workers).toBe(2);
    expect(told.filter((kind) => kind === 'device-lost')).toHaveLength(1);
    expect(text).not.toBe('');
    expect((await again())[1]).toBe(text);
  },
  SLOW_MS,
);

test(
  'an engine that crashes again fails by name, and its text has been told',
  async () => {
    crashing = 2;
    const { transcript, events } = await transcribe(ON_WASM);
    await expect(transcript).rejects.toMatchObject({ code: 'worker-crashed' });
    expect(workers).toBe(2);
    expect(events.filter(({ kind }) => kind === 'segments')).toHaveLength(1);
  },
  SLOW_MS,
);
