import type { Tensor } from 'onnxruntime-web';
import { deflate } from 'pako';
import type { DecodingOptions } from '../../src/core/decoding-options';
import { DecoderRun } from './decoder-run';
import { logSumExp, LogitRules } from './logit-rules';
import { createSearch, selectLikeliest } from './search';
import type { WhisperTokenizer } from './tokenizer';
import type { WhisperModel } from './whisper-model';

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
  /** Language decoded as; ignored by an English-only model. */
  readonly language: string;
  /** Called between decoder steps with the tokens of the leading candidate; throws to stop. */
  readonly onStep: (tokens: readonly number[]) => Promise<void>;
}

/** UTF-8 bytes / zlib bytes of a text: above 2.4 it repeats itself. Source: whisper/utils.py. */
export function measureCompressionRatio(text: string): number {
  const bytes = new TextEncoder().encode(text);
  return bytes.length / deflate(bytes).length;
}

/**
 * Decodes a window, raising the temperature while the result looks wrong.
 * Source: whisper/transcribe.py decode_with_fallback.
 * @param prompt token ids of earlier text
 */
export async function decodeWithFallback(
  context: WindowContext,
  features: Tensor,
  prompt: readonly number[],
): Promise<WindowResult> {
  let result: WindowResult | null = null;
  for (const temperature of context.options.temperatures) {
    result = await decodeWindow(context, features, prompt, temperature);
    if (!needsFallback(result, context.options)) break;
  }
  return result!;
}

function needsFallback(result: WindowResult, options: DecodingOptions): boolean {
  const { compressionRatioThreshold, logprobThreshold, noSpeechThreshold } = options;
  const repetitive =
    compressionRatioThreshold !== null && result.compressionRatio > compressionRatioThreshold;
  const improbable = logprobThreshold !== null && result.avgLogprob < logprobThreshold;
  const silent = noSpeechThreshold !== null && result.noSpeechProb > noSpeechThreshold;
  return (repetitive || improbable) && !(silent && improbable);
}

/** Decodes a window at one temperature. Source: whisper/decoding.py DecodingTask.run. */
async function decodeWindow(
  context: WindowContext,
  features: Tensor,
  prompt: readonly number[],
  temperature: number,
): Promise<WindowResult> {
  const { model, tokenizer, options } = context;
  const initial = initialTokens(context, prompt);
  const contextLength = model.config.max_target_positions;
  const sampleLength = options.sampleLen ?? Math.floor(contextLength / 2);
  const rules = new LogitRules(tokenizer, options);
  const search = createSearch(options, temperature, tokenizer.eot);
  const run = new DecoderRun(model, features);
  let noSpeechProb = NaN;
  try {
    let rows: readonly (readonly number[])[] = [initial];
    for (let length = initial.length + 1; ; length++) {
      const logits = await run.step(rows);
      const position = (at: number): Float32Array =>
        logits.data.subarray(at * logits.vocabulary, (at + 1) * logits.vocabulary);
      if (rows[0] === initial) {
        const atSot = position(initial.indexOf(tokenizer.sot));
        noSpeechProb = Math.exp(atSot[tokenizer.noSpeech]! - logSumExp(atSot));
      }
      const last = search.sequences.map((sampled, i) => {
        const row = position((i + 1) * logits.positions - 1);
        rules.apply(row, sampled);
        return row;
      });
      const { sources, done } = search.update(last);
      await context.onStep(search.sequences[0]!);
      if (done || length > contextLength || length - initial.length >= sampleLength) break;
      await run.rearrange(sources);
      rows = search.sequences.map((sampled) => [sampled.at(-1)!]);
    }
  } finally {
    run.dispose();
  }
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
  { model, tokenizer, options, language }: WindowContext,
  prompt: readonly number[],
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
