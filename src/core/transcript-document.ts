import type { Device } from './asr-api';
import type { AudioOptions } from './audio-options';
import type { Stretch } from './coverage';
import type { DecodingOptions } from './decoding-options';
import type { Precision } from './precisions';
import type { ResumePoint } from './resume-point';
import type { Segment } from './transcript';
import type { SpeechRegion } from './voice-activity';

/** Where a transcript is on its way. `interrupted` is what a closed tab leaves behind. */
export type DocumentStatus = 'working' | 'interrupted' | 'stopped' | 'failed' | 'done' | 'imported';

/** What a waveform is drawn from. */
export interface Sound {
  /** Largest absolute sample of each stretch of 1 / peaksPerSec seconds. */
  readonly peaks: Float32Array;
  readonly peaksPerSec: number;
  /** Where speech was detected, unpadded. */
  readonly speech: readonly SpeechRegion[];
}

/** With what a transcript was made. */
export interface Provenance {
  readonly model: string;
  readonly device: Device;
  readonly precision: Precision;
  /** The model's files with their SHA-256, in hex; null where it is not known. */
  readonly files: readonly { readonly path: string; readonly sha256: string | null }[];
  /** Only what was not left at its default. */
  readonly decoding: Partial<DecodingOptions>;
  readonly audio: Partial<AudioOptions>;
}

/** A transcript as it is kept, edited and exported. Immutable: an edit makes a new one. */
export interface TranscriptDocument {
  readonly id: string;
  readonly title: string;
  /** Name of the file, recording or link that it was made from. */
  readonly sourceName: string;
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
  readonly status: DocumentStatus;
  /** null until known. */
  readonly durationSec: number | null;
  /** How far into the source all is decided. */
  readonly doneSec: number;
  /** null until known. */
  readonly language: string | null;
  readonly languageProbabilities: Readonly<Record<string, number>> | null;
  /** In order of start; speakers under the names that people gave them. Ids are unique but in no order once edited. */
  readonly segments: readonly Segment[];
  readonly coverage: readonly Stretch[];
  readonly tags: readonly string[];
  /** null for imported ones and until the model is loaded. */
  readonly provenance: Provenance | null;
  readonly sound: Sound | null;
  /** Where to go on; null where nothing is left to do or nothing was decided. */
  readonly resume: ResumePoint | null;
  /** When it was deleted, while that can be undone. */
  readonly deletedAtMs: number | null;
}
