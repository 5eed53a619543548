import { browserName } from '../core/browser-name';
import { adapterKey, type GpuAdapter } from '../core/device-report';
import { deviceClass, isSoftwareAdapter } from '../core/precisions';
import type { Adapter, Machine } from '../core/verdict';

/** The adapter that the engine would take; null where there is none. */
export async function requestAdapter(): Promise<GPUAdapter | null> {
  // TypeScript believes that every browser has navigator.gpu; many do not.
  const gpu = navigator.gpu as GPU | undefined;
  const asked = gpu?.requestAdapter({ powerPreference: 'high-performance' });
  return (await asked?.catch(() => null)) ?? null;
}

/** What verdicts depend on: a quick look, which opens no device. */
export async function probeMachine(): Promise<Machine> {
  const adapter = await requestAdapter();
  return { adapter: adapter && essence(adapter), browser: browserName(navigator.userAgent) };
}

/** An adapter as verdicts and people know it. */
export function describeAdapter({ info, features, limits }: GPUAdapter): GpuAdapter {
  return {
    key: adapterKey(info),
    deviceClass: deviceClass({ features }) === 'webgpu-f16' ? 'webgpu-f16' : 'webgpu',
    isSoftware: isSoftwareAdapter(info),
    vendor: info.vendor,
    architecture: info.architecture,
    description: info.description,
    maxBufferBytes: limits.maxBufferSize,
    maxBindingBytes: limits.maxStorageBufferBindingSize,
  };
}

/** The part of it that is remembered. */
function essence(adapter: GPUAdapter): Adapter {
  const { key, deviceClass, isSoftware } = describeAdapter(adapter);
  return { key, deviceClass, isSoftware };
}
