import type { Tensor } from 'onnxruntime-web';
import {
  cacheNames,
  floatTensor,
  floatType,
  type Logits,
  type WhisperModel,
} from './whisper-model';

/**
 * One pass of the decoder over one window: the KV cache and the calls that grow it.
 *
 * The prompt is prefilled with batch 1; `rearrange` then spreads the self-attention cache over several
 * candidates or reorders it. The cross-attention cache is computed once and stays batch 1: attention
 * broadcasts it over the candidates.
 */
export class DecoderRun {
  /** Self-attention cache by name, [batch, heads, length, 64]. */
  private selfCache = new Map<string, Tensor>();
  /** Cross-attention cache by name, [1, heads, 1500, 64]. */
  private crossCache = new Map<string, Tensor>();
  private readonly selfNames: string[];
  private readonly crossNames: string[];

  /** @param features the encoder's output; stays the caller's */
  constructor(
    private readonly model: WhisperModel,
    private readonly features: Tensor,
  ) {
    this.selfNames = cacheNames(model.config, 'decoder');
    this.crossNames = cacheNames(model.config, 'encoder');
  }

  /**
   * Feeds tokens and returns the logits of every position fed.
   * @param rows token ids per candidate: the whole prompt at first (one row), then one token a row
   */
  async step(rows: readonly (readonly number[])[]): Promise<Logits> {
    const first = this.crossCache.size === 0;
    const { ort } = this.model.runtime;
    const positions = rows[0]!.length;
    const ids = BigInt64Array.from(rows.flat(), BigInt);
    const own: Record<string, Tensor> = {
      input_ids: new ort.Tensor('int64', ids, [rows.length, positions]),
      use_cache_branch: new ort.Tensor('bool', Uint8Array.of(first ? 0 : 1), [1]),
    };
    const caches = first ? this.emptyCaches() : this.pastCaches();
    const known = new Set(this.model.decoder.inputNames);
    const feeds = Object.fromEntries(
      Object.entries({ ...own, ...caches, encoder_hidden_states: this.features }).filter(([name]) =>
        known.has(name),
      ),
    );
    // In the cached branch the outputs present.*.encoder.* are empty, and cross attentions would be copied.
    const growing = first ? [...this.selfNames, ...this.crossNames] : this.selfNames;
    const fetches = ['logits', ...growing.map((name) => `present.${name}`)];
    const outputs = await this.model.decoder.run(feeds, fetches);
    disposeAll(Object.values(own));
    disposeAll(first ? Object.values(caches) : this.selfCache.values());
    this.selfCache = new Map(this.selfNames.map((name) => [name, outputs[`present.${name}`]!]));
    if (first)
      this.crossCache = new Map(this.crossNames.map((name) => [name, outputs[`present.${name}`]!]));
    const logits = outputs.logits!;
    const data = await floatsOf(logits);
    logits.dispose();
    return { data, positions, vocabulary: logits.dims[2]! };
  }

  /** Makes candidate i continue candidate `sources[i]`; also changes how many there are. */
  rearrange(sources: readonly number[]): void {
    const batch = [...this.selfCache.values()][0]!.dims[0]!;
    if (sources.length === batch && sources.every((source, i) => source === i)) return;
    for (const [name, cache] of this.selfCache) {
      this.selfCache.set(name, this.gather(cache, sources));
      cache.dispose();
    }
  }

  /** Frees every cache. */
  dispose(): void {
    disposeAll([...this.selfCache.values(), ...this.crossCache.values()]);
    this.selfCache.clear();
    this.crossCache.clear();
  }

  private gather(cache: Tensor, sources: readonly number[]): Tensor {
    const { ort, gpu } = this.model.runtime;
    const dims = [sources.length, ...cache.dims.slice(1)];
    const rowElements = cache.dims.slice(1).reduce((a, b) => a * b, 1);
    const rowBytes = rowElements * (cache.type === 'float16' ? 2 : 4);
    if (cache.location === 'gpu-buffer' && gpu) {
      const buffer = gpu.createBuffer({
        size: Math.ceil((rowBytes * sources.length) / 16) * 16,
        usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST,
      });
      const commands = gpu.createCommandEncoder();
      sources.forEach((source, i) =>
        commands.copyBufferToBuffer(
          cache.gpuBuffer,
          source * rowBytes,
          buffer,
          i * rowBytes,
          rowBytes,
        ),
      );
      gpu.queue.submit([commands.finish()]);
      const dataType = cache.type === 'float16' ? 'float16' : 'float32';
      return ort.Tensor.fromGpuBuffer(buffer, { dataType, dims, dispose: () => buffer.destroy() });
    }
    const from = cache.data as Float32Array;
    const bytes = new Uint8Array(from.buffer, from.byteOffset, from.byteLength);
    const to = new Uint8Array(rowBytes * sources.length);
    sources.forEach((source, i) =>
      to.set(bytes.subarray(source * rowBytes, (source + 1) * rowBytes), i * rowBytes),
    );
    return cache.type === 'float16'
      ? new ort.Tensor('float16', new Uint16Array(to.buffer), dims)
      : new ort.Tensor('float32', new Float32Array(to.buffer), dims);
  }

  private emptyCaches(): Record<string, Tensor> {
    const { config, decoder, runtime } = this.model;
    const headSize = config.d_model / config.decoder_attention_heads;
    const dims = [1, config.decoder_attention_heads, 0, headSize];
    return Object.fromEntries(
      cacheNames(config).map((name) => {
        const input = `past_key_values.${name}`;
        return [input, floatTensor(runtime, floatType(decoder, input), new Float32Array(0), dims)];
      }),
    );
  }

  private pastCaches(): Record<string, Tensor> {
    const all = [...this.selfCache, ...this.crossCache];
    return Object.fromEntries(all.map(([name, cache]) => [`past_key_values.${name}`, cache]));
  }
}

async function floatsOf(tensor: Tensor): Promise<Float32Array> {
  const data = await tensor.getData();
  if (data instanceof Float32Array) return data;
  if (data instanceof Uint16Array)
    return new Float32Array(new Float16Array(data.buffer, data.byteOffset, data.length));
  return Float32Array.from(data as unknown as Float16Array);
}

function disposeAll(tensors: Iterable<Tensor>): void {
  for (const tensor of tensors) tensor.dispose();
}
