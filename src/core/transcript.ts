import type { CaptureChannel } from './capture';
import type { Stretch } from './coverage';

/** One spoken word. Times are seconds in the source. */
export interface Word {
  /** The word with the space before it, if any, and its punctuation. */
  readonly text: string;
  readonly startSec: number;
  readonly endSec: number;
  /** Mean probability of its tokens. */
  readonly probability: number;
}

/** One stretch of speech as openai/whisper's `transcribe()` returns it. Times are seconds in the source. */
export interface Segment {
  readonly id: number;
  /** First mel frame (10 ms) of the window that the segment was decoded in. */
  readonly seek: number;
  readonly startSec: number;
  readonly endSec: number;
  readonly text: string;
  /** Token ids, timestamps included. */
  readonly tokens: readonly number[];
  /** Temperature that the window's accepted decoding used. */
  readonly temperature: number;
  /** Sum of log probabilities / (tokens + 1), over the whole window. */
  readonly avgLogprob: number;
  /** UTF-8 bytes / zlib bytes of the window's text. */
  readonly compressionRatio: number;
  /** Probability of the no-speech token at the start-of-transcript position. */
  readonly noSpeechProb: number;
  /** Present where word times were asked for. */
  readonly words?: readonly Word[];
  /** Who speaks, as people read it; present where channels were transcribed apart. */
  readonly speaker?: string;
  /** On which side of a conversation it was heard; present where channels were transcribed apart. */
  readonly channel?: CaptureChannel;
}

/** A finished recording: what the engine returns and the writers take. */
export interface Transcript {
  readonly text: string;
  readonly segments: readonly Segment[];
  /** ISO code as Whisper spells it: "en", "de", … */
  readonly language: string;
  /** Probability of each language, likeliest first; null where the language was given. */
  readonly languageProbabilities: Readonly<Record<string, number>> | null;
  readonly durationSec: number;
  /** What became of every second of the recording, in order. */
  readonly coverage: readonly Stretch[];
}
