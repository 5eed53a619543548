import type { TranscriptDocument } from '../core/transcript-document';
import type { LibraryChange } from '../pipeline/library-changes';
import { statusOf, stemOf, type Phase } from './job-phase';

/** What is kept of a job. */
type KeptJob = Pick<
  TranscriptDocument,
  | 'id'
  | 'title'
  | 'createdAtMs'
  | 'durationSec'
  | 'doneSec'
  | 'segments'
  | 'coverage'
  | 'sound'
  | 'language'
  | 'languageProbabilities'
  | 'provenance'
> & {
  readonly name: string;
  readonly given: LibraryChange;
  readonly phase: Phase;
  readonly point: TranscriptDocument['resume'];
};

/** A job as it is kept on the device. */
export function documentOf(job: KeptJob): TranscriptDocument {
  const { id, title, given, name, createdAtMs, phase, durationSec, doneSec, segments } = job;
  const { coverage, sound, language, languageProbabilities, provenance, point } = job;
  return {
    ...{ id, title, sourceName: name, createdAtMs, updatedAtMs: Date.now() },
    ...{ status: statusOf(phase), durationSec, doneSec, language, languageProbabilities },
    ...{ segments, coverage, tags: given.tags ?? [], provenance, sound },
    resume: phase.kind === 'done' ? null : point,
    deletedAtMs: null,
  };
}

/** What a person gave a transcript, rather than its source. */
export function personalOf({ title, tags, sourceName }: TranscriptDocument): LibraryChange {
  return title === stemOf(sourceName) ? { tags } : { title, tags };
}
