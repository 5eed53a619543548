import { FFT_SIZE_SAMPLES, HOP_SAMPLES, SAMPLE_RATE_HZ } from '../../src/core/audio-constants';
import { BatchFft } from './fft';

const BINS = FFT_SIZE_SAMPLES / 2 + 1;
const HALF = FFT_SIZE_SAMPLES / 2;
/** Frames transformed together: large enough for long inner loops, small enough to stay in the cache. */
const BATCH_FRAMES = 8;
/** Power below this is silence. Source: whisper/audio.py, clamp(min=1e-10). */
const POWER_FLOOR = 1e-10;
/** log10 of the floor: the value of a frame of digital silence. */
export const SILENCE_LOG10 = -10;

/** Samples that `count` frames reach over: a frame is centred on its hop and 400 samples long. */
export function samplesForFrames(count: number): number {
  return (count - 1) * HOP_SAMPLES + FFT_SIZE_SAMPLES;
}

/** Hertz to mel on Slaney's scale: linear below 1 kHz, logarithmic above. Source: librosa hz_to_mel. */
function melFromHz(hz: number): number {
  return hz < 1000 ? (hz * 3) / 200 : 15 + (27 * Math.log(hz / 1000)) / Math.log(6.4);
}

function hzFromMel(mel: number): number {
  return mel < 15 ? (mel * 200) / 3 : 1000 * Math.exp((Math.log(6.4) * (mel - 15)) / 27);
}

interface MelFilter {
  readonly firstBin: number;
  readonly weights: Float64Array;
}

/**
 * The triangular filters of librosa.filters.mel(sr=16000, n_fft=400, n_mels), area-normalised, which
 * whisper ships as mel_filters.npz. Only the bins under each triangle are kept.
 */
export function createMelFilters(melBins: number): MelFilter[] {
  const top = melFromHz(SAMPLE_RATE_HZ / 2);
  const edgesHz = Array.from({ length: melBins + 2 }, (_, i) =>
    hzFromMel((top * i) / (melBins + 1)),
  );
  const binHz = SAMPLE_RATE_HZ / FFT_SIZE_SAMPLES;
  return Array.from({ length: melBins }, (_, m) => {
    const [low, mid, high] = [edgesHz[m]!, edgesHz[m + 1]!, edgesHz[m + 2]!];
    const weight = (bin: number): number =>
      Math.fround(
        Math.max(
          0,
          Math.min((bin * binHz - low) / (mid - low), (high - bin * binHz) / (high - mid)),
        ) *
          (2 / (high - low)),
      );
    const firstBin = Math.max(0, Math.floor(low / binHz));
    const lastBin = Math.min(BINS - 1, Math.ceil(high / binHz));
    return {
      firstBin,
      weights: Float64Array.from({ length: lastBin - firstBin + 1 }, (_, i) =>
        weight(firstBin + i),
      ),
    };
  });
}

/** Log-mel spectra as whisper/audio.py `log_mel_spectrogram` defines them, before its normalisation. */
export class MelSpectrum {
  private readonly filters: MelFilter[];
  private readonly fft = new BatchFft(HALF, BATCH_FRAMES);
  private readonly hann = Float64Array.from({ length: FFT_SIZE_SAMPLES }, (_, n) =>
    Math.fround(0.5 - 0.5 * Math.cos((2 * Math.PI * n) / FFT_SIZE_SAMPLES)),
  );
  private readonly twiddleCos = Float64Array.from({ length: BINS }, (_, k) =>
    Math.cos((2 * Math.PI * k) / FFT_SIZE_SAMPLES),
  );
  private readonly twiddleSin = Float64Array.from({ length: BINS }, (_, k) =>
    Math.sin((2 * Math.PI * k) / FFT_SIZE_SAMPLES),
  );
  private readonly power = new Float64Array(BINS * BATCH_FRAMES);
  private re: Float64Array = new Float64Array(HALF * BATCH_FRAMES);
  private im: Float64Array = new Float64Array(HALF * BATCH_FRAMES);

  /** @param melBins 80, or 128 for large-v3 and turbo */
  constructor(readonly melBins: number) {
    this.filters = createMelFilters(melBins);
  }

  /**
   * log10 of the mel power of `count` frames, [melBins, count] row by row.
   * @param samples frame t is centred on sample 160 t + 200; `samplesForFrames(count)` of them at least
   */
  log10(samples: Float32Array, count: number): Float32Array {
    const out = new Float32Array(this.melBins * count);
    for (let frame = 0; frame < count; frame += BATCH_FRAMES) {
      const frames = Math.min(BATCH_FRAMES, count - frame);
      this.transform(samples, frame, frames);
      this.project(out, frame, frames, count);
    }
    return out;
  }

  /** Power spectra of a batch into `power`, [bin, frame]. Two real samples ride in one complex point. */
  private transform(samples: Float32Array, firstFrame: number, frames: number): void {
    const { re, im, hann } = this;
    for (let b = 0; b < BATCH_FRAMES; b++) {
      const start = (firstFrame + Math.min(b, frames - 1)) * HOP_SAMPLES;
      for (let n = 0; n < HALF; n++) {
        re[n * BATCH_FRAMES + b] = samples[start + 2 * n]! * hann[2 * n]!;
        im[n * BATCH_FRAMES + b] = samples[start + 2 * n + 1]! * hann[2 * n + 1]!;
      }
    }
    const out = this.fft.forward(re, im);
    this.re = out.re;
    this.im = out.im;
    for (let k = 0; k < BINS; k++) {
      const low = (k % HALF) * BATCH_FRAMES;
      const high = ((HALF - k) % HALF) * BATCH_FRAMES;
      const c = this.twiddleCos[k]!;
      const s = this.twiddleSin[k]!;
      for (let b = 0; b < BATCH_FRAMES; b++) {
        const evenR = (out.re[low + b]! + out.re[high + b]!) / 2;
        const evenI = (out.im[low + b]! - out.im[high + b]!) / 2;
        const oddR = (out.im[low + b]! + out.im[high + b]!) / 2;
        const oddI = (out.re[high + b]! - out.re[low + b]!) / 2;
        const r = evenR + c * oddR + s * oddI;
        const i = evenI + c * oddI - s * oddR;
        this.power[k * BATCH_FRAMES + b] = r * r + i * i;
      }
    }
  }

  private project(out: Float32Array, firstFrame: number, frames: number, count: number): void {
    for (let m = 0; m < this.melBins; m++) {
      const { firstBin, weights } = this.filters[m]!;
      for (let b = 0; b < frames; b++) {
        let sum = 0;
        let at = firstBin * BATCH_FRAMES + b;
        for (let i = 0; i < weights.length; i++, at += BATCH_FRAMES)
          sum += weights[i]! * this.power[at]!;
        out[m * count + firstFrame + b] = Math.log10(sum > POWER_FLOOR ? sum : POWER_FLOOR);
      }
    }
  }
}

/**
 * Whisper's normalisation in place: at most 8 decades (80 dB) below the loudest value of the whole
 * recording, then (x + 4) / 4.
 */
export function normalizeLogMel(log10: Float32Array, recordingMax: number): Float32Array {
  const floor = recordingMax - 8;
  for (let i = 0; i < log10.length; i++) log10[i] = (Math.max(log10[i]!, floor) + 4) / 4;
  return log10;
}
