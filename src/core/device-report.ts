import type { Adapter } from './verdict';

/** What WebGPU is here. */
export type GpuReport =
  /** The browser has no WebGPU. */
  | { readonly kind: 'absent' }
  /** It has, but offers no adapter. */
  | { readonly kind: 'no-adapter' }
  /** An adapter that opens no device, or one that does not compute. */
  | { readonly kind: 'broken'; readonly adapter: GpuAdapter; readonly problem: string }
  /** A device opened, and a small computation came out right. */
  | { readonly kind: 'works'; readonly adapter: GpuAdapter };

export interface GpuAdapter extends Adapter {
  /** As the browser names it, each empty where it does not say. */
  readonly vendor: string;
  readonly architecture: string;
  readonly description: string;
  /** Largest buffer, and largest part of one that a computation can use. */
  readonly maxBufferBytes: number;
  readonly maxBindingBytes: number;
}

/** What this device offers to run models on. */
export interface DeviceReport {
  readonly gpu: GpuReport;
  readonly browser: string;
  /** Whether the page may use threads (cross-origin isolation). */
  readonly isIsolated: boolean;
  readonly hasSimd: boolean;
  /** Logical cores, as the browser says. */
  readonly cores: number;
  /** Main memory in GB, rounded and at most 8 (or 32) for privacy; null where the browser does not say. */
  readonly memoryGb: number | null;
}

/** More WASM threads than this gain nothing on Whisper's shapes and starve the page. */
export const MAX_USEFUL_THREADS = 8;

/** WASM threads that the engine takes where nobody chose. */
export function recommendedThreads({
  isIsolated,
  cores,
}: Pick<DeviceReport, 'isIsolated' | 'cores'>): number {
  return isIsolated ? Math.max(1, Math.min(cores, MAX_USEFUL_THREADS)) : 1;
}

/** Name of an adapter in verdicts: the same as long as nothing that counts has changed. */
export function adapterKey(info: {
  readonly vendor: string;
  readonly architecture: string;
  readonly device: string;
  readonly description: string;
}): string {
  const parts = [info.vendor, info.architecture, info.device, info.description];
  return parts.filter(Boolean).join(' ') || 'unnamed adapter';
}
