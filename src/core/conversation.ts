import { joinStretches, type Stretch, type StretchKind } from './coverage';
import type { Segment, Transcript } from './transcript';

/** What one speaker's channel was transcribed to. */
export interface Side {
  readonly speaker: string;
  readonly transcript: Transcript;
}

/** Of two channels at one time, what counts: lost speech before text, text before silence. */
const RANK: readonly StretchKind[] = ['silence', 'skipped', 'speech', 'retried', 'failed'];

/**
 * One transcript of channels that were transcribed apart: segments in order of start, each with its speaker. The
 * language is that of the side with the most text.
 */
export function mergeSides(sides: readonly Side[]): Transcript {
  const [longest] = sides.toSorted((a, b) => b.transcript.text.length - a.transcript.text.length);
  if (!longest) throw new Error('a conversation has at least one side');
  const segments = orderByTime(
    sides.flatMap(({ speaker, transcript }) =>
      transcript.segments.map((segment) => ({ ...segment, speaker })),
    ),
  ).map((segment, id) => ({ ...segment, id }));
  return {
    ...longest.transcript,
    text: segments.map(({ text }) => text).join(''),
    segments,
    durationSec: Math.max(...sides.map(({ transcript }) => transcript.durationSec)),
    coverage: mergeCoverage(sides.map(({ transcript }) => transcript.coverage)),
  };
}

/** Segments by start; those of one time stay in the order in which they come. */
export function orderByTime(segments: readonly Segment[]): Segment[] {
  return segments.toSorted((a, b) => a.startSec - b.startSec);
}

/** What became of every second on any of the channels. */
function mergeCoverage(channels: readonly (readonly Stretch[])[]): Stretch[] {
  const all = channels.flat();
  const cuts = [...new Set(all.flatMap(({ startSec, endSec }) => [startSec, endSec]))];
  cuts.sort((a, b) => a - b);
  const pieces = cuts.slice(1).map((endSec, i): Stretch => {
    const startSec = cuts[i]!;
    const ranks = all
      .filter((stretch) => stretch.startSec < endSec && stretch.endSec > startSec)
      .map(({ kind }) => RANK.indexOf(kind));
    return { kind: RANK[Math.max(0, ...ranks)]!, startSec, endSec };
  });
  return joinStretches(pieces);
}
