import type { Tensor } from 'onnxruntime-web';
import { deflate } from 'pako';
import type { DecodingOptions } from '../../src/core/decoding-options';
import { DecoderRun } from './decoder-run';
import { logSumExp, LogitRules } from './logit-rules';
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

interface Candidate {
  readonly sampled: number[];
  sumLogprob: number;
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

/** Greedy at temperature 0, else the likeliest of `bestOf` samples. */
async function decodeWindow(
  context: WindowContext,
  features: Tensor,
  prompt: readonly number[],
  temperature: number,
): Promise<WindowResult> {
  const { model, tokenizer, options } = context;
  const initial = initialTokens(context, prompt);
  const sotIndex = initial.indexOf(tokenizer.sot);
  const contextLength = model.config.max_target_positions;
  const sampleLength = options.sampleLen ?? Math.floor(contextLength / 2);
  const rules = new LogitRules(tokenizer, options);
  const group = temperature > 0 ? (options.bestOf ?? 1) : 1;
  const candidates: Candidate[] = Array.from({ length: group }, () => ({
    sampled: [],
    sumLogprob: 0,
  }));
  const run = new DecoderRun(model, features);
  let noSpeechProb = NaN;
  try {
    let rows: number[][] = [initial];
    for (let i = 0; i < sampleLength; i++) {
      const logits = await run.step(rows);
      const row = (index: number): Float32Array =>
        logits.data.subarray(index * logits.vocabulary, (index + 1) * logits.vocabulary);
      if (i === 0) {
        const atSot = row(sotIndex);
        noSpeechProb = Math.exp(atSot[tokenizer.noSpeech]! - logSumExp(atSot));
        run.rearrange(candidates.map(() => 0));
      }
      candidates.forEach((candidate, index) => {
        // The prompt was fed once: every candidate starts from the logits of its last position.
        const last = i === 0 ? row(logits.positions - 1).slice() : row(index);
        rules.apply(last, candidate.sampled);
        extend(candidate, last, temperature, tokenizer.eot);
      });
      await context.onStep(candidates[0]!.sampled);
      const done = candidates.every(({ sampled }) => sampled.at(-1) === tokenizer.eot);
      if (done || initial.length + i + 1 > contextLength) break;
      rows = candidates.map(({ sampled }) => [sampled.at(-1)!]);
    }
  } finally {
    run.dispose();
  }
  const finished = candidates.map(({ sampled, sumLogprob }) => {
    const end = sampled.indexOf(tokenizer.eot);
    return { tokens: end < 0 ? sampled : sampled.slice(0, end), sumLogprob };
  });
  const { tokens, sumLogprob } = selectLikeliest(finished);
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

/** Prompt, start of transcript, language and task, as DecodingTask._get_initial_tokens lays them out. */
function initialTokens(
  { model, tokenizer, options, language }: WindowContext,
  prompt: readonly number[],
): number[] {
  const start = tokenizer.sotSequence(language, options.task);
  if (options.withoutTimestamps) start.push(tokenizer.noTimestamps);
  if (prompt.length === 0) return start;
  const room = Math.floor(model.config.max_target_positions / 2) - 1;
  return [tokenizer.sotPrev, ...prompt.slice(-room), ...start];
}

/** Appends the next token of a candidate; one that has ended goes on with end-of-text at no cost. */
function extend(
  candidate: Candidate,
  logits: Float32Array,
  temperature: number,
  eot: number,
): void {
  if (candidate.sampled.at(-1) === eot) {
    candidate.sampled.push(eot);
    return;
  }
  const next = temperature === 0 ? argMax(logits) : sample(logits, temperature);
  candidate.sumLogprob += logits[next]! - logSumExp(logits);
  candidate.sampled.push(next);
}

/** The candidate with the highest log probability per token (MaximumLikelihoodRanker without penalty). */
function selectLikeliest<T extends { tokens: readonly number[]; sumLogprob: number }>(
  candidates: readonly T[],
): T {
  const score = ({ tokens, sumLogprob }: T): number => sumLogprob / Math.max(1, tokens.length);
  return candidates.reduce((best, candidate) =>
    score(candidate) > score(best) ? candidate : best,
  );
}

function argMax(logits: Float32Array): number {
  let best = 0;
  for (let id = 1; id < logits.length; id++) if (logits[id]! > logits[best]!) best = id;
  return best;
}

/** Draws from softmax(logits / temperature). */
function sample(logits: Float32Array, temperature: number): number {
  const scaled = logits.map((logit) => logit / temperature);
  let left = Math.random();
  const total = logSumExp(scaled);
  let last = 0;
  for (let id = 0; id < scaled.length; id++) {
    if (scaled[id] === -Infinity) continue;
    last = id;
    left -= Math.exp(scaled[id]! - total);
    if (left <= 0) break;
  }
  return last;
}
