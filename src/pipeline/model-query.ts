import type { Device, LoadRequest } from '../core/asr-api';
import type { Dtype } from '../core/precisions';

const DEVICES: readonly Device[] = ['wasm', 'webgpu'];
const DTYPES: readonly Dtype[] = ['fp32', 'fp16', 'q8', 'q4'];

/** What `?device=…&dtype=…&threads=…` asks for. Values that mean nothing are left out. */
export function readModelQuery(search: string): Partial<LoadRequest> {
  const query = new URLSearchParams(search);
  const device = DEVICES.find((name) => name === query.get('device'));
  const dtype = DTYPES.find((name) => name === query.get('dtype'));
  const threads = Number(query.get('threads'));
  return {
    ...(device && { device }),
    ...(dtype && { precision: { encoder: dtype, decoder: dtype } }),
    ...(Number.isInteger(threads) && threads >= 1 && { threads }),
  };
}
