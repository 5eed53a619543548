import { readSettings } from '../store/settings';
import { sharedAsrClient } from './shared-client';

/** Calls `listener` whenever the model was unloaded, idle for too long or freed for the doctor, until the signal aborts. */
export function watchUnload(signal: AbortSignal, listener: () => void): void {
  sharedAsrClient().onUnload(signal, listener);
}

/** Lets an idle model be unloaded after the time that the settings name now. */
export function restartIdleTime(): void {
  sharedAsrClient().restartIdleTime();
}

/** Whether the chosen model is to be loaded when the page starts. */
export function preloadsModel(): boolean {
  return readSettings().preload;
}
