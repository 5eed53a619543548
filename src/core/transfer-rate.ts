/** Speed is the mean over this long. */
const WINDOW_MS = 5000;
/** Less than this says nothing. */
const SHORTEST_MS = 500;

/** Speed of a transfer over its last seconds. */
export class TransferRate {
  #samples: { readonly atMs: number; readonly bytes: number }[] = [];

  /** Bytes transferred so far, in all. Times must not decrease. */
  add(atMs: number, bytes: number): void {
    // A file that begins again takes its bytes back: what was measured before tells nothing.
    if (bytes < (this.#samples.at(-1)?.bytes ?? 0)) this.#samples = [];
    this.#samples.push({ atMs, bytes });
    const from = atMs - WINDOW_MS;
    // One sample from before the window stays, to measure from.
    while (this.#samples.length > 2 && this.#samples[1]!.atMs <= from) this.#samples.shift();
  }

  /** null until there is enough to tell. */
  bytesPerSec(): number | null {
    const first = this.#samples[0];
    const last = this.#samples.at(-1);
    if (!first || !last || last.atMs - first.atMs < SHORTEST_MS) return null;
    return ((last.bytes - first.bytes) / (last.atMs - first.atMs)) * 1000;
  }

  /** Seconds that the rest takes at this speed; null while the speed is unknown or nothing moves. */
  secondsLeft(remainingBytes: number): number | null {
    const rate = this.bytesPerSec();
    return rate === null || rate <= 0 ? null : remainingBytes / rate;
  }
}
