import { expect, test } from 'vitest';
import type { SideloadFile, StoredModel } from '../../src/core/model-store-api';
import { exportModel } from '../../src/pipeline/export-model';
import {
  bytesOf,
  DECODER,
  DEMO,
  ENCODER,
  ENCODER_BYTES,
  EventLog,
  hub,
  ignore,
  isSame,
  never,
  startCrowded,
  startGated,
  startStubbed,
  store,
  useHub,
} from './hub-scope';

const DESCRIPTIONS = ['config.json', 'tokenizer.json', 'generation_config.json'];
const PATHS = [...DESCRIPTIONS, ENCODER, DECODER];

useHub();

/** The demo model as a folder that somebody chose, with other things lying about. */
async function folder(name = 'whisper-demo'): Promise<SideloadFile<Blob>[]> {
  const files = PATHS.map(async (path) => ({
    path: `${name}/${path}`,
    file: new Blob([(await hub.original(path)) as BlobPart]),
  }));
  const other = ['README.md', '.git/config.json', 'onnx/notes.txt'].map((path) => ({
    path: `${name}/${path}`,
    file: new Blob(['{}']),
  }));
  return [...other, ...(await Promise.all(files))];
}

async function expectStored(id: string): Promise<void> {
  for (const path of PATHS) {
    const stored = await bytesOf(await store.readFile(never, id, path));
    expect(isSame(stored, await hub.original(path)), path).toBe(true);
  }
}

/** What people download: the export read to its end. */
async function exported(id: string): Promise<Blob> {
  return new Response(await exportModel(never, id, store)).blob();
}

test('a folder from disk becomes a model, without what is no part of one', async () => {
  const model = await store.importFiles(never, 'mine', await folder(), ignore);
  expect(model).toMatchObject({ id: 'mine', state: 'complete', origin: { kind: 'files' } });
  expect(model.files.map(({ path }) => path).toSorted()).toEqual(PATHS.toSorted());
  expect(model.precisions).toEqual(['q8+q8']);
  await expectStored('mine');
  expect(await hub.requests()).toEqual([]);
});

test('an exported model, taken in by another machine, is the same with its hashes, and with its origin as a claim', async () => {
  const original = await store.install(never, DEMO, ignore);
  const zip = await exported(DEMO.id);
  expect(zip.size).toBeGreaterThan(original.sizeBytes);
  await store.remove(never, DEMO.id);
  const model = await store.importZip(never, 'ignored', zip, ignore);
  const origin = { ...original.origin, isClaimed: true };
  expect(model).toMatchObject({ id: DEMO.id, name: DEMO.name, origin });
  expect(model.files.map(({ verifiedBy }) => verifiedBy)).not.toContain('sha256');
  const hashes = (files: typeof model.files): unknown =>
    files.map(({ path, sha256, sizeBytes }) => ({ path, sha256, sizeBytes }));
  expect(hashes(model.files)).toEqual(hashes(original.files));
  await expectStored(DEMO.id);
});

test('a zip that other programs made, deflated, is taken in too', async () => {
  const zip = await deflatedZip(await folder('a folder'));
  expect(zip.size).toBeLessThan(ENCODER_BYTES * 1.6);
  await store.importZip(never, 'zipped', zip, ignore);
  await expectStored('zipped');
});

test('a byte that changed on the way is found by the hashes inside the zip', async () => {
  await store.install(never, DEMO, ignore);
  const bytes = await bytesOf(await exported(DEMO.id));
  await store.remove(never, DEMO.id);
  // Both CRC-32 and SHA-256 would find it; whichever comes first refuses the file.
  bytes[bytes.length - 600_000]! ^= 1;
  await expect(
    store.importZip(never, 'damaged', new Blob([bytes as BlobPart]), ignore),
  ).rejects.toMatchObject({ code: expect.toBeOneOf(['bad-archive', 'model-corrupt']) as string });
  expect(await store.list(never)).toEqual([]);
  expect((await store.storage(never)).modelBytes).toBe(0);
});

test('what is no model, and a zip that is none, are refused and leave nothing', async () => {
  const noise = [{ path: 'a/photo.jpg', file: new Blob(['no']) }];
  await expect(store.importFiles(never, 'x', noise, ignore)).rejects.toMatchObject({
    code: 'model-invalid',
  });
  await expect(store.importZip(never, 'x', new Blob(['no zip']), ignore)).rejects.toMatchObject({
    code: 'bad-archive',
  });
  const files = (await folder()).filter(({ path }) => !path.endsWith('demo/config.json'));
  const broken = [...files, { path: 'whisper-demo/config.json', file: new Blob(['{"a":1}']) }];
  await expect(store.importFiles(never, 'x', broken, ignore)).rejects.toMatchObject({
    code: 'model-invalid',
  });
  expect(await store.list(never)).toEqual([]);
});

test('an export whose graphs lie beside its config.json is a model too', async () => {
  const files = (await folder()).map(({ path, file }) => ({
    path: path.replace('/onnx/', '/'),
    file,
  }));
  await store.importFiles(never, 'exported', files, ignore);
  await expectStored('exported');
});

test('what a model lacks is named, and what is no Whisper is found before its weights are copied', async () => {
  const all = await folder();
  const without = all.filter(({ path }) => !path.endsWith('tokenizer.json'));
  await expect(store.importFiles(never, 'x', without, ignore)).rejects.toMatchObject({
    code: 'model-invalid',
    message: expect.stringContaining('lacks tokenizer.json') as string,
  });
  const bert = all.map(({ path, file }) =>
    path.endsWith('demo/config.json')
      ? { path, file: new Blob(['{"model_type":"bert"}']) }
      : { path, file },
  );
  const log = new EventLog();
  await expect(store.importFiles(never, 'x', bert, log.push)).rejects.toMatchObject({
    code: 'model-invalid',
    message: expect.stringContaining('names the type "bert"') as string,
  });
  const copied = log.ofKind('progress').map(({ loadedBytes }) => loadedBytes);
  expect(Math.max(0, ...copied)).toBeLessThan(ENCODER_BYTES / 2);
});

test('the name of the model that comes with the app is not free', async () => {
  await expect(store.importFiles(never, 'demo', await folder(), ignore)).rejects.toMatchObject({
    code: 'bad-request',
    message: expect.stringContaining('Rename the folder or zip') as string,
  });
});

test('a folder too large for the room that the browser has is refused before it is copied', async () => {
  const crowded = hub.openStore({}, () => startCrowded(1e6));
  await expect(crowded.importFiles(never, 'x', await folder(), ignore)).rejects.toMatchObject({
    code: 'no-space',
  });
  expect(await crowded.list(never)).toEqual([]);
  crowded.dispose();
});

test('taking in a folder tells its progress', async () => {
  const log = new EventLog();
  const model = await store.importFiles(never, 'mine', await folder(), log.push);
  expect(log.events[0]).toEqual({ kind: 'plan', totalBytes: model.sizeBytes, storedBytes: 0 });
  expect(log.ofKind('progress').at(-1)).toMatchObject({ loadedBytes: model.sizeBytes });
});

test('taking in a folder can be stopped without a trace', async () => {
  const gate = new BroadcastChannel(hub.name);
  const gated = hub.openStore({}, () => startGated(hub.name));
  const abort = new AbortController();
  const stopped = gated.importFiles(abort.signal, 'mine', await folder(), ignore);
  stopped.catch(ignore);
  await expect.poll(async () => (await gated.list(never)).length).toBe(1);
  abort.abort();
  await gated.list(never); // what was sent to the worker before has arrived there by now
  gate.postMessage('go');
  await expect(stopped).rejects.toBe(abort.signal.reason);
  expect(await gated.list(never)).toEqual([]);
  expect((await gated.storage(never)).modelBytes).toBe(0);
  gated.dispose();
  gate.close();
});

test('what a crash left of a folder half taken in is listed, and the folder can be taken in again', async () => {
  const dying = hub.openStore({}, () =>
    startStubbed(`
      const put = IDBObjectStore.prototype.put;
      IDBObjectStore.prototype.put = function (value, key) {
        if (value instanceof Blob && key[1] === ${JSON.stringify(DECODER)}) self.close();
        return put.call(this, value, key);
      };`),
  );
  const halfWay = dying.importFiles(never, 'mine', await folder(), ignore);
  halfWay.catch(ignore);
  await expect.poll(async () => isComplete(await store.list(never), ENCODER)).toBe(true);
  dying.dispose();
  expect(await store.list(never)).toMatchObject([{ id: 'mine', state: 'partial' }]);
  await store.importFiles(never, 'mine', await folder(), ignore);
  await expectStored('mine');
});

test('a name that is taken is refused, and the model that has it stays', async () => {
  await store.importFiles(never, 'mine', await folder(), ignore);
  await expect(store.importFiles(never, 'mine', await folder(), ignore)).rejects.toMatchObject({
    code: 'bad-request',
  });
  await expectStored('mine');
});

test('a damaged model from files cannot be repaired from a server, and says so', async () => {
  await store.importFiles(never, 'mine', await folder(), ignore);
  await dropStoredChunk('mine', ENCODER, 1);
  await expect(store.readFile(never, 'mine', ENCODER)).rejects.toMatchObject({
    code: 'model-corrupt',
  });
  await expect(store.repair(never, 'mine')).rejects.toMatchObject({
    code: 'model-corrupt',
    message: expect.stringContaining('came from files') as string,
  });
});

function isComplete(models: readonly StoredModel[], path: string): boolean {
  return models.some(({ files }) => files.some((f) => f.path === path && f.state === 'complete'));
}

async function dropStoredChunk(model: string, path: string, index: number): Promise<void> {
  const opened = await new Promise<IDBDatabase>((resolve) => {
    const request = indexedDB.open(hub.name);
    request.onsuccess = () => resolve(request.result);
  });
  const tx = opened.transaction('chunks', 'readwrite');
  tx.objectStore('chunks').delete([model, path, index]);
  await new Promise<void>((resolve) => (tx.oncomplete = () => resolve()));
  opened.close();
}

/** A zip written by hand after PKWARE's APPNOTE, every file deflated, sizes in the directory only. */
async function deflatedZip(files: readonly SideloadFile<Blob>[]): Promise<Blob> {
  const parts: BlobPart[] = [];
  const directory: BlobPart[] = [];
  let [offset, directoryBytes] = [0, 0];
  for (const { path, file } of files) {
    const name = new TextEncoder().encode(path);
    const packed = await new Response(
      file.stream().pipeThrough(new CompressionStream('deflate-raw')),
    ).blob();
    const crc = crc32(await bytesOf(file));
    const local = record(
      [0x04034b50, 4],
      [20, 2],
      [8, 2],
      [8, 2],
      [0, 4],
      [0, 4],
      [0, 4],
      [0, 4],
      [name.length, 2],
      [0, 2],
    );
    const entry = record(
      [0x02014b50, 4],
      [20, 2],
      [20, 2],
      [8, 2],
      [8, 2],
      [0, 4],
      [crc, 4],
      [packed.size, 4],
      [file.size, 4],
      [name.length, 2],
      [0, 2],
      [0, 2],
      [0, 2],
      [0, 2],
      [0, 4],
      [offset, 4],
    );
    parts.push(local, name, packed);
    directory.push(entry, name);
    offset += local.length + name.length + packed.size;
    directoryBytes += entry.length + name.length;
  }
  const end = record(
    [0x06054b50, 4],
    [0, 2],
    [0, 2],
    [files.length, 2],
    [files.length, 2],
    [directoryBytes, 4],
    [offset, 4],
    [0, 2],
  );
  return new Blob([...parts, ...directory, end]);
}

/** Little-endian fields, each [value, bytes]. */
function record(
  ...fields: readonly (readonly [value: number, bytes: number])[]
): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(
    fields.flatMap(([value, bytes]) =>
      Array.from({ length: bytes }, (_, i) => (value >>> (8 * i)) & 0xff),
    ),
  );
}

function crc32(bytes: Uint8Array): number {
  let crc = -1;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}
