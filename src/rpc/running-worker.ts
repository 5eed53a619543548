import * as Comlink from 'comlink';
import { SottoError } from '../core/errors';

/** One running worker behind a contract: its API, and a promise that says when it is gone. */
export class RunningWorker<Api> {
  /** A contract's calls are all asynchronous, so that the far side has the contract's own type. */
  readonly api: Api;
  /** Rejects with 'worker-crashed' once the worker has failed or was ended; never resolves. */
  readonly ended: Promise<never>;
  /** What `ended` rejects with where it failed by itself; null while it runs, and where it was ended. */
  crash: SottoError | null = null;
  readonly #worker: Worker;
  readonly #listeners = new AbortController();
  #end!: (reason: SottoError) => void;

  /** @param crashMessage what people are told when it fails */
  constructor(
    worker: Worker,
    private readonly crashMessage: string,
  ) {
    this.#worker = worker;
    this.ended = new Promise<never>((_, reject) => (this.#end = reject));
    // Between two calls nobody waits for it.
    this.ended.catch(() => undefined);
    const { signal } = this.#listeners;
    worker.addEventListener('error', (event) => this.#fail(describe(event)), { signal });
    worker.addEventListener('messageerror', () => this.#fail('A message could not be read.'), {
      signal,
    });
    this.api = Comlink.wrap<Api>(worker) as Api;
  }

  /** Awaits an answer of the worker, or its end. */
  answer<T>(call: Promise<T>): Promise<T> {
    return Promise.race([call, this.ended]);
  }

  end(details: string): void {
    this.#finish(new SottoError('worker-crashed', this.crashMessage, details));
  }

  #fail(details: string): void {
    this.crash = new SottoError('worker-crashed', this.crashMessage, details);
    this.#finish(this.crash);
  }

  #finish(reason: SottoError): void {
    this.#listeners.abort();
    this.#worker.terminate();
    this.#end(reason);
  }
}

function describe(event: ErrorEvent): string {
  if (!event.message) return 'The worker could not be started.';
  return `${event.message} (${event.filename}:${String(event.lineno)})`;
}
