import { SAMPLE_RATE_HZ, WINDOW_SEC } from '../core/audio-constants';
import { SottoError } from '../core/errors';
import { Resampler } from '../core/resampler';

/**
 * Most that decodeAudioData may unfold a file to. Chromium's peak is 2.2 times that: 2.8 GB for an hour of stereo
 * MP3 (1.3 GB of samples).
 */
const MAX_DECODED_BYTES = 512 * 2 ** 20;
/** What a byte of a file becomes at least: 16-bit FLAC halves samples of which each takes 4 bytes in memory. */
const LEAST_EXPANSION = 4;

/** What is known of a file's sound without decoding it. */
export interface SoundShape {
  readonly durationSec: number | null;
  readonly channels: number;
  readonly sampleRateHz: number;
}

/** Bytes that the whole of a file's sound takes in memory; a lower bound where its shape is not known. */
function decodedBytes(file: Blob, shape: SoundShape | null): number {
  if (!shape?.durationSec) return file.size * LEAST_EXPANSION;
  return shape.durationSec * shape.channels * shape.sampleRateHz * Float32Array.BYTES_PER_ELEMENT;
}

/** What is known of a file once its sound is decoded. */
export interface DecodedInfo {
  readonly durationSec: number;
  readonly channels: number;
}

/**
 * The way for what the media worker cannot read: the browser decodes a file as a whole, on its own clock, in
 * which a late start of the sound is lost.
 *
 * Decodes a file to mono samples at 16 kHz in blocks of at most 30 s: the mean of all its channels.
 * A source that is 16 kHz already is not resampled.
 *
 * @throws SottoError 'empty-file', 'not-media', 'no-samples' or, where it would fill the memory, 'too-large'
 */
export async function* decodeMono16k(
  signal: AbortSignal,
  file: Blob,
  onInfo?: (info: DecodedInfo) => void,
  shape: SoundShape | null = null,
): AsyncGenerator<Float32Array<ArrayBuffer>, void, void> {
  signal.throwIfAborted();
  if (file.size === 0)
    throw new SottoError('empty-file', 'This file is empty. Choose another file.');
  if (decodedBytes(file, shape) > MAX_DECODED_BYTES)
    throw new SottoError(
      'too-large',
      'This browser can read this file only as a whole, and it is too long for that. Convert it to MP3, M4A (AAC) or WAV, then choose it again.',
    );
  // Chromium's own way to 16 kHz aliases, and is 2 dB too quiet from 192 kHz: better at the source's rate, then ours.
  const rateHz = shape?.sampleRateHz ?? SAMPLE_RATE_HZ;
  const audio = await decodeWhole(signal, file, rateHz);
  if (audio.length === 0)
    throw new SottoError('no-samples', 'This file has no sound in it. Choose another file.');
  onInfo?.({ durationSec: audio.duration, channels: audio.numberOfChannels });

  const resampler = new Resampler(rateHz, SAMPLE_RATE_HZ);
  const blockSamples = WINDOW_SEC * rateHz;
  for (let start = 0; start < audio.length; start += blockSamples) {
    yield resampler.push(mixDown(audio, start, Math.min(start + blockSamples, audio.length)));
    // One block takes a few milliseconds; whoever takes it gives it to a worker, and the page gets to draw meanwhile.
    signal.throwIfAborted();
  }
  const tail = resampler.flush();
  if (tail.length > 0) yield tail;
}

async function decodeWhole(signal: AbortSignal, file: Blob, rateHz: number): Promise<AudioBuffer> {
  // The context's rate is the rate that decodeAudioData resamples to; its own channel count does not matter.
  const context = new OfflineAudioContext({
    numberOfChannels: 1,
    length: 1,
    sampleRate: rateHz,
  });
  try {
    const bytes = await orAbort(signal, file.arrayBuffer());
    return await orAbort(signal, context.decodeAudioData(bytes));
  } catch (thrown) {
    signal.throwIfAborted();
    throw new SottoError(
      'not-media',
      'Sotto could not read this file as audio or video. Choose another file.',
      String(thrown),
    );
  }
}

/** The mean over all channels of the samples in [start, end). */
function mixDown(audio: AudioBuffer, start: number, end: number): Float32Array<ArrayBuffer> {
  const mono = audio.getChannelData(0).slice(start, end);
  const channels = audio.numberOfChannels;
  if (channels === 1) return mono;
  for (let c = 1; c < channels; c++) {
    const samples = audio.getChannelData(c).subarray(start, end);
    for (let i = 0; i < mono.length; i++) mono[i] = (mono[i] ?? 0) + (samples[i] ?? 0);
  }
  for (let i = 0; i < mono.length; i++) mono[i] = (mono[i] ?? 0) / channels;
  return mono;
}

/** decodeAudioData cannot be stopped, but nobody has to wait for it. */
function orAbort<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason as Error);
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}
