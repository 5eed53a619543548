import * as Comlink from 'comlink';
import { SottoError } from '../core/errors';

/** One running worker behind a contract: its API, and a promise that says when it is gone. */
export class RunningWorker<Api> {
  readonly api: Comlink.Remote<Api>;
  /** Rejects with 'worker-crashed' once the worker has failed or was ended; never resolves. */
  readonly ended: Promise<never>;
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
    const fail = (event: Event): void =>
      this.end(event instanceof ErrorEvent ? event.message : event.type);
    worker.addEventListener('error', fail, { signal });
    worker.addEventListener('messageerror', fail, { signal });
    this.api = Comlink.wrap<Api>(worker);
  }

  /** Awaits an answer of the worker, or its end. */
  answer<T>(call: Promise<T>): Promise<T> {
    return Promise.race([call, this.ended]);
  }

  end(details: string): void {
    this.#listeners.abort();
    this.#worker.terminate();
    this.#end(new SottoError('worker-crashed', this.crashMessage, details));
  }
}
