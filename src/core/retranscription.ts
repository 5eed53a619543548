import type { LoadedModel, LoadRequest } from './asr-api';
import type { DecodingOptions, Task } from './decoding-options';
import { speakerOf } from './edit-region';
import { withoutSpeaker } from './edit-transcript';
import type { Segment, Transcript } from './transcript';
import type { TranscriptDocument } from './transcript-document';

/** A model that is on this device and can be chosen to transcribe again. */
export interface ModelChoice {
  readonly id: string;
  readonly name: string;
  readonly request: LoadRequest;
}

/** How a stretch is to be transcribed again. */
export interface RetranscribeOptions {
  readonly model: ModelChoice;
  /** Language code of what is said; null detects it. */
  readonly language: string | null;
  readonly task: Task;
}

/**
 * Decoding options for transcribing a document again: those it was made with, but for what was chosen. Words are timed
 * where they were; a translation's words have no times of their own.
 */
export function decodingAgain(
  document: TranscriptDocument,
  { language, task }: RetranscribeOptions,
): Partial<DecodingOptions> {
  const plain: { -readonly [Key in keyof DecodingOptions]?: DecodingOptions[Key] } = {
    ...document.provenance?.decoding,
  };
  delete plain.clipTimestampsSec;
  delete plain.prefix;
  const timed = document.segments.some(({ words }) => words !== undefined);
  if (task !== 'translate' && timed) return { ...plain, language, task, wordTimestamps: true };
  delete plain.wordTimestamps;
  delete plain.hallucinationSilenceThresholdSec;
  return { ...plain, language, task };
}

/**
 * The translation of a document as one of its own. Its sound is the same, and is shared.
 * @param title of the new one. @param files of the model are not known here
 */
export function translationOf(
  document: TranscriptDocument,
  made: {
    readonly id: string;
    readonly title: string;
    readonly nowMs: number;
    readonly transcript: Transcript;
    readonly model: LoadedModel;
    readonly decoding: Partial<DecodingOptions>;
  },
): TranscriptDocument {
  const { transcript, model, nowMs } = made;
  return {
    ...document,
    id: made.id,
    title: made.title,
    createdAtMs: nowMs,
    updatedAtMs: nowMs,
    status: 'done',
    durationSec: transcript.durationSec,
    doneSec: transcript.durationSec,
    language: 'en',
    languageProbabilities: null,
    segments: transcript.segments.map((segment) => {
      const speaker = speakerOf(segment, document.segments);
      return { ...withoutSpeaker(segment), ...(speaker !== undefined && { speaker }) };
    }),
    coverage: transcript.coverage,
    provenance: {
      model: model.name,
      device: model.device,
      precision: model.precision,
      files: [],
      decoding: made.decoding,
      audio: document.provenance?.audio ?? {},
    },
    resume: null,
    deletedAtMs: null,
  };
}

/** The text of segments, one space between them. */
export function plainText(segments: readonly Segment[]): string {
  return segments
    .map(({ text }) => text.trim())
    .filter((text) => text !== '')
    .join(' ');
}
