import { orderByTime } from './conversation';
import { moveSegment } from './edit-segments';
import { nextId, withoutSpeaker } from './edit-transcript';
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

/** Whisper mishears words whose first sound is cut off: this much silence is decoded along on each side. */
const ROOM_SEC = 0.3;

/** A stretch with some of the silence around it, but nothing of other segments. */
export function withRoom(
  { startSec, endSec }: SpeechRegion,
  segments: readonly Segment[],
): SpeechRegion {
  const before = segments.filter((segment) => segment.endSec <= startSec);
  const after = segments.filter((segment) => segment.startSec >= endSec);
  return {
    startSec: Math.max(0, startSec - ROOM_SEC, ...before.map((segment) => segment.endSec)),
    endSec: Math.min(endSec + ROOM_SEC, ...after.map((segment) => segment.startSec)),
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
      const anonymous = withoutSpeaker(fitInto(segment, region));
      const own = { ...anonymous, id: firstId + i };
      return speaker === undefined ? own : { ...own, speaker };
    });
  return orderByTime([...segments.filter(({ id }) => !replaced.has(id)), ...within]);
}

function fitInto(segment: Segment, { startSec, endSec }: SpeechRegion): Segment {
  const clamp = (sec: number): number => Math.min(endSec, Math.max(startSec, sec));
  return moveSegment(segment, { startSec: clamp(segment.startSec), endSec: clamp(segment.endSec) });
}
