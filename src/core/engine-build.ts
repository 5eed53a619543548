import type { Device } from './asr-api';

/** onnxruntime's builds, by what their files have in the name after "ort-wasm-simd-threaded". */
export type EngineBuild = '' | '.asyncify' | '.jspi';

/**
 * The build that runs a device here. Where wasm may wait for a promise (JSPI), one build does for both devices, and reads
 * weights from a Blob piece by piece; elsewhere WebGPU takes asyncify, which is half as large again, and WASM the plain one.
 * @param webAssembly `globalThis.WebAssembly`
 */
export function chooseBuild(device: Device, webAssembly: object): EngineBuild {
  if ('Suspending' in webAssembly) return '.jspi';
  return device === 'webgpu' ? '.asyncify' : '';
}

/** The build that a file of onnxruntime belongs to; null for any other file. @param url as the app's build names it */
export function buildOf(url: string): EngineBuild | null {
  const match = /ort-wasm-simd-threaded(\.asyncify|\.jspi)?-[\w-]+\.(?:wasm|mjs)$/.exec(url);
  return match ? ((match[1] ?? '') as EngineBuild) : null;
}
