import { browserName } from '../core/browser-name';
import type { DeviceReport, GpuReport } from '../core/device-report';
import { describeAdapter, requestAdapter } from './probe-device';

/** A driver that does not answer for this long is broken. */
const PATIENCE_MS = 15_000;

/** A function with one SIMD instruction (i32.const 0, i8x16.splat, drop): browsers without SIMD refuse it. */
const SIMD_MODULE = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 10, 9, 1, 7, 0, 65, 0, 253, 15, 26,
  11,
]);

/** Each number doubled plus one: small enough for any device, and wrong where nothing is computed. */
const SHADER = `
@group(0) @binding(0) var<storage, read_write> numbers: array<f32>;
@compute @workgroup_size(64) fn main(@builtin(global_invocation_id) id: vec3u) {
  numbers[id.x] = numbers[id.x] * 2.0 + 1.0;
}`;
const NUMBERS = Float32Array.from({ length: 256 }, (_, i) => i / 8);

/** GPUBufferUsage and GPUMapMode by WebGPU's specification: TypeScript knows the types only. */
const [MAP_READ, COPY_SRC, COPY_DST, STORAGE] = [0x01, 0x04, 0x08, 0x80];
const MAP_MODE_READ = 0x01;

/** Looks at what this device offers: opens a WebGPU device and computes on it, rather than believing its name. */
export async function examineDevice(signal: AbortSignal): Promise<DeviceReport> {
  const gpu = await examineGpu();
  signal.throwIfAborted();
  const { deviceMemory } = navigator as { readonly deviceMemory?: number };
  return {
    gpu,
    browser: browserName(navigator.userAgent),
    isIsolated: crossOriginIsolated,
    hasSimd: WebAssembly.validate(SIMD_MODULE),
    cores: navigator.hardwareConcurrency,
    memoryGb: deviceMemory ?? null,
  };
}

async function examineGpu(): Promise<GpuReport> {
  if (!('gpu' in navigator)) return { kind: 'absent' };
  const found = await requestAdapter();
  if (!found) return { kind: 'no-adapter' };
  const adapter = describeAdapter(found);
  const problem = await withPatience(compute(found).catch(String));
  return problem === null ? { kind: 'works', adapter } : { kind: 'broken', adapter, problem };
}

/** Opens a device and computes. @returns what went wrong; null where nothing did */
async function compute(adapter: GPUAdapter): Promise<string | null> {
  const device = await adapter.requestDevice();
  try {
    device.pushErrorScope('validation');
    const computed = await runShader(device);
    const error = await device.popErrorScope();
    if (error) return error.message;
    const wrong = computed.findIndex((value, i) => value !== NUMBERS[i]! * 2 + 1);
    return wrong < 0 ? null : `${String(NUMBERS[wrong])} × 2 + 1 gave ${String(computed[wrong])}`;
  } finally {
    device.destroy();
  }
}

async function runShader(device: GPUDevice): Promise<Float32Array> {
  const size = NUMBERS.byteLength;
  const numbers = device.createBuffer({ size, usage: STORAGE | COPY_DST | COPY_SRC });
  const result = device.createBuffer({ size, usage: MAP_READ | COPY_DST });
  device.queue.writeBuffer(numbers, 0, NUMBERS);
  const pipeline = await device.createComputePipelineAsync({
    layout: 'auto',
    compute: { module: device.createShaderModule({ code: SHADER }) },
  });
  const layout = pipeline.getBindGroupLayout(0);
  const entries = [{ binding: 0, resource: { buffer: numbers } }];
  const encoder = device.createCommandEncoder();
  const pass = encoder.beginComputePass();
  pass.setPipeline(pipeline);
  pass.setBindGroup(0, device.createBindGroup({ layout, entries }));
  pass.dispatchWorkgroups(NUMBERS.length / 64);
  pass.end();
  encoder.copyBufferToBuffer(numbers, 0, result, 0, size);
  device.queue.submit([encoder.finish()]);
  await result.mapAsync(MAP_MODE_READ);
  return new Float32Array(result.getMappedRange().slice(0));
}

/** What `work` says, or that it says nothing. */
async function withPatience(work: Promise<string | null>): Promise<string | null> {
  const { promise, resolve } = Promise.withResolvers<string>();
  const sentence = `It did not answer within ${String(PATIENCE_MS / 1000)} s.`;
  const timer = setTimeout(() => resolve(sentence), PATIENCE_MS);
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}
