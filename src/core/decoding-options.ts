import { SottoError } from './errors';
import type { VoiceActivityOptions } from './voice-activity';

export type Task = 'transcribe' | 'translate';

/**
 * - `parity`: window by window, each beginning where the last one's times ended, as openai/whisper does
 * - `fast`: speech packed into windows that are decoded in batches, none prompted by the one before
 */
export type Mode = 'parity' | 'fast';

/**
 * How a recording is decoded: openai/whisper's options under their TypeScript names.
 * Source: whisper `decoding.py` DecodingOptions and `transcribe.py` transcribe().
 */
export interface DecodingOptions {
  readonly mode: Mode;
  /** Fast mode: windows decoded together. */
  readonly batchSize: number;
  /** Parity mode: windows begin where speech does; silence before it is not decoded. */
  readonly vadFilter: boolean;
  /** How speech is detected, where other than by default. */
  readonly voiceActivity: Partial<VoiceActivityOptions>;
  /** A window without text in which speech is heard is decoded again, unprompted and past the no-speech rule. */
  readonly retryEmptyWindows: boolean;
  /** Language code; null detects it from the first 30 s. */
  readonly language: string | null;
  /** Write down what was said, or its English translation. */
  readonly task: Task;
  /** Temperatures tried in turn while a window looks wrong; 0 is deterministic. */
  readonly temperatures: readonly number[];
  /** Above temperature 0: independent samples, the likeliest of which is kept; null means one. */
  readonly bestOf: number | null;
  /** Beams at temperature 0; null is greedy. */
  readonly beamSize: number | null;
  /** Beam search ends with beamSize × patience finished candidates; null means 1. */
  readonly patience: number | null;
  /** Exponent of Google NMT's length penalty, 0 to 1; null ranks by log probability per token. */
  readonly lengthPenalty: number | null;
  /** A window whose text compresses better than this is a loop and falls back; null switches the check off. */
  readonly compressionRatioThreshold: number | null;
  /** A window with a lower average log probability falls back; null switches the check off. */
  readonly logprobThreshold: number | null;
  /** A window above this no-speech probability and below logprobThreshold is silence; null switches the check off. */
  readonly noSpeechThreshold: number | null;
  /** Feed the text of earlier windows as the prompt of the next. */
  readonly conditionOnPreviousText: boolean;
  /** Text put before the first window as if it had been said: names, spelling, style. */
  readonly initialPrompt: string | null;
  /** Put the initial prompt before every window. */
  readonly carryInitialPrompt: boolean;
  /** Text that every window is made to begin with. */
  readonly prefix: string | null;
  /** Words to be expected, put before every window's prompt (faster-whisper). */
  readonly hotwords: string | null;
  /** Detect the language of every window anew (faster-whisper). */
  readonly multilingual: boolean;
  /** Divides the probability of tokens said before; 1 is off (faster-whisper). */
  readonly repetitionPenalty: number;
  /** No run of this many tokens twice in a window; 0 is off (faster-whisper). */
  readonly noRepeatNgramSize: number;
  /** Time every word by the model's cross-attention. */
  readonly wordTimestamps: boolean;
  /** Punctuation that is joined to the word after it. */
  readonly prependPunctuations: string;
  /** Punctuation that is joined to the word before it. */
  readonly appendPunctuations: string;
  /** With word times: silence longer than this around improbable words is skipped; null is off. */
  readonly hallucinationSilenceThresholdSec: number | null;
  /** Start, end, start, end, … in seconds of what to transcribe; the last end may be missing. */
  readonly clipTimestampsSec: readonly number[];
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
  mode: 'parity',
  batchSize: 8,
  vadFilter: false,
  voiceActivity: {},
  retryEmptyWindows: true,
  language: null,
  task: 'transcribe',
  temperatures: [0, 0.2, 0.4, 0.6, 0.8, 1],
  bestOf: null,
  beamSize: null,
  patience: null,
  lengthPenalty: null,
  compressionRatioThreshold: 2.4,
  logprobThreshold: -1,
  noSpeechThreshold: 0.6,
  conditionOnPreviousText: true,
  initialPrompt: null,
  carryInitialPrompt: false,
  prefix: null,
  hotwords: null,
  multilingual: false,
  repetitionPenalty: 1,
  noRepeatNgramSize: 0,
  wordTimestamps: false,
  prependPunctuations: `"'“¿([{-`,
  appendPunctuations: `"'.。,，!！?？:：”)]}、`,
  hallucinationSilenceThresholdSec: null,
  clipTimestampsSec: [0],
  suppressTokens: [-1],
  suppressBlank: true,
  withoutTimestamps: false,
  maxInitialTimestampSec: 1,
  sampleLen: null,
};

/** Fills in defaults and refuses values that mean nothing. @throws SottoError 'bad-option' */
export function resolveDecoding(partial: Partial<DecodingOptions>): DecodingOptions {
  const problem = findDecodingProblem(partial);
  if (problem) throw new SottoError('bad-option', problem.message);
  return { ...DEFAULT_DECODING, ...partial };
}

/** What is wrong with options: a value out of its range, or two that contradict each other. */
export type DecodingProblemKind =
  'range' | 'silence-needs-parity' | 'silence-needs-words' | 'patience-needs-beams' | 'few-beams';

export interface DecodingProblem {
  readonly kind: DecodingProblemKind;
  /** A sentence that names options as the command line does. */
  readonly message: string;
}

/** The first thing that is wrong with these options; null where they mean something. */
export function findDecodingProblem(partial: Partial<DecodingOptions>): DecodingProblem | null {
  const options = { ...DEFAULT_DECODING, ...partial };
  const problem = PROBLEMS.find(({ applies }) => applies(options));
  return problem ? { kind: problem.kind ?? 'range', message: problem.message } : null;
}

function isCount(value: number | null, least = 1): boolean {
  return value === null || (Number.isInteger(value) && value >= least);
}

const PROBLEMS: readonly {
  readonly applies: (options: DecodingOptions) => boolean;
  readonly message: string;
  /** Where two options are at odds. */
  readonly kind?: DecodingProblemKind;
}[] = [
  {
    applies: ({ task }) => task !== 'transcribe' && task !== 'translate',
    message: 'The task is transcribe or translate.',
  },
  {
    applies: ({ mode }) => mode !== 'parity' && mode !== 'fast',
    message: 'The mode is parity or fast.',
  },
  {
    applies: ({ batchSize }) => !isCount(batchSize),
    message: 'batch_size is a whole number from 1.',
  },
  {
    applies: ({ mode, hallucinationSilenceThresholdSec }) =>
      mode === 'fast' && hallucinationSilenceThresholdSec !== null,
    message:
      'hallucination_silence_threshold needs the parity mode: the fast mode decodes no silence.',
    kind: 'silence-needs-parity',
  },
  {
    applies: ({ voiceActivity: { threshold = 0.5 } }) => !(threshold > 0 && threshold < 1),
    message: 'vad_threshold lies between 0 and 1.',
  },
  {
    applies: ({ voiceActivity: { maxSpeechDurationSec = 30 } }) => !(maxSpeechDurationSec >= 1),
    message: 'vad_max_speech_duration_s is 1 at least.',
  },
  {
    applies: ({ voiceActivity }) =>
      [
        voiceActivity.minSpeechDurationMs,
        voiceActivity.minSilenceDurationMs,
        voiceActivity.speechPadMs,
      ].some((ms) => ms !== undefined && !(ms >= 0)),
    message: 'Durations of voice activity are milliseconds from 0.',
  },
  {
    applies: ({ temperatures }) => temperatures.length === 0,
    message: 'At least one temperature is needed.',
  },
  {
    applies: ({ temperatures }) => temperatures.some((t) => !(t >= 0 && t <= 2)),
    message: 'Temperatures lie between 0 and 2.',
  },
  { applies: ({ bestOf }) => !isCount(bestOf), message: 'best_of is a whole number from 1.' },
  { applies: ({ beamSize }) => !isCount(beamSize), message: 'beam_size is a whole number from 1.' },
  {
    applies: ({ patience, beamSize }) => patience !== null && beamSize === null,
    message: 'patience needs beam_size.',
    kind: 'patience-needs-beams',
  },
  {
    applies: ({ patience, beamSize }) =>
      patience !== null && !(Math.round(patience * (beamSize ?? 1)) >= 1),
    message: 'patience × beam_size is 1 at least.',
    kind: 'few-beams',
  },
  {
    applies: ({ lengthPenalty }) =>
      lengthPenalty !== null && !(lengthPenalty >= 0 && lengthPenalty <= 1),
    message: 'length_penalty lies between 0 and 1.',
  },
  {
    applies: ({ repetitionPenalty }) => !(repetitionPenalty > 0),
    message: 'repetition_penalty is greater than 0; 1 switches it off.',
  },
  {
    applies: ({ noRepeatNgramSize }) => !isCount(noRepeatNgramSize, 0),
    message: 'no_repeat_ngram_size is a whole number; 0 switches it off.',
  },
  {
    applies: ({ clipTimestampsSec }) => clipTimestampsSec.some((sec) => !(sec >= 0)),
    message: 'clip_timestamps are seconds from 0: start,end,start,end,…',
  },
  {
    applies: ({ hallucinationSilenceThresholdSec, wordTimestamps }) =>
      hallucinationSilenceThresholdSec !== null && !wordTimestamps,
    message: 'hallucination_silence_threshold needs word_timestamps.',
    kind: 'silence-needs-words',
  },
  {
    applies: ({ sampleLen }) => !isCount(sampleLen),
    message: 'sample_len is a whole number from 1.',
  },
];
