import { orderByTime } from './conversation';
import { mergeSegments, moveSegment, splitSegment } from './edit-segments';
import type { Segment } from './transcript';
import type { SpeechRegion } from './voice-activity';

/*
 * Edits of a list of segments, in order of start, by their ids. Each returns a new list, or the same one where there
 * was nothing to do.
 */

type Segments = readonly Segment[];

/** Changes one segment. */
export function changeSegment(
  segments: Segments,
  id: number,
  change: (segment: Segment) => Segment,
): Segments {
  const index = segments.findIndex((segment) => segment.id === id);
  if (index < 0) return segments;
  const changed = change(segments[index]!);
  return changed === segments[index] ? segments : segments.with(index, changed);
}

/** Cuts a segment in two at a character of its trimmed text. @returns null where one half would have no text */
export function splitAt(
  segments: Segments,
  id: number,
  offset: number,
): { segments: Segments; secondId: number } | null {
  const index = segments.findIndex((segment) => segment.id === id);
  const secondId = nextId(segments);
  const halves = index < 0 ? null : splitSegment(segments[index]!, offset, secondId);
  return halves && { segments: segments.toSpliced(index, 1, ...halves), secondId };
}

/** Joins a segment to the one with text before it. @returns null for the first */
export function mergeWithPrevious(
  segments: Segments,
  id: number,
): { segments: Segments; mergedId: number; caret: number } | null {
  const index = segments.findIndex((segment) => segment.id === id);
  const before = segments.findLastIndex((segment, i) => i < index && segment.text.trim() !== '');
  if (index < 0 || before < 0) return null;
  const first = segments[before]!;
  const merged = mergeSegments(first, segments[index]!);
  const caret = first.text.trim().length;
  return { segments: segments.toSpliced(index, 1).with(before, merged), mergedId: first.id, caret };
}

/** Joins each of some neighbours, in order, to the one before. */
export function mergeAll(segments: Segments, joined: Segments): Segments {
  return joined.reduce((all, { id }) => mergeWithPrevious(all, id)?.segments ?? all, segments);
}

/** Leaves out segments. */
export function removeSegments(segments: Segments, ids: ReadonlySet<number>): Segments {
  const left = segments.filter(({ id }) => !ids.has(id));
  return left.length === segments.length ? segments : left;
}

/** Why times cannot be given to a segment, with the limit in seconds where one is crossed. */
export type TimeProblem =
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'too-short' }
  | { readonly kind: 'before-start' }
  | { readonly kind: 'after-end'; readonly limitSec: number }
  | { readonly kind: 'over-previous'; readonly limitSec: number }
  | { readonly kind: 'over-next'; readonly limitSec: number };

/** A segment is at least one timestamp of Whisper's long. */
export const MIN_SEGMENT_SEC = 0.02;

/**
 * Why a segment cannot have these times; null where it can. It may not reach over its neighbours: with the same
 * speaker, as two people may speak at once. What overlapped before may stay.
 */
export function checkTimes(
  segments: Segments,
  id: number,
  { startSec, endSec }: SpeechRegion,
  durationSec: number | null,
): TimeProblem | null {
  if (!Number.isFinite(startSec) || !Number.isFinite(endSec)) return { kind: 'unreadable' };
  if (startSec < 0) return { kind: 'before-start' };
  if (endSec - startSec < MIN_SEGMENT_SEC - 1e-9) return { kind: 'too-short' };
  const index = segments.findIndex((segment) => segment.id === id);
  const own = segments[index];
  if (!own) return null;
  const isSide = (other: Segment): boolean =>
    other.speaker === own.speaker && other.text.trim() !== '';
  const previous = segments.slice(0, index).findLast(isSide);
  const next = segments.slice(index + 1).find(isSide);
  if (durationSec !== null && endSec > Math.max(durationSec, own.endSec))
    return { kind: 'after-end', limitSec: durationSec };
  if (previous && startSec < Math.min(previous.endSec, own.startSec))
    return { kind: 'over-previous', limitSec: previous.endSec };
  if (next && endSec > Math.max(next.startSec, own.endSec))
    return { kind: 'over-next', limitSec: next.startSec };
  return null;
}

/** Gives a segment times that `checkTimes` has nothing against. */
export function setTimes(segments: Segments, id: number, times: SpeechRegion): Segments {
  const own = segments.find((segment) => segment.id === id);
  if (!own || (own.startSec === times.startSec && own.endSec === times.endSec)) return segments;
  return orderByTime(changeSegment(segments, id, (segment) => moveSegment(segment, times)));
}

/** Says who speaks in some segments; null takes the name away. */
export function assignSpeaker(
  segments: Segments,
  ids: ReadonlySet<number>,
  speaker: string | null,
): Segments {
  const wanted = speaker?.trim() || undefined;
  const touched = segments.some((segment) => ids.has(segment.id) && segment.speaker !== wanted);
  if (!touched) return segments;
  return segments.map((segment) => {
    if (!ids.has(segment.id)) return segment;
    const anonymous = withoutSpeaker(segment);
    return wanted === undefined ? anonymous : { ...anonymous, speaker: wanted };
  });
}

/** Gives a speaker another name everywhere; a name that somebody has already makes one speaker of two. */
export function renameSpeaker(segments: Segments, from: string, to: string): Segments {
  const ids = segments.filter(({ speaker }) => speaker === from).map(({ id }) => id);
  return to.trim() === '' ? segments : assignSpeaker(segments, new Set(ids), to);
}

/** Every speaker, in the order in which they first speak. */
export function speakersOf(segments: Segments): string[] {
  return [...new Set(segments.flatMap(({ speaker }) => (speaker === undefined ? [] : [speaker])))];
}

/** An id that no segment has. */
export function nextId(segments: Segments): number {
  return segments.reduce((most, { id }) => Math.max(most, id), -1) + 1;
}

/** The segment as nobody's. */
export function withoutSpeaker(segment: Segment): Segment {
  const copy: { -readonly [Key in keyof Segment]: Segment[Key] } = { ...segment };
  delete copy.speaker;
  return copy;
}

/** The ids of segments. */
export function idsOf(segments: Segments): ReadonlySet<number> {
  return new Set(segments.map(({ id }) => id));
}
