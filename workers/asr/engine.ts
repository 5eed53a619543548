import type {
  AsrApi,
  LoadedModel,
  LoadEvent,
  LoadRequest,
  TranscribeEvent,
} from '../../src/core/asr-api';
import { DEFAULT_AUDIO, type AudioOptions } from '../../src/core/audio-options';
import { resolveDecoding, type DecodingOptions } from '../../src/core/decoding-options';
import { packResult, SottoError, type RpcResult } from '../../src/core/errors';
import { loadKey } from '../../src/core/load-key';
import type { DecodedSoFar } from '../../src/core/resume-point';
import type { Transcript } from '../../src/core/transcript';
import { IncomingAudio } from './incoming-audio';
import { loadModel, type Loaded } from './load-model';
import { ToldInOrder } from '../told-in-order';
import { transcribe } from './transcribe';

/** Longest stretch of work before other messages (a cancel) are let in. */
const BREATH_INTERVAL_MS = 30;

interface Job {
  readonly incoming: IncomingAudio;
  readonly options: DecodingOptions;
  readonly audio: AudioOptions;
  readonly soFar: DecodedSoFar | null;
  readonly loaded: Loaded;
  cancelled: boolean;
  /** Settles when the call in progress has ended, however it ended. */
  work: Promise<unknown>;
}

/** The speech engine behind AsrApi: one model, one job at a time. */
export class Engine implements AsrApi {
  private loaded: Loaded | null = null;
  private job: Job | null = null;
  private breathedAt = 0;

  load(request: LoadRequest, onEvent: (event: LoadEvent) => void): Promise<RpcResult<LoadedModel>> {
    return packResult(async () => {
      const key = loadKey(request);
      const lost = (this.loaded?.gpu.reason ?? null) !== null;
      if (this.loaded?.key === key && !lost) return this.loaded.summary;
      this.refuseWhileBusy();
      // What was lost once is not tried again but by somebody who insists.
      if (lost && request.device === 'auto') throw this.loaded!.gpu.failure();
      await this.unload();
      const events = new ToldInOrder(onEvent);
      this.loaded = await loadModel(key, request, events.tell);
      await events.arrival();
      return this.loaded.summary;
    });
  }

  begin(
    options: Partial<DecodingOptions>,
    audio: Partial<AudioOptions> = {},
    soFar: DecodedSoFar | null = null,
  ): Promise<RpcResult<null>> {
    return packResult(() => {
      this.refuseWhileBusy();
      if (!this.loaded) throw new SottoError('bad-request', 'No model is loaded. Load one first.');
      const { loaded } = this;
      const { spectrum, detector } = loaded;
      const resolved = { ...DEFAULT_AUDIO, ...audio };
      const job: Job = {
        incoming: new IncomingAudio(spectrum, detector, resolved, () => this.breathe(job)),
        options: resolveDecoding(options),
        audio: resolved,
        soFar,
        loaded,
        cancelled: false,
        work: Promise.resolve(),
      };
      this.job = job;
      return null;
    });
  }

  push(samples: Float32Array<ArrayBuffer>): Promise<RpcResult<null>> {
    return this.working(async ({ incoming }) => {
      await incoming.push(samples);
      return null;
    });
  }

  finish(onEvent: (event: TranscribeEvent) => void): Promise<RpcResult<Transcript>> {
    return this.working(async (job) => {
      const events = new ToldInOrder(onEvent);
      const transcript = await this.decode(job, events.tell);
      await events.arrival();
      return transcript;
    });
  }

  async cancel(): Promise<void> {
    const job = this.job;
    if (!job) return;
    job.cancelled = true;
    // onnxruntime runs one session at a time: the next job has to wait for the step in flight.
    await job.work;
    if (this.job === job) this.job = null;
  }

  async unload(): Promise<void> {
    const loaded = this.loaded;
    this.loaded = null;
    await loaded?.detector.release();
    await loaded?.model.release();
  }

  private async decode(job: Job, onEvent: (event: TranscribeEvent) => void): Promise<Transcript> {
    try {
      const { options, audio, soFar } = job;
      const heard = await job.incoming.finish();
      const { model, tokenizer, gpu } = job.loaded;
      const checkpoint = (): Promise<void> => this.breathe(job);
      const parts = { model, tokenizer, options, audio, onEvent, checkpoint };
      return await gpu.over(transcribe(parts, heard, soFar));
    } finally {
      if (this.job === job) this.job = null;
    }
  }

  private working<T>(task: (job: Job) => Promise<T>): Promise<RpcResult<T>> {
    const job = this.job;
    const work = packResult(() => task(this.currentJob()));
    if (job) job.work = work;
    return work;
  }

  private refuseWhileBusy(): void {
    if (this.job)
      throw new SottoError('busy', 'A transcription is running. Wait for it or stop it first.');
  }

  private currentJob(): Job {
    if (!this.job || this.job.cancelled)
      throw new SottoError('aborted', 'The transcription was stopped.');
    return this.job;
  }

  /** WASM inference never returns to the event loop by itself; a message gets in only through a task. */
  private async breathe(job: Job): Promise<void> {
    if (performance.now() - this.breathedAt > BREATH_INTERVAL_MS) {
      await nextTask();
      this.breathedAt = performance.now();
    }
    if (job.cancelled) throw new SottoError('aborted', 'The transcription was stopped.');
  }
}

/** Resolves in a task of its own, after messages that wait already. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
