import { SottoError } from './errors';

export type Task = 'transcribe' | 'translate';

/**
 * How a recording is decoded: openai/whisper's options under their TypeScript names.
 * Source: whisper `decoding.py` DecodingOptions and `transcribe.py` transcribe().
 */
export interface DecodingOptions {
  /** Language code; null detects it from the first 30 s. */
  readonly language: string | null;
  /** Write down what was said, or its English translation. */
  readonly task: Task;
  /** Temperatures tried in turn while a window looks wrong; 0 is deterministic. */
  readonly temperatures: readonly number[];
  /** Above temperature 0: independent samples, the likeliest of which is kept; null means one. */
  readonly bestOf: number | null;
  /** A window whose text compresses better than this is a loop and falls back; null switches the check off. */
  readonly compressionRatioThreshold: number | null;
  /** A window with a lower average log probability falls back; null switches the check off. */
  readonly logprobThreshold: number | null;
  /** A window above this no-speech probability and below logprobThreshold is silence; null switches the check off. */
  readonly noSpeechThreshold: number | null;
  /** Feed the text of earlier windows as the prompt of the next. */
  readonly conditionOnPreviousText: boolean;
  /** Token ids never sampled; -1 stands for the non-speech set computed from the tokenizer. */
  readonly suppressTokens: readonly number[];
  /** No blank and no end of text as the first token. */
  readonly suppressBlank: boolean;
  /** Decode plain text without timestamp tokens. */
  readonly withoutTimestamps: boolean;
  /** Latest first timestamp of a window, in seconds; null allows any. */
  readonly maxInitialTimestampSec: number | null;
  /** Most tokens sampled in one window; null means half the text context. */
  readonly sampleLen: number | null;
}

/** The defaults of whisper's Python `transcribe()`: greedy with temperature fallback. */
export const DEFAULT_DECODING: DecodingOptions = {
  language: null,
  task: 'transcribe',
  temperatures: [0, 0.2, 0.4, 0.6, 0.8, 1],
  bestOf: null,
  compressionRatioThreshold: 2.4,
  logprobThreshold: -1,
  noSpeechThreshold: 0.6,
  conditionOnPreviousText: true,
  suppressTokens: [-1],
  suppressBlank: true,
  withoutTimestamps: false,
  maxInitialTimestampSec: 1,
  sampleLen: null,
};

/** Fills in defaults and refuses values that mean nothing. @throws SottoError 'bad-option' */
export function resolveDecoding(partial: Partial<DecodingOptions>): DecodingOptions {
  const options = { ...DEFAULT_DECODING, ...partial };
  const refuse = (message: string): never => {
    throw new SottoError('bad-option', message);
  };
  if (options.task !== 'transcribe' && options.task !== 'translate')
    refuse(`Task "${String(options.task)}" is not known. Use transcribe or translate.`);
  if (options.temperatures.length === 0) refuse('At least one temperature is needed.');
  if (options.temperatures.some((t) => !(t >= 0 && t <= 2)))
    refuse('Temperatures lie between 0 and 2.');
  if (options.bestOf !== null && !(Number.isInteger(options.bestOf) && options.bestOf >= 1))
    refuse('best_of is a whole number from 1.');
  if (
    options.sampleLen !== null &&
    !(Number.isInteger(options.sampleLen) && options.sampleLen >= 1)
  )
    refuse('sample_len is a whole number from 1.');
  return options;
}
