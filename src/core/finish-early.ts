import { accountFor, joinStretches } from './coverage';
import type { TranscriptDocument } from './transcript-document';

/**
 * A transcript that was stopped or failed on the way as a finished one of what there is. It cannot be gone on with; what
 * was heard beyond its text counts as lost speech, so that it says where it ends.
 */
export function finishEarly(document: TranscriptDocument): TranscriptDocument {
  const { segments, coverage, sound, durationSec } = document;
  const rest = {
    startSec: coverage.at(-1)?.endSec ?? 0,
    endSec: durationSec ?? segments.at(-1)?.endSec ?? 0,
  };
  const written = segments
    .filter(({ text }) => text.trim() !== '')
    .map(({ startSec, endSec }) => ({ kind: 'speech' as const, startSec, endSec }));
  // Where nothing was listened to, there may be speech anywhere.
  const left = accountFor(rest, written, sound?.speech ?? [rest]);
  return {
    ...document,
    status: 'done',
    coverage: joinStretches([...coverage, ...left]),
    resume: null,
  };
}
