/** Name of a quantized tensor of the demo model with the byte that says that its numbers follow, and their length. */
const QUANTIZED = /dec\.\d\.[\w.]+\.qJ/g;

/** The quantized decoder of the demo model with the numbers of its matrices the wrong way round: it loads, and babbles. */
export function damageWeights(graph: Uint8Array): Uint8Array<ArrayBuffer> {
  const damaged = new Uint8Array(graph);
  const text = new TextDecoder('latin1').decode(graph);
  for (const { index, 0: name } of text.matchAll(QUANTIZED)) {
    const { start, length } = readLength(damaged, index + name.length);
    damaged.subarray(start, start + length).reverse();
  }
  return damaged;
}

/** A protobuf length (base 128, the lowest digits first) and where what it measures starts. */
function readLength(bytes: Uint8Array, at: number): { start: number; length: number } {
  let length = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++] ?? 0;
    length += (byte & 0x7f) << shift;
    if (byte < 0x80) return { start: at, length };
  }
}
