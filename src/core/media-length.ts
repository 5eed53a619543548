/** Sound may be this much shorter than promised: containers round, and count what encoders add. */
const TOLERATED_PART = 0.02;
/** Of ten hours 2 % would be twelve minutes. */
const TOLERATED_SEC = 5;

/** The earliest end, in seconds, that still counts as the promised one. */
export function earliestEndSec(declaredSec: number): number {
  return declaredSec - Math.min(TOLERATED_SEC, declaredSec * TOLERATED_PART);
}

/** Whether sound that ends at `endSec` is shorter than its file promises; null promises nothing. */
export function endsEarly(endSec: number, declaredSec: number | null): boolean {
  return declaredSec !== null && endSec < earliestEndSec(declaredSec);
}
