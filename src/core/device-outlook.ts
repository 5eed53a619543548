import type { Device } from './asr-api';
import { PRECISION_ORDER, type PrecisionKey } from './precisions';
import { classOf, isRight, learntHere, type Machine, type Verdict } from './verdict';

/** What is known when a model is about to be run. */
export interface DeviceQuestion {
  /** 'demo', or the id in the store. */
  readonly model: string;
  /** Complete on this device; null while that is not known. */
  readonly available: readonly PrecisionKey[] | null;
  /** Whether the engine can list them too, and by itself takes the first that is right for the device. */
  readonly isListed: boolean;
  /** Chosen by the person, or 'auto'. */
  readonly wanted: Device | 'auto';
  /** null until it was looked at for the first time. */
  readonly machine: Machine | null;
  readonly verdicts: readonly Verdict[];
}

/** What verdicts say of one device. */
export interface Outlook {
  readonly device: Device;
  /** The precision to take; null where none can be trusted. */
  readonly key: PrecisionKey | null;
  /** To fall back to where one has to be taken; null leaves it to the engine. */
  readonly first: PrecisionKey | null;
  /** The worst that this model met here. */
  readonly fault: 'wrong' | 'failed' | 'suspect' | null;
  /** Whether `key` is known to be right. */
  readonly isChecked: boolean;
  /** Of `key`, where measured. */
  readonly speed: number | null;
}

/** What is known of running a model on one device of this machine. */
export function outlookOn(question: DeviceQuestion, machine: Machine, device: Device): Outlook {
  const here = learntHere(question.verdicts, machine);
  const own = here.filter((v) => v.device === device && v.model === question.model);
  const known = question.available ?? own.map(({ precision }) => precision);
  const candidates = PRECISION_ORDER[classOf(device, machine)].filter((key) => known.includes(key));
  const judged = (key: PrecisionKey): Verdict | undefined =>
    own.find(({ precision }) => precision === key);
  const fault = faultOf(own) ?? (device === 'webgpu' && isSuspect(here) ? 'suspect' : null);
  // After one wrong answer, only what was seen to be right.
  const trusted = candidates.filter((key) => {
    const verdict = judged(key);
    return verdict ? isRight(verdict) : fault === null;
  });
  const correct = trusted.find((key) => judged(key)?.finding === 'correct');
  const key = correct ?? trusted[0] ?? null;
  const taken = key === null ? undefined : judged(key);
  const first = candidates[0] ?? null;
  return { device, key, first, fault, isChecked: !!taken, speed: taken?.speed ?? null };
}

function faultOf(own: readonly Verdict[]): 'wrong' | 'failed' | null {
  if (own.some(({ finding }) => finding === 'wrong')) return 'wrong';
  return own.some(({ finding }) => finding === 'failed') ? 'failed' : null;
}

/** Whether any model got wrong text on WebGPU that was right on WASM: the fault is then not the model's. */
function isSuspect(here: readonly Verdict[]): boolean {
  return here.some(
    (gpu) =>
      gpu.device === 'webgpu' &&
      gpu.finding === 'wrong' &&
      here.some((cpu) => cpu.device === 'wasm' && cpu.model === gpu.model && isRight(cpu)),
  );
}
