import type { Player } from '../state/player.svelte';
import type { Command } from '../state/shortcuts.svelte';

const SKIP_SEC = 5;
const RATE_STEP = 0.25;
const MIN_RATE = 0.5;
const MAX_RATE = 3;

/** The commands of what is being played. */
export function playerCommands(player: Player): readonly Command[] {
  const changeRate = (step: number): void =>
    player.setRate(Math.min(MAX_RATE, Math.max(MIN_RATE, player.rate + step)));
  return [
    { id: 'playPause', run: () => player.toggle() },
    { id: 'back5', run: () => player.skip(-SKIP_SEC) },
    { id: 'forward5', run: () => player.skip(SKIP_SEC) },
    { id: 'slower', run: () => changeRate(-RATE_STEP) },
    { id: 'faster', run: () => changeRate(RATE_STEP) },
  ];
}
