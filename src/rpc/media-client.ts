import * as Comlink from 'comlink';
import { unpackResult } from '../core/errors';
import type { MediaApi, MediaBlock, MediaInfo } from '../core/media-api';
import { OneFileWorker } from './one-file-worker';

const CRASHED = 'The part of Sotto that reads files stopped unexpectedly. Try again.';

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
    const started = this.#start();
    const worker = new OneFileWorker<MediaApi<Blob>>(started, Comlink.wrap(started), CRASHED);
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
