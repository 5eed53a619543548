import * as Comlink from 'comlink';
import { unpackResult } from '../core/errors';
import type { LinkApi, LinkInfo } from '../core/link-api';
import { OneFileWorker } from './one-file-worker';

const CRASHED = 'The part of Sotto that fetches links stopped unexpectedly. Try again.';

/** A link that a worker fetches. */
export interface OpenLink {
  readonly info: LinkInfo;
  /** The bytes after the last ones; null at the end. @throws SottoError; the signal's reason when aborted */
  next(signal: AbortSignal): Promise<Uint8Array<ArrayBuffer> | null>;
  /** Ends the worker, and with it the request. */
  close(): void;
}

/** Fetches links, each in a worker of its own: ending the worker is all it takes to end the request. */
export class LinkClient {
  readonly #start: () => Worker;

  constructor(start: () => Worker = startLinkWorker) {
    this.#start = start;
  }

  /** @throws SottoError as `LinkApi.open` says, or 'worker-crashed'; the signal's reason when aborted */
  async open(signal: AbortSignal, url: string): Promise<OpenLink> {
    signal.throwIfAborted();
    const started = this.#start();
    const worker = new OneFileWorker<LinkApi>(started, Comlink.wrap(started), CRASHED);
    try {
      const info = unpackResult(await worker.answer(signal, worker.api.open(url)));
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

function startLinkWorker(): Worker {
  return new Worker(new URL('../../workers/link.worker.ts', import.meta.url), { type: 'module' });
}
