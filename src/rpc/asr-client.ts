import * as Comlink from 'comlink';
import type { Device, LoadedModel, LoadEvent, LoadRequest, TranscribeEvent } from '../core/asr-api';
import type { AudioOptions } from '../core/audio-options';
import type { DecodingOptions } from '../core/decoding-options';
import { SottoError, unpackResult, type ErrorCode, type RpcResult } from '../core/errors';
import { loadKey } from '../core/load-key';
import type { DecodedSoFar } from '../core/resume-point';
import type { Transcript } from '../core/transcript';
import { IdleTimer } from './idle-timer';
import { ModelWorker, type AsrWorker } from './model-worker';
import { orAbort } from './or-abort';

/** How long a cancelled worker may take to let go before it is ended and started afresh. */
const CANCEL_GRACE_MS = 500;

/** Failures of a transcription after which its worker is not used again. */
const BROKEN: ReadonlySet<ErrorCode> = new Set(['device-lost', 'engine-failed']);

export interface TranscribeRequest {
  /** Loaded first where the worker holds another model or none, so that jobs with different models can queue. */
  readonly model: LoadRequest;
  readonly decoding: Partial<DecodingOptions>;
  readonly audio?: Partial<AudioOptions>;
  /** What an interrupted transcription of the same audio had decoded: this one goes on there, and returns both. */
  readonly soFar?: DecodedSoFar;
}

/**
 * Gives the speech worker one call at a time in the order asked, and replaces it where it is of no more use. Aborting a
 * call rejects it with the signal's reason at once; the next call begins when the worker has let go of the aborted one.
 */
export class AsrClient {
  readonly #worker: ModelWorker;
  /** Where the worker's model runs or is being loaded; null until that is decided. */
  #device: Device | null = null;
  #gpuLoss: string | null = null;
  #queue: Promise<unknown> = Promise.resolve();
  readonly #idle: IdleTimer;
  /** Failures that the worker answered with. */
  readonly #answered = new WeakSet<SottoError>();
  readonly #unloadListeners = new Set<() => void>();

  /** @param idleMs after which an idle worker is ended with its model, asked when work ends; null keeps it */
  constructor(start: () => Worker = startAsrWorker, idleMs: () => number | null = () => null) {
    this.#worker = new ModelWorker(start);
    this.#idle = new IdleTimer(idleMs, () => this.unload());
  }

  /** Why WebGPU was given up on this page; null while it was not. */
  get gpuLoss(): string | null {
    return this.#gpuLoss;
  }

  /** Where the model of the last call runs, or was being loaded when it failed; null where that never got decided. */
  get device(): Device | null {
    return this.#device;
  }

  /** Requests for the device 'auto' mean WASM from now on. */
  giveUpGpu(reason: string): void {
    this.#gpuLoss ??= reason;
  }

  /** Has the idle time count anew, by what it is set to now. */
  restartIdleTime(): void {
    this.#idle.restart();
  }

  /** Ends the worker with its model, unless it is at work. The next call starts a new one and loads again by itself. */
  unload(): void {
    const { running } = this.#worker;
    if (!running || this.#idle.isAtWork) return;
    this.#worker.end(running, 'It was unloaded.');
    for (const listener of this.#unloadListeners) listener();
  }

  /** Calls `listener` whenever the model was unloaded, until the signal aborts. */
  onUnload(signal: AbortSignal, listener: () => void): void {
    this.#unloadListeners.add(listener);
    signal.addEventListener('abort', () => this.#unloadListeners.delete(listener), { once: true });
  }

  /** Makes the model ready. One that is loaded already answers at once. @throws SottoError */
  load(
    signal: AbortSignal,
    request: LoadRequest,
    onEvent: (event: LoadEvent) => void,
  ): Promise<LoadedModel> {
    return this.#inTurn(signal, request, (worker) => this.#load(signal, worker, request, onEvent));
  }

  /** Transcribes mono 16 kHz blocks, whose buffers are transferred away. @throws SottoError */
  transcribe(
    signal: AbortSignal,
    blocks: AsyncIterable<Float32Array<ArrayBuffer>>,
    request: TranscribeRequest,
    onEvent: (event: LoadEvent | TranscribeEvent) => void,
  ): Promise<Transcript> {
    return this.#inTurn(signal, request.model, async (worker) => {
      await this.#load(signal, worker, request.model, onEvent);
      const { decoding, audio, soFar } = request;
      await this.#ask(worker, worker.api.begin(decoding, audio, soFar));
      try {
        for await (const block of blocks) {
          signal.throwIfAborted();
          await this.#ask(worker, worker.api.push(Comlink.transfer(block, [block.buffer])));
        }
        const callback = Comlink.proxy(whileActive(signal, onEvent));
        return await this.#ask(worker, worker.api.finish(callback));
      } catch (thrown) {
        // Audio that fails half way leaves a job open in the worker; the next one would be told 'busy'.
        if (this.#worker.running === worker)
          await worker.answer(worker.api.cancel()).catch(() => undefined);
        throw thrown;
      }
    });
  }

  /** Ends the worker. Calls in progress fail; a later call starts a new one. */
  dispose(): void {
    this.#worker.end(this.#worker.running, 'The client was disposed.');
  }

  #inTurn<T>(
    signal: AbortSignal,
    model: LoadRequest,
    call: (worker: AsrWorker) => Promise<T>,
  ): Promise<T> {
    this.#idle.begin();
    const turn = this.#queue.then(() => this.#run(signal, model, call));
    this.#queue = turn.catch(() => undefined).finally(() => this.#idle.end());
    return orAbort(signal, turn);
  }

  async #run<T>(
    signal: AbortSignal,
    model: LoadRequest,
    call: (worker: AsrWorker) => Promise<T>,
  ): Promise<T> {
    signal.throwIfAborted();
    const worker = this.#worker.forModel(loadKey(this.#withoutLostGpu(model)));
    if (!this.#worker.hasLoaded) this.#device = null;
    let graceTimer: ReturnType<typeof setTimeout> | undefined;
    const onAbort = (): void => {
      worker.api.cancel().catch(() => undefined);
      graceTimer = setTimeout(
        () => this.#worker.end(worker, 'It did not stop in time.'),
        CANCEL_GRACE_MS,
      );
    };
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      return await Promise.race([call(worker), worker.ended]);
    } catch (thrown) {
      // After an abort it is the signal's reason that counts.
      throw signal.aborted ? thrown : this.#settleFailure(worker, thrown);
    } finally {
      signal.removeEventListener('abort', onAbort);
      clearTimeout(graceTimer);
    }
  }

  /** An answer of the worker, whose failures are told from those of the audio. */
  async #ask<T>(worker: AsrWorker, call: Promise<RpcResult<T>>): Promise<T> {
    const result = await worker.answer(call);
    try {
      return unpackResult(result);
    } catch (thrown) {
      this.#answered.add(thrown as SottoError);
      throw thrown;
    }
  }

  /** What a failed call says. Ends a worker that is of no more use, and gives WebGPU up where that failed. */
  #settleFailure(worker: AsrWorker, thrown: unknown): unknown {
    if (thrown instanceof SottoError && this.#answered.has(thrown)) {
      if (!this.#worker.hasLoaded || BROKEN.has(thrown.code))
        this.#worker.end(worker, thrown.details);
      if (thrown.code === 'device-lost') this.giveUpGpu(thrown.details);
      return thrown;
    }
    if (worker.crash === null || thrown !== worker.crash || this.#device !== 'webgpu')
      return thrown;
    // On WebGPU it has most likely run out of memory.
    const { message, details } = worker.crash;
    this.giveUpGpu(details);
    return new SottoError('device-lost', message, details);
  }

  async #load(
    signal: AbortSignal,
    worker: AsrWorker,
    request: LoadRequest,
    onEvent: (event: LoadEvent) => void,
  ): Promise<LoadedModel> {
    const tell = (event: LoadEvent): void => {
      if (event.kind === 'session') this.#device = event.device;
      if (!signal.aborted) onEvent(event);
    };
    const asked = this.#withoutLostGpu(request);
    const loaded = await this.#ask(worker, worker.api.load(asked, Comlink.proxy(tell)));
    this.#worker.noteLoaded(worker, loadKey(asked));
    this.#device = loaded.device;
    signal.throwIfAborted();
    return loaded;
  }

  #withoutLostGpu(request: LoadRequest): LoadRequest {
    const isLost = this.#gpuLoss !== null && request.device === 'auto';
    return isLost ? { ...request, device: 'wasm' } : request;
  }
}

function startAsrWorker(): Worker {
  return new Worker(new URL('../../workers/asr.worker.ts', import.meta.url), { type: 'module' });
}

/** Events still on their way when a call was aborted reach nobody. */
function whileActive<E>(signal: AbortSignal, onEvent: (event: E) => void): (event: E) => void {
  return (event) => {
    if (!signal.aborted) onEvent(event);
  };
}
