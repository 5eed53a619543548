import { decodeFile, type DecodeEvent, type DecodeLimits } from '../../src/pipeline/decode-file';

const URLS = import.meta.glob<string>('../fixtures/media/*', {
  query: '?url',
  import: 'default',
  eager: true,
});

/** A file of tests/fixtures/media. */
export async function fixture(name: string): Promise<File> {
  const url = URLS[`../fixtures/media/${name}`];
  if (!url) throw new Error(`no fixture ${name}`);
  const response = await fetch(url);
  return new File([await response.arrayBuffer()], name);
}

export interface Decoded {
  readonly samples: Float32Array<ArrayBuffer>;
  readonly blockLengths: readonly number[];
  readonly events: readonly DecodeEvent[];
}

/** The whole of a file through the app's own decode path. */
export async function decodeAll(file: Blob, limits: DecodeLimits = {}): Promise<Decoded> {
  const events: DecodeEvent[] = [];
  const blocks: Float32Array[] = [];
  const signal = new AbortController().signal;
  for await (const block of decodeFile(signal, file, limits, (event) => events.push(event)))
    blocks.push(block);
  const blockLengths = blocks.map((block) => block.length);
  const samples = new Float32Array(blockLengths.reduce((sum, length) => sum + length, 0));
  let filled = 0;
  for (const block of blocks) {
    samples.set(block, filled);
    filled += block.length;
  }
  return { samples, blockLengths, events };
}

/** The 16-bit samples of a mono WAV file, n / 32768, read without any decoder. */
export async function pcm16(file: Blob): Promise<Float32Array> {
  const view = new DataView(await file.arrayBuffer());
  let at = 12;
  const isData = (): boolean => view.getUint32(at) === 0x64617461;
  while (!isData()) at += 8 + view.getUint32(at + 4, true);
  const length = view.getUint32(at + 4, true) / 2;
  return Float32Array.from({ length }, (_, i) => view.getInt16(at + 8 + 2 * i, true) / 32_768);
}

export interface Match {
  /** How much later the sound is than the original, in samples. */
  readonly lag: number;
  /** How loud it is against the original, at that lag. */
  readonly gain: number;
  /** 1 where it has the original's shape. */
  readonly correlation: number;
}

/** Compares with the original at every lag within `reach` samples of `around`, and takes the best. */
export function match(
  sound: Float32Array,
  original: Float32Array,
  around: number,
  reach: number,
): Match {
  const energy = dot(original, original, 0);
  let best = { lag: NaN, product: -Infinity };
  for (let lag = around - reach; lag <= around + reach; lag++) {
    const product = dot(sound, original, lag);
    if (product > best.product) best = { lag, product };
  }
  const soundEnergy = dot(sound, sound, 0);
  return {
    lag: best.lag,
    gain: best.product / energy,
    correlation: best.product / Math.sqrt(energy * soundEnergy),
  };
}

/** Sum of sound[i + lag] * original[i] where both exist. */
function dot(sound: Float32Array, original: Float32Array, lag: number): number {
  const end = Math.min(original.length, sound.length - lag);
  let sum = 0;
  for (let i = Math.max(0, -lag); i < end; i++) sum += sound[i + lag]! * original[i]!;
  return sum;
}
