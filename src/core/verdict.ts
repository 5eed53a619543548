import type { Device, ModelSource } from './asr-api';
import { DEMO_ID } from './model-paths';
import { wordErrorRate } from './word-error-rate';
import type { DeviceClass, PrecisionKey } from './precisions';

/** A WebGPU adapter, as far as verdicts depend on it. */
export interface Adapter {
  /** The same for the same hardware and driver as far as the browser tells: "nvidia ampere". */
  readonly key: string;
  readonly deviceClass: 'webgpu' | 'webgpu-f16';
  /** Runs on the processor, slower than WASM. */
  readonly isSoftware: boolean;
}

/** What verdicts depend on besides the model. */
export interface Machine {
  /** null where there is no WebGPU. */
  readonly adapter: Adapter | null;
  /** With its main version: "Chrome 156". */
  readonly browser: string;
}

/** One way to run one model. */
export interface Combination {
  /** 'demo', or the id in the store. */
  readonly model: string;
  readonly device: Device;
  readonly precision: PrecisionKey;
}

/** Where something was learnt. */
export interface Place {
  /** Key of the WebGPU adapter; null for WASM, which does not depend on it. */
  readonly adapter: string | null;
  readonly browser: string;
}

/** 'slow': the right text, but slower than it was spoken. */
export type Finding = 'correct' | 'slow' | 'wrong' | 'failed';

/** What became of the known recording. Times are seconds. */
export interface Verdict extends Combination, Place {
  readonly finding: Finding;
  /** null where it failed. */
  readonly wordErrorRate: number | null;
  /** Seconds of sound per second of work; null where it failed or was not timed. */
  readonly speed: number | null;
  readonly loadSec: number | null;
  /** The text, where it is not what was said. */
  readonly heard: string;
  /** Why it failed; empty where it did not. */
  readonly problem: string;
  readonly atMs: number;
}

/** How fast a recording was transcribed here. */
export interface SpeedNote extends Combination, Place {
  /** Seconds of sound per second of work. */
  readonly speed: number;
  readonly atMs: number;
}

/** Is the text what was said, and did it come in time? @param text empty text is wrong @param speed null where not timed */
export function judge(
  truth: string,
  text: string,
  speed: number | null,
  maxWordErrorRate: number,
): { readonly finding: Finding; readonly wordErrorRate: number } {
  const rate = wordErrorRate(truth, text);
  if (rate > maxWordErrorRate) return { finding: 'wrong', wordErrorRate: rate };
  return { finding: speed !== null && speed < 1 ? 'slow' : 'correct', wordErrorRate: rate };
}

/** Where a combination runs on this machine. */
export function placeOf(machine: Machine, device: Device): Place {
  return {
    adapter: device === 'webgpu' ? (machine.adapter?.key ?? null) : null,
    browser: machine.browser,
  };
}

/** What decides which precisions are right on a device of this machine. */
export function classOf(device: Device, machine: Machine): DeviceClass {
  return device === 'wasm' ? 'wasm' : (machine.adapter?.deviceClass ?? 'webgpu');
}

/** Those that were learnt on this machine with this version of its browser. */
export function learntHere<T extends Combination & Place>(
  notes: readonly T[],
  machine: Machine,
): readonly T[] {
  return notes.filter((note) => {
    const here = placeOf(machine, note.device);
    return note.adapter === here.adapter && note.browser === here.browser;
  });
}

/** With `note` in place of what was known of the same combination in the same place; the latest last. */
export function withNote<T extends Combination & Place>(notes: readonly T[], note: T): T[] {
  const key = noteKey(note);
  return [...notes.filter((other) => noteKey(other) !== key), note];
}

/** The name by which notes know a model: that of the store, or 'demo' for the one that comes with the app. */
export function notedModel(source: ModelSource): string {
  return 'id' in source ? source.id : DEMO_ID;
}

/** "demo webgpu fp32+q4": the same for the same combination. */
export function combinationKey({ model, device, precision }: Combination): string {
  return `${model} ${device} ${precision}`;
}

function noteKey(note: Combination & Place): string {
  return JSON.stringify([combinationKey(note), note.adapter, note.browser]);
}

/** The right text, however fast. */
export function isRight({ finding }: Pick<Verdict, 'finding'>): boolean {
  return finding === 'correct' || finding === 'slow';
}
