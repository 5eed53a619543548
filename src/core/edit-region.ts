import { orderByTime } from './conversation';
import { moveSegment } from './edit-segments';
import { nextId } from './edit-transcript';
import type { Segment } from './transcript';
import type { SpeechRegion } from './voice-activity';

/** From the first start to the last end of some segments; null for none. */
export function regionOf(segments: readonly Segment[]): SpeechRegion | null {
  if (segments.length === 0) return null;
  return {
    startSec: Math.min(...segments.map(({ startSec }) => startSec)),
    endSec: Math.max(...segments.map(({ endSec }) => endSec)),
  };
}

/**
 * Puts segments that were transcribed anew in the place of old ones: within the old ones' times, under new ids, with
 * their speaker where they have one only.
 * @param replaced ids of the old ones
 */
export function replaceRegion(
  segments: readonly Segment[],
  replaced: ReadonlySet<number>,
  fresh: readonly Segment[],
): readonly Segment[] {
  const old = segments.filter(({ id }) => replaced.has(id));
  const region = regionOf(old);
  if (!region) return segments;
  const speakers = new Set(old.map(({ speaker }) => speaker));
  const [speaker] = speakers.size === 1 ? speakers : [];
  const firstId = nextId(segments);
  const within = fresh
    .filter(({ text }) => text.trim() !== '')
    .map((segment, i): Segment => {
      const { speaker: _, ...anonymous } = fitInto(segment, region);
      const own = { ...anonymous, id: firstId + i };
      return speaker === undefined ? own : { ...own, speaker };
    });
  return orderByTime([...segments.filter(({ id }) => !replaced.has(id)), ...within]);
}

function fitInto(segment: Segment, { startSec, endSec }: SpeechRegion): Segment {
  const clamp = (sec: number): number => Math.min(endSec, Math.max(startSec, sec));
  return moveSegment(segment, { startSec: clamp(segment.startSec), endSec: clamp(segment.endSec) });
}
