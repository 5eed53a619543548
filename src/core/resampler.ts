import { PolyphaseStage } from './polyphase-stage';
import type { LowPass } from './windowed-sinc';

/** For the last step: at 16 kHz flat to 7 kHz and silent from 8.5 kHz. */
const STEEP: LowPass = { halfWidth: 34, cutoff: 0.96875 };
/** For halving a rate that is far above the output's: only what would fold into the output's band must go. */
const GENTLE: LowPass = { halfWidth: 7, cutoff: 0.95 };
const MIN_RATE_HZ = 100;
const MAX_RATE_HZ = 1_000_000;

/**
 * Streaming change of sample rate with windowed sincs (Kaiser). Blocks of any size give the same samples, bit for
 * bit.
 *
 * The filters' delay is taken out: output sample n is the input's sound at n / toHz. A stream of N samples gives
 * ceil(N * toHz / fromHz). Sound outside the stream counts as silence. At 16 kHz the pass-band is flat within
 * 0.01 dB to 7 kHz, and what lies above 8.5 kHz comes back below -90 dB. Equal rates pass samples through as they are.
 */
export class Resampler {
  readonly #fromHz: number;
  readonly #toHz: number;
  readonly #stages: readonly PolyphaseStage[];
  #received = 0;
  #sent = 0;

  /** @throws RangeError where a rate is not a whole number of hertz from 100 to 1,000,000 */
  constructor(fromHz: number, toHz: number) {
    requireRate(fromHz);
    requireRate(toHz);
    this.#fromHz = fromHz;
    this.#toHz = toHz;
    this.#stages = planStages(fromHz, toHz);
  }

  /** The output samples that are certain once these input samples are known; always a new array. */
  push(samples: Float32Array): Float32Array<ArrayBuffer> {
    let output = new Float32Array(samples);
    for (const stage of this.#stages) output = stage.push(output);
    this.#received += samples.length;
    this.#sent += output.length;
    return output;
  }

  /** The last samples of a stream. What is pushed afterwards begins another one. */
  flush(): Float32Array<ArrayBuffer> {
    let tail = new Float32Array(0);
    for (const stage of this.#stages) tail = joined(stage.push(tail), stage.flush());
    // A stage that halves an odd number of samples rounds up, which may make one too many.
    const rest = Math.ceil((this.#received * this.#toHz) / this.#fromHz) - this.#sent;
    this.#received = 0;
    this.#sent = 0;
    return tail.slice(0, rest);
  }
}

/** Halves a high rate first, which takes short filters, so that the long one runs at a low rate. */
function planStages(fromHz: number, toHz: number): PolyphaseStage[] {
  if (fromHz === toHz) return [];
  const halfHz = fromHz / 2;
  if (!Number.isInteger(halfHz) || halfHz < 2 * toHz)
    return [new PolyphaseStage(fromHz, toHz, STEEP)];
  return [new PolyphaseStage(fromHz, halfHz, GENTLE), ...planStages(halfHz, toHz)];
}

function joined(head: Float32Array, tail: Float32Array): Float32Array<ArrayBuffer> {
  const whole = new Float32Array(head.length + tail.length);
  whole.set(head);
  whole.set(tail, head.length);
  return whole;
}

function requireRate(hz: number): void {
  if (Number.isInteger(hz) && hz >= MIN_RATE_HZ && hz <= MAX_RATE_HZ) return;
  throw new RangeError(`${hz} Hz is not a sample rate. Use a whole number from 100 to 1000000.`);
}
