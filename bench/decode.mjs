import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { createServer } from 'vite';
import { CHROMIUM_ARGS, ensureChromium } from '../scripts/find-chromium.mjs';
import { peakRendererMb } from './peak-memory.mjs';

/**
 * Speed and memory of the decode path on long MP3 files, worker and messages included:
 * `node bench/decode.mjs [HOURS…]`. Needs ffmpeg. The sound is decoded and resampled in full and then dropped,
 * which is what stands for the engine. Memory is the high-water mark of the tab's process.
 */
const ROOT = fileURLToPath(new URL('..', import.meta.url));
const hours = process.argv.slice(2).map(Number);
const folder = mkdtempSync(path.join(os.tmpdir(), 'sotto-bench-'));
const piece = path.join(folder, 'minute.mp3');
execFileSync('ffmpeg', [
  ...['-v', 'error', '-stream_loop', '-1', '-i', `${ROOT}tests/fixtures/audio/en_long.flac`],
  ...['-t', '60', '-ac', '2', '-ar', '44100', '-c:a', 'libmp3lame', '-b:a', '128k', piece],
]);

const server = await createServer({
  root: ROOT,
  logLevel: 'error',
  server: { port: 0, fs: { allow: [ROOT, folder] } },
});
await server.listen();
const origin = server.resolvedUrls?.local[0] ?? '';
const rows = [];
let version = '';
for (const length of hours.length > 0 ? hours : [1, 10]) {
  const browser = await chromium.launch({
    executablePath: ensureChromium(console.error),
    args: CHROMIUM_ARGS,
  });
  version = browser.version();
  const page = await browser.newPage();
  await page.goto(`${origin}bench/bench.html`);
  const emptyMb = peakRendererMb();
  const { heardSec, tookSec } = await page.evaluate(
    async ({ module, url, copies }) => {
      const bench = /** @type {typeof import('./decode-length')} */ (
        await import(/* @vite-ignore */ module)
      );
      return bench.decodeCopies(url, copies);
    },
    { module: '/bench/decode-length.ts', url: `/@fs${piece}`, copies: length * 60 },
  );
  const speed = (heardSec / tookSec).toFixed(0);
  rows.push(
    `| ${String(length)} h | ${heardSec.toFixed(0)} s | ${speed}× | ${String(emptyMb)} MB | ${String(peakRendererMb())} MB |`,
  );
  console.log(rows.at(-1));
  await browser.close();
}
await server.close();
rmSync(folder, { recursive: true });

const table = [
  '# Decoding stereo MP3 (44.1 kHz, 128 kbit/s) to mono 16 kHz',
  '',
  '| length | heard | × real time | tab before, at most | tab, at most |',
  '|---|---|---|---|---|',
  ...rows,
  '',
  `${String(os.cpus().length)} cores (shared), Node ${process.version}, Chromium ${version} headless, development server, ${new Date().toISOString().slice(0, 10)}`,
].join('\n');
writeFileSync(path.join(ROOT, 'bench/results/decode.md'), `${table}\n`);
