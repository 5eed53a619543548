import type { Device } from './asr-api';

/** onnxruntime's builds, by what their files have in the name after "ort-wasm-simd-threaded". */
export type EngineBuild = '' | '.asyncify' | '.jspi';

/**
 * The build that runs a device here. Where wasm may wait for a promise (JSPI), WebGPU takes the build that does and that
 * reads weights from a Blob piece by piece; elsewhere asyncify, which is half as large again. WASM takes the plain one:
 * with threads, JSPI's was suspected of standing still while a session is created (2 of some 250 loads).
 * @param webAssembly `globalThis.WebAssembly`
 */
export function chooseBuild(device: Device, webAssembly: object): EngineBuild {
  if (device === 'wasm') return '';
  return 'Suspending' in webAssembly ? '.jspi' : '.asyncify';
}

/** The build that a file of onnxruntime belongs to; null for any other file. @param url as the app's build names it */
export function buildOf(url: string): EngineBuild | null {
  const match = /ort-wasm-simd-threaded(\.asyncify|\.jspi)?-[\w-]+\.(?:wasm|mjs)$/.exec(url);
  return match ? ((match[1] ?? '') as EngineBuild) : null;
}
