import type { InferenceSession, Tensor } from 'onnxruntime-web';
import { gatherRows, joinRows } from './tensor-rows';
import {
  cacheNames,
  floatsOf,
  pickInputs,
  runFirst,
  type Logits,
  type WhisperModel,
} from './whisper-model';

/**
 * One pass of the decoder over one or several windows: the KV cache and the calls that grow it.
 *
 * The prompts are prefilled with one row a window; `rearrange` then spreads the self-attention cache over
 * several candidates, reorders it or drops windows that have ended. The cross-attention cache is computed once.
 * Of a single window it stays batch 1 where the graph broadcasts it over the candidates.
 */
export class DecoderRun {
  /** Self-attention cache by name, [rows, heads, length, 64]. */
  private selfCache = new Map<string, Tensor>();
  /** Cross-attention cache by name, [rows or 1, heads, 1500, 64]. */
  private crossCache = new Map<string, Tensor>();
  /** Which window each row of the two caches belongs to. */
  private selfWindows: number[];
  private crossWindows: number[];
  private readonly selfNames: string[];
  private readonly crossNames: string[];

  /** @param features the encoder's output of each window; stays the caller's */
  constructor(
    private readonly model: WhisperModel,
    private readonly features: readonly Tensor[],
  ) {
    this.selfNames = cacheNames(model.config, 'decoder');
    this.crossNames = cacheNames(model.config, 'encoder');
    this.selfWindows = features.map((_, i) => i);
    this.crossWindows = this.selfWindows;
  }

  /**
   * Feeds tokens and returns the logits of every position fed.
   * @param rows token ids per candidate: at first the whole prompts, one a window and all of one length,
   *   then one token a row
   */
  async step(rows: readonly (readonly number[])[]): Promise<Logits> {
    const first = this.crossCache.size === 0;
    const outputs = first ? await this.runPrompts(rows) : await this.runNext(rows);
    disposeAll(this.selfCache.values());
    this.selfCache = presentCaches(outputs, this.selfNames);
    if (first) this.crossCache = presentCaches(outputs, this.crossNames);
    const logits = outputs.logits!;
    const data = await floatsOf(logits);
    const [, positions, vocabulary] = logits.dims as [number, number, number];
    logits.dispose();
    return { data, positions, vocabulary };
  }

  private async runPrompts(
    rows: readonly (readonly number[])[],
  ): Promise<InferenceSession.ReturnType> {
    const caches = [...this.selfNames, ...this.crossNames].map((name) => `present.${name}`);
    const fetches = ['logits', ...caches];
    if (this.features.length === 1) return runFirst(this.model, this.features[0]!, rows, fetches);
    const all = joinRows(this.model.runtime, this.features);
    try {
      return await runFirst(this.model, all, rows, fetches);
    } finally {
      all.dispose();
    }
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
    // The cached branch takes the encoder's output for the graph's sake and does not look at it.
    const ignored = { encoder_hidden_states: this.features[0]! };
    const feeds = { ...own, ...ignored, ...this.pastCaches() };
    // In the cached branch the outputs present.*.encoder.* are empty, and cross attentions would be copied.
    const fetches = ['logits', ...this.selfNames.map((name) => `present.${name}`)];
    const outputs = await decoder.run(pickInputs(decoder, feeds), fetches);
    disposeAll(Object.values(own));
    return outputs;
  }

  /** Makes row i continue row `sources[i]`; also changes how many there are. */
  async rearrange(sources: readonly number[]): Promise<void> {
    const same = sources.every((source, i) => source === i);
    if (same && sources.length === this.selfWindows.length) return;
    this.selfCache = this.gatherAll(this.selfCache, sources);
    this.selfWindows = sources.map((source) => this.selfWindows[source]!);
    if (String(this.selfWindows) === String(this.crossWindows)) return;
    if (this.features.length === 1 && (await sharesCrossCache(this.model, this.features[0]!)))
      return;
    const crossSources = this.selfWindows.map((window) => this.crossWindows.indexOf(window));
    this.crossCache = this.gatherAll(this.crossCache, crossSources);
    this.crossWindows = this.selfWindows;
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
    const run = new DecoderRun(model, [features]);
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
    const rows = (cache: Tensor) => sources.map((row) => ({ tensor: cache, row }));
    const gathered = new Map(
      [...caches].map(([name, cache]) => [name, gatherRows(this.model.runtime, rows(cache))]),
    );
    disposeAll(caches.values());
    return gathered;
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
