import { readFileSync } from 'node:fs';
import { FLACDecoder } from '@wasm-audio-decoders/flac';

const decoded = new Map<string, Promise<Float32Array>>();

/** The samples of a 16 kHz mono FLAC file in tests/fixtures/audio, in [-1, 1]; the same array each time. */
export function readFlac(name: string): Promise<Float32Array> {
  const samples = decoded.get(name) ?? decode(name);
  decoded.set(name, samples);
  return samples;
}

async function decode(name: string): Promise<Float32Array> {
  const decoder = new FLACDecoder();
  await decoder.ready;
  try {
    const bytes = readFileSync(new URL(`../fixtures/audio/${name}`, import.meta.url));
    const { channelData, sampleRate } = await decoder.decodeFile(new Uint8Array(bytes));
    if (sampleRate !== 16_000 || channelData.length !== 1)
      throw new Error(`${name} is not 16 kHz mono`);
    return channelData[0]!;
  } finally {
    decoder.free();
  }
}
