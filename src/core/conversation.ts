import type { CaptureChannel } from './capture';
import { joinStretches, type Stretch, type StretchKind } from './coverage';
import type { TranscriptFacts } from './resume-point';
import type { Segment, Transcript } from './transcript';
import type { Sound } from './transcript-document';
import type { SpeechRegion } from './voice-activity';

/** Who speaks on a channel, until people give them other names. */
export const SPEAKERS: Readonly<Record<CaptureChannel, string>> = { me: 'Me', them: 'Them' };

/** What one side's channel was transcribed to. */
export interface Side {
  readonly channel: CaptureChannel;
  readonly segments: readonly Segment[];
  readonly facts: TranscriptFacts;
}

/** Of two channels at one time, what counts: lost speech before text, text before silence. */
const RANK: readonly StretchKind[] = ['silence', 'skipped', 'speech', 'retried', 'failed'];

/**
 * One transcript of channels that were transcribed apart: segments in order of start, each with its speaker. The
 * language is that of the side with the most text.
 */
export function mergeSides(sides: readonly Side[]): Transcript {
  const [longest] = sides.toSorted((a, b) => textOf(b).length - textOf(a).length);
  if (!longest) throw new Error('a conversation has at least one side');
  const segments = orderByTime(
    sides.flatMap(({ channel, segments }) =>
      segments.map((segment) => ({ ...segment, speaker: SPEAKERS[channel], channel })),
    ),
  ).map((segment, id) => ({ ...segment, id }));
  return {
    ...longest.facts,
    text: textOf({ segments }),
    segments,
    durationSec: Math.max(...sides.map(({ facts }) => facts.durationSec)),
    coverage: mergeCoverage(sides),
  };
}

/**
 * The segments of one side as its channel was transcribed to them.
 * @param segments of all sides, numbered in the order in which they were decided
 */
export function segmentsOfSide(segments: readonly Segment[], side: CaptureChannel): Segment[] {
  return segments
    .filter(({ channel }) => channel === side)
    .toSorted((a, b) => a.id - b.id)
    .map(({ speaker: _, channel: __, ...segment }, id) => ({ ...segment, id }));
}

/** What both channels sound like together: the louder of their peaks, and speech wherever one of them speaks. */
export function mergeSounds(a: Sound, b: Sound): Sound {
  const [longer, shorter] = a.peaks.length < b.peaks.length ? [b, a] : [a, b];
  const peaks = longer.peaks.map((peak, i) => Math.max(peak, shorter.peaks[i] ?? 0));
  return {
    peaks,
    peaksPerSec: longer.peaksPerSec,
    speech: mergeSpeech([...a.speech, ...b.speech]),
  };
}

function mergeSpeech(regions: readonly SpeechRegion[]): SpeechRegion[] {
  const merged: SpeechRegion[] = [];
  for (const region of regions.toSorted((a, b) => a.startSec - b.startSec)) {
    const last = merged.at(-1);
    if (!last || region.startSec > last.endSec) merged.push(region);
    else merged[merged.length - 1] = { ...last, endSec: Math.max(last.endSec, region.endSec) };
  }
  return merged;
}

function textOf({ segments }: { readonly segments: readonly Segment[] }): string {
  return segments.map(({ text }) => text).join('');
}

/** Segments by start; those of one time stay in the order in which they come. */
export function orderByTime(segments: readonly Segment[]): Segment[] {
  return segments.toSorted((a, b) => a.startSec - b.startSec);
}

/** Segments as far as they are known: what another side said may belong before what is there already. */
export function addSegments(before: readonly Segment[], more: readonly Segment[]): Segment[] {
  const all = [...before, ...more];
  return more.some(({ speaker }) => speaker !== undefined) ? orderByTime(all) : all;
}

/** What became of every second on any of the channels, and of lost speech on which, if on one only. */
function mergeCoverage(sides: readonly Side[]): Stretch[] {
  const all = sides.flatMap(({ channel, facts }) =>
    facts.coverage.map((stretch): Stretch => ({ ...stretch, channel })),
  );
  const cuts = [...new Set(all.flatMap(({ startSec, endSec }) => [startSec, endSec]))];
  cuts.sort((a, b) => a - b);
  const pieces = cuts.slice(1).map((endSec, i): Stretch => {
    const startSec = cuts[i]!;
    const here = all.filter((stretch) => stretch.startSec < endSec && stretch.endSec > startSec);
    const kind = RANK[Math.max(0, ...here.map((stretch) => RANK.indexOf(stretch.kind)))]!;
    const [lost, ...more] = here.filter((stretch) => stretch.kind === 'failed');
    const channel = more.length === 0 ? lost?.channel : undefined;
    return { kind, startSec, endSec, ...(channel && { channel }) };
  });
  return joinStretches(pieces);
}
