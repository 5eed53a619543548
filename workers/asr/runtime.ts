import type * as Ort from 'onnxruntime-web';
import type { Device } from '../../src/core/asr-api';
import { SottoError } from '../../src/core/errors';
import { isSoftwareAdapter } from '../../src/core/precisions';
import cpuGlueUrl from 'onnxruntime-web/ort-wasm-simd-threaded.mjs?url';
import cpuWasmUrl from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import gpuGlueUrl from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.mjs?url';
import gpuWasmUrl from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url';

/** onnxruntime, started for one device. */
export interface Runtime {
  readonly ort: typeof Ort;
  readonly device: Device;
  /** Our own WebGPU device; null on WASM. */
  readonly gpu: GPUDevice | null;
  /** WASM threads in use. */
  readonly threads: number;
}

/** More threads than this gain nothing on Whisper's shapes and starve the page. */
const MAX_USEFUL_THREADS = 8;

/** Limits that weights and caches need raised above WebGPU's defaults. */
const RAISED_LIMITS = [
  'maxBufferSize',
  'maxStorageBufferBindingSize',
  'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupSizeX',
  'maxComputeWorkgroupStorageSize',
  'maxStorageBuffersPerShaderStage',
] as const;

/**
 * Starts onnxruntime. The number of threads is fixed by the first call in a worker.
 * @param device 'auto' is WebGPU where hardware backs it and gives a device, else WASM: software is slower than that
 * @throws SottoError 'device-unavailable' where WebGPU was asked for and there is none
 */
export async function openRuntime(
  device: Device | 'auto',
  threads: number | null,
): Promise<Runtime> {
  if (device === 'webgpu') return openWebGpu(await requestAdapter());
  if (device === 'wasm') return openWasm(threads);
  const adapter = await requestAdapter();
  if (!adapter || isSoftwareAdapter(adapter.info)) return openWasm(threads);
  return openWebGpu(adapter).catch(() => openWasm(threads));
}

async function openWasm(threads: number | null): Promise<Runtime> {
  const ort = await import('onnxruntime-web/wasm');
  const wanted = threads ?? Math.min(navigator.hardwareConcurrency, MAX_USEFUL_THREADS);
  ort.env.wasm.numThreads = crossOriginIsolated ? wanted : 1;
  ort.env.wasm.wasmPaths = { mjs: absolute(cpuGlueUrl), wasm: absolute(cpuWasmUrl) };
  return { ort, device: 'wasm', gpu: null, threads: ort.env.wasm.numThreads };
}

async function openWebGpu(adapter: GPUAdapter | null): Promise<Runtime> {
  if (!adapter)
    throw new SottoError(
      'device-unavailable',
      'This browser offers no WebGPU device. Choose the WASM device instead.',
    );
  const gpu = await adapter.requestDevice({
    requiredFeatures: (['shader-f16', 'subgroups'] as const).filter((name) =>
      adapter.features.has(name),
    ),
    requiredLimits: Object.fromEntries(RAISED_LIMITS.map((name) => [name, adapter.limits[name]])),
  });
  const ort = await import('onnxruntime-web/webgpu');
  ort.env.wasm.numThreads = 1;
  ort.env.wasm.wasmPaths = { mjs: absolute(gpuGlueUrl), wasm: absolute(gpuWasmUrl) };
  return { ort, device: 'webgpu', gpu, threads: 1 };
}

async function requestAdapter(): Promise<GPUAdapter | null> {
  // TypeScript believes that every browser has navigator.gpu; many do not.
  const gpu = navigator.gpu as GPU | undefined;
  return (
    (await gpu?.requestAdapter({ powerPreference: 'high-performance' }).catch(() => null)) ?? null
  );
}

function absolute(url: string): string {
  return new URL(url, self.location.href).href;
}
