/** What is told of the check that WebGPU has to pass before it is given a recording. */
export type GpuCheckEvent =
  /** A recording whose words are known is on its way through the loaded model. */
  | { readonly kind: 'gpu-check' }
  /** WASM is used instead. */
  | GpuRefused;

export interface GpuRefused {
  readonly kind: 'gpu-refused';
  /** 'unchecked': the recording could not be had, so that nothing is known of WebGPU. */
  readonly why: 'wrong' | 'unchecked';
}
