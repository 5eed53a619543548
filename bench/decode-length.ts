import { SAMPLE_RATE_HZ } from '../src/core/audio-constants';
import { decodeFile } from '../src/pipeline/decode-file';

/**
 * Decodes a file made of copies of a piece and lets every block go.
 * @param pieceUrl an MP3. @param copies how often it is repeated
 * @returns seconds of sound, and seconds it took
 */
export async function decodeCopies(
  pieceUrl: string,
  copies: number,
): Promise<{ heardSec: number; tookSec: number }> {
  const piece = await (await fetch(pieceUrl)).blob();
  const file = new Blob(new Array<Blob>(copies).fill(piece));
  const { signal } = new AbortController();
  const startMs = performance.now();
  let samples = 0;
  for await (const block of decodeFile(signal, file, {}, () => undefined)) samples += block.length;
  return {
    heardSec: samples / SAMPLE_RATE_HZ,
    tookSec: (performance.now() - startMs) / 1000,
  };
}
