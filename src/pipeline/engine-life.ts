import { readSettings } from '../store/settings';
import { sharedAsrClient } from './shared-client';

/** Calls `listener` whenever the model was unloaded, idle for too long or by `unloadModel`, until the signal aborts. */
export function watchUnload(signal: AbortSignal, listener: () => void): void {
  sharedAsrClient().onUnload(signal, listener);
}

/** Frees the memory that the model takes. Nothing happens while something is transcribed; the next job loads again. */
export function unloadModel(): void {
  sharedAsrClient().unload();
}

/** Lets an idle model be unloaded after the time that the settings name now. */
export function restartIdleTime(): void {
  sharedAsrClient().restartIdleTime();
}

/** Whether the chosen model is to be loaded when the page starts. */
export function preloadsModel(): boolean {
  return readSettings().preload;
}

/** Why this page gave WebGPU up, as technical text; null while it did not. */
export function readGpuLoss(): string | null {
  return sharedAsrClient().gpuLoss;
}
