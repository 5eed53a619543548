import { SAMPLE_RATE_HZ } from './audio-constants';

/** EBU R128's target for broadcasts. */
export const TARGET_LUFS = -23;
/** The loudest sample after normalisation: −1 dB below full scale. */
const PEAK_CEILING = 10 ** (-1 / 20);
/** Gating blocks are 400 ms long and begin every 100 ms. Source: ITU-R BS.1770-4. */
const STEP_SAMPLES = SAMPLE_RATE_HZ / 10;
const STEPS_PER_BLOCK = 4;
const ABSOLUTE_GATE_LUFS = -70;
const RELATIVE_GATE_LU = -10;
/** Makes a full-scale 997-Hz sine in one channel −3.01 LUFS. */
const OFFSET_LUFS = -0.691;

/** What was measured of a recording. */
export interface Loudness {
  /** EBU R128 integrated loudness; -Infinity where nothing is louder than −70 LUFS. */
  readonly integratedLufs: number;
  /** Largest absolute sample. */
  readonly peak: number;
}

/** The one factor that brings a recording to `TARGET_LUFS`, or as near as its peaks allow; 1 for silence. */
export function normalizingGain({ integratedLufs, peak }: Loudness): number {
  if (integratedLufs === -Infinity || peak === 0) return 1;
  return Math.min(10 ** ((TARGET_LUFS - integratedLufs) / 20), PEAK_CEILING / peak);
}

/** Integrated loudness of mono sound at 16 kHz, as it comes in. Source: ITU-R BS.1770-4, EBU Tech 3341. */
export class LoudnessMeter {
  private readonly shelf = new Biquad(headShelf());
  private readonly highPass = new Biquad(lowCut());
  /** Energy of the weighted signal in each step of 100 ms. */
  private readonly steps: number[] = [];
  private energy = 0;
  private filled = 0;
  private peak = 0;

  push(samples: Float32Array): void {
    for (const sample of samples) {
      this.peak = Math.max(this.peak, Math.abs(sample));
      const weighted = this.highPass.next(this.shelf.next(sample));
      this.energy += weighted * weighted;
      if (++this.filled < STEP_SAMPLES) continue;
      this.steps.push(this.energy);
      this.energy = 0;
      this.filled = 0;
    }
  }

  measure(): Loudness {
    const blocks: number[] = [];
    for (let i = STEPS_PER_BLOCK; i <= this.steps.length; i++) {
      const energy = this.steps.slice(i - STEPS_PER_BLOCK, i).reduce((sum, step) => sum + step);
      blocks.push(energy / (STEPS_PER_BLOCK * STEP_SAMPLES));
    }
    const audible = blocks.filter((power) => lufs(power) > ABSOLUTE_GATE_LUFS);
    const gate = lufs(mean(audible)) + RELATIVE_GATE_LU;
    const integratedLufs = lufs(mean(audible.filter((power) => lufs(power) > gate)));
    return { integratedLufs, peak: this.peak };
  }
}

function lufs(power: number): number {
  return OFFSET_LUFS + 10 * Math.log10(power);
}

/** 0 for nothing. */
function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

interface Coefficients {
  readonly b: readonly [number, number, number];
  readonly a: readonly [number, number];
}

/** A second-order filter, direct form II transposed. */
class Biquad {
  private z1 = 0;
  private z2 = 0;

  constructor(private readonly c: Coefficients) {}

  next(x: number): number {
    const { b, a } = this.c;
    const y = b[0] * x + this.z1;
    this.z1 = b[1] * x - a[0] * y + this.z2;
    this.z2 = b[2] * x - a[1] * y;
    return y;
  }
}

/**
 * The first stage of K-weighting, which stands for the head. BS.1770 gives it for 48 kHz only; these are the analog
 * parameters behind those numbers. Source: libebur128, ebur128_init_filter().
 */
function headShelf(): Coefficients {
  const k = Math.tan((Math.PI * 1681.974450955533) / SAMPLE_RATE_HZ);
  const q = 0.7071752369554196;
  const high = 10 ** (3.999843853973347 / 20);
  const band = high ** 0.4996667741545416;
  const a0 = 1 + k / q + k * k;
  return {
    b: [
      (high + (band * k) / q + k * k) / a0,
      (2 * (k * k - high)) / a0,
      (high - (band * k) / q + k * k) / a0,
    ],
    a: [(2 * (k * k - 1)) / a0, (1 - k / q + k * k) / a0],
  };
}

/** The second stage of K-weighting. Source: as above. */
function lowCut(): Coefficients {
  const k = Math.tan((Math.PI * 38.13547087602444) / SAMPLE_RATE_HZ);
  const q = 0.5003270373238773;
  const a0 = 1 + k / q + k * k;
  return { b: [1, -2, 1], a: [(2 * (k * k - 1)) / a0, (1 - k / q + k * k) / a0] };
}
