import type { Tensor } from 'onnxruntime-web';
import { SottoError } from '../../src/core/errors';
import type { TimedWord } from '../../src/core/word-times';
import { alignMonotonic, medianFilter } from './dtw';
import { logSumExp } from './logit-rules';
import type { WhisperTokenizer } from './tokenizer';
import type { WhisperModel } from './whisper-model';

/** Median filter over frames. Source: whisper/timing.py find_alignment. */
const FILTER_WIDTH_FRAMES = 7;
/** Encoder frames per second: one for two mel frames. */
const TOKENS_PER_SEC = 50;

/**
 * Times the words of one window by where the alignment heads looked while its text was read back.
 * Source: whisper/timing.py find_alignment.
 * @param model one that passes `requireCrossAttention`
 * @param features the encoder's output. @param textTokens the window's text without times
 * @param frames mel frames of audio in the window
 * @returns words with their tokens, times in seconds from the window's start
 */
export async function alignWords(
  model: WhisperModel,
  tokenizer: WhisperTokenizer,
  features: Tensor,
  textTokens: readonly number[],
  frames: number,
  start: { sequence: readonly number[]; language: string },
): Promise<TimedWord[]> {
  const words = tokenizer.splitWords(textTokens, start.language);
  if (textTokens.length === 0 || words.length === 0) return [];
  const input = [...start.sequence, tokenizer.noTimestamps, ...textTokens, tokenizer.eot];
  const { logits, attentions } = await model.readBack(features, input);
  const probabilities = textTokens.map((id, i) => {
    const at = (start.sequence.length + i) * model.config.vocab_size;
    const row = logits.subarray(at, at + tokenizer.eot);
    return Math.exp(row[id]! - logSumExp(row));
  });
  const columns = Math.floor(frames / 2);
  const matrix = meanOfHeads(attentions, input.length, columns);
  const first = start.sequence.length;
  const jumps = alignMonotonic(
    matrix.subarray(first * columns, (input.length - 1) * columns),
    columns,
  );
  let token = 0;
  return words.map(({ text, tokens }) => {
    const from = token;
    token += tokens.length;
    const share = probabilities.slice(from, token);
    return {
      text,
      tokens,
      startSec: jumps[from]! / TOKENS_PER_SEC,
      endSec: jumps[token]! / TOKENS_PER_SEC,
      probability: share.reduce((sum, value) => sum + value, 0) / share.length,
    };
  });
}

/** @throws SottoError 'bad-option' where the model exports no cross-attention */
export function requireCrossAttention(model: WhisperModel): void {
  if (!model.hasCrossAttention)
    throw new SottoError(
      'bad-option',
      'This model cannot time words: it was exported without cross-attention. Choose one whose name ends in "_timestamped", or switch word times off.',
    );
}

/**
 * Attention of all heads, each normalised over the tokens and smoothed over the frames, averaged.
 * @param attentions one [rows, 1500] matrix a head, each row summing to 1
 * @returns [rows, columns]
 */
function meanOfHeads(
  attentions: readonly Float32Array[],
  rows: number,
  columns: number,
): Float32Array {
  const mean = new Float32Array(rows * columns);
  for (const attention of attentions) {
    const stride = attention.length / rows;
    const weights = new Float32Array(rows * columns);
    for (let row = 0; row < rows; row++) {
      const from = attention.subarray(row * stride, row * stride + columns);
      // The reference cuts the scores at the end of the audio before its softmax: the same as rescaling.
      const sum = from.reduce((total, value) => total + value, 0);
      for (let column = 0; column < columns; column++)
        weights[row * columns + column] = from[column]! / sum;
    }
    standardizeColumns(weights, rows, columns);
    for (let row = 0; row < rows; row++) {
      const line = weights.subarray(row * columns, (row + 1) * columns);
      const smooth = medianFilter(line, FILTER_WIDTH_FRAMES);
      for (let column = 0; column < columns; column++)
        mean[row * columns + column]! += smooth[column]!;
    }
  }
  return mean.map((sum) => sum / attentions.length);
}

/**
 * Subtracts each column's mean and divides by its (population) standard deviation, rounding to single
 * precision after each step as the reference does: warping decides between paths of nearly equal cost.
 */
function standardizeColumns(matrix: Float32Array, rows: number, columns: number): void {
  for (let column = 0; column < columns; column++) {
    let sum = 0;
    for (let at = column; at < matrix.length; at += columns) sum += matrix[at]!;
    const mean = sum / rows;
    let squares = 0;
    for (let at = column; at < matrix.length; at += columns) squares += (matrix[at]! - mean) ** 2;
    const deviation = Math.fround(Math.sqrt(squares / rows));
    const center = Math.fround(mean);
    for (let at = column; at < matrix.length; at += columns)
      matrix[at] = Math.fround(matrix[at]! - center) / deviation;
  }
}
