import type { Tensor } from 'onnxruntime-web';
import type { DecodingOptions } from '../../src/core/decoding-options';
import type { Segment, Word } from '../../src/core/transcript';
import { addWordTimes, type OpenSegment } from '../../src/core/word-times';
import { alignWords } from './alignment';
import type { WindowResult } from './decode-window';
import type { TranscribeJob } from './transcribe-job';

/** Where a window lies and what it was decoded as. */
interface WindowPlace {
  /** Its encoder output. */
  readonly features: Tensor;
  /** Mel frames of audio in it. */
  readonly frames: number;
  readonly language: string;
  /** Its start on the clock that the segments' times are on. */
  readonly startSec: number;
  /** Where speech ended before it, on that clock. */
  readonly lastSpeechSec: number;
}

/** Finds the words of a window's segments and moves the segments' times to them. */
export async function timeWords(
  { model, tokenizer, options }: TranscribeJob,
  open: readonly OpenSegment[],
  { features, frames, language, startSec, lastSpeechSec }: WindowPlace,
): Promise<void> {
  const textTokens = open.flatMap(({ tokens }) => tokens.filter((id) => id < tokenizer.eot));
  const start = { sequence: tokenizer.sotSequence(language, options.task), language };
  const alignment = await alignWords(model, tokenizer, features, textTokens, frames, start);
  addWordTimes(open, alignment, tokenizer.eot, startSec, lastSpeechSec, {
    prepended: options.prependPunctuations,
    appended: options.appendPunctuations,
  });
}

/** Skips a window that is probably silent, unless its text is probable enough all the same. */
export function isSilent(result: WindowResult, options: DecodingOptions): boolean {
  const { noSpeechThreshold, logprobThreshold } = options;
  if (noSpeechThreshold === null || !(result.noSpeechProb > noSpeechThreshold)) return false;
  return logprobThreshold === null || result.avgLogprob <= logprobThreshold;
}

/** The finished segment. @param place its number, and the mel frame its window begins at */
export function closeSegment(
  { tokenizer, options }: TranscribeJob,
  open: OpenSegment,
  result: WindowResult,
  place: { id: number; seek: number },
): Segment {
  const text = tokenizer.decode(open.tokens.filter((id) => id < tokenizer.eot));
  // A segment without length or text is kept as an empty one, as in the reference.
  const empty = open.startSec === open.endSec || text.trim() === '';
  const words: readonly Word[] = empty ? [] : open.words;
  return {
    ...place,
    startSec: open.startSec,
    endSec: open.endSec,
    text: empty ? '' : text,
    tokens: empty ? [] : open.tokens,
    temperature: result.temperature,
    avgLogprob: result.avgLogprob,
    compressionRatio: result.compressionRatio,
    noSpeechProb: result.noSpeechProb,
    // The reference gives an emptied segment an empty word list even where no word times were asked for.
    ...((options.wordTimestamps || empty) && { words }),
  };
}
