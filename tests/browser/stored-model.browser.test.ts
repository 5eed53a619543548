import { afterEach, beforeEach, expect, test } from 'vitest';
import type { LoadRequest } from '../../src/core/asr-api';
import { DEFAULT_STORE_SETTINGS } from '../../src/core/model-store-api';
import { decodeFile } from '../../src/pipeline/decode-file';
import { prepareModel } from '../../src/pipeline/prepare-model';
import { AsrClient } from '../../src/rpc/asr-client';
import type { ModelStoreClient } from '../../src/rpc/model-store-client';
import { JobKeeper } from '../../src/state/job-keeper';
import { Jobs } from '../../src/state/jobs.svelte';
import { ModelState } from '../../src/state/model.svelte';
import enShort from '../fixtures/audio/en_short.flac?url';
import truth from '../fixtures/audio/truth.json';
import { DEMO, ENCODER, flipStoredByte, HubScope, ignore, never } from './hub-scope';

const STORED: LoadRequest = {
  name: 'Demo',
  source: { kind: 'stored', id: DEMO.id },
  device: 'wasm',
  precision: 'auto',
  threads: null,
};

let hub: HubScope;
let store: ModelStoreClient;
let client: AsrClient;
beforeEach(() => {
  hub = new HubScope();
  // The engine reads where the app keeps its models.
  store = hub.openStore({ databaseName: DEFAULT_STORE_SETTINGS.databaseName });
  client = new AsrClient();
});
afterEach(async () => {
  client.dispose();
  await store.remove(never, DEMO.id);
  store.dispose();
});

test('an installed model transcribes, and asks the hub for nothing more', async () => {
  await store.install(never, DEMO, ignore);
  const asked = (await hub.requests()).length;
  const audio = await (await fetch(enShort)).blob();
  const request = { model: STORED, decoding: { temperatures: [0] } };
  const blocks = decodeFile(never, audio, {}, ignore);
  const { text } = await client.transcribe(never, blocks, request, ignore);
  expect(text.trim()).toBe(truth['en_short.flac'].text);
  const loaded = await client.load(never, STORED, ignore);
  expect(loaded.precision).toEqual({ encoder: 'q8', decoder: 'q8' });
  expect(await hub.requests()).toHaveLength(asked);
});

test('a damaged piece is fetched anew when the model is loaded; where it cannot be, that is said', async () => {
  await store.install(never, DEMO, ignore);
  const { databaseName } = DEFAULT_STORE_SETTINGS;
  await flipStoredByte(databaseName, [DEMO.id, ENCODER, 2]);
  await prepareModel(never, STORED, ignore, client);
  expect((await hub.requestsOf(ENCODER)).map(({ range }) => range)).toEqual([
    null,
    'bytes=524288-786431',
  ]);
  client.dispose();
  await flipStoredByte(databaseName, [DEMO.id, ENCODER, 2]);
  await hub.fail({ path: ENCODER, kind: 'status', status: 403 });
  await expect(prepareModel(never, STORED, ignore, client)).rejects.toMatchObject({
    code: 'model-gated',
    message: expect.stringContaining('A stored piece of this model is damaged') as string,
  });
});

test('a recording whose model was deleted on the way is tried again with the chosen one', async () => {
  const baseUrl = new URL('/models/sotto-demo/', location.origin).href;
  const demo: LoadRequest = { ...STORED, source: { kind: 'folder', baseUrl } };
  let model = STORED;
  const leave = new AbortController();
  const state = new ModelState(() => model);
  const jobs = new Jobs(leave.signal, () => ({ model, decoding: {} }), state, new JobKeeper());
  const file = new File([await (await fetch(enShort)).blob()], 'en_short.flac');
  const job = jobs.add([file])[0]!;
  await expect.poll(() => job.failure?.code).toBe('model-missing');
  // As though it had come a part of the way before.
  const nothing = { language: 'en', languageProbabilities: null, lastSpeechSec: 0, promptFrom: 0 };
  job.point = { clip: 0, seek: 100, ...nothing };
  model = demo;
  jobs.goOn(job);
  await expect.poll(() => job.phase.kind, { timeout: 60_000 }).toBe('done');
  expect(job.result?.segments.map(({ text }) => text.trim()).join(' ')).toBe(
    truth['en_short.flac'].text,
  );
  jobs.dismiss(job);
  leave.abort();
});

test('a model that is not on this device says so, and one in the wrong precision too', async () => {
  await expect(client.load(never, STORED, ignore)).rejects.toMatchObject({
    code: 'model-missing',
    message: expect.stringContaining('not on this device') as string,
  });
  await store.install(never, DEMO, ignore);
  const full = { ...STORED, precision: { encoder: 'fp32', decoder: 'fp32' } } as const;
  await expect(client.load(never, full, ignore)).rejects.toMatchObject({ code: 'model-missing' });
  await expect(client.load(never, STORED, ignore)).resolves.toMatchObject({ name: 'Demo' });
});
