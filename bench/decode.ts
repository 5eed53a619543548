import mp3 from '../tests/fixtures/media/mono_44k.mp3?url';
import { SAMPLE_RATE_HZ } from '../src/core/audio-constants';
import { decodeFile } from '../src/pipeline/decode-file';

const FIXTURE_SEC = 2.978;
const LENGTHS_SEC = [600, 3600, 36_000];

/** Speed of the decode path, worker and messages included, for MP3 of 44.1 kHz joined from one recording. */
export async function run(): Promise<string> {
  const piece = await (await fetch(mp3)).blob();
  const rows: string[] = [];
  for (const lengthSec of LENGTHS_SEC) {
    const copies = Math.round(lengthSec / FIXTURE_SEC);
    const file = new Blob(new Array<Blob>(copies).fill(piece));
    const startMs = performance.now();
    const heardSec = await decodedSec(file);
    const tookSec = (performance.now() - startMs) / 1000;
    const cells = [heardSec.toFixed(0), (file.size / 1e6).toFixed(1), tookSec.toFixed(1)];
    rows.push(`| ${cells.join(' | ')} | ${(heardSec / tookSec).toFixed(0)} |`);
  }
  return [
    '# Decoding MP3 (mono, 44.1 kHz, 48 kbit/s) to 16 kHz',
    '',
    '| sound, s | file, MB | took, s | × real time |',
    '|---|---|---|---|',
    ...rows,
  ].join('\n');
}

async function decodedSec(file: Blob): Promise<number> {
  const signal = new AbortController().signal;
  let samples = 0;
  for await (const block of decodeFile(signal, file, {}, () => undefined)) samples += block.length;
  return samples / SAMPLE_RATE_HZ;
}
