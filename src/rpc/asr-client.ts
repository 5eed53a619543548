import * as Comlink from 'comlink';
import type { AsrApi, LoadedModel, LoadEvent, LoadRequest, TranscribeEvent } from '../core/asr-api';
import type { AudioOptions } from '../core/audio-options';
import type { DecodingOptions } from '../core/decoding-options';
import { unpackResult } from '../core/errors';
import type { DecodedSoFar } from '../core/resume-point';
import type { Transcript } from '../core/transcript';
import { RunningWorker } from './running-worker';

/** How long a cancelled worker may take to let go before it is ended and started afresh. */
const CANCEL_GRACE_MS = 500;

type AsrWorker = RunningWorker<AsrApi>;

const CRASHED = 'The transcription engine stopped unexpectedly. Try again.';

export interface TranscribeRequest {
  /** Loaded first where the worker holds another model or none, so that jobs with different models can queue. */
  readonly model: LoadRequest;
  readonly decoding: Partial<DecodingOptions>;
  readonly audio?: Partial<AudioOptions>;
  /** What an interrupted transcription of the same audio had decoded: this one goes on there, and returns both. */
  readonly soFar?: DecodedSoFar;
}

/**
 * Owns the speech worker: starts it when first needed, gives it one call at a time in the order asked,
 * and replaces it after a crash. Aborting a call rejects it with the signal's reason at once; the next call
 * begins when the worker has let go of the aborted one.
 */
export class AsrClient {
  #worker: AsrWorker | null = null;
  #queue: Promise<unknown> = Promise.resolve();
  readonly #start: () => Worker;

  constructor(start: () => Worker = startAsrWorker) {
    this.#start = start;
  }

  /** Makes the model ready. One that is loaded already answers at once. @throws SottoError */
  load(
    signal: AbortSignal,
    request: LoadRequest,
    onEvent: (event: LoadEvent) => void,
  ): Promise<LoadedModel> {
    return this.#inTurn(signal, (worker) => loadModel(signal, worker, request, onEvent));
  }

  /** Transcribes mono 16 kHz blocks, whose buffers are transferred away. @throws SottoError */
  transcribe(
    signal: AbortSignal,
    blocks: AsyncIterable<Float32Array<ArrayBuffer>>,
    request: TranscribeRequest,
    onEvent: (event: LoadEvent | TranscribeEvent) => void,
  ): Promise<Transcript> {
    return this.#inTurn(signal, async (worker) => {
      await loadModel(signal, worker, request.model, onEvent);
      unpackResult(
        await worker.answer(worker.api.begin(request.decoding, request.audio, request.soFar)),
      );
      try {
        for await (const block of blocks) {
          signal.throwIfAborted();
          const pushed = worker.api.push(Comlink.transfer(block, [block.buffer]));
          unpackResult(await worker.answer(pushed));
        }
        const callback = Comlink.proxy(whileActive(signal, onEvent));
        return unpackResult(await worker.answer(worker.api.finish(callback)));
      } catch (thrown) {
        // Audio that fails half way leaves a job open in the worker; the next one would be told 'busy'.
        if (this.#worker === worker)
          await worker.answer(worker.api.cancel()).catch(() => undefined);
        throw thrown;
      }
    });
  }

  /** Ends the worker. Calls in progress fail; a later call starts a new one. */
  dispose(): void {
    this.#drop(this.#worker, 'The client was disposed.');
  }

  #inTurn<T>(signal: AbortSignal, call: (worker: AsrWorker) => Promise<T>): Promise<T> {
    const turn = this.#queue.then(() => this.#run(signal, call));
    this.#queue = turn.catch(() => undefined);
    return orAbort(signal, turn);
  }

  async #run<T>(signal: AbortSignal, call: (worker: AsrWorker) => Promise<T>): Promise<T> {
    signal.throwIfAborted();
    const worker = (this.#worker ??= this.#startWorker());
    let graceTimer: ReturnType<typeof setTimeout> | undefined;
    const onAbort = (): void => {
      worker.api.cancel().catch(() => undefined);
      graceTimer = setTimeout(
        () => this.#drop(worker, 'It did not stop in time.'),
        CANCEL_GRACE_MS,
      );
    };
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      return await Promise.race([call(worker), worker.ended]);
    } finally {
      signal.removeEventListener('abort', onAbort);
      clearTimeout(graceTimer);
    }
  }

  #startWorker(): AsrWorker {
    const worker: AsrWorker = new RunningWorker(this.#start(), CRASHED);
    worker.ended.catch(() => this.#forget(worker));
    return worker;
  }

  #drop(worker: AsrWorker | null, details: string): void {
    if (!worker) return;
    this.#forget(worker);
    worker.end(details);
  }

  #forget(worker: AsrWorker): void {
    if (this.#worker === worker) this.#worker = null;
  }
}

function startAsrWorker(): Worker {
  return new Worker(new URL('../../workers/asr.worker.ts', import.meta.url), { type: 'module' });
}

async function loadModel(
  signal: AbortSignal,
  worker: AsrWorker,
  request: LoadRequest,
  onEvent: (event: LoadEvent) => void,
): Promise<LoadedModel> {
  const callback = Comlink.proxy(whileActive(signal, onEvent));
  const loaded = unpackResult(await worker.answer(worker.api.load(request, callback)));
  signal.throwIfAborted();
  return loaded;
}

/** Events still on their way when a call was aborted reach nobody. */
function whileActive<E>(signal: AbortSignal, onEvent: (event: E) => void): (event: E) => void {
  return (event) => {
    if (!signal.aborted) onEvent(event);
  };
}

/** Rejects with the signal's reason as soon as it aborts, whether or not `work` has settled. */
function orAbort<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason as Error);
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    work
      .then(resolve, (thrown: unknown) => {
        reject((signal.aborted ? signal.reason : thrown) as Error);
      })
      .finally(() => signal.removeEventListener('abort', onAbort));
  });
}
