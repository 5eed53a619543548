import { restartIdleTime } from '../pipeline/engine-life';
import {
  defaultSettings,
  recallSettings,
  rememberSettings,
  type Settings,
} from '../pipeline/remembered-settings';

export type { Settings };

/** What a reset leaves as it is: what is on the device, and what somebody wrote. */
const KEPT_BY_RESET: readonly string[] = ['model', 'modelHost', 'keepAudio', 'presets'];

/** The person's choices, as all of the page sees them. */
class Preferences {
  current = $state.raw<Settings>(recallSettings());
  /** What `undo` goes back to; null where nothing can be undone. */
  undoable = $state.raw<Partial<Settings> | null>(null);

  constructor() {
    // Chosen in another tab.
    if (typeof addEventListener === 'function')
      addEventListener('storage', () => (this.current = recallSettings()));
  }

  /** Chooses, and remembers it for the next visit. Where the browser refuses storage it lasts as long as the page. */
  change(change: Partial<Settings>): void {
    rememberSettings(change);
    if ('unloadAfterMin' in change) restartIdleTime();
    this.current = { ...this.current, ...change };
    this.undoable = null;
  }

  /** Chooses much at once; `undo` takes it back. */
  replace(change: Partial<Settings>): void {
    const before = Object.entries(this.current).filter(([key]) => key in change);
    this.change(change);
    this.undoable = Object.fromEntries(before);
  }

  /** Everything as it was on the first visit, but for models, transcripts, recordings and presets. */
  reset(): void {
    const changes = Object.entries(defaultSettings()).filter(
      ([key]) => !KEPT_BY_RESET.includes(key),
    );
    this.replace(Object.fromEntries(changes));
  }

  undo(): void {
    if (this.undoable) this.change(this.undoable);
  }
}

export const preferences = new Preferences();
