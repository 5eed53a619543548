import type { Stretch } from './coverage';
import type { Segment } from './transcript';

/** One line of a transcript on the page. */
export type TranscriptRow =
  | { readonly kind: 'segment'; readonly segment: Segment }
  /** Speech that was heard and no text came of. Times are seconds in the source. */
  | { readonly kind: 'lost'; readonly startSec: number; readonly endSec: number };

/**
 * What a transcript shows, in order: its segments, and one line for all speech lost between two of them. Segments
 * without text are left out: Whisper keeps emptied ones, and nobody needs to see them.
 */
export function transcriptRows(
  segments: readonly Segment[],
  coverage: readonly Stretch[],
): TranscriptRow[] {
  const rows: TranscriptRow[] = [];
  const lost = coverage.filter(({ kind }) => kind === 'failed');
  let at = 0;
  const takeLost = (untilSec: number): void => {
    const from = at;
    while (at < lost.length && lost[at]!.startSec < untilSec) at++;
    if (at > from)
      rows.push({ kind: 'lost', startSec: lost[from]!.startSec, endSec: lost[at - 1]!.endSec });
  };
  for (const segment of segments) {
    if (segment.text.trim() === '') continue;
    takeLost(segment.startSec);
    rows.push({ kind: 'segment', segment });
  }
  takeLost(Infinity);
  return rows;
}
