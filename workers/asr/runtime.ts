import type * as Ort from 'onnxruntime-web';
import type { Device } from '../../src/core/asr-api';
import { chooseBuild, type EngineBuild } from '../../src/core/engine-build';
import { SottoError } from '../../src/core/errors';
import { isSoftwareAdapter } from '../../src/core/precisions';
import asyncifyGlueUrl from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.mjs?url';
import asyncifyWasmUrl from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url';
import jspiGlueUrl from 'onnxruntime-web/ort-wasm-simd-threaded.jspi.mjs?url';
import jspiWasmUrl from 'onnxruntime-web/ort-wasm-simd-threaded.jspi.wasm?url';
import plainGlueUrl from 'onnxruntime-web/ort-wasm-simd-threaded.mjs?url';
import plainWasmUrl from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';

/** onnxruntime, started for one device. */
export interface Runtime {
  readonly ort: typeof Ort;
  readonly device: Device;
  /** Our own WebGPU device; null on WASM. */
  readonly gpu: GPUDevice | null;
  /** WASM threads in use. */
  readonly threads: number;
  /** Whether it reads weights from a Blob piece by piece; others would read it whole. */
  readonly streams: boolean;
}

/** A build's script, loaded when it is needed, and its files. */
const BUILDS: Readonly<
  Record<EngineBuild, { load(): Promise<typeof Ort>; glueUrl: string; wasmUrl: string }>
> = {
  '.jspi': {
    load: () => import('onnxruntime-web/jspi'),
    glueUrl: jspiGlueUrl,
    wasmUrl: jspiWasmUrl,
  },
  '.asyncify': {
    load: () => import('onnxruntime-web/webgpu'),
    glueUrl: asyncifyGlueUrl,
    wasmUrl: asyncifyWasmUrl,
  },
  '': {
    load: () => import('onnxruntime-web/wasm'),
    glueUrl: plainGlueUrl,
    wasmUrl: plainWasmUrl,
  },
};

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

function openWasm(threads: number | null): Promise<Runtime> {
  const wanted = threads ?? Math.min(navigator.hardwareConcurrency, MAX_USEFUL_THREADS);
  return openBuild('wasm', null, crossOriginIsolated ? wanted : 1);
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
  return openBuild('webgpu', gpu, 1);
}

async function openBuild(device: Device, gpu: GPUDevice | null, threads: number): Promise<Runtime> {
  const build = chooseBuild(device, WebAssembly);
  const { load, glueUrl, wasmUrl } = BUILDS[build];
  const ort = await load();
  ort.env.wasm.numThreads = threads;
  ort.env.wasm.wasmPaths = { mjs: absolute(glueUrl), wasm: absolute(wasmUrl) };
  return { ort, device, gpu, threads, streams: build === '.jspi' };
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
