/**
 * Complex Fourier transforms of a batch of signals at once, mixed radix 2, 4 and 5 (Stockham autosort,
 * decimation in frequency). Point n of signal b lies at [n * batch + b], so that every inner loop runs
 * over neighbours whatever the stage.
 */
export class BatchFft {
  private readonly radices: number[] = [];
  private readonly cos: Float64Array;
  private readonly sin: Float64Array;
  private re: Float64Array;
  private im: Float64Array;

  /** @param points transform length, a product of 2, 4 and 5. @param batch signals per call */
  constructor(
    private readonly points: number,
    private readonly batch: number,
  ) {
    let rest = points;
    for (const radix of [5, 4, 2])
      while (rest % radix === 0) {
        this.radices.push(radix);
        rest /= radix;
      }
    if (rest !== 1) throw new RangeError(`FFT length ${points} has a factor other than 2 and 5`);
    this.cos = Float64Array.from({ length: points }, (_, k) =>
      Math.cos((-2 * Math.PI * k) / points),
    );
    this.sin = Float64Array.from({ length: points }, (_, k) =>
      Math.sin((-2 * Math.PI * k) / points),
    );
    this.re = new Float64Array(points * batch);
    this.im = new Float64Array(points * batch);
  }

  /** Transforms in place of its arguments; the result may lie in other arrays, which are returned. */
  forward(re: Float64Array, im: Float64Array): { re: Float64Array; im: Float64Array } {
    let length = this.points;
    let stride = this.batch;
    for (const radix of this.radices) {
      const stage = radix === 5 ? this.stage5 : radix === 4 ? this.stage4 : this.stage2;
      stage.call(this, re, im, this.re, this.im, length, stride);
      [re, im, this.re, this.im] = [this.re, this.im, re, im];
      length /= radix;
      stride *= radix;
    }
    return { re, im };
  }

  private stage2(
    xr: Float64Array,
    xi: Float64Array,
    yr: Float64Array,
    yi: Float64Array,
    length: number,
    stride: number,
  ): void {
    const m = length / 2;
    const step = this.points / length;
    for (let p = 0; p < m; p++) {
      const wr = this.cos[p * step]!;
      const wi = this.sin[p * step]!;
      let a = stride * p;
      let b = stride * (p + m);
      let out = stride * 2 * p;
      for (let q = 0; q < stride; q++, a++, b++, out++) {
        const ar = xr[a]!;
        const ai = xi[a]!;
        const br = xr[b]!;
        const bi = xi[b]!;
        yr[out] = ar + br;
        yi[out] = ai + bi;
        const dr = ar - br;
        const di = ai - bi;
        yr[out + stride] = dr * wr - di * wi;
        yi[out + stride] = dr * wi + di * wr;
      }
    }
  }

  private stage4(
    xr: Float64Array,
    xi: Float64Array,
    yr: Float64Array,
    yi: Float64Array,
    length: number,
    stride: number,
  ): void {
    const m = length / 4;
    const step = this.points / length;
    const jump = stride * m;
    for (let p = 0; p < m; p++) {
      const w1r = this.cos[p * step]!;
      const w1i = this.sin[p * step]!;
      const w2r = this.cos[2 * p * step]!;
      const w2i = this.sin[2 * p * step]!;
      const w3r = this.cos[3 * p * step]!;
      const w3i = this.sin[3 * p * step]!;
      let at = stride * p;
      let out = stride * 4 * p;
      for (let q = 0; q < stride; q++, at++, out++) {
        const ar = xr[at]!;
        const ai = xi[at]!;
        const br = xr[at + jump]!;
        const bi = xi[at + jump]!;
        const cr = xr[at + 2 * jump]!;
        const ci = xi[at + 2 * jump]!;
        const dr = xr[at + 3 * jump]!;
        const di = xi[at + 3 * jump]!;
        const sumAcR = ar + cr;
        const sumAcI = ai + ci;
        const difAcR = ar - cr;
        const difAcI = ai - ci;
        const sumBdR = br + dr;
        const sumBdI = bi + di;
        const difBdR = br - dr;
        const difBdI = bi - di;
        yr[out] = sumAcR + sumBdR;
        yi[out] = sumAcI + sumBdI;
        // multiplied by -i: (r, i) -> (i, -r)
        const e1r = difAcR + difBdI;
        const e1i = difAcI - difBdR;
        yr[out + stride] = e1r * w1r - e1i * w1i;
        yi[out + stride] = e1r * w1i + e1i * w1r;
        const e2r = sumAcR - sumBdR;
        const e2i = sumAcI - sumBdI;
        yr[out + 2 * stride] = e2r * w2r - e2i * w2i;
        yi[out + 2 * stride] = e2r * w2i + e2i * w2r;
        const e3r = difAcR - difBdI;
        const e3i = difAcI + difBdR;
        yr[out + 3 * stride] = e3r * w3r - e3i * w3i;
        yi[out + 3 * stride] = e3r * w3i + e3i * w3r;
      }
    }
  }

  private stage5(
    xr: Float64Array,
    xi: Float64Array,
    yr: Float64Array,
    yi: Float64Array,
    length: number,
    stride: number,
  ): void {
    const m = length / 5;
    const step = this.points / length;
    const jump = stride * m;
    const c1 = Math.cos((2 * Math.PI) / 5);
    const c2 = Math.cos((4 * Math.PI) / 5);
    const s1 = Math.sin((2 * Math.PI) / 5);
    const s2 = Math.sin((4 * Math.PI) / 5);
    for (let p = 0; p < m; p++) {
      const w1r = this.cos[p * step]!;
      const w1i = this.sin[p * step]!;
      const w2r = this.cos[2 * p * step]!;
      const w2i = this.sin[2 * p * step]!;
      const w3r = this.cos[3 * p * step]!;
      const w3i = this.sin[3 * p * step]!;
      const w4r = this.cos[4 * p * step]!;
      const w4i = this.sin[4 * p * step]!;
      let at = stride * p;
      let out = stride * 5 * p;
      for (let q = 0; q < stride; q++, at++, out++) {
        const ar = xr[at]!;
        const ai = xi[at]!;
        const br = xr[at + jump]!;
        const bi = xi[at + jump]!;
        const cr = xr[at + 2 * jump]!;
        const ci = xi[at + 2 * jump]!;
        const dr = xr[at + 3 * jump]!;
        const di = xi[at + 3 * jump]!;
        const er = xr[at + 4 * jump]!;
        const ei = xi[at + 4 * jump]!;
        const beR = br + er;
        const beI = bi + ei;
        const cdR = cr + dr;
        const cdI = ci + di;
        const bmR = br - er;
        const bmI = bi - ei;
        const cmR = cr - dr;
        const cmI = ci - di;
        const t1r = ar + c1 * beR + c2 * cdR;
        const t1i = ai + c1 * beI + c2 * cdI;
        const t2r = ar + c2 * beR + c1 * cdR;
        const t2i = ai + c2 * beI + c1 * cdI;
        const u1r = s1 * bmR + s2 * cmR;
        const u1i = s1 * bmI + s2 * cmI;
        const u2r = s2 * bmR - s1 * cmR;
        const u2i = s2 * bmI - s1 * cmI;
        yr[out] = ar + beR + cdR;
        yi[out] = ai + beI + cdI;
        const f1r = t1r + u1i;
        const f1i = t1i - u1r;
        const f4r = t1r - u1i;
        const f4i = t1i + u1r;
        const f2r = t2r + u2i;
        const f2i = t2i - u2r;
        const f3r = t2r - u2i;
        const f3i = t2i + u2r;
        yr[out + stride] = f1r * w1r - f1i * w1i;
        yi[out + stride] = f1r * w1i + f1i * w1r;
        yr[out + 2 * stride] = f2r * w2r - f2i * w2i;
        yi[out + 2 * stride] = f2r * w2i + f2i * w2r;
        yr[out + 3 * stride] = f3r * w3r - f3i * w3i;
        yi[out + 3 * stride] = f3r * w3i + f3i * w3r;
        yr[out + 4 * stride] = f4r * w4r - f4i * w4i;
        yi[out + 4 * stride] = f4r * w4i + f4i * w4r;
      }
    }
  }
}
