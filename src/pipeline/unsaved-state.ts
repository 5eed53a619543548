import type { TranscriptDocument } from '../core/transcript-document';
import { changeDocument, writeDocument } from '../store/transcripts';

/** The latest state of a transcript in the making that is not on the device yet. */
export interface UnsavedState {
  readonly document: TranscriptDocument;
  /** Its name, tags and deletion, too, and whether or not there is one yet. */
  readonly whole: boolean;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };
/** What a person may have changed while the text is still being made. */
const PERSONAL = ['title', 'tags', 'deletedAtMs'] as const;

/** Writes it, and leaves alone what is not its own. @throws DOMException QuotaExceededError, or another where storage is blocked */
export function writeState({ document, whole }: UnsavedState): Promise<void> {
  if (whole) return writeDocument(document);
  const progress: Partial<Mutable<TranscriptDocument>> = { ...document };
  for (const key of PERSONAL) delete progress[key];
  return changeDocument(document.id, progress);
}
