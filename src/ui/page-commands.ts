import type { Recorder } from '../state/recorder.svelte';
import type { Command } from '../state/shortcuts.svelte';

/** What the page can do everywhere. `isHome` says that nothing else has the screen. */
export interface PageActions {
  readonly recorder: Recorder;
  readonly isHome: () => boolean;
  readonly onHome: () => void;
  readonly onSettings: () => void;
  readonly onFiles: (files: readonly File[]) => void;
}

/** The commands of the page itself. */
export function pageCommands(page: PageActions): readonly Command[] {
  const free = (): boolean => !page.recorder.live;
  const home = (): boolean => free() && page.isHome();
  return [
    { id: 'home', run: page.onHome, when: free },
    { id: 'openFile', run: () => pickFiles(page.onFiles), when: free },
    { id: 'record', run: () => void page.recorder.start(), when: home },
    { id: 'settings', run: page.onSettings },
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
