import type { Segment } from '../core/transcript';
import type { Player } from '../state/player.svelte';
import type { Command } from '../state/shortcuts.svelte';

export const SKIP_SEC = 5;
const RATE_STEP = 0.25;
const MIN_RATE = 0.5;
const MAX_RATE = 3;
/** Later in a segment, going back means back to its own start. */
const BACK_SLACK_SEC = 1;
/** A seek may land a little beside the start that it was for. */
const SEEK_SLACK_SEC = 0.05;

/** The commands of what is being played. @param segments in order of time */
export function playerCommands(
  player: Player,
  segments: () => readonly Segment[],
): readonly Command[] {
  const changeRate = (step: number): void =>
    player.setRate(Math.min(MAX_RATE, Math.max(MIN_RATE, player.rate + step)));
  const seek = (segment: Segment | undefined): void => {
    if (segment) player.seek(segment.startSec);
  };
  const next = (): Segment | undefined =>
    segments().find(({ startSec }) => startSec > player.currentSec + SEEK_SLACK_SEC);
  const previous = (): Segment | undefined =>
    segments().findLast(({ startSec }) => startSec < player.currentSec - BACK_SLACK_SEC);
  return [
    { id: 'playPause', run: () => player.toggle() },
    { id: 'back5', run: () => player.skip(-SKIP_SEC) },
    { id: 'forward5', run: () => player.skip(SKIP_SEC) },
    { id: 'slower', run: () => changeRate(-RATE_STEP) },
    { id: 'faster', run: () => changeRate(RATE_STEP) },
    { id: 'previousSegment', run: () => seek(previous() ?? segments()[0]) },
    { id: 'nextSegment', run: () => seek(next()) },
  ];
}
