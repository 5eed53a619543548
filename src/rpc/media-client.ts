import type { MediaApi, MediaBlock, MediaInfo } from '../core/media-api';
import { openInWorker, type OpenInWorker } from './one-file-worker';

const CRASHED = 'The part of Sotto that reads files stopped unexpectedly. Try again.';

/** A file that a media worker has open; the block of kind 'end' is the last. */
export type OpenMedia = OpenInWorker<MediaInfo, MediaBlock>;

/** Opens media files, each in a worker of its own. */
export class MediaClient {
  readonly #start: () => Worker;

  constructor(start: () => Worker = startMediaWorker) {
    this.#start = start;
  }

  /** @throws SottoError as `MediaApi.open` says, or 'worker-crashed'; the signal's reason when aborted */
  async open(signal: AbortSignal, file: Blob): Promise<OpenMedia> {
    signal.throwIfAborted();
    return openInWorker<MediaApi<Blob>, MediaInfo, MediaBlock>(
      signal,
      this.#start(),
      (api) => ({ open: () => api.open(file), next: () => api.next() }),
      CRASHED,
    );
  }
}

function startMediaWorker(): Worker {
  return new Worker(new URL('../../workers/media.worker.ts', import.meta.url), { type: 'module' });
}
