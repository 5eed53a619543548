import { spawnSync } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * The tones of bench/resampler.ts through ffmpeg's resamplers, put under its table:
 * `node bench/run.mjs resampler && node bench/resampler-ffmpeg.mjs`.
 */
const RESULTS = fileURLToPath(new URL('results/resampler.md', import.meta.url));
const TO_HZ = 16_000;
const TONES_HZ = [1000, 3000, 5000, 7000, 8500, 9000, 10_000, 12_000];
const RATES_HZ = [44_100, 48_000, 96_000, 192_000];
const FILTERS = { swr: 'aresample=16000', soxr: 'aresample=16000:resampler=soxr' };

/** @param {number} rateHz @param {number} hz @param {string} filter @returns {string} dB */
function level(rateHz, hz, filter) {
  const tone = Float32Array.from({ length: rateHz }, (_, i) =>
    Math.sin((2 * Math.PI * hz * i) / rateHz),
  );
  /** @param {number} ar */
  const raw = (ar) => ['-f', 'f32le', '-ar', String(ar), '-ac', '1'];
  const { stdout, status, stderr } = spawnSync(
    'ffmpeg',
    ['-v', 'error', ...raw(rateHz), '-i', '-', '-af', filter, ...raw(TO_HZ), '-'],
    { input: new Uint8Array(tone.buffer), maxBuffer: 1 << 26 },
  );
  if (status !== 0) throw new Error(`ffmpeg: ${String(stderr)}`);
  const samples = new Float32Array(new Uint8Array(stdout).buffer).subarray(1000, 15_000);
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
  return (10 * Math.log10(2 * power)).toFixed(hz < TO_HZ / 2 ? 3 : 1);
}

const rows = Object.entries(FILTERS).flatMap(([name, filter]) =>
  RATES_HZ.map(
    (rateHz) =>
      `| ${name} | ${rateHz} | ${TONES_HZ.map((hz) => level(rateHz, hz, filter)).join(' | ')} |`,
  ),
);
const version = spawnSync('ffmpeg', ['-version'], { encoding: 'utf8' }).stdout.split(' ')[2];
const table = [
  '',
  `# The same tones through ffmpeg ${version ?? ''}, default settings, dB`,
  '',
  `| resampler | from Hz | ${TONES_HZ.join(' | ')} |`,
  `|---|---${'|---'.repeat(TONES_HZ.length)}|`,
  ...rows,
].join('\n');
appendFileSync(RESULTS, `${table}\n`);
console.log(table);
