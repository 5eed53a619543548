/** Kaiser's shape parameter: about 95 dB of stop-band attenuation. */
const KAISER_BETA = 9.4;
/** One row per phase up to this many coefficients (1 MB); beyond it rows are interpolated. */
const MAX_COEFFICIENTS = 131_072;
/** Interpolated rows lie this many to a sample of the lower rate: linear interpolation errs by -118 dB. */
const ROWS_PER_SAMPLE = 1024;

/** A low-pass filter, relative to the lower of two rates. */
export interface LowPass {
  /** In samples of the lower rate. Wider is steeper and slower. */
  readonly halfWidth: number;
  /** Where the gain is -6 dB, as a part of the lower rate's Nyquist frequency. */
  readonly cutoff: number;
}

/** A windowed sinc (Kaiser), sampled. */
export interface PhaseTable {
  /** Coefficients of a row; a multiple of 4. */
  readonly taps: number;
  /** The filter at fractions of an input sample, one row after the other. */
  readonly rows: Float64Array;
  readonly rowsPerPhase: number;
  /** True where every phase has its own row. */
  readonly exact: boolean;
}

/**
 * The filter of a change of rate, with gain 1 at 0 Hz.
 *
 * @param phases how many different fractions of an input sample the output samples fall on
 */
export function phaseTable(
  fromHz: number,
  toHz: number,
  phases: number,
  filter: LowPass,
): PhaseTable {
  // In the filter's own unit, a sample of the lower rate, neighbouring taps are this far apart.
  const tapSpacing = Math.min(1, toHz / fromHz);
  const taps = 4 * Math.ceil(filter.halfWidth / tapSpacing / 2);
  const exact = phases * taps <= MAX_COEFFICIENTS;
  const divisions = exact ? phases : Math.ceil(ROWS_PER_SAMPLE * tapSpacing);
  // Interpolation needs the row after the last as well.
  const rows = new Float64Array((divisions + 1) * taps);
  for (let division = 0; division <= divisions; division++) {
    const row = rows.subarray(division * taps, (division + 1) * taps);
    fillRow(row, division / divisions, tapSpacing, filter);
  }
  return { taps, rows, rowsPerPhase: divisions / phases, exact };
}

/** The filter's taps for a sample that lies `fraction` after the middle tap; they add up to 1. */
function fillRow(row: Float64Array, fraction: number, tapSpacing: number, filter: LowPass): void {
  let sum = 0;
  for (let tap = 0; tap < row.length; tap++) {
    const distance = (fraction + row.length / 2 - 1 - tap) * tapSpacing;
    row[tap] = windowedSinc(distance, filter);
    sum += row[tap]!;
  }
  for (let tap = 0; tap < row.length; tap++) row[tap] = row[tap]! / sum;
}

function windowedSinc(distance: number, { halfWidth, cutoff }: LowPass): number {
  const across = distance / halfWidth;
  if (Math.abs(across) >= 1) return 0;
  const window = besselI0(KAISER_BETA * Math.sqrt(1 - across * across));
  const angle = Math.PI * cutoff * distance;
  return window * (angle === 0 ? 1 : Math.sin(angle) / angle);
}

/** Modified Bessel function of the first kind and order zero, by its power series. */
function besselI0(x: number): number {
  const quarter = (x * x) / 4;
  let term = 1;
  let sum = 1;
  for (let k = 1; term > sum * 1e-17; k++) {
    term *= quarter / (k * k);
    sum += term;
  }
  return sum;
}
