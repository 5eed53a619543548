import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ModelStoreClient } from '../../src/rpc/model-store-client';
import {
  bytesOf,
  CHUNK_BYTES,
  CUT_BYTES,
  DECODER,
  DECODER_BYTES,
  DEMO,
  ENCODER,
  ENCODER_BYTES,
  EventLog,
  flipStoredByte,
  HubScope,
  ignore,
  isSame,
  never,
  startCrowded,
  startStubbed,
} from './hub-scope';

let hub: HubScope;
let store: ModelStoreClient;
const others: ModelStoreClient[] = [];
beforeEach(() => {
  hub = new HubScope();
  store = hub.openStore();
});
afterEach(() => {
  for (const client of [store, ...others.splice(0)]) client.dispose();
  indexedDB.deleteDatabase(hub.name);
});

/** Another tab: a client and a worker of its own on the same database. */
function openTab(): ModelStoreClient {
  const tab = hub.openStore();
  others.push(tab);
  return tab;
}

function openCrowded(freeBytes: number): ModelStoreClient {
  const tab = hub.openStore({}, () => startCrowded(freeBytes));
  others.push(tab);
  return tab;
}

async function expectWhole(client: ModelStoreClient): Promise<void> {
  const stored = await bytesOf(await client.readFile(never, DEMO.id, ENCODER));
  expect(isSame(stored, await hub.original(ENCODER))).toBe(true);
}

async function storedBytes(path: string, client = store): Promise<number> {
  const files = (await client.list(never)).flatMap((model) => model.files);
  return files.find((file) => file.path === path)?.storedBytes ?? 0;
}

/** Begins a download that stops in the midst of the encoder, until the hub is told to go on. */
async function beginAndHold(
  signal: AbortSignal,
  log = new EventLog(),
): Promise<Promise<unknown>[]> {
  await hub.fail({ path: ENCODER, kind: 'hold', after: CUT_BYTES });
  const installing = store.install(signal, DEMO, log.push);
  installing.catch(ignore);
  await expect.poll(() => storedBytes(ENCODER)).toBe(3 * CHUNK_BYTES);
  await expect.poll(() => storedBytes(DECODER)).toBe(DECODER_BYTES);
  return [installing];
}

test('a tab that is closed in the midst of a download loses no finished piece', async () => {
  const [installing] = await beginAndHold(never);
  store.dispose();
  await expect(installing).rejects.toMatchObject({ code: 'worker-crashed' });
  store = hub.openStore();
  const log = new EventLog();
  await store.install(never, DEMO, log.push);
  await expectWhole(store);
  const ranges = (await hub.requestsOf(ENCODER)).map(({ range }) => range);
  expect(ranges).toEqual([null, `bytes=${String(3 * CHUNK_BYTES)}-`]);
  expect(await hub.sentBytes(ENCODER)).toBe(ENCODER_BYTES + CUT_BYTES - 3 * CHUNK_BYTES);
  expect(await hub.sentBytes(DECODER)).toBe(DECODER_BYTES);
  expect(log.events[0]).toMatchObject({
    kind: 'plan',
    storedBytes: expect.toSatisfy((bytes: number) => bytes > 3 * CHUNK_BYTES) as number,
  });
});

test('a paused download goes on after its last byte', async () => {
  const [installing] = await beginAndHold(never);
  await store.pause(never, DEMO.id);
  await expect(installing).rejects.toMatchObject({ code: 'paused' });
  const kept = await storedBytes(ENCODER);
  expect(kept).toBeGreaterThanOrEqual(3 * CHUNK_BYTES);
  store.dispose();
  store = hub.openStore();
  await store.install(never, DEMO, ignore);
  await expectWhole(store);
  expect((await hub.requestsOf(ENCODER)).at(-1)?.range).toBe(`bytes=${String(kept)}-`);
});

test('a download that goes on from a mirror with tags of its own loses nothing, as the published hash is the same', async () => {
  const [installing] = await beginAndHold(never);
  store.dispose();
  await expect(installing).rejects.toMatchObject({ code: 'worker-crashed' });
  const mirror = new HubScope();
  await mirror.set({ ownTags: true });
  store = hub.openStore({ host: mirror.host });
  const log = new EventLog();
  await store.install(never, DEMO, log.push);
  await expectWhole(store);
  expect(log.ofKind('restart')).toEqual([]);
  expect(await mirror.sentBytes(ENCODER)).toBe(ENCODER_BYTES - 3 * CHUNK_BYTES);
  expect(await mirror.requestsOf(DECODER)).toEqual([]);
});

test('aborting stops the download, with the reason', async () => {
  const abort = new AbortController();
  const [installing] = await beginAndHold(abort.signal);
  abort.abort();
  await expect(installing).rejects.toBe(abort.signal.reason);
  await hub.release();
  await store.install(never, DEMO, ignore);
  await expectWhole(store);
  expect((await hub.requestsOf(ENCODER)).at(-1)?.status).toBe(206);
});

test('two tabs: one downloads, the other follows its progress, and no byte is sent twice', async () => {
  const [installing] = await beginAndHold(never);
  const log = new EventLog();
  const following = openTab().install(never, DEMO, log.push);
  await log.until(({ kind }) => kind === 'elsewhere');
  await hub.release();
  await Promise.all([installing, following]);
  expect(log.ofKind('progress').at(-1)).toMatchObject({
    loadedBytes: (await store.list(never))[0]?.sizeBytes,
  });
  expect(await following).toMatchObject({ state: 'complete' });
  expect(await hub.sentBytes(ENCODER)).toBe(ENCODER_BYTES);
});

test('when the tab that downloads dies, the one that followed takes over', async () => {
  const [installing] = await beginAndHold(never);
  const log = new EventLog();
  const other = openTab();
  const following = other.install(never, DEMO, log.push);
  await log.until(({ kind }) => kind === 'elsewhere');
  store.dispose();
  await expect(installing).rejects.toMatchObject({ code: 'worker-crashed' });
  expect(await following).toMatchObject({ state: 'complete' });
  await expectWhole(other);
  expect((await hub.requestsOf(ENCODER)).at(-1)?.range).toBe(`bytes=${String(3 * CHUNK_BYTES)}-`);
});

test('the other tab can pause the download; both are told, and nobody takes it up again', async () => {
  const [installing] = await beginAndHold(never);
  const log = new EventLog();
  const other = openTab();
  const following = other.install(never, DEMO, log.push);
  following.catch(ignore);
  await log.until(({ kind }) => kind === 'elsewhere');
  await other.pause(never, DEMO.id);
  await expect(installing).rejects.toMatchObject({ code: 'paused' });
  await expect(following).rejects.toMatchObject({ code: 'paused' });
  expect(await hub.requestsOf(ENCODER)).toHaveLength(1);
});

test('a tab that only followed may leave; the download goes on', async () => {
  const [installing] = await beginAndHold(never);
  const abort = new AbortController();
  const log = new EventLog();
  const following = openTab().install(abort.signal, DEMO, log.push);
  following.catch(ignore);
  await log.until(({ kind }) => kind === 'elsewhere');
  abort.abort();
  await expect(following).rejects.toBe(abort.signal.reason);
  await hub.release();
  expect(await installing).toMatchObject({ state: 'complete' });
});

test('deleting a model stops its download first', async () => {
  const [installing] = await beginAndHold(never);
  await store.remove(never, DEMO.id);
  await expect(installing).rejects.toMatchObject({ code: 'paused' });
  expect(await store.list(never)).toEqual([]);
});

test('a byte that changed in IndexedDB: reading fails, and a repair fetches that piece alone', async () => {
  await store.install(never, DEMO, ignore);
  await flipStoredByte(hub.name, [DEMO.id, ENCODER, 2]);
  await expect(store.readFile(never, DEMO.id, ENCODER)).rejects.toMatchObject({
    code: 'model-corrupt',
  });
  const report = await store.repair(never, DEMO.id);
  expect(report).toMatchObject({
    replaced: [{ path: ENCODER, index: 2 }],
    refetchedBytes: CHUNK_BYTES,
    checkedBytes: (await store.list(never))[0]?.sizeBytes,
  });
  expect(await hub.sentBytes(ENCODER)).toBe(ENCODER_BYTES + CHUNK_BYTES);
  await expectWhole(store);
});

test('a server that knows no ranges will do for a repair', async () => {
  await store.install(never, DEMO, ignore);
  await flipStoredByte(hub.name, [DEMO.id, ENCODER, 2]);
  await hub.fail({ path: ENCODER, kind: 'ignore-range' });
  expect(await store.repair(never, DEMO.id)).toMatchObject({ refetchedBytes: CHUNK_BYTES });
  await expectWhole(store);
});

test('a piece that the server has otherwise by now cannot be repaired, and that is said', async () => {
  await store.install(never, DEMO, ignore);
  await flipStoredByte(hub.name, [DEMO.id, ENCODER, 0]);
  await hub.set({ changed: [ENCODER] });
  await expect(store.repair(never, DEMO.id)).rejects.toMatchObject({ code: 'model-changed' });
});

test('a model too large for the room that the browser has is refused before its first byte', async () => {
  const crowded = openCrowded(1e6);
  await expect(crowded.install(never, DEMO, ignore)).rejects.toMatchObject({
    code: 'no-space',
    message: expect.stringContaining(
      'needs 4 MB more, and the browser has room for 1 MB',
    ) as string,
  });
  expect(await hub.requestsOf(ENCODER)).toEqual([]);
  expect(await hub.requestsOf('config.json')).toEqual([]);
});

const [SECOND, THIRD] = ['second', 'third'].map((id) => ({ ...DEMO, id }));

test('of two models begun together in two tabs, the room is for one: the other is refused before it begins', async () => {
  await hub.fail({ path: ENCODER, kind: 'hold', after: CUT_BYTES });
  const both = [openCrowded(5e6).install(never, DEMO, ignore)];
  both.push(openCrowded(5e6).install(never, SECOND!, ignore));
  const refusal = await Promise.any(both.map((installing) => installing.then(neverSo, passOn)));
  expect(refusal).toMatchObject({ code: 'no-space' });
  await expect.poll(() => hub.held()).toBe(1);
  await hub.release();
  const ends = await Promise.allSettled(both);
  expect(ends.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  expect(await store.list(never)).toMatchObject([{ state: 'complete' }]);
});

test('what paused downloads still lack is kept free for them, and either may go on where it fits alone', async () => {
  await hub.fail({ path: ENCODER, kind: 'hold', after: CUT_BYTES, times: 2 });
  for (const [i, request] of [DEMO, SECOND!].entries()) {
    store.install(never, request, ignore).catch(ignore);
    await expect.poll(() => hub.held()).toBe(i + 1);
    await expect.poll(async () => isStored(request.id, DECODER)).toBe(true);
    await store.pause(never, request.id);
  }
  const third = openCrowded(5e6).install(never, THIRD!, ignore);
  await expect(third).rejects.toMatchObject({
    code: 'no-space',
    message: expect.stringContaining('unfinished downloads need 3 MB') as string,
  });
  const resumed = await openCrowded(2e6).install(never, SECOND!, ignore);
  expect(resumed).toMatchObject({ state: 'complete' });
});

async function isStored(id: string, path: string): Promise<boolean> {
  const model = (await store.list(never)).find((stored) => stored.id === id);
  return model?.files.some((file) => file.path === path && file.state === 'complete') ?? false;
}

function neverSo(): never {
  throw new Error('It was not refused.');
}

function passOn(reason: unknown): unknown {
  return reason;
}

test('room that runs out in the midst is said, and what arrived is used when there is room', async () => {
  const crowded = hub.openStore({}, () => startStubbed(fullAfter(3)));
  others.push(crowded);
  await expect(crowded.install(never, DEMO, ignore)).rejects.toMatchObject({ code: 'no-space' });
  expect(await storedBytes(ENCODER)).toBe(3 * CHUNK_BYTES);
  await store.install(never, DEMO, ignore);
  await expectWhole(store);
  expect((await hub.requestsOf(ENCODER)).at(-1)?.range).toBe(`bytes=${String(3 * CHUNK_BYTES)}-`);
});

/**
 * A disk with room for so many pieces of the encoder: Chromium then aborts the transaction, and the error is nowhere
 * but on it. (The quota that CDP sets comes too late: IndexedDB remembers the room there was for 30 s.)
 */
function fullAfter(pieces: number): string {
  return `
    const put = IDBObjectStore.prototype.put;
    const full = new WeakSet();
    let left = ${String(pieces)};
    IDBObjectStore.prototype.put = function (value, key) {
      const request = put.call(this, value, key);
      if (value instanceof Blob && key[1] === ${JSON.stringify(ENCODER)} && left-- <= 0) {
        full.add(this.transaction);
        request.addEventListener('success', () => this.transaction.abort());
      }
      return request;
    };
    const { get } = Object.getOwnPropertyDescriptor(IDBTransaction.prototype, 'error');
    Object.defineProperty(IDBTransaction.prototype, 'error', { get() {
      return full.has(this) ? new DOMException('full', 'QuotaExceededError') : get.call(this);
    } });`;
}
