import * as ort from 'onnxruntime-web/webgpu';
import { expect, test } from 'vitest';
import { gatherRows, joinRows } from '../../workers/asr/tensor-rows';
import type { Runtime } from '../../workers/asr/runtime';

/** [rows, 2, 3] with values that name their place. */
function values(rows: number, from: number): Float32Array {
  return Float32Array.from({ length: rows * 6 }, (_, i) => from + i);
}

test('rows are gathered and joined on the GPU as on the CPU', async () => {
  const adapter = (await navigator.gpu.requestAdapter())!;
  const gpu = await adapter.requestDevice();
  const runtime: Runtime = { ort, device: 'webgpu', gpu, threads: 1, streams: false };
  const onCpu = (data: Float32Array) => new ort.Tensor('float32', data, [data.length / 6, 2, 3]);
  const onGpu = (data: Float32Array) => {
    const buffer = gpu.createBuffer({
      size: Math.ceil(data.byteLength / 16) * 16,
      usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST,
    });
    gpu.queue.writeBuffer(buffer, 0, data.slice());
    const dims = [data.length / 6, 2, 3];
    return ort.Tensor.fromGpuBuffer(buffer, { dataType: 'float32', dims });
  };
  async function read(tensor: ort.Tensor): Promise<number[]> {
    if (tensor.location === 'cpu') return [...(tensor.data as Float32Array)];
    const size = Math.ceil((tensor.size * 4) / 16) * 16;
    const usage = GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST;
    const staging = gpu.createBuffer({ size, usage });
    const commands = gpu.createCommandEncoder();
    commands.copyBufferToBuffer(tensor.gpuBuffer, 0, staging, 0, size);
    gpu.queue.submit([commands.finish()]);
    await staging.mapAsync(GPUMapMode.READ);
    return [...new Float32Array(staging.getMappedRange(), 0, tensor.size)];
  }
  for (const place of [onCpu, onGpu]) {
    const tensor = place(values(3, 0));
    const gathered = gatherRows(
      runtime,
      [2, 0, 2, 1].map((row) => ({ tensor, row })),
    );
    expect(gathered.dims).toEqual([4, 2, 3]);
    const all = [...values(3, 0)];
    const row = (i: number) => all.slice(6 * i, 6 * i + 6);
    expect(await read(gathered)).toEqual([...row(2), ...row(0), ...row(2), ...row(1)]);
    const joined = joinRows(runtime, [place(values(1, 0)), place(values(2, 100))]);
    expect(joined.dims).toEqual([3, 2, 3]);
    expect(await read(joined)).toEqual([...values(1, 0), ...values(2, 100)]);
  }
  gpu.destroy();
});
