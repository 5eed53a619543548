import { mkdirSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { createServer } from 'vite';
import { CHROMIUM_ARGS, ensureChromium } from '../scripts/find-chromium.mjs';
import { startHub } from '../tests/hub/hub-server.mjs';

/**
 * Runs a bench in Chromium and writes its table into bench/results: `node bench/run.mjs mel`.
 * A bench is a module of this folder that exports `run(audioUrl, hubUrl): Promise<string>`, Markdown.
 */
const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SHARED_AUDIO = path.join(ROOT, '../shared/audio');
const name = process.argv[2] ?? '';
if (!name) {
  console.error('usage: node bench/run.mjs NAME   (a file bench/NAME.ts)');
  process.exit(2);
}

const server = await createServer({
  root: ROOT,
  logLevel: 'error',
  server: { port: 0, fs: { allow: [ROOT, SHARED_AUDIO] } },
});
await server.listen();
const origin = server.resolvedUrls?.local[0] ?? '';
const hub = await startHub();
// Other contexts keep IndexedDB in memory.
const context = await chromium.launchPersistentContext('', {
  executablePath: ensureChromium(console.error),
  args: CHROMIUM_ARGS,
});
try {
  const page = await context.newPage();
  await page.goto(`${origin}bench/bench.html`);
  const table = await page.evaluate(
    async ({ module, audio, hubUrl }) => {
      const bench = /** @type {{ run(audioUrl: string, hubUrl: string): Promise<string> }} */ (
        await import(/* @vite-ignore */ module)
      );
      return bench.run(audio, hubUrl);
    },
    { module: `/bench/${name}.ts`, audio: `/@fs${SHARED_AUDIO}/`, hubUrl: hub.url },
  );
  const conditions = `${os.cpus().length} cores (shared), Node ${process.version}, Chromium ${context.browser()?.version() ?? ''} headless, ${new Date().toISOString().slice(0, 10)}`;
  mkdirSync(path.join(ROOT, 'bench/results'), { recursive: true });
  writeFileSync(path.join(ROOT, `bench/results/${name}.md`), `${table}\n\n${conditions}\n`);
  console.log(`${table}\n\n${conditions}`);
} finally {
  await context.close();
  await hub.close();
  await server.close();
}
