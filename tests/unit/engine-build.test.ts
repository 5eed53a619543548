import { expect, test } from 'vitest';
import { buildOf, chooseBuild } from '../../src/core/engine-build';

test('each device has its build, and WebGPU a smaller one where wasm can wait', () => {
  const canWait = { Suspending: class {} };
  expect([chooseBuild('wasm', canWait), chooseBuild('webgpu', canWait)]).toEqual(['', '.jspi']);
  expect([chooseBuild('wasm', {}), chooseBuild('webgpu', {})]).toEqual(['', '.asyncify']);
});

test.each([
  ['assets/ort-wasm-simd-threaded-B2x_9-Qa.wasm', ''],
  ['assets/ort-wasm-simd-threaded.asyncify-D5D0fo7z.wasm', '.asyncify'],
  ['assets/ort-wasm-simd-threaded.jspi-C-r_5lW0.mjs', '.jspi'],
  ['assets/silero_vad_v5-Cq1.onnx', null],
  ['models/sotto-demo/config.json', null],
] as const)('%s is of the build %s', (url, build) => {
  expect(buildOf(url)).toBe(build);
});
