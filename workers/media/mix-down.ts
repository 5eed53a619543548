import type { AudioSample } from 'mediabunny';

type Samples = Uint8Array | Int16Array | Int32Array | Float32Array;

/**
 * The mean over all channels of decoded sound, in [-1, 1].
 *
 * Integers are divided by a power of two, so that 16-bit sound is n / 32768 exactly as in the reference's loader
 * (whisper/audio.py, load_audio). Chromium's own conversion divides positive samples by 32767.
 */
export function mixDown(sample: AudioSample): Float32Array<ArrayBuffer> {
  const { numberOfFrames: frames, numberOfChannels: channels } = sample;
  const planar = sample.format.endsWith('-planar');
  const type = sample.format.replace('-planar', '');
  const mono = new Float32Array(frames);
  const stride = planar ? 1 : channels;
  for (let plane = 0; plane < (planar ? channels : 1); plane++) {
    const samples = allocate(type, frames * stride);
    sample.copyTo(samples, { planeIndex: plane, format: sample.format });
    addChannels(mono, samples, stride);
  }
  const middle = type === 'u8' ? 128 * channels : 0;
  const scale = 1 / (fullScale(type) * channels);
  for (let i = 0; i < frames; i++) mono[i] = (mono[i]! - middle) * scale;
  return mono;
}

function addChannels(mono: Float32Array, samples: Samples, stride: number): void {
  for (let i = 0; i < mono.length; i++) {
    let sum = mono[i]!;
    for (let c = 0; c < stride; c++) sum += samples[i * stride + c]!;
    mono[i] = sum;
  }
}

function allocate(type: string, length: number): Samples {
  if (type === 'u8') return new Uint8Array(length);
  if (type === 's16') return new Int16Array(length);
  if (type === 's32') return new Int32Array(length);
  return new Float32Array(length);
}

function fullScale(type: string): number {
  if (type === 'u8') return 2 ** 7;
  if (type === 's16') return 2 ** 15;
  return type === 's32' ? 2 ** 31 : 1;
}
