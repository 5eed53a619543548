export const WAVE_HEADER_BYTES = 44;
const BYTES_PER_SAMPLE = 2;
/** What a 32-bit size field holds at most. Readers take it as "until the file ends". */
const MAX_SIZE = 0xffff_ffff;

/** The shape of 16-bit PCM. */
export interface WaveShape {
  readonly channels: number;
  readonly sampleRateHz: number;
  /** Samples of each channel. */
  readonly frames: number;
}

/**
 * The header of a RIFF/WAVE file of interleaved 16-bit PCM; `frames` x `channels` samples follow it.
 * Source: Microsoft and IBM, Multimedia Programming Interface and Data Specifications 1.0, chapter 3.
 */
export function writeWaveHeader({
  channels,
  sampleRateHz,
  frames,
}: WaveShape): Uint8Array<ArrayBuffer> {
  const frameBytes = channels * BYTES_PER_SAMPLE;
  const dataBytes = Math.min(frames * frameBytes, MAX_SIZE);
  const header = new Uint8Array(WAVE_HEADER_BYTES);
  const view = new DataView(header.buffer);
  const tag = (at: number, name: string): void =>
    header.set(
      [...name].map((letter) => letter.charCodeAt(0)),
      at,
    );
  tag(0, 'RIFF');
  view.setUint32(4, Math.min(dataBytes + WAVE_HEADER_BYTES - 8, MAX_SIZE), true);
  tag(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true); // integer PCM
  view.setUint16(22, channels, true);
  view.setUint32(24, sampleRateHz, true);
  view.setUint32(28, sampleRateHz * frameBytes, true);
  view.setUint16(32, frameBytes, true);
  view.setUint16(34, 8 * BYTES_PER_SAMPLE, true);
  tag(36, 'data');
  view.setUint32(40, dataBytes, true);
  return header;
}

/**
 * Channels in [-1, 1], equally long, as interleaved 16-bit little-endian PCM. Samples beyond full scale are clipped.
 * The inverse of readPcm16 for every 16-bit value.
 */
export function writePcm16(channels: readonly Float32Array[]): Uint8Array<ArrayBuffer> {
  const frames = channels[0]?.length ?? 0;
  const view = new DataView(new ArrayBuffer(frames * channels.length * BYTES_PER_SAMPLE));
  channels.forEach((samples, c) => {
    for (let i = 0; i < frames; i++) {
      const value = Math.max(-32_768, Math.min(32_767, Math.round(samples[i]! * 32_768)));
      view.setInt16((i * channels.length + c) * BYTES_PER_SAMPLE, value, true);
    }
  });
  return new Uint8Array(view.buffer);
}

/** One channel of interleaved 16-bit little-endian PCM, in [-1, 1). An incomplete last frame is left out. */
export function readPcm16(
  pcm: ArrayBuffer,
  channel: number,
  channels: number,
): Float32Array<ArrayBuffer> {
  const view = new DataView(pcm);
  const frameBytes = channels * BYTES_PER_SAMPLE;
  const samples = new Float32Array(Math.floor(pcm.byteLength / frameBytes));
  for (let i = 0; i < samples.length; i++)
    samples[i] = view.getInt16(i * frameBytes + channel * BYTES_PER_SAMPLE, true) / 32_768;
  return samples;
}
