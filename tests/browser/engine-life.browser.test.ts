import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { FileInMemory, LoadRequest } from '../../src/core/asr-api';
import { DEFAULT_STORE_SETTINGS } from '../../src/core/model-store-api';
import { weightPaths } from '../../src/core/precisions';
import { decodeFile } from '../../src/pipeline/decode-file';
import { loadOnWasm } from '../../src/pipeline/load-surviving';
import { locateModel } from '../../src/pipeline/locate-model';
import { AsrClient } from '../../src/rpc/asr-client';
import { splitGraph } from '../../workers/asr/split-graph';
import enShort from '../fixtures/audio/en_short.flac?url';
import truth from '../fixtures/audio/truth.json';
import { DECODER, DEMO, ENCODER, HubScope, ignore, never, startStubbed } from './hub-scope';

const FOLDER = new URL('/models/sotto-demo/', location.origin).href;
const SERVED: LoadRequest = {
  name: 'Served',
  source: { kind: 'folder', baseUrl: FOLDER },
  device: 'wasm',
  precision: 'auto',
  threads: null,
};
const FULL: LoadRequest = {
  ...SERVED,
  name: 'Full',
  precision: { encoder: 'fp32', decoder: 'fp32' },
};
const STORED: LoadRequest = { ...SERVED, source: { kind: 'stored', id: DEMO.id } };
const PARTS = ['config.json', 'tokenizer.json', 'generation_config.json', ENCODER, DECODER];
const REFUSAL = `IDBFactory.prototype.open = () => { throw new DOMException('', 'UnknownError'); }`;

let client: AsrClient;
let workers = 0;
let idleMs: number | null = null;
beforeEach(() => {
  [workers, idleMs] = [0, null];
  client = new AsrClient(
    () => {
      workers++;
      return new Worker(new URL('../../workers/asr.worker.ts', import.meta.url), {
        type: 'module',
      });
    },
    () => idleMs,
  );
});
afterEach(() => client.dispose());

/** Transcribes one window. The language is given, since hearing it is one more. */
async function transcribe(
  model: LoadRequest,
  onEvent: (event: { kind: string }) => void = ignore,
): Promise<string> {
  const blocks = decodeFile(never, await (await fetch(enShort)).blob(), {}, ignore);
  const request = { model, decoding: { temperatures: [0], language: 'en' } };
  return (await client.transcribe(never, blocks, request, onEvent)).text.trim();
}

async function fetchPart(path: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await (await fetch(FOLDER + path)).arrayBuffer());
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)).toHex();
}

/** The demo as Blobs. @param change of a file's bytes */
async function inMemory(
  id: string,
  change: (path: string, bytes: Uint8Array) => void = ignore,
  parts = PARTS,
): Promise<LoadRequest> {
  const files: FileInMemory[] = [];
  for (const path of parts) {
    const bytes = await fetchPart(path);
    change(path, bytes);
    files.push({ path, sha256: null, blob: new Blob([bytes]) });
  }
  return { ...SERVED, source: { kind: 'blobs', id, files } };
}

describe('a model that cannot be started', () => {
  test('leaves the next one a fresh worker, whatever is wrong with it', async () => {
    const garbage = await inMemory('garbage', (path, bytes) => {
      if (path === DECODER) bytes.fill(7, 100, 5000);
    });
    const unknown = await inMemory('unknown operator', (path, bytes) => {
      if (path === DECODER) rename(bytes, 'Softmax', 'Saftmax');
    });
    const cut = await apart('weights cut off', (weights) => weights.slice(0, 1e6));
    const missing = await inMemory('half', ignore, PARTS.slice(0, -1));
    let started = 0;
    for (const [model, code] of [
      [garbage, 'engine-failed'],
      [unknown, 'engine-failed'],
      [cut, 'engine-failed'],
      [missing, 'model-missing'],
    ] as const) {
      await expect(client.load(never, model, ignore)).rejects.toMatchObject({ code });
      expect(workers).toBe(++started);
    }
    const whole = await apart('weights in a file of their own', (weights) => weights);
    expect(await transcribe(whole)).toBe(truth['en_short.flac'].text);
    expect(workers).toBe(started + 1);
  });
});

/** Writes another name of the same length into a graph, wherever it names an operator. */
function rename(bytes: Uint8Array, from: string, to: string): void {
  const text = new TextDecoder('latin1').decode(bytes);
  expect(text).toContain(from);
  for (let at = text.indexOf(from); at >= 0; at = text.indexOf(from, at + 1))
    bytes.set(new TextEncoder().encode(to), at);
}

/** The demo whose encoder has its weights in a file of their own. @param change of that file */
async function apart(
  id: string,
  change: (weights: Uint8Array<ArrayBuffer>) => Uint8Array<ArrayBuffer>,
): Promise<LoadRequest> {
  const { source } = await inMemory(id);
  if (source.kind !== 'blobs') throw new Error('not in memory');
  const weights = await fetchPart(ENCODER);
  const { graph, externalData } = (await splitGraph(weights))!;
  const asFile = (path: string, bytes: Uint8Array): FileInMemory => {
    return { path, sha256: null, blob: new Blob([bytes as Uint8Array<ArrayBuffer>]) };
  };
  const files = source.files.map((file) => (file.path === ENCODER ? asFile(ENCODER, graph) : file));
  files.push(asFile(`${ENCODER}_data/${externalData[0]!.path}`, change(weights)));
  return { ...SERVED, source: { ...source, files } };
}

describe('a model that was downloaded for WebGPU', () => {
  const ran = { encoder: 'fp32', decoder: 'q4' } as const;
  const parts = [...PARTS.slice(0, 3), ...weightPaths(ran)];

  test('runs on WASM when that is lost, slow but right', async () => {
    const request = { ...(await inMemory('for WebGPU', ignore, parts)), device: 'auto' } as const;
    const ready = await loadOnWasm(never, client, request, ran, ignore);
    expect(ready.model).toMatchObject({ device: 'wasm', precision: ran });
    expect(await transcribe(ready.request)).toBe(truth['en_short.flac'].text);
  });

  test('says what to do where WASM cannot run it', async () => {
    const request = await inMemory('half', ignore, parts.slice(0, -1));
    await expect(loadOnWasm(never, client, request, ran, ignore)).rejects.toMatchObject({
      code: 'device-lost',
      message: expect.stringContaining('Download it again for this device') as string,
    });
  });
});

test('an engine whose files are out of reach says so, and not that the model is wrong', async () => {
  const cut = new AsrClient(
    () => new Worker(new URL('./cut-off-asr.worker.ts', import.meta.url), { type: 'module' }),
  );
  await expect(cut.load(never, SERVED, ignore)).rejects.toMatchObject({
    code: 'engine-failed',
    message: expect.stringContaining('Connect to the network') as string,
  });
  cut.dispose();
});

describe('an idle engine', () => {
  test('is unloaded after the time that is set, and the next job loads again by itself', async () => {
    let unloads = 0;
    const watch = new AbortController();
    client.onUnload(watch.signal, () => unloads++);
    await client.load(never, SERVED, ignore);
    expect(unloads).toBe(0);
    idleMs = 1;
    client.restartIdleTime();
    await expect.poll(() => unloads).toBe(1);
    idleMs = null;
    expect(await transcribe(SERVED)).toBe(truth['en_short.flac'].text);
    expect(workers).toBe(2);
    watch.abort();
    client.unload();
    expect(unloads).toBe(1);
  });

  test('is not what works or has work waiting', async () => {
    idleMs = 0;
    const done: string[] = [];
    client.onUnload(never, () => done.push('unloaded'));
    const job = async (): Promise<void> => {
      done.push(await transcribe(SERVED, () => client.unload()));
    };
    await Promise.all([job(), job()]);
    await expect.poll(() => done).toHaveLength(3);
    expect(done[2]).toBe('unloaded');
    expect(workers).toBe(1);
  });
});

test('jobs with different models, queued one after the other, each run with their own', async () => {
  const loaded: string[] = [];
  const run = (model: LoadRequest): Promise<string> =>
    transcribe(model, (event) => {
      if ('file' in event && event.kind === 'session') loaded.push(event.file as string);
    });
  const texts = await Promise.all([run(SERVED), run(FULL), run(FULL), run(SERVED)]);
  expect(texts).toEqual(texts.map(() => truth['en_short.flac'].text));
  const full = ['onnx/encoder_model.onnx', 'onnx/decoder_model_merged.onnx'];
  expect(loaded).toEqual([ENCODER, DECODER, ...full, ENCODER, DECODER]);
  // What a worker took for a large model it never gives back.
  expect(workers).toBe(3);
});

describe('what was loaded', () => {
  test('of a server is named with the hash of each file', async () => {
    const { files } = await client.load(never, SERVED, ignore);
    const paths = [...files.map(({ path }) => path)].sort();
    expect(paths).toEqual([...PARTS, 'tokenizer_config.json'].sort());
    for (const { path, sha256: hash } of files)
      expect(hash, path).toBe(await sha256(await fetchPart(path)));
  });

  test('of the store, or of the memory that stands in for it, is named with the stored hashes', async () => {
    const hub = new HubScope();
    const databaseName = DEFAULT_STORE_SETTINGS.databaseName;
    const store = hub.openStore({ databaseName });
    const refused = hub.openStore({ databaseName }, () => startStubbed(REFUSAL));
    try {
      const installed = await store.install(never, DEMO, ignore);
      const hashes = new Map(installed.files.map(({ path, sha256: hash }) => [path, hash]));
      expect(await locateModel(never, STORED, () => store)).toBe(STORED);
      const fromDisk = await client.load(never, STORED, ignore);
      await store.remove(never, DEMO.id);

      await refused.install(never, DEMO, ignore);
      const located = await locateModel(never, STORED, () => refused);
      expect(located.source.kind).toBe('blobs');
      expect(await transcribe(located)).toBe(truth['en_short.flac'].text);
      const fromMemory = await client.load(never, located, ignore);
      for (const { files } of [fromDisk, fromMemory]) {
        expect(files.map(({ path }) => path)).toContain(DECODER);
        for (const { path, sha256: hash } of files) expect(hash, path).toBe(hashes.get(path));
      }
    } finally {
      store.dispose();
      refused.dispose();
    }
  });
});
