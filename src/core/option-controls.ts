import type { AudioOptions } from './audio-options';
import type { DecodingOptions } from './decoding-options';
import type { VoiceActivityOptions } from './voice-activity';

/** A number that an option takes. `nullable`: an empty field is an answer. */
export interface NumberControl {
  readonly kind: 'number';
  readonly min: number;
  readonly max?: number;
  /** 1 where only whole numbers mean something. */
  readonly step: number;
  readonly nullable?: true;
}

/** How one option is chosen, and which values it may have. */
export type OptionControl =
  | { readonly kind: 'switch' }
  | { readonly kind: 'choice'; readonly values: readonly string[] }
  | NumberControl
  | { readonly kind: 'text'; readonly nullable?: true }
  /** Numbers with commas between them. */
  | { readonly kind: 'numbers'; readonly each: NumberControl; readonly least: number }
  | { readonly kind: 'language' }
  | { readonly kind: 'voice-activity' };

/** Every option of decoding. The compiler demands all of them. */
export const DECODING_CONTROLS: Readonly<Record<keyof DecodingOptions, OptionControl>> = {
  language: { kind: 'language' },
  task: { kind: 'choice', values: ['transcribe', 'translate'] },
  wordTimestamps: { kind: 'switch' },
  mode: { kind: 'choice', values: ['parity', 'fast'] },
  initialPrompt: { kind: 'text', nullable: true },
  carryInitialPrompt: { kind: 'switch' },
  hotwords: { kind: 'text', nullable: true },
  prefix: { kind: 'text', nullable: true },
  conditionOnPreviousText: { kind: 'switch' },
  multilingual: { kind: 'switch' },
  temperatures: {
    kind: 'numbers',
    each: { kind: 'number', min: 0, max: 2, step: 0.1 },
    least: 1,
  },
  beamSize: { kind: 'number', min: 1, max: 32, step: 1, nullable: true },
  patience: { kind: 'number', min: 0, max: 10, step: 0.1, nullable: true },
  bestOf: { kind: 'number', min: 1, max: 32, step: 1, nullable: true },
  lengthPenalty: { kind: 'number', min: 0, max: 1, step: 0.1, nullable: true },
  repetitionPenalty: { kind: 'number', min: 0.1, max: 10, step: 0.05 },
  noRepeatNgramSize: { kind: 'number', min: 0, max: 448, step: 1 },
  sampleLen: { kind: 'number', min: 1, max: 448, step: 1, nullable: true },
  compressionRatioThreshold: { kind: 'number', min: 0, max: 100, step: 0.1, nullable: true },
  logprobThreshold: { kind: 'number', min: -100, max: 0, step: 0.1, nullable: true },
  noSpeechThreshold: { kind: 'number', min: 0, max: 1, step: 0.05, nullable: true },
  hallucinationSilenceThresholdSec: {
    kind: 'number',
    min: 0,
    max: 3600,
    step: 0.1,
    nullable: true,
  },
  retryEmptyWindows: { kind: 'switch' },
  withoutTimestamps: { kind: 'switch' },
  maxInitialTimestampSec: { kind: 'number', min: 0, max: 30, step: 0.1, nullable: true },
  clipTimestampsSec: {
    kind: 'numbers',
    each: { kind: 'number', min: 0, step: 0.1 },
    least: 0,
  },
  suppressTokens: { kind: 'numbers', each: { kind: 'number', min: -1, step: 1 }, least: 0 },
  suppressBlank: { kind: 'switch' },
  prependPunctuations: { kind: 'text' },
  appendPunctuations: { kind: 'text' },
  batchSize: { kind: 'number', min: 1, max: 64, step: 1 },
  vadFilter: { kind: 'switch' },
  voiceActivity: { kind: 'voice-activity' },
};

export const VOICE_ACTIVITY_CONTROLS: Readonly<Record<keyof VoiceActivityOptions, NumberControl>> =
  {
    threshold: { kind: 'number', min: 0.01, max: 0.99, step: 0.05 },
    minSpeechDurationMs: { kind: 'number', min: 0, max: 60_000, step: 10 },
    maxSpeechDurationSec: { kind: 'number', min: 1, max: 3600, step: 1 },
    minSilenceDurationMs: { kind: 'number', min: 0, max: 60_000, step: 10 },
    speechPadMs: { kind: 'number', min: 0, max: 10_000, step: 10 },
  };

export const AUDIO_CONTROLS: Readonly<Record<keyof AudioOptions, OptionControl>> = {
  normalizeLoudness: { kind: 'switch' },
  trimSilence: { kind: 'switch' },
};
