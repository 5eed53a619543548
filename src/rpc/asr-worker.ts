import * as Comlink from 'comlink';
import type { AsrApi } from '../core/asr-api';
import { SottoError } from '../core/errors';

/** One running speech worker: its API, and a promise that says when it is gone. */
export class AsrWorker {
  readonly api: AsrApi;
  /** Rejects with 'worker-crashed' once the worker has failed or was ended; never resolves. */
  readonly ended: Promise<never>;
  #worker: Worker;
  #end!: (reason: SottoError) => void;
  #listeners = new AbortController();

  constructor(worker: Worker) {
    this.#worker = worker;
    this.ended = new Promise<never>((_, reject) => (this.#end = reject));
    // Whoever runs a call waits on `ended`; between calls nobody does, and that is no unhandled rejection.
    this.ended.catch(() => undefined);
    const { signal } = this.#listeners;
    worker.addEventListener('error', (event) => this.end(describe(event)), { signal });
    worker.addEventListener('messageerror', () => this.end('A message could not be read.'), {
      signal,
    });
    this.api = Comlink.wrap<AsrApi>(worker);
  }

  /** Awaits an answer of the worker, or its end. */
  answer<T>(call: Promise<T>): Promise<T> {
    return Promise.race([call, this.ended]);
  }

  end(details: string): void {
    this.#listeners.abort();
    this.#worker.terminate();
    const message = 'The transcription engine stopped unexpectedly. Try again.';
    this.#end(new SottoError('worker-crashed', message, details));
  }
}

function describe(event: ErrorEvent): string {
  if (!event.message) return 'The worker could not be started.';
  return `${event.message} (${event.filename}:${String(event.lineno)})`;
}
