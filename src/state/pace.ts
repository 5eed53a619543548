/** How fast a job goes. Times are seconds; what was decided before this run says nothing of its speed. */
export class Pace {
  #decodingSinceMs = 0;
  /** How far the recording was decided when decoding began. */
  #fromSec = 0;

  /** A window begins, with all before `doneSec` decided. */
  decode(doneSec: number): void {
    if (this.#decodingSinceMs > 0) return;
    this.#decodingSinceMs = performance.now();
    this.#fromSec = doneSec;
  }

  /** Expected wait; null until something is decided. */
  leftSec(doneSec: number, durationSec: number): number | null {
    const decidedSec = doneSec - this.#fromSec;
    if (this.#decodingSinceMs === 0 || decidedSec <= 0) return null;
    const spentSec = (performance.now() - this.#decodingSinceMs) / 1000;
    return ((durationSec - doneSec) * spentSec) / decidedSec;
  }
}
