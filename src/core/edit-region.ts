import { CONVERSATION, type CaptureChannel } from './capture';
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

/** Where each side of a conversation says what some segments say, with room. A segment of no one side may be of either. */
export function regionsOfSides(
  chosen: readonly Segment[],
  all: readonly Segment[],
): ReadonlyMap<CaptureChannel, SpeechRegion> {
  const regions = new Map<CaptureChannel, SpeechRegion>();
  for (const channel of CONVERSATION) {
    const own = regionOf(ofSide(chosen, channel));
    if (own) regions.set(channel, withRoom(own, ofSide(all, channel)));
  }
  return regions;
}

/** Who says what was transcribed anew, by who said it before; undefined where that cannot be told. */
export function speakerOf(fresh: Segment, old: readonly Segment[]): string | undefined {
  const speakers = new Set(ofSide(old, fresh.channel).map(({ speaker }) => speaker));
  if (speakers.size === 1) return speakers.values().next().value;
  return speakers.has(fresh.speaker) ? fresh.speaker : undefined;
}

/**
 * Puts segments that were transcribed anew in the place of old ones: within the times of those of their side, under new
 * ids, with the old ones' speakers where it can be told who is who.
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
  const firstId = nextId(segments);
  const within = fresh
    .filter(({ text }) => text.trim() !== '')
    .map((segment, i): Segment => {
      const side = regionOf(ofSide(old, segment.channel)) ?? region;
      const anonymous = withoutSpeaker(fitInto(segment, side));
      const speaker = speakerOf(segment, old);
      const own = { ...anonymous, id: firstId + i };
      return speaker === undefined ? own : { ...own, speaker };
    });
  return orderByTime([...segments.filter(({ id }) => !replaced.has(id)), ...within]);
}

/** What may have been heard on a channel; all of it where it is not known which. */
function ofSide(
  segments: readonly Segment[],
  side: CaptureChannel | undefined,
): readonly Segment[] {
  return segments.filter(({ channel }) => (channel ?? side) === (side ?? channel));
}

function fitInto(segment: Segment, { startSec, endSec }: SpeechRegion): Segment {
  const clamp = (sec: number): number => Math.min(endSec, Math.max(startSec, sec));
  return moveSegment(segment, { startSec: clamp(segment.startSec), endSec: clamp(segment.endSec) });
}
