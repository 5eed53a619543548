import type { InferenceSession, Tensor } from 'onnxruntime-web';
import {
  cacheNames,
  floatsOf,
  pickInputs,
  runFirst,
  type Logits,
  type WhisperModel,
} from './whisper-model';

/**
 * One pass of the decoder over one window: the KV cache and the calls that grow it.
 *
 * The prompt is prefilled with batch 1; `rearrange` then spreads the self-attention cache over several
 * candidates or reorders it. The cross-attention cache is computed once and stays batch 1 where the graph
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
    const outputs = first ? await this.runPrompt(rows[0]!) : await this.runNext(rows);
    disposeAll(this.selfCache.values());
    this.selfCache = presentCaches(outputs, this.selfNames);
    if (first) this.crossCache = presentCaches(outputs, this.crossNames);
    const logits = outputs.logits!;
    const data = await floatsOf(logits);
    const [, positions, vocabulary] = logits.dims as [number, number, number];
    logits.dispose();
    return { data, positions, vocabulary };
  }

  private runPrompt(tokens: readonly number[]): Promise<InferenceSession.ReturnType> {
    const caches = [...this.selfNames, ...this.crossNames].map((name) => `present.${name}`);
    return runFirst(this.model, this.features, tokens, ['logits', ...caches]);
  }

  private async runNext(
    rows: readonly (readonly number[])[],
  ): Promise<InferenceSession.ReturnType> {
    const { decoder, runtime } = this.model;
    const { ort } = runtime;
    const ids = BigInt64Array.from(rows.flat(), BigInt);
    const own = {
      input_ids: new ort.Tensor('int64', ids, [rows.length, rows[0]!.length]),
      use_cache_branch: new ort.Tensor('bool', Uint8Array.of(1), [1]),
    };
    const feeds = { ...own, ...this.pastCaches(), encoder_hidden_states: this.features };
    // In the cached branch the outputs present.*.encoder.* are empty, and cross attentions would be copied.
    const fetches = ['logits', ...this.selfNames.map((name) => `present.${name}`)];
    const outputs = await decoder.run(pickInputs(decoder, feeds), fetches);
    disposeAll(Object.values(own));
    return outputs;
  }

  /** Makes candidate i continue candidate `sources[i]`; also changes how many there are. */
  async rearrange(sources: readonly number[]): Promise<void> {
    const batch = [...this.selfCache.values()][0]!.dims[0]!;
    if (sources.length === batch && sources.every((source, i) => source === i)) return;
    this.selfCache = this.gatherAll(this.selfCache, sources);
    const crossBatch = [...this.crossCache.values()][0]!.dims[0]!;
    if (sources.length > crossBatch && !(await sharesCrossCache(this.model, this.features)))
      this.crossCache = this.gatherAll(
        this.crossCache,
        sources.map(() => 0),
      );
  }

  /** Frees every cache. */
  dispose(): void {
    disposeAll([...this.selfCache.values(), ...this.crossCache.values()]);
    this.selfCache.clear();
    this.crossCache.clear();
  }

  /** Whether two equal candidates over one cross-attention cache get the logits that one alone gets. */
  static async compareSharedCache(model: WhisperModel, features: Tensor): Promise<boolean> {
    const token = model.config.vocab_size - 1;
    const run = new DecoderRun(model, features);
    try {
      await run.step([[token]]);
      run.selfCache = run.gatherAll(run.selfCache, [0, 0]);
      const twice = await run.step([[token], [token]]);
      run.dispose();
      await run.step([[token]]);
      const once = await run.step([[token]]);
      return twice.data.every(
        (value, i) => Math.abs(value - once.data[i % once.vocabulary]!) < 1e-2,
      );
    } catch {
      return false;
    } finally {
      run.dispose();
    }
  }

  private gatherAll(caches: Map<string, Tensor>, sources: readonly number[]): Map<string, Tensor> {
    const gathered = new Map(
      [...caches].map(([name, cache]) => [name, this.gather(cache, sources)]),
    );
    disposeAll(caches.values());
    return gathered;
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

  private pastCaches(): Record<string, Tensor> {
    const all = [...this.selfCache, ...this.crossCache];
    return Object.fromEntries(all.map(([name, cache]) => [`past_key_values.${name}`, cache]));
  }
}

const sharing = new WeakMap<WhisperModel, Promise<boolean>>();

/**
 * Whether a graph broadcasts a batch-1 cross-attention cache over several candidates. Some exports fold
 * the batch into a reshape and would read the wrong frames without an error, so two equal candidates are
 * tried once per model and compared with one.
 */
function sharesCrossCache(model: WhisperModel, features: Tensor): Promise<boolean> {
  const known = sharing.get(model) ?? DecoderRun.compareSharedCache(model, features);
  sharing.set(model, known);
  return known;
}

function presentCaches(
  outputs: InferenceSession.ReturnType,
  names: readonly string[],
): Map<string, Tensor> {
  return new Map(names.map((name) => [name, outputs[`present.${name}`]!]));
}

function disposeAll(tensors: Iterable<Tensor>): void {
  for (const tensor of tensors) tensor.dispose();
}
