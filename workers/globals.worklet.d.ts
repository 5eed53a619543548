/** What capture.worklet.ts uses of AudioWorkletGlobalScope, which TypeScript's libraries leave out. */
interface WorkletPort {
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  postMessage(message: unknown, transfer?: readonly ArrayBuffer[]): void;
}

declare abstract class AudioWorkletProcessor {
  readonly port: WorkletPort;
  /** @param inputs of 128 frames: inputs[input][channel]; an input without a source has no channels */
  abstract process(inputs: readonly (readonly Float32Array[])[]): boolean;
}

declare function registerProcessor(
  name: string,
  processor: new (options: { readonly numberOfInputs: number }) => AudioWorkletProcessor,
): void;

/** The context's rate in hertz. */
declare const sampleRate: number;
