import { SottoError } from '../core/errors';

/** One running worker that serves one file and is ended with it. */
export class OneFileWorker<Api> {
  readonly #worker: Worker;
  readonly #listeners = new AbortController();
  readonly #failed: Promise<never>;

  /** @param crashed what a person reads when it stops unexpectedly */
  constructor(
    worker: Worker,
    readonly api: Api,
    crashed: string,
  ) {
    this.#worker = worker;
    this.#failed = new Promise<never>((_, reject) => {
      const { signal } = this.#listeners;
      const fail = (event: Event): void => {
        const details = event instanceof ErrorEvent ? event.message : event.type;
        reject(new SottoError('worker-crashed', crashed, details));
      };
      worker.addEventListener('error', fail, { signal });
      worker.addEventListener('messageerror', fail, { signal });
    });
    // It may fail between two calls, when nobody waits.
    this.#failed.catch(() => undefined);
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
