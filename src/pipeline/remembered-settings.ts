import { readSettings, writeSettings, type Settings } from '../store/settings';

export { defaultSettings } from '../store/settings';
export type { Settings };

/** What this browser remembers of a person's choices. */
export function recallSettings(): Settings {
  return readSettings();
}

/** Remembers some choices for the next visit. */
export function rememberSettings(change: Partial<Settings>): void {
  writeSettings(change);
}
