import { SottoError } from '../../src/core/errors';
import type { Runtime } from './runtime';

/** Watches over a runtime's WebGPU device. On WASM it is never lost. */
export class GpuWatch {
  /** Why the device is gone; null while it is there. */
  reason: string | null = null;
  private readonly gone: Promise<never>;
  private readonly onGpu: boolean;

  constructor({ gpu }: Runtime) {
    this.onGpu = gpu !== null;
    const lost: Promise<GPUDeviceLostInfo> = gpu?.lost ?? new Promise(() => undefined);
    this.gone = lost.then(({ reason, message }) => {
      this.reason = `${reason}: ${message}`;
      throw this.failure();
    });
    // Between two jobs nobody waits for it.
    this.gone.catch(() => undefined);
  }

  /**
   * The outcome of work on the device, or its loss as soon as that is known: a step in flight may wait for ever then.
   * @throws SottoError 'device-lost' also for whatever onnxruntime fails with on WebGPU, out of memory above all
   */
  async over<T>(work: Promise<T>): Promise<T> {
    try {
      return await Promise.race([work, this.gone]);
    } catch (thrown) {
      if (thrown instanceof SottoError || !this.onGpu) throw thrown;
      this.reason ??= String(thrown);
      throw this.failure();
    }
  }

  failure(): SottoError {
    return new SottoError(
      'device-lost',
      'The graphics processor stopped working. Choose the WASM device, or reload the page to try again.',
      this.reason ?? '',
    );
  }
}
