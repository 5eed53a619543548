import { SAMPLE_RATE_HZ } from './audio-constants';

/** What a waveform is drawn from: one value per 50 ms. */
export const PEAKS_PER_SEC = 20;
const PEAK_SAMPLES = SAMPLE_RATE_HZ / PEAKS_PER_SEC;

/** The largest absolute sample of every 50 ms of a recording, as it comes in. */
export class PeakMeter {
  private peaks = new Float32Array(64);
  private samples = 0;

  push(samples: Float32Array): void {
    const needed = Math.ceil((this.samples + samples.length) / PEAK_SAMPLES);
    if (needed > this.peaks.length) {
      const wider = new Float32Array(Math.max(needed, 2 * this.peaks.length));
      wider.set(this.peaks);
      this.peaks = wider;
    }
    for (const sample of samples) {
      const at = Math.floor(this.samples++ / PEAK_SAMPLES);
      if (Math.abs(sample) > this.peaks[at]!) this.peaks[at] = Math.abs(sample);
    }
  }

  /** The last value may stand for less than 50 ms. */
  finish(): Float32Array<ArrayBuffer> {
    return this.peaks.slice(0, Math.ceil(this.samples / PEAK_SAMPLES));
  }
}
