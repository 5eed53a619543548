/** Joins pieces of any length into blocks of one length. */
export class BlockBuffer {
  readonly #blockSamples: number;
  #pieces: Float32Array[] = [];
  #length = 0;

  constructor(blockSamples: number) {
    this.#blockSamples = blockSamples;
  }

  push(samples: Float32Array): void {
    if (samples.length === 0) return;
    this.#pieces.push(samples);
    this.#length += samples.length;
  }

  /** A whole block, or null while there is less than one. */
  take(): Float32Array<ArrayBuffer> | null {
    return this.#length < this.#blockSamples ? null : this.#takeSamples(this.#blockSamples);
  }

  /** What is left, shorter than a block. */
  takeRest(): Float32Array<ArrayBuffer> {
    return this.#takeSamples(this.#length);
  }

  #takeSamples(count: number): Float32Array<ArrayBuffer> {
    const block = new Float32Array(count);
    let filled = 0;
    while (filled < count) {
      const piece = this.#pieces[0]!;
      const used = piece.subarray(0, count - filled);
      block.set(used, filled);
      filled += used.length;
      if (used.length === piece.length) this.#pieces.shift();
      else this.#pieces[0] = piece.subarray(used.length);
    }
    this.#length -= count;
    return block;
  }
}
