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

/** What is known of running models on this device. */
export function recallDevice(): DeviceNotes {
  return readDeviceNotes();
}

export function rememberMachine(machine: Machine): void {
  writeMachine(machine);
}

export function rememberVerdict(verdict: Verdict): void {
  writeVerdict(verdict);
}

export function rememberSpeed(speed: SpeedNote): void {
  writeSpeed(speed);
}

/** Forgets what was found out about models that are not here any more. @param models ids of those that are */
export function keepNotesOf(models: ReadonlySet<string>): void {
  forgetOtherModels(models);
}

/** Forgets all verdicts and measurements. */
export function forgetDevice(): void {
  forgetDeviceNotes();
}
