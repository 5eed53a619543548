import type { InferenceSession, Tensor } from 'onnxruntime-web';
import { WINDOW_FRAMES } from '../../src/core/audio-constants';
import { SottoError } from '../../src/core/errors';
import type { ModelConfig } from './model-files';
import type { Runtime } from './runtime';

/** Logits of one decoder call, row by row: [batch, positions, vocabulary]. */
export interface Logits {
  readonly data: Float32Array;
  readonly positions: number;
  readonly vocabulary: number;
}

/** The encoder and merged decoder of one Whisper, as onnxruntime sessions. */
export class WhisperModel {
  private constructor(
    readonly runtime: Runtime,
    readonly config: ModelConfig,
    private readonly encoder: InferenceSession,
    readonly decoder: InferenceSession,
  ) {}

  /**
   * Creates both sessions, one after the other: onnxruntime-web allows no two at once.
   * @throws SottoError 'engine-failed' with onnxruntime's own words as details
   */
  static async open(
    runtime: Runtime,
    config: ModelConfig,
    weights: { encoder: Uint8Array; decoder: Uint8Array },
  ): Promise<WhisperModel> {
    const encoder = await createSession(runtime, weights.encoder, {
      last_hidden_state: 'gpu-buffer',
    });
    try {
      const caches = cacheNames(config).map((name) => [`present.${name}`, 'gpu-buffer'] as const);
      const decoder = await createSession(runtime, weights.decoder, Object.fromEntries(caches));
      return new WhisperModel(runtime, config, encoder, decoder);
    } catch (thrown) {
      await encoder.release();
      throw thrown;
    }
  }

  /**
   * Runs the encoder over one window.
   * @param mel normalised log-mel, [mel bins, 3000]
   * @returns hidden states [1, 1500, d], on the GPU where the model runs there; the caller disposes them
   */
  async encode(mel: Float32Array): Promise<Tensor> {
    const name = this.encoder.inputNames[0]!;
    const shape = [1, this.config.num_mel_bins, WINDOW_FRAMES];
    const input = floatTensor(this.runtime, floatType(this.encoder, name), mel, shape);
    const outputs = await this.encoder.run({ [name]: input });
    input.dispose();
    return outputs.last_hidden_state!;
  }

  async release(): Promise<void> {
    await this.encoder.release();
    await this.decoder.release();
    this.runtime.gpu?.destroy();
  }
}

/** Names of the caches without "present." or "past_key_values.": layer.part.kind. */
export function cacheNames(config: ModelConfig, part?: 'decoder' | 'encoder'): string[] {
  const parts = part ? [part] : (['decoder', 'encoder'] as const);
  return Array.from({ length: config.decoder_layers }, (_, layer) =>
    parts.flatMap((of) => [`${layer}.${of}.key`, `${layer}.${of}.value`]),
  ).flat();
}

/** Element type of a float input: fp16 exports take and give half floats. */
export function floatType(session: InferenceSession, name: string): 'float32' | 'float16' {
  const meta = session.inputMetadata.find((input) => input.name === name);
  return meta?.isTensor && meta.type === 'float16' ? 'float16' : 'float32';
}

/** A float tensor of either width. Half floats are built by the browser's own Float16Array. */
export function floatTensor(
  { ort }: Runtime,
  type: 'float32' | 'float16',
  data: Float32Array,
  dims: readonly number[],
): Tensor {
  if (type === 'float32') return new ort.Tensor('float32', data, dims);
  const halves = new Float16Array(data);
  return new ort.Tensor('float16', new Uint16Array(halves.buffer), dims);
}

async function createSession(
  { ort, device, gpu }: Runtime,
  bytes: Uint8Array,
  onGpu: Readonly<Record<string, 'gpu-buffer'>>,
): Promise<InferenceSession> {
  try {
    return await ort.InferenceSession.create(bytes, {
      executionProviders: [gpu ? { name: 'webgpu', device: gpu } : 'wasm'],
      ...(device === 'webgpu' && { preferredOutputLocation: onGpu }),
      graphOptimizationLevel: 'all',
      logSeverityLevel: 3,
    });
  } catch (thrown) {
    throw new SottoError(
      'engine-failed',
      `The model could not be started on ${device === 'webgpu' ? 'WebGPU' : 'WASM'}. Try another precision or device.`,
      String(thrown),
    );
  }
}
