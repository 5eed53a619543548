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
 * Time and memory to load a stored model on WASM, by the way it is done: `node bench/model-load.mjs`. Needs a twin:
 * `python3 training/twin.py multilingual base node_modules/.cache/twins/base --dtypes fp32 q8`. Memory is the high-water
 * mark of the tab's process, in a tab that does nothing else.
 */
const ROOT = fileURLToPath(new URL('..', import.meta.url));
const TWIN = 'base';
const WAYS = /** @type {const} */ (['nothing', 'both', 'each', 'split']);

const server = await createServer({ root: ROOT, logLevel: 'error', server: { port: 0 } });
await server.listen();
const origin = server.resolvedUrls?.local[0] ?? '';
const hub = await startHub();
const profile = `${os.tmpdir()}/sotto-bench-${String(process.pid)}`;
const rows = [];
let version = '';
for (const dtype of /** @type {const} */ (['q8', 'fp32'])) {
  await inTab(dtype, 'install');
  for (const way of WAYS) {
    const { sec, sizeBytes, peakMb } = await inTab(dtype, way);
    const size = way === 'nothing' ? '' : (sizeBytes / 1e6).toFixed(0);
    rows.push(`| ${TWIN} ${dtype} | ${way} | ${size} | ${sec.toFixed(1)} | ${String(peakMb)} |`);
    console.log(rows.at(-1));
  }
}
await hub.close();
await server.close();
rmSync(profile, { recursive: true });

const table = [
  '# Loading a model from IndexedDB into onnxruntime (WASM)',
  '',
  'nothing: onnxruntime alone. both: both graphs read, then both sessions created (before). each: one graph at a time.',
  'split: one graph at a time, its weights as external data (now).',
  '',
  '| model | way | MB | s | tab, at most, MB |',
  '|---|---|---|---|---|',
  ...rows,
  '',
  `${String(os.cpus().length)} cores (shared, load average ${(os.loadavg()[0] ?? 0).toFixed(0)}), Node ${process.version}, Chromium ${version} headless, development server, ${new Date().toISOString().slice(0, 10)}`,
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
