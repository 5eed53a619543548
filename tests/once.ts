import type { Tensor } from 'onnxruntime-web';
import type { WhisperModel } from '../workers/asr/whisper-model';
import { joinRows } from '../workers/asr/tensor-rows';

/** What was computed of each input, by the input's own bytes: the same input gives the same result. */
export class Once<T> {
  private readonly results = new Map<string, Promise<T>>();

  /** @param compute is asked only for an input that is new */
  async of(input: Float32Array, compute: () => Promise<T>): Promise<T> {
    const hash = await crypto.subtle.digest('SHA-256', input as Float32Array<ArrayBuffer>);
    const key = new Uint8Array(hash).join();
    const result = this.results.get(key) ?? compute();
    this.results.set(key, result);
    return result;
  }

  /** Forgets all that was computed, and returns it. */
  take(): Promise<T[]> {
    const taken = Promise.all(this.results.values());
    this.results.clear();
    return taken;
  }
}

/**
 * Makes a model encode every window once, which is most of the time that a test takes: what is decoded of it under
 * other options shares one run. Each caller gets a copy, to dispose as ever.
 */
export function encodeOnce(model: WhisperModel): Once<Tensor> {
  const encoded = new Once<Tensor>();
  const encode = model.encode.bind(model);
  model.encode = async (mel) => joinRows(model.runtime, [await encoded.of(mel, () => encode(mel))]);
  return encoded;
}
