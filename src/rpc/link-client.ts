import type { LinkApi, LinkInfo } from '../core/link-api';
import { openInWorker, type OpenInWorker } from './one-file-worker';

const CRASHED = 'The part of Sotto that fetches links stopped unexpectedly. Try again.';

/** A link that a worker fetches: bytes after the last ones, null at the end. */
export type OpenLink = OpenInWorker<LinkInfo, Uint8Array<ArrayBuffer> | null>;

/** Fetches links, each in a worker of its own. */
export class LinkClient {
  readonly #start: () => Worker;

  constructor(start: () => Worker = startLinkWorker) {
    this.#start = start;
  }

  /** @throws SottoError as `LinkApi.open` says, or 'worker-crashed'; the signal's reason when aborted */
  async open(signal: AbortSignal, url: string): Promise<OpenLink> {
    signal.throwIfAborted();
    return openInWorker<LinkApi, LinkInfo, Uint8Array<ArrayBuffer> | null>(
      signal,
      this.#start(),
      (api) => ({ open: () => api.open(url), next: () => api.next() }),
      CRASHED,
    );
  }
}

function startLinkWorker(): Worker {
  return new Worker(new URL('../../workers/link.worker.ts', import.meta.url), { type: 'module' });
}
