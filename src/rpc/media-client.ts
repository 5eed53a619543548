import * as Comlink from 'comlink';
import { SottoError, unpackResult } from '../core/errors';
import type { MediaApi, MediaBlock, MediaInfo } from '../core/media-api';

/** A file that a media worker has open. */
export interface OpenMedia {
  readonly info: MediaInfo;
  /** The next block; the one of kind 'end' is the last. @throws SottoError; the signal's reason when aborted */
  next(signal: AbortSignal): Promise<MediaBlock>;
  /** Ends the worker, wherever it is. */
  close(): void;
}

/**
 * Opens media files, each in a worker of its own: ending the worker is then all it takes to stop, to free what the
 * decoder holds, and to be rid of a file that broke it.
 */
export class MediaClient {
  readonly #start: () => Worker;

  constructor(start: () => Worker = startMediaWorker) {
    this.#start = start;
  }

  /** @throws SottoError as `MediaApi.open` says, or 'worker-crashed'; the signal's reason when aborted */
  async open(signal: AbortSignal, file: Blob): Promise<OpenMedia> {
    signal.throwIfAborted();
    const worker = new MediaWorker(this.#start());
    try {
      const info = unpackResult(await worker.answer(signal, worker.api.open(file)));
      return {
        info,
        next: async (nextSignal) =>
          unpackResult(await worker.answer(nextSignal, worker.api.next())),
        close: () => worker.end(),
      };
    } catch (thrown) {
      worker.end();
      throw thrown;
    }
  }
}

function startMediaWorker(): Worker {
  return new Worker(new URL('../../workers/media.worker.ts', import.meta.url), { type: 'module' });
}

class MediaWorker {
  readonly api: MediaApi<Blob>;
  readonly #worker: Worker;
  readonly #listeners = new AbortController();
  readonly #failed: Promise<never>;

  constructor(worker: Worker) {
    this.#worker = worker;
    this.#failed = new Promise<never>((_, reject) => {
      const { signal } = this.#listeners;
      const fail = (event: Event): void => {
        const details = event instanceof ErrorEvent ? event.message : event.type;
        const message = 'The part of Sotto that reads files stopped unexpectedly. Try again.';
        reject(new SottoError('worker-crashed', message, details));
      };
      worker.addEventListener('error', fail, { signal });
      worker.addEventListener('messageerror', fail, { signal });
    });
    // It may fail between two calls, when nobody waits.
    this.#failed.catch(() => undefined);
    this.api = Comlink.wrap<MediaApi<Blob>>(worker);
  }

  /** An answer, or the worker's failure, or the signal's reason; the worker ends with the latter two. */
  async answer<T>(signal: AbortSignal, call: Promise<T>): Promise<T> {
    const done = new AbortController();
    const aborted = new Promise<never>((_, reject) => {
      const onAbort = (): void => {
        this.end();
        reject(signal.reason as Error);
      };
      if (signal.aborted) onAbort();
      signal.addEventListener('abort', onAbort, { signal: done.signal });
    });
    try {
      return await Promise.race([call, this.#failed, aborted]);
    } finally {
      done.abort();
    }
  }

  end(): void {
    this.#listeners.abort();
    this.#worker.terminate();
  }
}
