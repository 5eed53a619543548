import { afterEach, beforeEach, inject } from 'vitest';
import type { Fault } from '../hub/hub-faults.mjs';
import type { RequestNote, Scope } from '../hub/hub-scopes.mjs';
import type { InstallEvent, InstallRequest, StoreSettings } from '../../src/core/model-store-api';
import { ModelStoreClient } from '../../src/rpc/model-store-client';

export const ENCODER = 'onnx/encoder_model_quantized.onnx';
export const DECODER = 'onnx/decoder_model_merged_quantized.onnx';
export const ENCODER_BYTES = 1_939_291;
export const DECODER_BYTES = 1_136_268;
/** So small that the demo model has several per file. */
export const CHUNK_BYTES = 256 * 1024;
/** In the midst of a chunk: three are whole. */
export const CUT_BYTES = 3 * CHUNK_BYTES + 10_000;

export const DEMO: InstallRequest = {
  id: 'demo-q8',
  name: 'Demo',
  repository: 'sotto/demo',
  revision: 'main',
  precision: { encoder: 'q8', decoder: 'q8' },
};
export const NOISE: InstallRequest = { ...DEMO, id: 'noise', repository: 'sotto/noise' };

export const never = new AbortController().signal;
export const ignore = (): void => undefined;

/** One test's part of the stand-in for the hub. */
export class HubScope {
  readonly name = crypto.randomUUID();
  readonly host = `${inject('hubUrl')}/s/${this.name}`;

  /** Makes the hub behave otherwise from now on. */
  async set(change: Partial<Omit<Scope, 'held' | 'requests'>>): Promise<void> {
    await fetch(`${this.host}/control`, { method: 'POST', body: JSON.stringify(change) });
  }

  fail(...faults: Fault[]): Promise<void> {
    return this.set({ faults });
  }

  /** Lets requests that are held go on. */
  async release(): Promise<void> {
    await fetch(`${this.host}/control/release`);
  }

  async held(): Promise<number> {
    const scope = (await (await fetch(`${this.host}/control`)).json()) as { held: number };
    return scope.held;
  }

  /** Requests of one file that were answered by whoever has its bytes. */
  async requestsOf(path: string): Promise<RequestNote[]> {
    return (await this.requests()).filter(
      (note) => note.path === path && note.method === 'GET' && note.status !== 302,
    );
  }

  async requests(): Promise<RequestNote[]> {
    const scope = (await (await fetch(`${this.host}/control`)).json()) as Scope;
    return scope.requests;
  }

  async sentBytes(path: string): Promise<number> {
    return (await this.requestsOf(path)).reduce((sum, { sentBytes }) => sum + sentBytes, 0);
  }

  /** The file as the server has it. */
  async original(path: string, repository = 'sotto/demo'): Promise<Uint8Array> {
    const response = await fetch(`${inject('hubUrl')}/s/plain/${repository}/resolve/main/${path}`);
    return new Uint8Array(await response.arrayBuffer());
  }

  /** A model store as one tab has it, with patience enough for tests. */
  openStore(settings: Partial<StoreSettings> = {}, start?: () => Worker): ModelStoreClient {
    return new ModelStoreClient(
      {
        host: this.host,
        databaseName: this.name,
        chunkBytes: CHUNK_BYTES,
        baseRetryMs: 1,
        maxRetryMs: 10,
        ...settings,
      },
      start,
    );
  }
}

/** Those of the test that runs, in files that say `useHub()`. */
export let hub: HubScope;
export let store: ModelStoreClient;

/** Gives each test of a file its own part of the hub and a store that is empty. */
export function useHub(): void {
  beforeEach(() => {
    hub = new HubScope();
    store = hub.openStore();
  });
  afterEach(() => {
    store.dispose();
    indexedDB.deleteDatabase(hub.name);
  });
}

/** Collects events, and waits for one. */
export class EventLog {
  readonly events: InstallEvent[] = [];
  #waiting: (() => void)[] = [];

  readonly push = (event: InstallEvent): void => {
    this.events.push(event);
    for (const wake of this.#waiting.splice(0)) wake();
  };

  ofKind<K extends InstallEvent['kind']>(kind: K): Extract<InstallEvent, { kind: K }>[] {
    return this.events.filter((event) => event.kind === kind) as never;
  }

  async until(isIt: (event: InstallEvent) => boolean): Promise<void> {
    while (!this.events.some(isIt))
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }
}

export async function bytesOf(blob: Blob): Promise<Uint8Array> {
  return new Uint8Array(await blob.arrayBuffer());
}

/** Whether two byte arrays are the same; comparing megabytes by `toEqual` takes seconds. */
export function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

/** Changes one byte of a stored piece behind the store's back. */
export async function flipStoredByte(
  database: string,
  key: [model: string, path: string, index: number],
): Promise<void> {
  const opened = await settled(indexedDB.open(database));
  const blob = await settled<Blob>(opened.transaction('chunks').objectStore('chunks').get(key));
  const bytes = await bytesOf(blob);
  bytes[1234]! ^= 1;
  const chunks = opened.transaction('chunks', 'readwrite').objectStore('chunks');
  await settled(chunks.put(new Blob([bytes as BlobPart]), key));
  opened.close();
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('failed'));
  });
}

/** The store's own worker, where files of the disk give nothing until something is said on this BroadcastChannel. */
export function startGated(channel: string): Worker {
  return startStubbed(`
    const open = new Promise((go) => {
      new BroadcastChannel(${JSON.stringify(channel)}).onmessage = go;
    });
    const stream = Blob.prototype.stream;
    Blob.prototype.stream = function () {
      const wait = (piece, out) => open.then(() => out.enqueue(piece));
      return stream.call(this).pipeThrough(new TransformStream({ transform: wait }));
    };`);
}

/** The store's own worker in a browser with so much room left, whatever it stores. */
export function startCrowded(freeBytes: number): Worker {
  const estimate = `{ quota: ${String(freeBytes)}, usage: 0 }`;
  return startStubbed(`StorageManager.prototype.estimate = async () => (${estimate});`);
}

/** The store's own worker in a browser where `code` has run before it. */
export function startStubbed(code: string): Worker {
  const script = (text: string): string =>
    URL.createObjectURL(new Blob([text], { type: 'text/javascript' }));
  const entry = new URL('/workers/model-store.worker.ts?worker_file&type=module', location.origin);
  // Static imports: messages sent to the worker wait until both have run.
  const imports = [script(code), entry.href].map((url) => `import ${JSON.stringify(url)};`);
  return new Worker(script(imports.join('')), { type: 'module' });
}
