import * as v from 'valibot';
import type { PrecisionKey } from '../core/precisions';
import { withNote, type Machine, type SpeedNote, type Verdict } from '../core/verdict';

/** What was found out about running models on this device: kept in localStorage, so that it is there at once. */
export interface DeviceNotes {
  /** As last seen; null before the first look. */
  readonly machine: Machine | null;
  readonly verdicts: readonly Verdict[];
  /** The last measurement of each way to run each model. */
  readonly speeds: readonly SpeedNote[];
}

const PRECISION = v.custom<PrecisionKey>(
  (key) => typeof key === 'string' && /^(fp32|fp16|q8|q4)\+(fp32|fp16|q8|q4)$/.test(key),
);
const POSITIVE = v.pipe(v.number(), v.finite(), v.minValue(0));
const COMBINATION = {
  model: v.string(),
  device: v.picklist(['wasm', 'webgpu']),
  precision: PRECISION,
  adapter: v.nullable(v.string()),
  browser: v.string(),
  atMs: v.number(),
};
const MACHINE = v.object({
  adapter: v.nullable(
    v.object({
      key: v.string(),
      deviceClass: v.picklist(['webgpu', 'webgpu-f16']),
      isSoftware: v.boolean(),
    }),
  ),
  browser: v.string(),
});
const VERDICT = v.object({
  ...COMBINATION,
  finding: v.picklist(['correct', 'slow', 'wrong', 'failed']),
  wordErrorRate: v.nullable(POSITIVE),
  speed: v.nullable(POSITIVE),
  loadSec: v.nullable(POSITIVE),
  heard: v.string(),
  problem: v.string(),
});
const SPEED = v.object({ ...COMBINATION, speed: POSITIVE });

const KEY = 'sotto-device';
/** Of each kind; the oldest give way. */
const MOST = 200;
/** What could not be stored. */
let unstored: string | null = null;
const NOTHING: DeviceNotes = { machine: null, verdicts: [], speeds: [] };

/** What is known; entries that are broken are left out one by one. */
export function readDeviceNotes(): DeviceNotes {
  const stored = readStored();
  return {
    machine: valid(MACHINE, stored['machine']),
    verdicts: validOnes(VERDICT, stored['verdicts']),
    speeds: validOnes(SPEED, stored['speeds']),
  };
}

export function writeMachine(machine: Machine): void {
  write((notes) => ({ ...notes, machine }));
}

/** In place of the earlier verdict on the same combination in the same place. */
export function writeVerdict(verdict: Verdict): void {
  write((notes) => ({ ...notes, verdicts: withNote(notes.verdicts, verdict).slice(-MOST) }));
}

export function writeSpeed(speed: SpeedNote): void {
  write((notes) => ({ ...notes, speeds: withNote(notes.speeds, speed).slice(-MOST) }));
}

/** Forgets what was found out about models that are not here any more. @param models ids of those that are */
export function forgetOtherModels(models: ReadonlySet<string>): void {
  write((notes) => ({
    ...notes,
    verdicts: notes.verdicts.filter(({ model }) => models.has(model)),
    speeds: notes.speeds.filter(({ model }) => models.has(model)),
  }));
}

export function forgetDeviceNotes(): void {
  write(() => NOTHING);
}

/** Where the browser refuses storage, what was found out lasts as long as the page. */
function write(change: (notes: DeviceNotes) => DeviceNotes): void {
  const text = JSON.stringify(change(readDeviceNotes()));
  try {
    localStorage.setItem(KEY, text);
  } catch {
    unstored = text;
  }
}

function readStored(): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(unstored ?? localStorage.getItem(KEY) ?? '{}');
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function valid<S extends v.GenericSchema>(schema: S, value: unknown): v.InferOutput<S> | null {
  const result = v.safeParse(schema, value);
  return result.success ? result.output : null;
}

function validOnes<S extends v.GenericSchema>(schema: S, value: unknown): v.InferOutput<S>[] {
  if (!Array.isArray(value)) return [];
  return value.map((one: unknown) => valid(schema, one)).filter((one) => one !== null);
}
