import type { AsrApi } from '../core/asr-api';
import { RunningWorker } from './running-worker';

export type AsrWorker = RunningWorker<AsrApi>;

const CRASHED = 'The transcription engine stopped unexpectedly. Try again.';

/**
 * The one speech worker, and the model that it holds. A worker loads once: after a failed load, for another model and
 * after a crash a new one takes its place. Memory of wasm never shrinks, its threads are counted once, and a session
 * that failed poisons the next.
 */
export class ModelWorker {
  #running: AsrWorker | null = null;
  #held: string | null = null;

  constructor(private readonly start: () => Worker) {}

  /** null where none has been started, or the last one is gone. */
  get running(): AsrWorker | null {
    return this.#running;
  }

  /** Whether it holds a model. */
  get hasLoaded(): boolean {
    return this.#held !== null;
  }

  /** The worker that holds a model, or a new one. @param key of the model's request */
  forModel(key: string): AsrWorker {
    if (this.#held !== key) this.end(this.#running, 'Another model takes its place.');
    return (this.#running ??= this.#startWorker());
  }

  /** Notes that the worker has loaded a model. */
  noteLoaded(worker: AsrWorker, key: string): void {
    if (this.#running === worker) this.#held = key;
  }

  /** Ends a worker, this one or one before it. Its calls in progress fail. */
  end(worker: AsrWorker | null, details: string): void {
    if (!worker) return;
    this.#forget(worker);
    worker.end(details);
  }

  #startWorker(): AsrWorker {
    const worker: AsrWorker = new RunningWorker(this.start(), CRASHED);
    worker.ended.catch(() => this.#forget(worker));
    return worker;
  }

  #forget(worker: AsrWorker): void {
    if (this.#running !== worker) return;
    this.#running = null;
    this.#held = null;
  }
}
