import type { AudioOptions } from './audio-options';
import type { Stretch } from './coverage';
import type { DecodingOptions } from './decoding-options';
import type { RpcResult } from './errors';
import type { Precision } from './precisions';
import type { DecodedSoFar, ResumePoint } from './resume-point';
import type { Segment, Transcript } from './transcript';
import type { SpeechRegion } from './voice-activity';

/** Where a model runs. */
export type Device = 'wasm' | 'webgpu';

/** Where the files of a model are, in the Hugging Face layout (config.json, tokenizer.json, onnx/…). */
export type ModelSource =
  /** A folder of a server: an absolute URL that ends in "/". */
  | { readonly kind: 'folder'; readonly baseUrl: string }
  /** In the model store, under this id. */
  | { readonly kind: 'stored'; readonly id: string }
  /** In the memory of this page, where the browser refuses storage; `id` is its name in the store. */
  | { readonly kind: 'blobs'; readonly id: string; readonly files: readonly FileInMemory[] };

/** A file that is at hand as a Blob; this layer has no name for that. */
export interface FileInMemory {
  readonly path: string;
  readonly sha256: string | null;
  readonly blob: { readonly size: number; arrayBuffer(): Promise<ArrayBuffer> };
}

/** Which model to run, and how. */
export interface LoadRequest {
  /** Name shown to people and written into files. */
  readonly name: string;
  readonly source: ModelSource;
  /** 'auto' takes WebGPU where a real device opens, else WASM. */
  readonly device: Device | 'auto';
  /** 'auto' takes the best precision known to be right for the device. */
  readonly precision: Precision | 'auto';
  /** WASM threads; null means as many as help here. One is used where the page is not isolated. */
  readonly threads: number | null;
}

/** What was loaded, with every "auto" decided. */
export interface LoadedModel {
  readonly name: string;
  readonly device: Device;
  readonly precision: Precision;
  readonly threads: number;
  readonly multilingual: boolean;
  /** Language codes that the model knows, in the order of its tokens. */
  readonly languages: readonly string[];
  /** Size of the ONNX files in bytes. */
  readonly sizeBytes: number;
  /** Every file that was read, with its SHA-256 in hex; null where the browser computes none. */
  readonly files: readonly ModelFile[];
}

export interface ModelFile {
  readonly path: string;
  readonly sha256: string | null;
}

export type LoadEvent =
  | {
      readonly kind: 'download';
      readonly file: string;
      readonly loadedBytes: number;
      readonly totalBytes: number;
    }
  /** A graph has been read and is being made ready, which takes most of the memory. */
  | { readonly kind: 'session'; readonly file: string; readonly device: Device };

/** The device is gone, or the engine crashed on it: what was begun goes on on WASM after its last finished window. */
export interface DeviceLost {
  readonly kind: 'device-lost';
  /** 'wasm' where it was no device that failed, but the engine as a whole. */
  readonly from: Device;
  readonly to: 'wasm';
  /** Technical text, for the folded details. */
  readonly reason: string;
}

/** What a running transcription tells, in order. Times are seconds in the source. */
export type TranscribeEvent =
  /** All audio is in: what a waveform shows of it. */
  | {
      readonly kind: 'audio';
      /** Largest absolute sample of each stretch of 1 / peaksPerSec seconds. */
      readonly peaks: Float32Array;
      readonly peaksPerSec: number;
      /** Where speech was detected, unpadded. */
      readonly speech: readonly SpeechRegion[];
    }
  /** The language is known; probabilities are null where it was given rather than detected. */
  | {
      readonly kind: 'language';
      readonly language: string;
      readonly probabilities: Readonly<Record<string, number>> | null;
    }
  /** A window begins to be decoded. `window` counts from 1; `windows` is an estimate of how many there are. */
  | {
      readonly kind: 'window';
      readonly window: number;
      readonly windows: number;
      readonly startSec: number;
      readonly durationSec: number;
    }
  /** The text of the window in progress, still undecided. */
  | { readonly kind: 'partial'; readonly text: string }
  /** A window is settled: its segments, final, what became of its audio, and how far into the source all is decided. */
  | {
      readonly kind: 'segments';
      readonly segments: readonly Segment[];
      readonly coverage: readonly Stretch[];
      readonly doneSec: number;
      readonly durationSec: number;
      /** The state after this window. */
      readonly point: ResumePoint;
    };

/**
 * The contract between the window and the speech worker.
 *
 * One job at a time: `begin`, then `push` for each block of audio, then `finish`. `cancel` ends the job
 * wherever it is; `finish` then returns the error 'aborted'. The worker holds one model, loaded by `load`.
 * 'device-lost' says that WebGPU is gone or failed: the worker is of no more use then.
 */
export interface AsrApi {
  /** Loads a model, replacing the one loaded before. A request equal to the last one returns at once. */
  load(request: LoadRequest, onEvent: (event: LoadEvent) => void): Promise<RpcResult<LoadedModel>>;

  /**
   * Starts a job.
   * @param soFar what an interrupted job over the same audio had decoded: this one goes on there, and its transcript
   *   holds both. All of the audio is pushed again.
   * @returns 'busy' while another runs, 'bad-option' for options that mean nothing
   */
  begin(
    options: Partial<DecodingOptions>,
    audio?: Partial<AudioOptions>,
    soFar?: DecodedSoFar,
  ): Promise<RpcResult<null>>;

  /** Appends mono samples at 16 kHz in [-1, 1] (transfer the buffer). */
  push(samples: Float32Array<ArrayBuffer>): Promise<RpcResult<null>>;

  /** All audio has been pushed: decodes it and tells of its progress. */
  finish(onEvent: (event: TranscribeEvent) => void): Promise<RpcResult<Transcript>>;

  /** Ends the job within one decoder step. Nothing happens where none runs. */
  cancel(): Promise<void>;

  /** Frees the model and its device. */
  unload(): Promise<void>;
}
