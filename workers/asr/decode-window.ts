import type { Tensor } from 'onnxruntime-web';
import { deflate } from 'pako';
import type { DecodingOptions } from '../../src/core/decoding-options';
import { DecoderRun } from './decoder-run';
import { logSumExp, LogitRules } from './logit-rules';
import { createSearch, selectLikeliest, type Search } from './search';
import type { WhisperTokenizer } from './tokenizer';
import type { Logits, WhisperModel } from './whisper-model';

/** What one window decoded to. Source: whisper/decoding.py DecodingResult. */
export interface WindowResult {
  /** Sampled tokens without the end of text. */
  readonly tokens: readonly number[];
  readonly text: string;
  readonly avgLogprob: number;
  readonly noSpeechProb: number;
  readonly temperature: number;
  readonly compressionRatio: number;
}

export interface WindowContext {
  readonly model: WhisperModel;
  readonly tokenizer: WhisperTokenizer;
  readonly options: DecodingOptions;
  /** Called between decoder steps with the tokens of the leading candidate; throws to stop. */
  readonly onStep: (tokens: readonly number[]) => Promise<void>;
}

/** One window to decode. */
export interface WindowInput {
  /** The encoder's output, [1, 1500, d]; stays the caller's. */
  readonly features: Tensor;
  /** Token ids of earlier text. Windows decoded together have prompts of one length. */
  readonly prompt: readonly number[];
  /** Language decoded as; ignored by an English-only model. */
  readonly language: string;
}

/** UTF-8 bytes / zlib bytes of a text: above 2.4 it repeats itself. Source: whisper/utils.py. */
export function measureCompressionRatio(text: string): number {
  const bytes = new TextEncoder().encode(text);
  return bytes.length / deflate(bytes).length;
}

/**
 * Decodes windows together, and those whose result looks wrong again at the next temperature.
 * Source: whisper/transcribe.py decode_with_fallback.
 */
export async function decodeWithFallback(
  context: WindowContext,
  windows: readonly WindowInput[],
): Promise<WindowResult[]> {
  const results: WindowResult[] = [];
  let pending = windows.map((_, i) => i);
  for (const temperature of context.options.temperatures) {
    const inputs = pending.map((i) => windows[i]!);
    const decoded = await decodeWindows(context, inputs, temperature);
    pending.forEach((i, at) => (results[i] = decoded[at]!));
    pending = pending.filter((i) => needsFallback(results[i]!, context.options));
    if (pending.length === 0) break;
  }
  return results;
}

/** Whether a result looks wrong: a loop, or improbable without being silence. */
export function needsFallback(result: WindowResult, options: DecodingOptions): boolean {
  const { compressionRatioThreshold, logprobThreshold, noSpeechThreshold } = options;
  const repetitive =
    compressionRatioThreshold !== null && result.compressionRatio > compressionRatioThreshold;
  const improbable = logprobThreshold !== null && result.avgLogprob < logprobThreshold;
  const silent = noSpeechThreshold !== null && result.noSpeechProb > noSpeechThreshold;
  return (repetitive || improbable) && !(silent && improbable);
}

/** A window on its way. */
interface Lane {
  readonly search: Search;
  noSpeechProb: number;
}

/** Decodes windows at one temperature, one batch a step. Source: whisper/decoding.py DecodingTask.run. */
async function decodeWindows(
  context: WindowContext,
  windows: readonly WindowInput[],
  temperature: number,
): Promise<WindowResult[]> {
  const { model, tokenizer, options } = context;
  const contextLength = model.config.max_target_positions;
  const sampleLength = options.sampleLen ?? Math.floor(contextLength / 2);
  const rules = new LogitRules(tokenizer, options);
  const lanes = windows.map((): Lane => {
    return { search: createSearch(options, temperature, tokenizer.eot), noSpeechProb: NaN };
  });
  const prompts = windows.map((window) => initialTokens(context, window));
  const promptLength = prompts[0]!.length;
  const run = new DecoderRun(
    model,
    windows.map(({ features }) => features),
  );
  try {
    let active: readonly Lane[] = lanes;
    let rows: readonly (readonly number[])[] = prompts;
    for (let length = promptLength + 1; ; length++) {
      const logits = await run.step(rows);
      if (rows === prompts) readNoSpeech(lanes, logits, prompts[0]!, tokenizer);
      const { going, sources } = extendAll(active, logits, rules);
      await context.onStep(active[0]!.search.sequences[0]!);
      const full = length > contextLength || length - promptLength >= sampleLength;
      if (going.length === 0 || full) break;
      await run.rearrange(sources);
      active = going;
      rows = going.flatMap(({ search }) => search.sequences.map((sampled) => [sampled.at(-1)!]));
    }
  } finally {
    run.dispose();
  }
  return lanes.map((lane) => summarize(lane, tokenizer, options, temperature));
}

function readNoSpeech(
  lanes: readonly Lane[],
  { data, positions, vocabulary }: Logits,
  prompt: readonly number[],
  tokenizer: WhisperTokenizer,
): void {
  lanes.forEach((lane, i) => {
    const at = (i * positions + prompt.indexOf(tokenizer.sot)) * vocabulary;
    const row = data.subarray(at, at + vocabulary);
    lane.noSpeechProb = Math.exp(row[tokenizer.noSpeech]! - logSumExp(row));
  });
}

/** One token more for every candidate of every window. @returns the windows that go on, and whose rows */
function extendAll(
  lanes: readonly Lane[],
  { data, positions, vocabulary }: Logits,
  rules: LogitRules,
): { going: Lane[]; sources: number[] } {
  const going: Lane[] = [];
  const sources: number[] = [];
  let first = 0;
  for (const lane of lanes) {
    const masked = lane.search.sequences.map((sampled, i) => {
      const at = ((first + i + 1) * positions - 1) * vocabulary;
      const row = data.subarray(at, at + vocabulary);
      rules.apply(row, sampled);
      return row;
    });
    const update = lane.search.update(masked);
    if (!update.done) {
      going.push(lane);
      for (const source of update.sources) sources.push(first + source);
    }
    first += masked.length;
  }
  return { going, sources };
}

function summarize(
  { search, noSpeechProb }: Lane,
  tokenizer: WhisperTokenizer,
  options: DecodingOptions,
  temperature: number,
): WindowResult {
  const { tokens, sumLogprob } = selectLikeliest(search.finalize(), options.lengthPenalty);
  const text = tokenizer.decode(tokens).trim();
  return {
    tokens,
    text,
    avgLogprob: sumLogprob / (tokens.length + 1),
    noSpeechProb,
    temperature,
    compressionRatio: measureCompressionRatio(text),
  };
}

/** Prompt, start of transcript, language, task and prefix, as DecodingTask._get_initial_tokens lays them out. */
function initialTokens(
  { model, tokenizer, options }: WindowContext,
  { prompt, language }: WindowInput,
): number[] {
  const half = Math.floor(model.config.max_target_positions / 2);
  const start = tokenizer.sotSequence(language, options.task);
  if (options.withoutTimestamps) start.push(tokenizer.noTimestamps);
  if (options.prefix) {
    // With the default sample length nothing is left to cut by: slice(-0) keeps all, as in Python.
    const room = half - (options.sampleLen ?? half);
    start.push(...tokenizer.encode(` ${options.prefix.trim()}`).slice(-room));
  }
  const hotwords =
    options.hotwords && !options.prefix
      ? tokenizer.encode(` ${options.hotwords.trim()}`).slice(0, half - 1)
      : [];
  if (prompt.length + hotwords.length === 0) return start;
  const earlier = hotwords.length < half - 1 ? prompt.slice(-(half - 1 - hotwords.length)) : [];
  return [tokenizer.sotPrev, ...hotwords, ...earlier, ...start];
}
