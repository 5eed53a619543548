import { afterAll, expect, test } from 'vitest';
import type { Fault } from '../hub/hub-faults.mjs';
import { parseHost } from '../../src/pipeline/parse-host';
import {
  bytesOf,
  CHUNK_BYTES,
  CUT_BYTES,
  DECODER,
  DEMO,
  ENCODER,
  ENCODER_BYTES,
  EventLog,
  hub,
  ignore,
  isSame,
  never,
  store,
  useHub,
} from './hub-scope';

const CONFIG = 'config.json';

/** What each fault cost, for the reader of the log. */
const refetched: Record<string, number> = {};

useHub();
afterAll(() => console.info('bytes of a 1.9 MB file sent more than once', refetched));

async function expectWhole(client = store): Promise<void> {
  const stored = await bytesOf(await client.readFile(never, DEMO.id, ENCODER));
  expect(isSame(stored, await hub.original(ENCODER))).toBe(true);
}

async function storedBytes(path: string): Promise<number> {
  const files = (await store.list(never)).flatMap((model) => model.files);
  return files.find((file) => file.path === path)?.storedBytes ?? 0;
}

/** Bytes of the encoder that were sent beyond its size; the caller says what is right. */
async function countRefetched(fault: string): Promise<number> {
  const bytes = (await hub.sentBytes(ENCODER)) - ENCODER_BYTES;
  refetched[fault] = bytes;
  return bytes;
}

const PASSING: readonly (readonly [name: string, fault: Fault, waits: number])[] = [
  [
    'a body without length cut short',
    { path: ENCODER, kind: 'close-delimited', after: CUT_BYTES },
    1,
  ],
  ['three 500 in a row', { path: ENCODER, kind: 'status', status: 500, times: 3 }, 3],
  ['503', { path: ENCODER, kind: 'status', status: 503 }, 1],
  ['429', { path: ENCODER, kind: 'status', status: 429 }, 1],
  ['a hung socket', { path: ENCODER, kind: 'hold', after: CUT_BYTES }, 1],
];

test.each(PASSING)('after %s the file goes on where it was', async (name, fault, waits) => {
  await hub.fail(fault);
  const patient = hub.openStore({ idleTimeoutMs: 1000 });
  const log = new EventLog();
  await patient.install(never, DEMO, log.push);
  expect(log.ofKind('retry').filter(({ path }) => path === ENCODER)).toHaveLength(waits);
  await expectWhole(patient);
  expect(await countRefetched(name)).toBe(0);
  const last = (await hub.requestsOf(ENCODER)).at(-1);
  expect(last?.range ?? null).toBe(fault.after ? `bytes=${String(CUT_BYTES)}-` : null);
  patient.dispose();
});

test('after a connection that broke off only what had not been read is sent again', async () => {
  await hub.fail({ path: ENCODER, kind: 'truncate', after: CUT_BYTES });
  const installing = store.install(never, DEMO, ignore);
  await expect.poll(() => storedBytes(ENCODER)).toBe(3 * CHUNK_BYTES);
  await hub.release();
  await installing;
  await expectWhole();
  expect(await countRefetched('a connection that broke off')).toBeLessThan(CHUNK_BYTES);
});

test('a body without length that is whole is taken as it is', async () => {
  await hub.fail({ path: ENCODER, kind: 'close-delimited', after: ENCODER_BYTES });
  await store.install(never, DEMO, ignore);
  await expectWhole();
  expect(await countRefetched('a whole body without length')).toBe(0);
});

test('Retry-After is waited for', async () => {
  await hub.fail({ path: ENCODER, kind: 'status', status: 429, retryAfter: '1' });
  const log = new EventLog();
  await store.install(never, DEMO, log.push);
  expect(log.ofKind('retry')).toMatchObject([{ path: ENCODER, waitMs: 1000 }]);
});

test('a server that asks to come back in an hour is not waited for', async () => {
  await hub.fail({ path: ENCODER, kind: 'status', status: 429, retryAfter: '3600' });
  const installing = store.install(never, DEMO, ignore);
  await expect(installing).rejects.toMatchObject({
    code: 'hub-failed',
    details: expect.stringContaining('3600 s') as string,
  });
});

test('a server that keeps failing is given up, and what arrived is used the next time', async () => {
  const broken: Fault = { path: ENCODER, kind: 'status', status: 500, times: 100 };
  await hub.fail({ path: ENCODER, kind: 'close-delimited', after: CUT_BYTES }, broken);
  await expect(store.install(never, DEMO, ignore)).rejects.toMatchObject({ code: 'hub-failed' });
  await hub.fail();
  await store.install(never, DEMO, ignore);
  await expectWhole();
  expect(await countRefetched('giving up and coming back')).toBe(0);
});

test('weights beside a graph that arrive damaged: the model is not taken for whole, and the rest resumes it', async () => {
  const weights = `${DECODER}_data`;
  const split = { ...DEMO, repository: 'sotto/split' };
  await hub.fail({ path: weights, kind: 'flip', after: 1000 });
  // They come last: all else is whole by then.
  const orderly = hub.openStore({ parallelFiles: 1 });
  await expect(orderly.install(never, split, ignore)).rejects.toMatchObject({
    code: 'model-corrupt',
  });
  orderly.dispose();
  expect(await store.list(never)).toMatchObject([{ state: 'partial', precisions: [] }]);
  expect(await store.install(never, split, ignore)).toMatchObject({ state: 'complete' });
  expect(await hub.requestsOf(weights)).toHaveLength(2);
});

test('416 to a resumed download: the file begins again', async () => {
  await hub.fail(
    { path: ENCODER, kind: 'close-delimited', after: CUT_BYTES },
    { path: ENCODER, kind: 'status', status: 416 },
  );
  const log = new EventLog();
  await store.install(never, DEMO, log.push);
  expect(log.ofKind('restart')).toEqual([{ kind: 'restart', path: ENCODER }]);
  await expectWhole();
  expect(await countRefetched('416')).toBe(CUT_BYTES);
});

test('a server that ignores ranges sends the whole file again', async () => {
  await hub.fail(
    { path: ENCODER, kind: 'close-delimited', after: CUT_BYTES },
    { path: ENCODER, kind: 'ignore-range' },
  );
  const log = new EventLog();
  await store.install(never, DEMO, log.push);
  expect(log.ofKind('restart')).toHaveLength(1);
  await expectWhole();
  expect(await countRefetched('200 instead of 206')).toBe(CUT_BYTES);
});

test('a server that does not let browsers send If-Range is asked without it', async () => {
  await hub.set({ conditions: false });
  await hub.fail({ path: ENCODER, kind: 'close-delimited', after: CUT_BYTES });
  await store.install(never, DEMO, ignore);
  await expectWhole();
  expect(await countRefetched('If-Range refused')).toBe(0);
});

test('a wrong byte: the file is thrown away, and the next download is right', async () => {
  await hub.fail({ path: ENCODER, kind: 'flip', after: 1_000_000 });
  await expect(store.install(never, DEMO, ignore)).rejects.toMatchObject({
    code: 'model-corrupt',
    message: expect.stringContaining('thrown away') as string,
  });
  await expect(store.readFile(never, DEMO.id, ENCODER)).rejects.toMatchObject({
    code: 'model-missing',
  });
  await store.install(never, DEMO, ignore);
  await expectWhole();
  expect(await countRefetched('a wrong byte')).toBe(ENCODER_BYTES);
});

test('a model that changed on the server between two sessions is fetched as it is now', async () => {
  await hub.fail(
    { path: ENCODER, kind: 'close-delimited', after: CUT_BYTES },
    { path: ENCODER, kind: 'status', status: 403 },
  );
  await expect(store.install(never, DEMO, ignore)).rejects.toMatchObject({ code: 'model-gated' });
  await hub.set({ changed: [ENCODER], faults: [] });
  const model = await store.install(never, DEMO, ignore);
  expect(model.origin).toMatchObject({ commit: '2'.repeat(40) });
  const stored = await bytesOf(await store.readFile(never, DEMO.id, ENCODER));
  expect(stored[0]).toBe((await hub.original(ENCODER))[0]! ^ 1);
  // No hash says whether this one changed with the commit.
  expect(await hub.requestsOf('tokenizer.json')).toHaveLength(2);
  expect(await countRefetched('changed on the server')).toBe(CUT_BYTES);
});

test('If-Range keeps two versions of a file apart on a server without hashes', async () => {
  await hub.set({ listing: false, redirect: false, hashes: false });
  await hub.fail(
    { path: ENCODER, kind: 'close-delimited', after: CUT_BYTES },
    { path: ENCODER, kind: 'stall' },
  );
  const log = new EventLog();
  const installing = store.install(never, DEMO, log.push);
  await expect.poll(() => hub.held()).toBe(1);
  await hub.set({ changed: [ENCODER] });
  await hub.release();
  await installing;
  expect(log.ofKind('restart')).toHaveLength(1);
  const stored = await bytesOf(await store.readFile(never, DEMO.id, ENCODER));
  const original = await hub.original(ENCODER);
  expect(stored[0]).toBe(original[0]! ^ 1);
  expect(isSame(stored.subarray(1), original.subarray(1))).toBe(true);
});

test.each([
  [401, 'model-gated', 'private, gated or does not exist'],
  [403, 'model-gated', 'private, gated or does not exist'],
  [404, 'model-missing', 'The hub has no config.json'],
  [400, 'hub-failed', 'refused the download (400)'],
])('%i is said once, as what it is', async (status, code, words) => {
  await hub.fail({ path: CONFIG, kind: 'status', status });
  const log = new EventLog();
  await expect(store.install(never, DEMO, log.push)).rejects.toMatchObject({
    code,
    message: expect.stringContaining(words) as string,
  });
  expect(log.ofKind('retry')).toEqual([]);
});

test('a repository that is not there, and a precision that it does not have', async () => {
  const nobody = { ...DEMO, repository: 'sotto/nothing' };
  await expect(store.install(never, nobody, ignore)).rejects.toMatchObject({ code: 'model-gated' });
  const half = { ...DEMO, precision: { encoder: 'fp16', decoder: 'fp16' } } as const;
  await expect(store.install(never, half, ignore)).rejects.toMatchObject({
    code: 'model-missing',
    message: expect.stringContaining('encoder_model_fp16.onnx') as string,
  });
});

test.each([true, false])(
  'a repository without the best precision gives the next one that will do; with a list: %s',
  async (listing) => {
    await hub.set({ listing });
    const any = {
      ...DEMO,
      precision: { encoder: 'fp16', decoder: 'q4' },
      alternatives: [
        { encoder: 'fp16', decoder: 'fp16' },
        { encoder: 'q8', decoder: 'q8' },
      ],
    } as const;
    expect(await store.install(never, any, ignore)).toMatchObject({
      state: 'complete',
      precisions: ['q8+q8'],
    });
  },
);

test('no network at all is said as such', async () => {
  const lost = hub.openStore({ host: 'http://localhost:9', attempts: 2 });
  await expect(lost.install(never, DEMO, ignore)).rejects.toMatchObject({ code: 'offline' });
  lost.dispose();
});

test('what people write as a host is understood, and what no page may ask is refused', () => {
  expect(parseHost(' HF-Mirror.example/models/ ')).toBe('https://hf-mirror.example/models');
  expect(parseHost('')).toBe('https://huggingface.co');
  expect(parseHost('http://localhost:8000')).toBe('http://localhost:8000');
  const refused = [
    'http://mirror.example',
    'ftp://localhost',
    'https://a:b@c.example',
    'a b',
    'https://',
  ];
  expect(refused.map(parseHost)).toEqual(refused.map(() => null));
});

test('a host that is no web address is refused by name', async () => {
  const mistyped = hub.openStore({ host: 'huggingface' });
  await expect(mistyped.install(never, DEMO, ignore)).rejects.toMatchObject({ code: 'bad-option' });
  mistyped.dispose();
});

test('a config.json that is none is found before any weights are asked for', async () => {
  const garbage = { ...DEMO, repository: 'sotto/garbage' };
  await expect(store.install(never, garbage, ignore)).rejects.toMatchObject({
    code: 'model-invalid',
    message: expect.stringContaining('config.json is not valid JSON') as string,
  });
  expect(await hub.requestsOf(ENCODER)).toEqual([]);
});

test('a page in place of the weights (a network that wants a login) is not taken for them', async () => {
  await hub.fail({ path: ENCODER, kind: 'page', times: 100 });
  const hasty = hub.openStore({ attempts: 2 });
  await expect(hasty.install(never, DEMO, ignore)).rejects.toMatchObject({
    code: 'model-changed',
    message: expect.stringContaining('login') as string,
  });
  hasty.dispose();
});
