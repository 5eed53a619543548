import { afterAll, beforeAll, expect, test } from 'vitest';
import { decodeMono16k } from '../../src/audio/decode';
import type { LoadRequest } from '../../src/core/asr-api';
import { demoModel } from '../../src/pipeline/demo-model';
import { AsrClient } from '../../src/rpc/asr-client';
import truth from '../fixtures/audio/truth.json';
import enLong from '../fixtures/audio/en_long.flac?url';
import enShort from '../fixtures/audio/en_short.flac?url';
import frShort from '../fixtures/audio/fr_short.flac?url';

const MODEL: LoadRequest = demoModel({
  source: { kind: 'folder', baseUrl: new URL('/models/sotto-demo/', location.origin).href },
  device: 'wasm',
});
const REQUEST = { model: MODEL, decoding: { temperatures: [0] } };
const never = new AbortController().signal;
const ignore = (): void => undefined;
let client: AsrClient;

beforeAll(() => {
  client = new AsrClient();
});
afterAll(() => client.dispose());

async function* blocksOf(url: string): AsyncGenerator<Float32Array<ArrayBuffer>> {
  yield* decodeMono16k(never, await (await fetch(url)).blob());
}

async function transcribeShort(): Promise<string> {
  return (await client.transcribe(never, blocksOf(enShort), REQUEST, ignore)).text.trim();
}

test('loading says what was loaded', async () => {
  const loaded = await client.load(never, MODEL, ignore);
  expect(loaded).toMatchObject({
    name: 'sotto-demo',
    device: 'wasm',
    precision: { encoder: 'q8', decoder: 'q8' },
    multilingual: true,
  });
  expect(loaded.sizeBytes).toBeGreaterThan(1e6);
});

test('a job that was cancelled half way rejects with the reason, and the next one works', async () => {
  const abort = new AbortController();
  const seen: string[] = [];
  const cancelled = client.transcribe(abort.signal, blocksOf(enLong), REQUEST, (event) => {
    seen.push(event.kind);
    if (event.kind === 'segments') abort.abort();
  });
  await expect(cancelled).rejects.toMatchObject({ name: 'AbortError' });
  expect(seen.filter((kind) => kind === 'segments')).toHaveLength(1);
  expect(await transcribeShort()).toBe(truth['en_short.flac'].text);
});

test('two queued jobs run one after the other, in order', async () => {
  const events: string[] = [];
  const [first, second] = await Promise.all([
    client.transcribe(never, blocksOf(enShort), REQUEST, () => events.push('first')),
    client.transcribe(never, blocksOf(frShort), REQUEST, () => events.push('second')),
  ]);
  expect(first.text.trim()).toBe(truth['en_short.flac'].text);
  expect(second).toMatchObject({ language: 'fr' });
  expect(events.lastIndexOf('first')).toBeLessThan(events.indexOf('second'));
});

test('a job that was cancelled while it waited never starts', async () => {
  const abort = new AbortController();
  const running = transcribeShort();
  const events: string[] = [];
  const waiting = client.transcribe(abort.signal, blocksOf(frShort), REQUEST, ({ kind }) =>
    events.push(kind),
  );
  abort.abort();
  await expect(waiting).rejects.toBe(abort.signal.reason);
  expect(await running).toBe(truth['en_short.flac'].text);
  expect(events).toEqual([]);
});

test('audio that fails half way fails its own job only', async () => {
  const failing = async function* (): AsyncGenerator<Float32Array<ArrayBuffer>> {
    yield new Float32Array(16_000);
    throw new Error('the disk went away');
  };
  const failed = client.transcribe(never, failing(), REQUEST, ignore);
  await expect(failed).rejects.toThrow('the disk went away');
  expect(await transcribeShort()).toBe(truth['en_short.flac'].text);
});

test('options that mean nothing are refused by name', async () => {
  const refused = client.transcribe(
    never,
    blocksOf(enShort),
    { model: MODEL, decoding: { temperatures: [] } },
    ignore,
  );
  await expect(refused).rejects.toMatchObject({ name: 'SottoError', code: 'bad-option' });
});

/** A client whose workers run `script`, and how many of them it has started. */
function clientOf(script: string): { client: AsrClient; started: () => number } {
  const url = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
  let count = 0;
  const client = new AsrClient(() => {
    count++;
    return new Worker(url);
  });
  return { client, started: () => count };
}

test('a worker that does not answer a cancel is replaced', async () => {
  const mute = clientOf('onmessage = () => {}');
  for (const starts of [1, 2]) {
    const abort = new AbortController();
    const loading = mute.client.load(abort.signal, MODEL, ignore);
    await expect.poll(mute.started).toBe(starts);
    abort.abort();
    await expect(loading).rejects.toBe(abort.signal.reason);
  }
  mute.client.dispose();
});

test('a crash fails the running call by name, and the next call gets a new worker', async () => {
  const crashing = clientOf('onmessage = () => { throw new Error("out of memory") }');
  for (const starts of [1, 2]) {
    const call = crashing.client.load(never, MODEL, ignore);
    await expect(call).rejects.toMatchObject({
      code: 'worker-crashed',
      details: expect.stringContaining('out of memory') as string,
    });
    expect(crashing.started()).toBe(starts);
  }
  crashing.client.dispose();
});
