import { CONVERSATION, type CaptureChannel } from './capture';
import { orderByTime } from './conversation';
import { moveSegment } from './edit-segments';
import { nextId, withoutSpeaker } from './edit-transcript';
import type { Segment } from './transcript';
import type { SpeechRegion } from './voice-activity';

/** Speech, with text or without. Of one side of a conversation, where it is known of which. */
export interface Spoken extends SpeechRegion {
  readonly channel?: CaptureChannel;
}

/** What is to be transcribed again: segments, or speech that no text came of. */
export interface Chosen {
  readonly ids: ReadonlySet<number>;
  readonly lost: readonly Spoken[];
}

/** From the first start to the last end of some speech; null for none. */
export function regionOf(spoken: readonly Spoken[]): SpeechRegion | null {
  if (spoken.length === 0) return null;
  return {
    startSec: Math.min(...spoken.map(({ startSec }) => startSec)),
    endSec: Math.max(...spoken.map(({ endSec }) => endSec)),
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

/** Where each side of a conversation says what is chosen, with room. What is of no one side may be of either. */
export function regionsOfSides(
  chosen: readonly Spoken[],
  all: readonly Segment[],
): ReadonlyMap<CaptureChannel, SpeechRegion> {
  const regions = new Map<CaptureChannel, SpeechRegion>();
  for (const channel of CONVERSATION) {
    const own = regionOf(ofSide(chosen, channel));
    if (own) regions.set(channel, withRoom(own, ofSide(all, channel)));
  }
  return regions;
}

/** Who says what was transcribed anew, by who said it before, if anybody; undefined where that cannot be told. */
export function speakerOf(fresh: Segment, old: readonly Segment[]): string | undefined {
  const speakers = new Set(ofSide(old, fresh.channel).map(({ speaker }) => speaker));
  if (speakers.size === 0) return fresh.speaker;
  if (speakers.size === 1) return speakers.values().next().value;
  return speakers.has(fresh.speaker) ? fresh.speaker : undefined;
}

/**
 * Puts segments that were transcribed anew in the place of what was chosen: within the times of that of their side,
 * under new ids, with the old speakers, or where there is no old text all speakers, where it can be told who is who.
 */
export function replaceRegion(
  segments: readonly Segment[],
  { ids, lost }: Chosen,
  fresh: readonly Segment[],
): readonly Segment[] {
  const old = segments.filter(({ id }) => ids.has(id));
  const spoken = [...old, ...lost];
  const region = regionOf(spoken);
  if (!region) return segments;
  const firstId = nextId(segments);
  const within = fresh
    .filter(({ text }) => text.trim() !== '')
    .map((segment, i): Segment => {
      const side = regionOf(ofSide(spoken, segment.channel)) ?? region;
      const anonymous = withoutSpeaker(fitInto(segment, side));
      const speaker = speakerOf(segment, old.length > 0 ? old : segments);
      const own = { ...anonymous, id: firstId + i };
      return speaker === undefined ? own : { ...own, speaker };
    });
  return orderByTime([...segments.filter(({ id }) => !ids.has(id)), ...within]);
}

/** What may have been heard on a channel; all of it where it is not known which. */
function ofSide<Part extends Spoken>(
  spoken: readonly Part[],
  side: CaptureChannel | undefined,
): readonly Part[] {
  return spoken.filter(({ channel }) => (channel ?? side) === (side ?? channel));
}

function fitInto(segment: Segment, { startSec, endSec }: SpeechRegion): Segment {
  const clamp = (sec: number): number => Math.min(endSec, Math.max(startSec, sec));
  return moveSegment(segment, { startSec: clamp(segment.startSec), endSec: clamp(segment.endSec) });
}
