import type { Device } from './asr-api';
import {
  parsePrecision,
  PRECISION_ORDER,
  type DeviceClass,
  type Precision,
  type PrecisionKey,
} from './precisions';
import { isRight, learntHere, type Machine, type Verdict } from './verdict';

/** What is known when a model is about to be run. */
export interface DeviceQuestion {
  /** 'demo', or the id in the store. */
  readonly model: string;
  /** Complete on this device; null while that is not known. */
  readonly available: readonly PrecisionKey[] | null;
  /** Chosen by the person, or 'auto'. */
  readonly wanted: Device | 'auto';
  /** null until it was looked at for the first time. */
  readonly machine: Machine | null;
  readonly verdicts: readonly Verdict[];
}

/** Why a device is taken. Those from 'precision-wrong' on are told to the person. */
export type DecisionReason =
  /** Nothing is known: the engine decides. */
  | 'untested'
  /** Known to be right. */
  | 'checked'
  /** The person chose it, and nothing speaks against it. */
  | 'forced'
  /** The best precision gave wrong text or failed; another one on the same device is right. */
  | 'precision-wrong'
  | 'gpu-wrong'
  | 'gpu-failed'
  | 'gpu-slower'
  /** Not checked with this model; another one got wrong text there that was right on WASM. */
  | 'gpu-suspect'
  | 'wasm-wrong'
  /** No way to run this model gave the right text. */
  | 'all-wrong'
  | 'forced-wrong'
  | 'forced-failed'
  | 'forced-suspect';

export interface DeviceDecision {
  /** 'auto' leaves it to the engine: WebGPU where hardware backs it, else WASM. */
  readonly device: Device | 'auto';
  readonly precision: Precision | 'auto';
  /** What the device is like that this comes to. */
  readonly deviceClass: DeviceClass;
  readonly reason: DecisionReason;
}

/** What verdicts say of one device. */
interface Outlook {
  readonly device: Device;
  /** The precision to take; null where none can be trusted. */
  readonly key: PrecisionKey | null;
  /** To fall back to where one has to be taken; null leaves it to the engine. */
  readonly first: PrecisionKey | null;
  /** The worst that this model met here. */
  readonly fault: 'wrong' | 'failed' | 'suspect' | null;
  readonly isChecked: boolean;
  /** Of `key`, where measured. */
  readonly speed: number | null;
}

/**
 * Decides where and in which precision a model runs. What gave wrong text is never taken without a word: 'auto' takes
 * what is known to be right, else WASM; a device that the person chose is taken, with a reason that is told.
 */
export function decideDevice(question: DeviceQuestion): DeviceDecision {
  const { wanted, machine } = question;
  if (!machine) {
    const deviceClass = wanted === 'webgpu' ? 'webgpu' : 'wasm';
    return { device: wanted, precision: 'auto', deviceClass, reason: 'untested' };
  }
  const cpu = outlook(question, machine, 'wasm');
  const gpu = machine.adapter && outlook(question, machine, 'webgpu');
  const take = (taken: Outlook, reason: DecisionReason): DeviceDecision =>
    decision(taken, machine, wanted, reason);
  if (wanted === 'webgpu')
    return gpu
      ? take(gpu, forcedReason(gpu))
      : { device: 'webgpu', precision: 'auto', deviceClass: 'webgpu', reason: 'forced' };
  if (wanted === 'wasm') return take(cpu, forcedReason(cpu));
  if (!gpu || machine.adapter?.isSoftware) return withoutGpu(cpu, gpu, take);
  if (gpu.key === null) return insteadOfGpu(cpu, gpu, take);
  const isSlower = gpu.speed !== null && cpu.speed !== null && gpu.speed < cpu.speed;
  if (isSlower) return take(cpu, 'gpu-slower');
  return take(gpu, trustedReason(gpu));
}

type Take = (taken: Outlook, reason: DecisionReason) => DeviceDecision;

/** A software adapter is slower than WASM, and taken only where WASM is known to be wrong. */
function withoutGpu(cpu: Outlook, software: Outlook | null, take: Take): DeviceDecision {
  if (cpu.key !== null || cpu.fault === null) return take(cpu, trustedReason(cpu));
  if (software?.isChecked && software.key !== null) return take(software, 'wasm-wrong');
  return take(cpu, 'all-wrong');
}

/** Nothing on the GPU can be trusted, or nothing for it is here. */
function insteadOfGpu(cpu: Outlook, gpu: Outlook, take: Take): DeviceDecision {
  if (gpu.fault === null) return take(gpu, 'untested');
  if (cpu.key === null && cpu.fault !== null) return take(cpu, 'all-wrong');
  return take(cpu, `gpu-${gpu.fault}`);
}

function trustedReason({ fault, isChecked }: Outlook): DecisionReason {
  if (fault === 'wrong' || fault === 'failed') return 'precision-wrong';
  return isChecked ? 'checked' : 'untested';
}

function forcedReason({ key, fault }: Outlook): DecisionReason {
  if (fault === null) return 'forced';
  if (key === null) return `forced-${fault}`;
  return fault === 'suspect' ? 'forced' : 'precision-wrong';
}

function decision(
  { device, key, first, isChecked }: Outlook,
  machine: Machine,
  wanted: Device | 'auto',
  reason: DecisionReason,
): DeviceDecision {
  const deviceClass = classOf(device, machine);
  // As the engine would decide by itself: the request stays the same, and nothing is loaded anew.
  if (reason === 'untested' || (reason === 'forced' && !isChecked))
    return { device: wanted, precision: 'auto', deviceClass, reason };
  const taken = key ?? first;
  return { device, precision: taken ? parsePrecision(taken) : 'auto', deviceClass, reason };
}

function outlook(question: DeviceQuestion, machine: Machine, device: Device): Outlook {
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
  const inTime = trusted.find((key) => judged(key)?.finding !== 'slow');
  const key = inTime ?? trusted[0] ?? null;
  const speed = (key && judged(key)?.speed) ?? null;
  const first = candidates[0] ?? null;
  return { device, key, first, fault, isChecked: own.length > 0, speed };
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

function classOf(device: Device, machine: Machine): DeviceClass {
  return device === 'wasm' ? 'wasm' : (machine.adapter?.deviceClass ?? 'webgpu');
}
