import { rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { createServer } from 'vite';
import { CHROMIUM_ARGS, ensureChromium } from '../scripts/find-chromium.mjs';
import { startHub } from '../tests/hub/hub-server.mjs';
import { peakRendererMb } from './peak-memory.mjs';

/**
 * Time and memory to load a stored model, by the way it is done: `node bench/model-load.mjs`. Needs a twin:
 * `python3 training/twin.py multilingual base node_modules/.cache/twins/base --dtypes fp32 q8`. Memory is the high-water
 * mark of the tab's process, in a tab that does nothing else; what WebGPU holds is in another process.
 */
const ROOT = fileURLToPath(new URL('..', import.meta.url));
const TWIN = 'base';
/** Each of all ways, so that other work on the machine meets them all. */
const ROUNDS = 2;
/** @type {readonly import('./model-load').Way[]} */
const WAYS = /** @type {const} */ (['wasm', 'webgpu']).flatMap((device) =>
  /** @type {const} */ (['nothing', 'inline', 'apart']).flatMap((graphs) =>
    (device === 'wasm' ? [false] : [false, true]).map((jspi) => ({ device, jspi, graphs })),
  ),
);
/** Of 21 November 2026, Chromium 156. */
const NOTES = `Memory is what counts here: the times were taken while five other jobs had the two cores, and differ by more than half
from run to run. With a load average of 11, one run each, in a worker, base fp32 on WebGPU took: asyncify inline 16.7 s,
asyncify apart 16.7, jspi inline 8.7, jspi apart from memory 9.1, jspi apart from the Blob 6.3. Taking turns at 18 to 20:
asyncify inline 37.2 and 20.6 s, jspi apart 22.9 and 15.9 s.

jspi computes the same: the goldens of en_short (greedy and 5 beams) on WebGPU, and token by token what the plain build
makes of en_long and en_window on WASM (demo, q8, 2 threads). The fastest of 5 runs of en_window took 6.9 s with plain
and 7.8 s with jspi, the fastest of 3 of en_long 22.9 s and 14.4 s: no difference beyond the noise. Software WebGPU is
too slow to compare how fast the builds decode there, and no real GPU was at hand.

The app takes jspi on WebGPU only: with it on WASM, with threads, two of some 250 loads in end-to-end tests stood still
while a session was created. 86 loads in a row did not; that jspi was the cause is a guess.`;

const server = await createServer({ root: ROOT, logLevel: 'error', server: { port: 0 } });
await server.listen();
const origin = server.resolvedUrls?.local[0] ?? '';
const hub = await startHub();
const profile = `${os.tmpdir()}/sotto-bench-${String(process.pid)}`;
const rows = [];
let version = '';
for (const dtype of /** @type {const} */ (['q8', 'fp32'])) {
  await inTab(dtype, 'install');
  const ways = WAYS.filter(({ device }) => device === 'wasm' || dtype === 'fp32');
  const tabs = [];
  for (let round = 0; round < ROUNDS; round++)
    for (const way of ways) tabs.push({ way, ...(await inTab(dtype, way)) });
  for (const way of ways) {
    const seen = tabs.filter((tab) => tab.way === way);
    const sec = Math.min(...seen.map((tab) => tab.sec)).toFixed(1);
    const peakMb = Math.max(...seen.map((tab) => tab.peakMb));
    const build = way.jspi ? 'jspi' : way.device === 'wasm' ? 'plain' : 'asyncify';
    rows.push(
      `| ${TWIN} ${dtype} | ${way.device} | ${build} | ${way.graphs} | ${sec} | ${String(peakMb)} |`,
    );
    console.log(rows.at(-1));
  }
}
await hub.close();
await server.close();
rmSync(profile, { recursive: true });

const table = [
  '# Loading a model from IndexedDB into onnxruntime',
  '',
  'nothing: onnxruntime alone. inline: one graph at a time, as its file. apart: one graph at a time, its weights as',
  'external data, which jspi streams from the Blob and the others copy from memory (what the app does).',
  '',
  '| model | device | build | graphs | s | tab, at most, MB |',
  '|---|---|---|---|---|---|',
  ...rows,
  '',
  NOTES,
  '',
  `The faster of ${String(ROUNDS)} rounds, and the larger peak. ${String(os.cpus().length)} cores (shared, load average ${(os.loadavg()[0] ?? 0).toFixed(0)}), Node ${process.version}, Chromium ${version} headless, development server, ${new Date().toISOString().slice(0, 10)}`,
].join('\n');
writeFileSync(`${ROOT}bench/results/model-load.md`, `${table}\n`);

/**
 * Installs or loads the twin in a fresh browser with the same storage.
 * @param {'q8' | 'fp32'} dtype
 * @param {import('./model-load').Way | 'install'} task
 */
async function inTab(dtype, task) {
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: ensureChromium(console.error),
    args: CHROMIUM_ARGS,
  });
  version = context.browser()?.version() ?? version;
  const page = context.pages()[0] ?? (await context.newPage());
  await page.goto(`${origin}bench/bench.html`);
  const result = await page.evaluate(
    async ({ module, hubUrl, name, dtype, task }) => {
      const bench = /** @type {typeof import('./model-load')} */ (
        await import(/* @vite-ignore */ module)
      );
      if (task !== 'install') return bench.load(name, dtype, task);
      await bench.install(hubUrl, name, dtype);
      return { sec: 0, sizeBytes: 0 };
    },
    { module: '/bench/model-load.ts', hubUrl: hub.url, name: TWIN, dtype, task },
  );
  const peakMb = peakRendererMb();
  await context.close();
  return { ...result, peakMb };
}
