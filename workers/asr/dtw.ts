/** Median of a sliding window, mirrored at both ends. Source: whisper/timing.py median_filter. */
export function medianFilter(values: Float32Array, width: number): Float32Array {
  const half = width >> 1;
  const count = values.length;
  if (count <= half) return values;
  const window = new Float32Array(width);
  return values.map((_, center) => {
    for (let i = 0; i < width; i++) {
      const at = Math.abs(center + i - half);
      window[i] = values[at < count ? at : 2 * (count - 1) - at]!;
    }
    return window.sort()[half]!;
  });
}

/**
 * Dynamic time warping of tokens onto frames: the monotonic path of greatest total weight.
 * Source: whisper/timing.py dtw_cpu and backtrace.
 * @param weights [rows, columns]
 * @returns per row, the column at which the path reaches it
 */
export function alignMonotonic(weights: Float32Array, columns: number): Int32Array {
  const rows = weights.length / columns;
  const width = columns + 1;
  // Double precision: numba promotes the reference's float32 costs, and paths of nearly equal cost are common.
  const cost = new Float64Array((rows + 1) * width).fill(Infinity);
  const trace = new Uint8Array((rows + 1) * width);
  cost[0] = 0;
  for (let row = 1; row <= rows; row++)
    for (let column = 1; column <= columns; column++) {
      const at = row * width + column;
      const diagonal = cost[at - width - 1]!;
      const above = cost[at - width]!;
      const left = cost[at - 1]!;
      let best = left;
      let from = LEFT;
      if (diagonal < above && diagonal < left) [best, from] = [diagonal, DIAGONAL];
      else if (above < diagonal && above < left) [best, from] = [above, ABOVE];
      cost[at] = best - weights[(row - 1) * columns + column - 1]!;
      trace[at] = from;
    }
  return traceBack(trace, rows, columns);
}

const DIAGONAL = 0;
const ABOVE = 1;
const LEFT = 2;

function traceBack(trace: Uint8Array, rows: number, columns: number): Int32Array {
  const jumps = new Int32Array(rows);
  let row = rows;
  let column = columns;
  while (row > 0 || column > 0) {
    // The last write to a row, on the way back, is the first column that the path visits in it.
    if (row > 0) jumps[row - 1] = column - 1;
    const from = row === 0 ? LEFT : column === 0 ? ABOVE : trace[row * (columns + 1) + column]!;
    if (from !== LEFT) row--;
    if (from !== ABOVE) column--;
  }
  return jumps;
}
