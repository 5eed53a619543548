import type { TranscriptDocument } from '../core/transcript-document';
import { measureAudio } from '../store/transcripts';

/** Bytes of an object's or an array's own, roughly, as browsers store them. */
const OVERHEAD_BYTES = 120;
const NUMBER_BYTES = 9;

/** What the library takes on this device. */
export interface LibraryUse {
  /** An estimate: browsers tell of a whole site only. */
  readonly textBytes: number;
  readonly audioBytes: number;
  /** Of transcripts whose audio is kept. */
  readonly audioBytesOf: ReadonlyMap<string, number>;
}

/** @throws DOMException where storage is blocked */
export async function measureLibrary(
  signal: AbortSignal,
  documents: readonly TranscriptDocument[],
): Promise<LibraryUse> {
  const audioBytesOf = await measureAudio();
  signal.throwIfAborted();
  return {
    textBytes: documents.reduce((sum, document) => sum + estimateBytes(document), 0),
    audioBytes: [...audioBytesOf.values()].reduce((sum, bytes) => sum + bytes, 0),
    audioBytesOf,
  };
}

function estimateBytes({ segments, sound, coverage }: TranscriptDocument): number {
  const ofSegments = segments.map(
    ({ text, tokens, words = [] }) =>
      OVERHEAD_BYTES +
      text.length +
      tokens.length * NUMBER_BYTES +
      words.reduce((sum, word) => sum + word.text.length + 6 * NUMBER_BYTES, 0),
  );
  const rest = (sound?.peaks.byteLength ?? 0) + coverage.length * OVERHEAD_BYTES;
  return ofSegments.reduce((sum, bytes) => sum + bytes, 10 * OVERHEAD_BYTES + rest);
}
