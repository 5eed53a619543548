import type { DecodingOptions } from '../../src/core/decoding-options';
import { TIMESTAMP_STEP_SEC } from '../../src/core/segments';
import type { WhisperTokenizer } from './tokenizer';

/**
 * Masks, in place, what may not be sampled next. Source: whisper/decoding.py SuppressBlank,
 * SuppressTokens and ApplyTimestampRules, in that order.
 */
export class LogitRules {
  private readonly suppressed: readonly number[];
  private readonly blanks: readonly number[];

  constructor(
    private readonly tokenizer: WhisperTokenizer,
    private readonly options: DecodingOptions,
  ) {
    this.blanks = options.suppressBlank ? [...tokenizer.encode(' '), tokenizer.eot] : [];
    this.suppressed = collectSuppressed(tokenizer, options.suppressTokens);
  }

  /**
   * @param logits one row, [vocabulary]; masked values become -Infinity
   * @param sampled tokens sampled so far in this window, without prompt and start sequence
   */
  apply(logits: Float32Array, sampled: readonly number[]): void {
    this.applyRepetitionRules(logits, sampled);
    if (sampled.length === 0) for (const id of this.blanks) logits[id] = -Infinity;
    for (const id of this.suppressed) logits[id] = -Infinity;
    if (!this.options.withoutTimestamps) this.applyTimestampRules(logits, sampled);
  }

  /** Source: CTranslate2's RepetitionPenalty and NoRepeatNgram, which faster-whisper's options set. */
  private applyRepetitionRules(logits: Float32Array, sampled: readonly number[]): void {
    const { repetitionPenalty, noRepeatNgramSize } = this.options;
    if (repetitionPenalty !== 1)
      for (const id of new Set(sampled))
        logits[id] =
          logits[id]! < 0 ? logits[id]! * repetitionPenalty : logits[id]! / repetitionPenalty;
    if (noRepeatNgramSize === 0) return;
    const open = sampled.slice(sampled.length - noRepeatNgramSize + 1);
    for (let at = 0; at + noRepeatNgramSize <= sampled.length; at++)
      if (open.every((id, i) => sampled[at + i] === id))
        logits[sampled[at + noRepeatNgramSize - 1]!] = -Infinity;
  }

  private applyTimestampRules(logits: Float32Array, sampled: readonly number[]): void {
    const { eot, noTimestamps, timestampBegin } = this.tokenizer;
    logits[noTimestamps] = -Infinity;
    const isTimestamp = (id: number | undefined): boolean =>
      id !== undefined && id >= timestampBegin;
    const lastWas = isTimestamp(sampled.at(-1));
    const penultimateWas = sampled.length < 2 || isTimestamp(sampled.at(-2));
    if (lastWas) {
      // Timestamps come in pairs, except directly before the end of text.
      if (penultimateWas) logits.fill(-Infinity, timestampBegin);
      else logits.fill(-Infinity, 0, eot);
    }
    const last = sampled.findLast(isTimestamp);
    if (last !== undefined) {
      // Times never decrease, and a segment is never empty: that would loop for ever.
      logits.fill(-Infinity, timestampBegin, lastWas && !penultimateWas ? last : last + 1);
    }
    if (sampled.length === 0) {
      logits.fill(-Infinity, 0, timestampBegin);
      const { maxInitialTimestampSec } = this.options;
      // Zero switches the limit off, as in the reference.
      if (maxInitialTimestampSec)
        logits.fill(
          -Infinity,
          timestampBegin + Math.round(maxInitialTimestampSec / TIMESTAMP_STEP_SEC) + 1,
        );
    }
    if (timestampsOutweighText(logits, timestampBegin)) logits.fill(-Infinity, 0, timestampBegin);
  }
}

/** Whether the summed probability of all timestamps exceeds that of every single text token. */
function timestampsOutweighText(logits: Float32Array, timestampBegin: number): boolean {
  let maxText = -Infinity;
  for (let id = 0; id < timestampBegin; id++) if (logits[id]! > maxText) maxText = logits[id]!;
  return logSumExp(logits.subarray(timestampBegin)) > maxText;
}

/** log of the sum of exponentials; -Infinity where all are masked. */
export function logSumExp(values: Float32Array): number {
  let max = -Infinity;
  for (const value of values) if (value > max) max = value;
  if (max === -Infinity) return max;
  let sum = 0;
  for (const value of values) if (value !== -Infinity) sum += Math.exp(value - max);
  return max + Math.log(sum);
}

function collectSuppressed(tokenizer: WhisperTokenizer, wanted: readonly number[]): number[] {
  if (wanted.length === 0) return [];
  const { transcribe, translate, sot, sotPrev, sotLm, noSpeech, nonSpeechTokens } = tokenizer;
  const chosen = wanted.includes(-1)
    ? [...wanted.filter((id) => id >= 0), ...nonSpeechTokens]
    : wanted;
  return [...new Set([...chosen, transcribe, translate, sot, sotPrev, sotLm, noSpeech])];
}
