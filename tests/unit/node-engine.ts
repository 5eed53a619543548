import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as ort from 'onnxruntime-web/wasm';
import type { TranscribeEvent } from '../../src/core/asr-api';
import type { Dtype } from '../../src/core/precisions';
import { DEFAULT_AUDIO, type AudioOptions } from '../../src/core/audio-options';
import { resolveDecoding, type DecodingOptions } from '../../src/core/decoding-options';
import { weightPaths } from '../../src/core/precisions';
import type { DecodedSoFar } from '../../src/core/resume-point';
import type { Transcript } from '../../src/core/transcript';
import { IncomingAudio, type HeardRecording } from '../../workers/asr/incoming-audio';
import { MelSpectrum } from '../../workers/asr/mel';
import type { ModelDescription } from '../../workers/asr/model-files';
import type { Runtime } from '../../workers/asr/runtime';
import { WhisperTokenizer } from '../../workers/asr/tokenizer';
import { transcribe } from '../../workers/asr/transcribe';
import { SileroDetector } from '../../workers/asr/voice-detector';
import { WhisperModel } from '../../workers/asr/whisper-model';
import { encodeOnce, Once } from '../once';
import { readFlac } from './flac';

ort.env.wasm.numThreads = 1;
const WASM: Runtime = { ort, device: 'wasm', gpu: null, threads: 1, streams: false };

/**
 * A model folder on onnxruntime's WASM build, run by Node: the same code as in the worker. What it has heard or encoded
 * once it does not compute again: tests decode the same few recordings in many ways.
 */
export class NodeEngine {
  private readonly heard = {
    asRecorded: new Once<HeardRecording>(),
    normalized: new Once<HeardRecording>(),
  };

  private constructor(
    readonly model: WhisperModel,
    readonly tokenizer: WhisperTokenizer,
    readonly detector: SileroDetector,
  ) {}

  static async open(
    dtype: Dtype = 'fp32',
    folder = fileURLToPath(new URL('../../public/models/sotto-demo/', import.meta.url)),
  ): Promise<NodeEngine> {
    const description = describeModel(folder);
    const [encoder, decoder] = weightPaths({ encoder: dtype, decoder: dtype });
    const paths = { encoder, decoder };
    const model = await WhisperModel.open(WASM, description, async (part) => {
      return { graph: readFileSync(folder + paths[part]), externalData: [] };
    });
    encodeOnce(model);
    const detector = await openDetector();
    return new NodeEngine(model, createTokenizer(description), detector);
  }

  /** Transcribes a file of tests/fixtures/audio. */
  async transcribe(
    name: string,
    options: Partial<DecodingOptions> = {},
    onEvent: (event: TranscribeEvent) => void = () => undefined,
  ): Promise<Transcript> {
    return this.transcribeSamples(await readFlac(name), options, onEvent);
  }

  /** Transcribes mono samples at 16 kHz. */
  async transcribeSamples(
    samples: Float32Array,
    options: Partial<DecodingOptions> = {},
    onEvent: (event: TranscribeEvent) => void = () => undefined,
    audio: Partial<AudioOptions> = {},
    soFar: DecodedSoFar | null = null,
  ): Promise<Transcript> {
    const { model, tokenizer } = this;
    const settled = { ...DEFAULT_AUDIO, ...audio };
    const heard = this.heard[settled.normalizeLoudness ? 'normalized' : 'asRecorded'];
    const decoding = resolveDecoding(options);
    return transcribe(
      { model, tokenizer, options: decoding, audio: settled, onEvent, checkpoint },
      await heard.of(samples, () => this.hear(samples, settled)),
      soFar,
    );
  }

  private async hear(samples: Float32Array, audio: AudioOptions): Promise<HeardRecording> {
    const spectrum = new MelSpectrum(this.model.config.num_mel_bins);
    const incoming = new IncomingAudio(spectrum, this.detector, audio, checkpoint);
    await incoming.push(samples);
    return incoming.finish();
  }
}

const checkpoint = (): Promise<void> => Promise.resolve();

/** Silero from the package that ships it. */
export function openDetector(): Promise<SileroDetector> {
  const weights = new URL(
    '../../node_modules/@ricky0123/vad-web/dist/silero_vad_v5.onnx',
    import.meta.url,
  );
  return SileroDetector.open(WASM, readFileSync(weights));
}

/** The JSON files of a model folder on disk. */
export function describeModel(folder: string): ModelDescription {
  const read = (file: string): never => JSON.parse(readFileSync(folder + file, 'utf8')) as never;
  return {
    config: read('config.json'),
    generation: read('generation_config.json'),
    tokenizer: read('tokenizer.json'),
    tokenizerConfig: read('tokenizer_config.json'),
  };
}

export function createTokenizer({
  tokenizer,
  tokenizerConfig,
  config,
  generation,
}: ModelDescription): WhisperTokenizer {
  return new WhisperTokenizer(tokenizer, tokenizerConfig, config, generation);
}
