import type { Tensor } from 'onnxruntime-web';
import type { Runtime } from './runtime';

/** One row (index of the first dimension) of a tensor. */
interface TensorRow {
  readonly tensor: Tensor;
  readonly row: number;
}

/** All rows of several tensors that differ in their first dimension at most; they stay the caller's. */
export function joinRows(runtime: Runtime, tensors: readonly Tensor[]): Tensor {
  return gatherRows(
    runtime,
    tensors.flatMap((tensor) =>
      Array.from({ length: tensor.dims[0]! }, (_, row) => ({ tensor, row })),
    ),
  );
}

/** A new tensor of rows of others, on the GPU where those are; a row may come up more than once. */
export function gatherRows({ ort, gpu }: Runtime, rows: readonly TensorRow[]): Tensor {
  const { dims: of, type, location } = rows[0]!.tensor;
  const dims = [rows.length, ...of.slice(1)];
  const rowBytes = of.slice(1).reduce((a, b) => a * b, 1) * (type === 'float16' ? 2 : 4);
  if (location === 'gpu-buffer' && gpu) {
    const buffer = copyOnGpu(gpu, rows, rowBytes);
    const dataType = type === 'float16' ? 'float16' : 'float32';
    return ort.Tensor.fromGpuBuffer(buffer, { dataType, dims, dispose: () => buffer.destroy() });
  }
  const to = new Uint8Array(rowBytes * rows.length);
  rows.forEach(({ tensor, row }, i) => {
    const { buffer, byteOffset } = tensor.data as Float32Array;
    to.set(new Uint8Array(buffer, byteOffset + row * rowBytes, rowBytes), i * rowBytes);
  });
  return type === 'float16'
    ? new ort.Tensor('float16', new Uint16Array(to.buffer), dims)
    : new ort.Tensor('float32', new Float32Array(to.buffer), dims);
}

function copyOnGpu(gpu: GPUDevice, rows: readonly TensorRow[], rowBytes: number): GPUBuffer {
  const buffer = gpu.createBuffer({
    size: Math.ceil((rowBytes * rows.length) / 16) * 16,
    usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST,
  });
  const commands = gpu.createCommandEncoder();
  rows.forEach(({ tensor, row }, i) =>
    commands.copyBufferToBuffer(tensor.gpuBuffer, row * rowBytes, buffer, i * rowBytes, rowBytes),
  );
  gpu.queue.submit([commands.finish()]);
  return buffer;
}
