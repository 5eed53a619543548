import type { Device } from './asr-api';
import { outlookOn, type DeviceQuestion, type Outlook } from './device-outlook';
import {
  parsePrecision,
  precisionKey,
  UNLISTED_PRECISION,
  type DeviceClass,
  type Precision,
  type PrecisionKey,
} from './precisions';
import { classOf, type Machine } from './verdict';

/** Why a device is taken. Those from 'precision-wrong' on are told to the person. */
export type DecisionReason =
  /** Nothing is known: the engine decides. */
  | 'untested'
  /** Known to be right. */
  | 'checked'
  /** The person chose it, and nothing speaks against it. */
  | 'forced'
  /** The person chose it, and it was not checked there. */
  | 'forced-untested'
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
  /** The precision that this comes to, as far as it is known. */
  readonly expected: PrecisionKey | null;
  readonly reason: DecisionReason;
}

/**
 * Decides where and in which precision a model runs. What gave wrong text is never taken without a word: 'auto' takes
 * what is known to be right, else WASM; a device that the person chose is taken, with a reason that is told.
 */
export function decideDevice(question: DeviceQuestion): DeviceDecision {
  const { wanted, machine } = question;
  if (!machine) {
    const deviceClass = wanted === 'webgpu' ? 'webgpu' : 'wasm';
    return { ...LEFT_TO_ENGINE, device: wanted, deviceClass, reason: 'untested' };
  }
  const cpu = outlookOn(question, machine, 'wasm');
  const gpu = machine.adapter && outlookOn(question, machine, 'webgpu');
  const take = (taken: Outlook, reason: DecisionReason): DeviceDecision =>
    decision(question, machine, taken, reason);
  if (wanted === 'webgpu')
    return gpu
      ? take(gpu, forcedReason(gpu))
      : { ...LEFT_TO_ENGINE, device: 'webgpu', deviceClass: 'webgpu', reason: 'forced' };
  if (wanted === 'wasm') return take(cpu, forcedReason(cpu));
  if (!gpu || machine.adapter?.isSoftware) return withoutGpu(cpu, gpu, take);
  if (gpu.key === null) return insteadOfGpu(cpu, gpu, take);
  const isSlower = gpu.speed !== null && cpu.speed !== null && gpu.speed < cpu.speed;
  if (isSlower) return take(cpu, 'gpu-slower');
  return take(gpu, trustedReason(gpu));
}

const LEFT_TO_ENGINE = { precision: 'auto', expected: null } as const;

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

function trustedReason({ key, first, fault, isChecked }: Outlook): DecisionReason {
  if (fault !== null && key !== first) return 'precision-wrong';
  return isChecked ? 'checked' : 'untested';
}

function forcedReason({ key, first, fault, isChecked }: Outlook): DecisionReason {
  if (fault === null) return isChecked ? 'forced' : 'forced-untested';
  if (key === null) return `forced-${fault}`;
  return key === first ? 'forced' : 'precision-wrong';
}

function decision(
  { wanted, isListed }: DeviceQuestion,
  machine: Machine,
  { device, key, first }: Outlook,
  reason: DecisionReason,
): DeviceDecision {
  const expected = key ?? first;
  const deviceClass = classOf(device, machine);
  const common = { deviceClass, expected, reason };
  const own = isListed ? first : precisionKey(UNLISTED_PRECISION[deviceClass]);
  // What the engine would do by itself is left to it: the request stays the same, so that nothing is loaded anew, and
  // where WebGPU is lost the engine may go on without it.
  const isUsual =
    reason === 'untested' || reason === 'forced-untested' || (reason === 'checked' && key === own);
  if (isUsual) return { ...common, device: wanted, precision: 'auto' };
  return { ...common, device, precision: expected ? parsePrecision(expected) : 'auto' };
}
