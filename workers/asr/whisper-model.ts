import type { InferenceSession, Tensor } from 'onnxruntime-web';
import { WINDOW_FRAMES } from '../../src/core/audio-constants';
import { SottoError } from '../../src/core/errors';
import { alignmentHeads, type AlignmentHeads } from './alignment-heads';
import type { ModelConfig, ModelDescription } from './model-files';
import type { GraphPart } from './model-weights';
import type { GraphWeights } from './split-graph';
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
    private readonly alignmentHeads: AlignmentHeads,
    private readonly encoder: InferenceSession,
    readonly decoder: InferenceSession,
  ) {}

  /**
   * Creates both sessions, one after the other: onnxruntime-web allows no two at once, and one graph's bytes can go
   * before the other's come.
   * @param read gives one graph, and keeps nothing of it
   * @throws SottoError 'engine-failed' with onnxruntime's own words as details
   */
  static async open(
    runtime: Runtime,
    { config, generation }: Pick<ModelDescription, 'config' | 'generation'>,
    read: (part: GraphPart) => Promise<GraphWeights>,
  ): Promise<WhisperModel> {
    const encoder = await createSession(runtime, await read('encoder'), {
      last_hidden_state: 'gpu-buffer',
    });
    try {
      const caches = cacheNames(config).map((name) => [`present.${name}`, 'gpu-buffer'] as const);
      const decoder = await createSession(
        runtime,
        await read('decoder'),
        Object.fromEntries(caches),
      );
      const heads = alignmentHeads(config, generation);
      return new WhisperModel(runtime, config, heads, encoder, decoder);
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

  /** Whether the decoder gives its cross-attention (the *_timestamped exports do). */
  get hasCrossAttention(): boolean {
    return this.decoder.outputNames.includes('cross_attentions.0');
  }

  /**
   * Feeds a whole text at once and returns how it was read.
   * @param features the encoder's output. @param tokens start sequence, text and end
   * @returns logits [tokens, vocabulary], and per alignment head its attention [tokens, 1500]
   */
  async readBack(
    features: Tensor,
    tokens: readonly number[],
  ): Promise<{ logits: Float32Array; attentions: Float32Array[] }> {
    const layers = [...new Set(this.alignmentHeads.map(([layer]) => layer))];
    const names = layers.map((layer) => `cross_attentions.${layer}`);
    const outputs = await runFirst(this, features, [tokens], ['logits', ...names]);
    const logits = await floatsOf(outputs.logits!);
    const byLayer = new Map<number, Float32Array>();
    for (const layer of layers)
      byLayer.set(layer, await floatsOf(outputs[`cross_attentions.${layer}`]!));
    for (const output of Object.values(outputs)) output.dispose();
    const attentions = this.alignmentHeads.map(([layer, head]) => {
      const all = byLayer.get(layer)!;
      const size = all.length / this.config.decoder_attention_heads;
      return all.subarray(head * size, (head + 1) * size);
    });
    return { logits, attentions };
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
  { graph, externalData }: GraphWeights,
  onGpu: Readonly<Record<string, 'gpu-buffer'>>,
): Promise<InferenceSession> {
  try {
    return await ort.InferenceSession.create(graph, {
      externalData: [...externalData],
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

/**
 * Runs the decoder without a past over whole texts of one length.
 * @param features the encoder's output, [rows, 1500, d]. @param rows token ids per text
 * @param fetches names of the outputs wanted; the caller disposes them
 */
export async function runFirst(
  { runtime, config, decoder }: WhisperModel,
  features: Tensor,
  rows: readonly (readonly number[])[],
  fetches: readonly string[],
): Promise<InferenceSession.ReturnType> {
  const { ort } = runtime;
  const headSize = config.d_model / config.decoder_attention_heads;
  const dims = [rows.length, config.decoder_attention_heads, 0, headSize];
  const ids = BigInt64Array.from(rows.flat(), BigInt);
  const own: Record<string, Tensor> = {
    input_ids: new ort.Tensor('int64', ids, [rows.length, rows[0]!.length]),
    use_cache_branch: new ort.Tensor('bool', Uint8Array.of(0), [1]),
  };
  for (const name of cacheNames(config)) {
    const input = `past_key_values.${name}`;
    own[input] = floatTensor(runtime, floatType(decoder, input), new Float32Array(0), dims);
  }
  const outputs = await decoder.run(
    pickInputs(decoder, { ...own, encoder_hidden_states: features }),
    fetches,
  );
  for (const tensor of Object.values(own)) tensor.dispose();
  return outputs;
}

/** Only the inputs that a graph has: onnxruntime refuses others. */
export function pickInputs(
  session: InferenceSession,
  feeds: Readonly<Record<string, Tensor>>,
): Record<string, Tensor> {
  return Object.fromEntries(
    session.inputNames.flatMap((name) => (feeds[name] ? [[name, feeds[name]]] : [])),
  );
}

/** Values of a tensor of either width, as single precision. */
export async function floatsOf(tensor: Tensor): Promise<Float32Array> {
  const data = await tensor.getData();
  if (data instanceof Float32Array) return data;
  if (data instanceof Uint16Array)
    return new Float32Array(new Float16Array(data.buffer, data.byteOffset, data.length));
  return Float32Array.from(data as unknown as Float16Array);
}
