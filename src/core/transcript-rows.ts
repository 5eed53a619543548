import { accountFor, type Stretch } from './coverage';
import { regionOf } from './edit-region';
import type { Segment } from './transcript';
import type { SpeechRegion } from './voice-activity';

/** One line of a transcript on the page. */
export type TranscriptRow =
  | { readonly kind: 'segment'; readonly segment: Segment }
  /** Speech that was heard and no text came of, from the first stretch of it to the last. */
  | ({ readonly kind: 'lost'; readonly lost: readonly Stretch[] } & SpeechRegion);

/**
 * What a transcript shows, in order: its segments, and one line for all speech still lost between two of them. Segments
 * without text are left out: Whisper keeps emptied ones, and nobody needs to see them.
 */
export function transcriptRows(
  segments: readonly Segment[],
  coverage: readonly Stretch[],
): TranscriptRow[] {
  const rows: TranscriptRow[] = [];
  const written = segments.filter(({ text }) => text.trim() !== '');
  const all = lostSpeech(coverage, written);
  let at = 0;
  const takeLost = (untilSec: number): void => {
    const from = at;
    while (at < all.length && all[at]!.startSec < untilSec) at++;
    const lost = all.slice(from, at);
    const region = regionOf(lost);
    if (region) rows.push({ kind: 'lost', lost, ...region });
  };
  for (const segment of written) {
    takeLost(segment.startSec);
    rows.push({ kind: 'segment', segment });
  }
  takeLost(Infinity);
  return rows;
}

/**
 * Speech that no text came of, less what has text by now: a person wrote it, or had it transcribed again. Between texts
 * there are pauses: what was never listened to is one stretch with them.
 */
function lostSpeech(coverage: readonly Stretch[], written: readonly Segment[]): Stretch[] {
  const failed = coverage.filter(({ kind }) => kind === 'failed');
  return failed.flatMap((lost) => {
    const { channel } = lost;
    const over = written
      .filter(({ startSec, endSec }) => startSec < lost.endSec && endSec > lost.startSec)
      .filter((segment) => (segment.channel ?? channel) === (channel ?? segment.channel));
    const text = regionOf(over);
    if (!text) return [lost];
    const rest = accountFor(lost, [{ kind: 'speech', ...text }], [lost]);
    return rest
      .filter(({ kind }) => kind === 'failed')
      .map((stretch) => (channel ? { ...stretch, channel } : stretch));
  });
}
