import {
  FFT_SIZE_SAMPLES,
  HOP_SAMPLES,
  SAMPLE_RATE_HZ,
  WINDOW_FRAMES,
} from '../../src/core/audio-constants';
import { normalizeLogMel, samplesForFrames, SILENCE_LOG10, type MelSpectrum } from './mel';

/** Samples per stored chunk: 60 s, 3.8 MB. */
const CHUNK_SAMPLES = 60 * SAMPLE_RATE_HZ;
const PAD_SAMPLES = FFT_SIZE_SAMPLES / 2;

/**
 * The samples of one recording and the log-mel windows cut from it.
 *
 * Whisper normalises by the loudest mel value of the whole recording, so all audio has to be seen before
 * the first window is decoded. Full chunks become Blobs, which the browser moves to disk: ten hours do not
 * fit into a tab's memory.
 */
export class Recording {
  private readonly chunks: Blob[] = [];
  private tail = new Float32Array(CHUNK_SAMPLES);
  private tailLength = 0;
  private cached: { index: number; samples: Float32Array } | null = null;
  private maxLog10 = SILENCE_LOG10;
  private measuredFrames = 0;
  private finished = false;
  private gain = 1;

  constructor(private readonly spectrum: MelSpectrum) {}

  get lengthSamples(): number {
    return this.chunks.length * CHUNK_SAMPLES + this.tailLength;
  }

  get durationSec(): number {
    return this.lengthSamples / SAMPLE_RATE_HZ;
  }

  /** Mel frames of the recording itself, without the silence that whisper pads after it. */
  get contentFrames(): number {
    return Math.floor(this.lengthSamples / HOP_SAMPLES);
  }

  /** Appends mono samples at 16 kHz. */
  async push(samples: Float32Array): Promise<void> {
    for (let at = 0; at < samples.length;) {
      const count = Math.min(samples.length - at, CHUNK_SAMPLES - this.tailLength);
      this.tail.set(samples.subarray(at, at + count), this.tailLength);
      this.tailLength += count;
      at += count;
      if (this.tailLength === CHUNK_SAMPLES) this.storeTail();
    }
    // A frame is complete 200 samples after its centre.
    await this.measureUpTo(Math.floor((this.lengthSamples - PAD_SAMPLES) / HOP_SAMPLES));
  }

  /**
   * No more audio comes: measures the last frames, which reach into the silence after the end.
   * @param gain of every window from here on; the samples themselves stay as they came
   */
  async finish(gain = 1): Promise<void> {
    await this.measureUpTo(Math.ceil((this.lengthSamples + PAD_SAMPLES) / HOP_SAMPLES));
    // Mel values are powers: a gain moves all of them, the loudest included, by its square.
    if (this.maxLog10 > SILENCE_LOG10) this.maxLog10 += 2 * Math.log10(gain);
    this.gain = gain;
    this.finished = true;
  }

  /**
   * Normalised log-mel of frames [seek, seek + frames), [melBins, 3000].
   * Frames past `frames` are 0, as whisper's pad_or_trim leaves them.
   */
  async window(seek: number, frames: number): Promise<Float32Array> {
    return this.fillWindow(await this.log10Frames(seek, frames), frames);
  }

  /**
   * Normalised log-mel, [melBins, 3000], of pieces of the recording as if they followed each other.
   * @param spans mel frames [start, end), 3000 in all at most
   */
  async joined(spans: readonly { start: number; end: number }[]): Promise<Float32Array> {
    const frames = spans.reduce((sum, { start, end }) => sum + end - start, 0);
    const samples = new Float32Array(samplesForFrames(frames));
    let at = PAD_SAMPLES;
    for (const { start, end } of spans) {
      const piece = await this.read(start * HOP_SAMPLES, (end - start) * HOP_SAMPLES);
      samples.set(piece, at);
      at += piece.length;
    }
    return this.fillWindow(this.spectrum.log10(samples, frames), frames);
  }

  private fillWindow(log10: Float32Array, frames: number): Float32Array {
    if (!this.finished) throw new Error('a window before finish()');
    const mel = normalizeLogMel(log10, this.maxLog10);
    if (frames === WINDOW_FRAMES) return mel;
    const padded = new Float32Array(this.spectrum.melBins * WINDOW_FRAMES);
    for (let m = 0; m < this.spectrum.melBins; m++)
      padded.set(mel.subarray(m * frames, (m + 1) * frames), m * WINDOW_FRAMES);
    return padded;
  }

  private storeTail(): void {
    this.chunks.push(new Blob([this.tail]));
    this.cached = { index: this.chunks.length - 1, samples: this.tail };
    this.tail = new Float32Array(CHUNK_SAMPLES);
    this.tailLength = 0;
  }

  private async measureUpTo(frame: number): Promise<void> {
    while (this.measuredFrames < frame) {
      const count = Math.min(frame - this.measuredFrames, WINDOW_FRAMES);
      const log10 = await this.log10Frames(this.measuredFrames, count);
      for (const value of log10) if (value > this.maxLog10) this.maxLog10 = value;
      this.measuredFrames += count;
    }
  }

  private async log10Frames(first: number, count: number): Promise<Float32Array> {
    const start = first * HOP_SAMPLES - PAD_SAMPLES;
    return this.spectrum.log10(await this.read(start, samplesForFrames(count)), count);
  }

  /** Samples [start, start + count): mirrored before the beginning (torch.stft's reflect), 0 past the end. */
  private async read(start: number, count: number): Promise<Float32Array> {
    const out = new Float32Array(count);
    const from = Math.max(0, start);
    const to = Math.min(start + count, this.lengthSamples);
    for (let at = from; at < to;) {
      const index = Math.floor(at / CHUNK_SAMPLES);
      const chunk = await this.chunk(index);
      const offset = at - index * CHUNK_SAMPLES;
      const length = Math.min(to - at, CHUNK_SAMPLES - offset);
      out.set(chunk.subarray(offset, offset + length), at - start);
      at += length;
    }
    for (let i = 0; i < -start; i++) out[i] = out[-2 * start - i] ?? 0;
    if (this.gain !== 1) out.forEach((sample, i) => (out[i] = sample * this.gain));
    return out;
  }

  private async chunk(index: number): Promise<Float32Array> {
    if (index === this.chunks.length) return this.tail;
    if (this.cached?.index !== index) {
      const blob = this.chunks[index]!;
      this.cached = { index, samples: new Float32Array(await blob.arrayBuffer()) };
    }
    return this.cached.samples;
  }
}
