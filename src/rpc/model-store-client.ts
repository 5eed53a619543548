import * as Comlink from 'comlink';
import { unpackResult, type RpcResult } from '../core/errors';
import {
  DEFAULT_STORE_SETTINGS,
  type InstallEvent,
  type InstallRequest,
  type ModelStoreApi,
  type RepairReport,
  type SideloadFile,
  type StorageUse,
  type StoredModel,
  type StoreSettings,
} from '../core/model-store-api';
import { ModelWatch, type ModelNews } from './model-watch';
import { RunningWorker } from './running-worker';

type StoreWorker = RunningWorker<ModelStoreApi<Blob>>;

const CRASH_MESSAGE = 'The part of Sotto that keeps models stopped unexpectedly. Try again.';

/**
 * The window's side of the model store. Its worker starts with the first call and is replaced after a crash; where
 * the browser refuses storage it holds the models, and must live as long as they are wanted.
 * Every method rejects with SottoError as `ModelStoreApi` says, or 'worker-crashed'; with the signal's reason when
 * aborted.
 */
export class ModelStoreClient {
  readonly #settings: Partial<StoreSettings>;
  readonly #start: () => Worker;
  #worker: StoreWorker | null = null;

  constructor(settings: Partial<StoreSettings> = {}, start: () => Worker = startStoreWorker) {
    this.#settings = settings;
    this.#start = start;
  }

  list(signal: AbortSignal): Promise<readonly StoredModel[]> {
    return this.#ask(signal, (api) => api.list());
  }

  storage(signal: AbortSignal): Promise<StorageUse> {
    return this.#ask(signal, (api) => api.storage());
  }

  /** Downloads what is missing of a model. Aborting stops the download; what has arrived is kept. */
  install(
    signal: AbortSignal,
    request: InstallRequest,
    onEvent: (event: InstallEvent) => void,
  ): Promise<StoredModel> {
    const callback = whileActive(signal, onEvent);
    return this.#call(signal, (api, call) => api.install(call, request, callback));
  }

  /** Stops a model's download in whichever tab runs it. What has arrived is kept. */
  async pause(signal: AbortSignal, id: string): Promise<void> {
    await this.#ask(signal, async (api) => {
      await api.pause(id);
      return { ok: true, value: null };
    });
  }

  /** Checks every stored piece of a model and fetches anew those that have changed. */
  repair(signal: AbortSignal, id: string): Promise<RepairReport> {
    return this.#call(signal, (api, call) => api.repair(call, id));
  }

  /** Stores a model from the files of a folder; what is no part of a model is left out. */
  importFiles(
    signal: AbortSignal,
    id: string,
    files: readonly SideloadFile<Blob>[],
    onEvent: (event: InstallEvent) => void,
  ): Promise<StoredModel> {
    const callback = whileActive(signal, onEvent);
    return this.#call(signal, (api, call) => api.importFiles(call, id, files, callback));
  }

  /** Stores a model from a zip. One that Sotto exported keeps its own id. */
  importZip(
    signal: AbortSignal,
    id: string,
    zip: Blob,
    onEvent: (event: InstallEvent) => void,
  ): Promise<StoredModel> {
    const callback = whileActive(signal, onEvent);
    return this.#call(signal, (api, call) => api.importZip(call, id, zip, callback));
  }

  /** One complete file of a stored model, verified. */
  readFile(signal: AbortSignal, id: string, path: string): Promise<Blob> {
    return this.#ask(signal, (api) => api.readFile(id, path));
  }

  /** Deletes a model, stopping its download first. */
  async remove(signal: AbortSignal, id: string): Promise<void> {
    await this.#ask(signal, (api) => api.remove(id));
  }

  /** Deletes what none of a model's complete precisions needs, stopping its download first. */
  async removeUnfinished(signal: AbortSignal, id: string): Promise<void> {
    await this.#ask(signal, (api) => api.removeUnfinished(id));
  }

  /** Tells of models that come and go and of downloads, in whichever tab, until the signal aborts. */
  watch(signal: AbortSignal, onNews: (news: ModelNews) => void): void {
    const name = this.#settings.databaseName ?? DEFAULT_STORE_SETTINGS.databaseName;
    new ModelWatch(signal, name, onNews);
  }

  /** Ends the worker, wherever it is: what it had stored stays, calls in progress fail. */
  dispose(): void {
    this.#worker?.end('The client was disposed.');
    this.#worker = null;
  }

  /** A call that the worker can cancel. */
  #call<T>(
    signal: AbortSignal,
    work: (api: StoreWorker['api'], call: string) => Promise<RpcResult<T>>,
  ): Promise<T> {
    const call = crypto.getRandomValues(new Uint32Array(2)).join('-');
    return this.#ask(
      signal,
      (api) => work(api, call),
      (api) => api.cancel(call),
    );
  }

  async #ask<T>(
    signal: AbortSignal,
    work: (api: StoreWorker['api']) => Promise<RpcResult<T>>,
    onAbort: (api: StoreWorker['api']) => Promise<void> = () => Promise.resolve(),
  ): Promise<T> {
    signal.throwIfAborted();
    const worker = (this.#worker ??= this.#startWorker());
    const cancel = (): void => {
      onAbort(worker.api).catch(() => undefined);
    };
    signal.addEventListener('abort', cancel, { once: true });
    try {
      const result = await worker.answer(work(worker.api));
      signal.throwIfAborted();
      return unpackResult(result);
    } finally {
      signal.removeEventListener('abort', cancel);
    }
  }

  #startWorker(): StoreWorker {
    const worker: StoreWorker = new RunningWorker(this.#start(), CRASH_MESSAGE);
    worker.ended.catch(() => {
      if (this.#worker === worker) this.#worker = null;
    });
    // Messages arrive in order, so it is configured before the first call.
    worker.answer(worker.api.configure(this.#settings)).catch(() => undefined);
    return worker;
  }
}

/** A callback for the worker; events still on their way when a call was aborted reach nobody. */
function whileActive(
  signal: AbortSignal,
  onEvent: (event: InstallEvent) => void,
): (event: InstallEvent) => void {
  return Comlink.proxy((event: InstallEvent) => {
    if (!signal.aborted) onEvent(event);
  });
}

function startStoreWorker(): Worker {
  return new Worker(new URL('../../workers/model-store.worker.ts', import.meta.url), {
    type: 'module',
  });
}
