import type { Stretch } from './coverage';
import type { Segment, Transcript } from './transcript';

/** What a recording was transcribed to, besides its text. */
export type TranscriptFacts = Omit<Transcript, 'text' | 'segments'>;

/** What was decided of channels that are transcribed apart, one after another, besides their segments. */
export interface ChannelsSoFar {
  /** Those that are done, in order. */
  readonly done: readonly TranscriptFacts[];
  /** What became so far of the one after them. */
  readonly coverage: readonly Stretch[];
}

/**
 * The state of a transcription between two windows: with the segments so far, all that is needed to go on as if it had
 * never been interrupted. It is plain data, to be kept with the transcript.
 */
export interface ResumePoint {
  /** Which of the stretches to transcribe (`DecodingOptions.clipTimestampsSec`) it lies in, from 0. */
  readonly clip: number;
  /** First mel frame (10 ms) that is still to be decoded. */
  readonly seek: number;
  /**
   * Index into the tokens of all segments from which on they prompt the next window. Negative where the initial
   * prompt, which comes before them, does so too: by as many tokens as it has.
   */
  readonly promptFrom: number;
  /** End of the last word, in seconds: what skipping hallucinations goes by. */
  readonly lastSpeechSec: number;
  readonly language: string;
  /** null where the language was given. */
  readonly languageProbabilities: Readonly<Record<string, number>> | null;
  /** Present where channels are transcribed apart: all else here is of the first one that is not done. */
  readonly channels?: ChannelsSoFar;
}

/**
 * What an interrupted transcription had decoded: all that its `segments` events told. To go on from it takes the same
 * audio, the same options and the same model, at any precision.
 */
export interface DecodedSoFar {
  readonly segments: readonly Segment[];
  readonly coverage: readonly Stretch[];
  readonly point: ResumePoint;
}
