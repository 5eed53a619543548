/** Less than this is rounding of timestamps (Matroska counts milliseconds), not a gap. */
const MIN_GAP_SEC = 0.002;
/** A timestamp further away than this is a mistake of the file; nobody wants an hour of silence made up. */
const MAX_GAP_SEC = 3600;

/** The part of a track's own time that a player plays, in seconds. */
export interface Span {
  /** What a player shows as 0:00. Sound before it (encoder priming) is not played. */
  readonly originSec: number;
  /** Sound after it (encoder padding) is not played; Infinity where the file does not say. */
  readonly endSec: number;
}

/** Lays decoded sound on the source's time: trims what lies outside the span and fills gaps with silence. */
export class Timeline {
  readonly #span: Span;
  #writtenSec = 0;

  constructor(span: Span) {
    this.#span = span;
  }

  /** How far the source is covered. */
  get endSec(): number {
    return this.#writtenSec;
  }

  /** What to append for `samples` that begin at `timestampSec` of the track: silence of a gap, then the sound. */
  *place(
    samples: Float32Array<ArrayBuffer>,
    timestampSec: number,
    rateHz: number,
  ): Generator<Float32Array<ArrayBuffer>, void, void> {
    const first = Math.round(Math.max(0, this.#span.originSec - timestampSec) * rateHz);
    const last = Math.round(Math.min(samples.length, (this.#span.endSec - timestampSec) * rateHz));
    if (last <= first) return;
    const startSec = timestampSec + first / rateHz - this.#span.originSec;
    const gapSec = startSec - this.#writtenSec;
    if (gapSec >= MIN_GAP_SEC && gapSec <= MAX_GAP_SEC) yield* this.#silence(gapSec, rateHz);
    this.#writtenSec += (last - first) / rateHz;
    yield samples.subarray(first, last);
  }

  *#silence(gapSec: number, rateHz: number): Generator<Float32Array<ArrayBuffer>, void, void> {
    let left = Math.round(gapSec * rateHz);
    this.#writtenSec += left / rateHz;
    // A second at a time: a long gap at a high rate would not fit into memory at once.
    for (; left > 0; left -= rateHz) yield new Float32Array(Math.min(left, rateHz));
  }
}
