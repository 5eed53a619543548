/** Precision of the weights, by the file suffixes of the Hugging Face layout ("", _fp16, _quantized, _q4). */
export type Dtype = 'fp32' | 'fp16' | 'q8' | 'q4';

/** Precision of a model's two graphs. */
export interface Precision {
  readonly encoder: Dtype;
  readonly decoder: Dtype;
}

/** A precision as a key: "q8+q8" is encoder q8 and decoder q8. */
export type PrecisionKey = `${Dtype}+${Dtype}`;

/** What decides which precisions are right. */
export type DeviceClass = 'webgpu-f16' | 'webgpu' | 'wasm';

/** Whether WebGPU runs in software, which is slower than WASM. @param info of the adapter, as WebGPU gives it */
export function isSoftwareAdapter(info: {
  readonly isFallbackAdapter: boolean;
  readonly architecture: string;
}): boolean {
  return info.isFallbackAdapter || /swiftshader|llvmpipe/i.test(info.architecture);
}

/** What the engine takes of a model whose files cannot be listed. */
export const UNLISTED_PRECISION: Readonly<Record<DeviceClass, Precision>> = {
  'webgpu-f16': { encoder: 'fp32', decoder: 'fp32' },
  webgpu: { encoder: 'fp32', decoder: 'fp32' },
  wasm: { encoder: 'q8', decoder: 'q8' },
};

/** @param gpu a WebGPU adapter or device; null for WASM */
export function deviceClass(
  gpu: { readonly features: { has(name: string): boolean } } | null,
): DeviceClass {
  if (!gpu) return 'wasm';
  return gpu.features.has('shader-f16') ? 'webgpu-f16' : 'webgpu';
}

/**
 * The precisions of each kind of device, best first. What is not listed is known to be wrong or far too slow there:
 *
 * - WASM takes q8 + q8. q4 (MatMulNBits) is 15 times slower than q8 at a product as large as the vocabulary.
 * - WebGPU never takes q8: its operators (DynamicQuantizeLinear, MatMulInteger) have no WebGPU kernel, and the public
 *   q8 decoders give gibberish there (transformers.js issue 1317).
 * - fp16 needs the device feature shader-f16; without it the encoder runs in fp32.
 * - Decoders in fp16 come after those in q4: some public ones were seen to fail on WebGPU (docs/models.md).
 * - The encoder is sensitive to 4-bit weights, the decoder is not: q4 stands for the decoder only.
 */
export const PRECISION_ORDER: Readonly<Record<DeviceClass, readonly PrecisionKey[]>> = {
  'webgpu-f16': ['fp16+q4', 'fp32+q4', 'fp16+fp16', 'fp32+fp32'],
  webgpu: ['fp32+q4', 'fp32+fp32'],
  wasm: ['q8+q8', 'fp32+fp32'],
};

const SUFFIX: Readonly<Record<Dtype, string>> = {
  fp32: '',
  fp16: '_fp16',
  q8: '_quantized',
  q4: '_q4',
};
const DTYPES = Object.keys(SUFFIX) as Dtype[];

/** The first precision of the device's order that the model has; null where none is right. */
export function choosePrecision(
  device: DeviceClass,
  available: readonly PrecisionKey[],
): Precision | null {
  const key = PRECISION_ORDER[device].find((candidate) => available.includes(candidate));
  return key ? parsePrecision(key) : null;
}

export function precisionKey({ encoder, decoder }: Precision): PrecisionKey {
  return `${encoder}+${decoder}`;
}

export function parsePrecision(key: PrecisionKey): Precision {
  const [encoder, decoder] = key.split('+') as [Dtype, Dtype];
  return { encoder, decoder };
}

/** Paths of the two graphs in the Hugging Face layout, relative to the model's folder. */
export function weightPaths({ encoder, decoder }: Precision): [encoder: string, decoder: string] {
  return [
    `onnx/encoder_model${SUFFIX[encoder]}.onnx`,
    `onnx/decoder_model_merged${SUFFIX[decoder]}.onnx`,
  ];
}

/** Every precision whose two graphs are among `paths`. */
export function precisionsAmong(paths: readonly string[]): PrecisionKey[] {
  const present = new Set(paths);
  const pairs = DTYPES.flatMap((encoder) => DTYPES.map((decoder) => ({ encoder, decoder })));
  return pairs
    .filter((pair) => weightPaths(pair).every((path) => present.has(path)))
    .map(precisionKey);
}
