import type { Device } from '../core/asr-api';
import { deviceClass, isSoftwareAdapter, type DeviceClass } from '../core/precisions';

/**
 * What decides which files of a model to download, as the engine will decide it: WebGPU where hardware backs it.
 * @param forced by the person, or 'auto'
 */
export async function probeDevice(forced: Device | 'auto'): Promise<DeviceClass> {
  if (forced === 'wasm') return 'wasm';
  // TypeScript believes that every browser has navigator.gpu; many do not.
  const gpu = navigator.gpu as GPU | undefined;
  const adapter = await gpu
    ?.requestAdapter({ powerPreference: 'high-performance' })
    .catch(() => null);
  if (!adapter) return forced === 'auto' ? 'wasm' : 'webgpu';
  if (forced === 'auto' && isSoftwareAdapter(adapter.info)) return 'wasm';
  return deviceClass(adapter);
}
