import { expect, test, vi } from 'vitest';
import { installModel } from '../../src/pipeline/install-model';
import {
  bytesOf,
  CHUNK_BYTES,
  DECODER,
  DECODER_BYTES,
  DEMO,
  ENCODER,
  ENCODER_BYTES,
  EventLog,
  hub,
  ignore,
  isSame,
  never,
  NOISE,
  startStubbed,
  store,
  useHub,
} from './hub-scope';

useHub();

test('an installed model is byte for byte what the hub has, verified by the published hashes', async () => {
  const model = await store.install(never, DEMO, ignore);
  expect(model).toMatchObject({ state: 'complete', precisions: ['q8+q8'], name: 'Demo' });
  expect(model.origin).toMatchObject({ repository: 'sotto/demo', commit: '1'.repeat(40) });
  for (const path of ['config.json', 'tokenizer.json', ENCODER, DECODER]) {
    const stored = await bytesOf(await store.readFile(never, DEMO.id, path));
    expect(isSame(stored, await hub.original(path)), path).toBe(true);
  }
  expect(model.files.find(({ path }) => path === ENCODER)).toMatchObject({
    sizeBytes: ENCODER_BYTES,
    verifiedBy: 'sha256',
    sha256: await sha256(await hub.original(ENCODER)),
    url: `${hub.host}/sotto/demo/resolve/${'1'.repeat(40)}/${ENCODER}`,
  });
});

test('every byte is sent once, from the other origin that the hub points to', async () => {
  await store.install(never, DEMO, ignore);
  expect(await hub.sentBytes(ENCODER)).toBe(ENCODER_BYTES);
  expect(await hub.sentBytes(DECODER)).toBe(DECODER_BYTES);
  expect(await hub.requestsOf(ENCODER)).toMatchObject([{ origin: 'cdn', status: 200 }]);
});

test('progress begins with the plan, never falls and ends with everything', async () => {
  const log = new EventLog();
  const model = await store.install(never, DEMO, log.push);
  expect(log.events[0]).toEqual({ kind: 'plan', totalBytes: model.sizeBytes, storedBytes: 0 });
  const loaded = log.ofKind('progress').map(({ loadedBytes }) => loadedBytes);
  expect(loaded).toEqual(loaded.toSorted((a, b) => a - b));
  expect(log.ofKind('progress').at(-1)).toMatchObject({
    loadedBytes: model.sizeBytes,
    totalBytes: model.sizeBytes,
    secondsLeft: expect.toBeOneOf([0, null]) as number,
  });
});

test('a model that is here is not asked for again, even without a network', async () => {
  await store.install(never, DEMO, ignore);
  const before = (await hub.requests()).length;
  const offline = hub.openStore({ host: 'http://localhost:9' });
  expect(await offline.install(never, DEMO, ignore)).toMatchObject({ state: 'complete' });
  expect(await hub.requests()).toHaveLength(before);
  offline.dispose();
});

test('a second precision fetches its weights only, and both can be run', async () => {
  await store.install(never, DEMO, ignore);
  const both = { ...DEMO, precision: { encoder: 'fp32', decoder: 'q4' } } as const;
  const model = await store.install(never, both, ignore);
  expect(model.precisions).toEqual(expect.arrayContaining(['q8+q8', 'fp32+q4']));
  expect(await hub.requestsOf('tokenizer.json')).toHaveLength(1);
  expect(await hub.requestsOf(ENCODER)).toHaveLength(1);
});

test('a plain file server without a list of files, redirects and hashes will do', async () => {
  await hub.set({ listing: false, redirect: false, hashes: false });
  const model = await store.install(never, DEMO, ignore);
  expect(model).toMatchObject({ state: 'complete' });
  expect(model.files.find(({ path }) => path === ENCODER)).toMatchObject({
    verifiedBy: 'size',
    sha256: await sha256(await hub.original(ENCODER)),
  });
});

test('a server without a list still says the published hashes in its headers', async () => {
  await hub.set({ listing: false, redirect: false });
  await hub.fail({ path: ENCODER, kind: 'flip', after: 1000 });
  await expect(store.install(never, DEMO, ignore)).rejects.toMatchObject({
    code: 'model-corrupt',
  });
});

test('the browser is asked to keep models when one is installed', async () => {
  const asked = vi.spyOn(StorageManager.prototype, 'persist').mockResolvedValue(false);
  const model = await installModel(never, DEMO, ignore, store);
  expect(asked).toHaveBeenCalledOnce();
  expect(model).toMatchObject({ state: 'complete' });
  asked.mockRestore();
});

test('the list says what is stored and how much it takes; deleting frees it', async () => {
  await store.install(never, DEMO, ignore);
  const [model] = await store.list(never);
  const use = await store.storage(never);
  expect(use).toMatchObject({ place: 'indexeddb', modelBytes: model!.storedBytes });
  expect(use.modelBytes).toBeGreaterThan(ENCODER_BYTES + DECODER_BYTES);
  expect(use.quotaBytes).toBeGreaterThan(use.modelBytes);
  await store.remove(never, DEMO.id);
  expect(await store.list(never)).toEqual([]);
  expect((await store.storage(never)).modelBytes).toBe(0);
  await expect(store.readFile(never, DEMO.id, ENCODER)).rejects.toMatchObject({
    code: 'model-missing',
  });
});

test('files are kept in pieces of the size that is set', async () => {
  const large = hub.openStore({ chunkBytes: 16 * 2 ** 20 });
  await large.install(never, NOISE, ignore);
  expect(await chunkSizes(hub.name, NOISE.id, ENCODER)).toEqual([2 ** 24, 2 ** 24, 2 ** 23]);
  const stored = await bytesOf(await large.readFile(never, NOISE.id, ENCODER));
  large.dispose();
  expect(isSame(stored, await hub.original(ENCODER, 'sotto/noise'))).toBe(true);
});

test('where the browser refuses storage, models live in memory', async () => {
  const refusal = `IDBFactory.prototype.open = () => { throw new DOMException('', 'UnknownError'); }`;
  const blocked = hub.openStore({}, () => startStubbed(refusal));
  await blocked.install(never, DEMO, ignore);
  expect(await blocked.storage(never)).toMatchObject({ place: 'memory' });
  const stored = await bytesOf(await blocked.readFile(never, DEMO.id, ENCODER));
  expect(isSame(stored, await hub.original(ENCODER))).toBe(true);
  expect(await store.list(never)).toEqual([]);
  await blocked.remove(never, DEMO.id);
  expect(await blocked.list(never)).toEqual([]);
  blocked.dispose();
});

test('a download into memory, without locks and without messages between tabs, can be paused', async () => {
  const refusal = `
    IDBFactory.prototype.open = () => { throw new DOMException('', 'UnknownError'); };
    LockManager.prototype.query = async () => { throw new DOMException('', 'SecurityError'); };
    self.BroadcastChannel = class { constructor() { throw new DOMException('', 'SecurityError'); } };`;
  const blocked = hub.openStore({}, () => startStubbed(refusal));
  await hub.fail({ path: ENCODER, kind: 'hold', after: CHUNK_BYTES });
  const installing = blocked.install(never, DEMO, ignore);
  const again = blocked.install(never, DEMO, ignore);
  again.catch(ignore);
  await expect.poll(() => hub.held()).toBe(1);
  await blocked.pause(never, DEMO.id);
  await expect(installing).rejects.toMatchObject({ code: 'paused' });
  await expect(again).rejects.toMatchObject({ code: 'paused' });
  expect(await blocked.install(never, DEMO, ignore)).toMatchObject({ state: 'complete' });
  blocked.dispose();
});

test('a crash fails the call by name, and the next call gets a new worker', async () => {
  await hub.fail({ path: ENCODER, kind: 'hold', after: CHUNK_BYTES });
  const installing = store.install(never, DEMO, ignore);
  await expect.poll(() => hub.held()).toBe(1);
  store.dispose();
  await expect(installing).rejects.toMatchObject({ code: 'worker-crashed' });
  expect(await store.install(never, DEMO, ignore)).toMatchObject({ state: 'complete' });
});

async function sha256(bytes: Uint8Array): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as BufferSource));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Sizes of the values that IndexedDB itself holds for a file. */
async function chunkSizes(database: string, model: string, path: string): Promise<number[]> {
  const opened = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(database);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(new Error('did not open'));
  });
  const range = IDBKeyRange.bound([model, path], [model, path, []]);
  const blobs = await new Promise<Blob[]>((resolve) => {
    const request = opened.transaction('chunks').objectStore('chunks').getAll(range);
    request.onsuccess = () => resolve(request.result as Blob[]);
  });
  opened.close();
  return blobs.map(({ size }) => size);
}
