import type { Machine, SpeedNote, Verdict } from '../core/verdict';
import {
  forgetDeviceNotes,
  forgetOtherModels,
  readDeviceNotes,
  writeMachine,
  writeSpeed,
  writeVerdict,
  type DeviceNotes,
} from '../store/device-notes';

export type { DeviceNotes };

const listeners = new Set<() => void>();

/** What is known of running models on this device. */
export function recallDevice(): DeviceNotes {
  return readDeviceNotes();
}

export function rememberMachine(machine: Machine): void {
  writeMachine(machine);
}

/** Remembers what a check found out, and tells those who follow. */
export function rememberVerdict(verdict: Verdict): void {
  writeVerdict(verdict);
  for (const listener of listeners) listener();
}

/** Calls `listener` after every check on this page, until the signal aborts. */
export function onVerdict(signal: AbortSignal, listener: () => void): void {
  listeners.add(listener);
  signal.addEventListener('abort', () => listeners.delete(listener), { once: true });
}

export function rememberSpeed(speed: SpeedNote): void {
  writeSpeed(speed);
}

/** Forgets what was found out about models that are not here any more. @param models ids of those that are */
export function keepNotesOf(models: readonly string[]): void {
  forgetOtherModels(models);
}

/** Forgets all verdicts and measurements. */
export function forgetDevice(): void {
  forgetDeviceNotes();
}
