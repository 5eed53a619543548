import type { Segment } from '../../core/transcript';
import type { Player } from '../../state/player.svelte';
import type { Command } from '../../state/shortcuts.svelte';

export const SKIP_SEC = 5;
/** Later in a segment, going back means back to its own start. */
const BACK_SLACK_SEC = 1;
/** A seek may land a little beside the start that it was for. */
const SEEK_SLACK_SEC = 0.05;

/** The commands of what is being played. @param segments in order of time */
export function playerCommands(
  player: Player,
  segments: () => readonly Segment[],
): readonly Command[] {
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
    { id: 'slower', run: () => player.stepRate(-1) },
    { id: 'faster', run: () => player.stepRate(1) },
    { id: 'previousSegment', run: () => seek(previous() ?? segments()[0]) },
    { id: 'nextSegment', run: () => seek(next()) },
  ];
}
