import type { Player } from '../state/player.svelte';
import type { Recorder } from '../state/recorder.svelte';
import type { Command } from '../state/shortcuts.svelte';

/** What the page can do everywhere. `isHome` says that nothing else has the screen. */
export interface PageActions {
  readonly player: () => Player | null;
  readonly recorder: Recorder;
  readonly isHome: () => boolean;
  readonly onHome: () => void;
  readonly onSettings: () => void;
  readonly onFiles: (files: readonly File[]) => void;
}

const SKIP_SEC = 5;
const RATE_STEP = 0.25;
const MIN_RATE = 0.5;
const MAX_RATE = 3;

/** The commands of the page itself. */
export function pageCommands(page: PageActions): readonly Command[] {
  const { player, recorder } = page;
  const free = (): boolean => !recorder.live;
  const plays = (): boolean => free() && player() !== null;
  const changeRate = (step: number): void => {
    const own = player();
    own?.setRate(Math.min(MAX_RATE, Math.max(MIN_RATE, own.rate + step)));
  };
  return [
    { id: 'home', run: page.onHome, when: free },
    { id: 'openFile', run: () => pickFiles(page.onFiles), when: free },
    { id: 'record', run: () => void recorder.start(), when: () => free() && page.isHome() },
    { id: 'settings', run: page.onSettings },
    { id: 'playPause', run: () => player()?.toggle(), when: plays },
    { id: 'back5', run: () => player()?.skip(-SKIP_SEC), when: plays },
    { id: 'forward5', run: () => player()?.skip(SKIP_SEC), when: plays },
    { id: 'slower', run: () => changeRate(-RATE_STEP), when: plays },
    { id: 'faster', run: () => changeRate(RATE_STEP), when: plays },
  ];
}

function pickFiles(onFiles: (files: readonly File[]) => void): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = 'audio/*,video/*';
  input.multiple = true;
  input.addEventListener('change', () => onFiles([...(input.files ?? [])]), { once: true });
  input.click();
}
