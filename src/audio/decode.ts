import { SAMPLE_RATE_HZ, WINDOW_SAMPLES } from '../core/audio-constants';
import { SottoError } from '../core/errors';

/** What is known of a file once its sound is decoded. */
export interface DecodedInfo {
  readonly durationSec: number;
  readonly channels: number;
}

/**
 * Decodes a file to mono samples at 16 kHz in blocks of at most 30 s: the mean of all its channels.
 * A source that is 16 kHz already is not resampled.
 *
 * @throws SottoError 'empty-file', 'not-media' or 'no-audio'
 */
export async function* decodeMono16k(
  signal: AbortSignal,
  file: Blob,
  onInfo?: (info: DecodedInfo) => void,
): AsyncGenerator<Float32Array<ArrayBuffer>, void, void> {
  signal.throwIfAborted();
  if (file.size === 0)
    throw new SottoError('empty-file', 'This file is empty. Choose another file.');
  const audio = await decodeWhole(signal, file);
  if (audio.length === 0)
    throw new SottoError('no-audio', 'This file has no sound in it. Choose another file.');
  onInfo?.({ durationSec: audio.duration, channels: audio.numberOfChannels });

  for (let start = 0; start < audio.length; start += WINDOW_SAMPLES) {
    yield mixDown(audio, start, Math.min(start + WINDOW_SAMPLES, audio.length));
    // One block takes a few milliseconds; between blocks the page gets to draw.
    await nextTask();
    signal.throwIfAborted();
  }
}

async function decodeWhole(signal: AbortSignal, file: Blob): Promise<AudioBuffer> {
  // The context's rate is the rate that decodeAudioData resamples to; its own channel count does not matter.
  const context = new OfflineAudioContext({
    numberOfChannels: 1,
    length: 1,
    sampleRate: SAMPLE_RATE_HZ,
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

/** A turn of the event loop. Not setTimeout, which background tabs slow down to one a second or a minute. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
