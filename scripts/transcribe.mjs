import { existsSync, readdirSync, statSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { CHROMIUM_ARGS, ensureChromium } from './find-chromium.mjs';
import { DIST, serve } from './serve.mjs';
import { parseCommandLine, USAGE, UsageError } from './transcribe-options.mjs';

/** @typedef {import('./transcribe-options.mjs').Plan} Plan */
/** @typedef {import('../src/pipeline/transcribe-file').FileEvent} FileEvent */

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SOURCES = ['src', 'workers', 'public', 'index.html', 'cli.html', 'vite.config.ts'];
const MODEL_MOUNT = '/local-models/0/';
/** `npm run` moves to the package's folder; paths are meant from where it was called. */
const CALLED_FROM =
  (process.env['npm_lifecycle_event'] === 'transcribe' && process.env['INIT_CWD']) || process.cwd();

process.exitCode = await main(process.argv.slice(2)).catch((/** @type {unknown} */ error) => {
  say(`error: ${firstLine(error)}`);
  return error instanceof UsageError ? 2 : 1;
});

/**
 * @param {readonly string[]} argv
 * @returns {Promise<number>} exit code
 */
async function main(argv) {
  const plan = parseCommandLine(argv);
  if (plan.help) {
    console.log(USAGE);
    return 0;
  }
  const files = plan.files.map((file) => path.resolve(CALLED_FROM, file));
  for (const file of files) {
    if (!statSync(file, { throwIfNoEntry: false })?.isFile()) {
      throw new UsageError(`${file}: no such file`);
    }
  }
  const model = locateModel(plan.model);
  const executablePath = ensureChromium(say);
  await buildIfStale();
  if (model.folder === null && !existsSync(path.join(DIST, model.url, 'config.json'))) {
    throw new UsageError(`${plan.model}: neither a model of this app nor a model folder`);
  }
  const mounts = Object.fromEntries(files.map((file, i) => [fileUrl(i), file]));
  if (model.folder !== null) mounts[MODEL_MOUNT] = model.folder;
  const server = await serve({ port: 0, mounts });
  try {
    // Playwright closes the browser and exits on SIGINT, SIGTERM and SIGHUP; the server ends with the process.
    const browser = await chromium.launch({ executablePath, args: CHROMIUM_ARGS });
    try {
      const page = await browser.newPage();
      await page.exposeFunction('reportEvent', progressPrinter());
      await page.goto(`${server.url}cli.html`);
      await page.waitForFunction(() => 'sottoCli' in globalThis);
      return await transcribeAll(page, plan, files, model);
    } finally {
      await browser.close();
    }
  } finally {
    await server.close();
  }
}

/**
 * Transcribes file after file; one that fails says so and the next goes on, as in openai/whisper.
 * @param {import('@playwright/test').Page} page
 * @param {Plan} plan
 * @param {readonly string[]} files
 * @param {{ name: string, url: string }} model
 * @returns {Promise<number>} exit code
 */
async function transcribeAll(page, plan, files, model) {
  const outputDir = path.resolve(CALLED_FROM, plan.outputDir);
  await mkdir(outputDir, { recursive: true });
  const { device, dtype, threads, decoding, audio, limits, formats, shape } = plan;
  let failed = 0;
  for (const [i, file] of files.entries()) {
    const fileName = path.basename(file);
    const result = await page.evaluate(
      (job) => {
        const { reportEvent } =
          /** @type {{ reportEvent: (name: string, event: FileEvent) => void }} */ (
            /** @type {unknown} */ (globalThis)
          );
        return globalThis.sottoCli.transcribe(job, (event) => {
          // A waveform is of no use to a terminal, and hours of it take long to get there.
          if (event.kind !== 'audio') reportEvent(job.fileName, event);
        });
      },
      {
        ...{ fileUrl: fileUrl(i), fileName, modelName: model.name, modelUrl: model.url },
        ...{ device, dtype, threads, decoding, audio, limits, formats, shape },
      },
    );
    if (!result.ok) {
      failed++;
      say(`error: ${file}: ${firstLine(result.error)}`);
      continue;
    }
    for (const [format, text] of Object.entries(result.value)) {
      await writeFile(path.join(outputDir, `${path.parse(file).name}.${format}`), text);
    }
  }
  return failed > 0 ? 1 : 0;
}

/** @param {number} index */
function fileUrl(index) {
  return `/local-files/${String(index)}`;
}

/**
 * A folder on disk is mounted; anything else is the name of a model that the app carries.
 * @param {string} model
 */
function locateModel(model) {
  const folder = path.resolve(CALLED_FROM, model);
  if (existsSync(path.join(folder, 'config.json'))) {
    return { name: path.basename(folder), url: MODEL_MOUNT, folder };
  }
  return { name: model, url: `models/${model}/`, folder: null };
}

/** Builds the app where dist/ is missing or older than a source. */
async function buildIfStale() {
  const built = statSync(path.join(DIST, 'cli.html'), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (SOURCES.every((name) => newestMs(path.join(ROOT, name)) <= built)) return;
  say('building the app');
  const { build } = await import('vite');
  await build({ root: ROOT, logLevel: 'error' });
}

/**
 * @param {string} place a file, or a folder searched to its leaves
 * @returns {number} when anything in it changed last
 */
function newestMs(place) {
  const info = statSync(place);
  if (!info.isDirectory()) return info.mtimeMs;
  return Math.max(
    info.mtimeMs,
    ...readdirSync(place).map((name) => newestMs(path.join(place, name))),
  );
}

/** One line per step that takes time. */
function progressPrinter() {
  return (/** @type {string} */ fileName, /** @type {FileEvent} */ event) => {
    if (event.kind === 'model') {
      const { name, device, precision, threads } = event.model;
      const { encoder, decoder } = precision;
      const weights = encoder === decoder ? encoder : `${encoder} + ${decoder}`;
      const where = device === 'wasm' ? `${device}, ${String(threads)} threads` : device;
      say(`${fileName}: ${name} ${weights} on ${where}`);
    } else if (event.kind === 'device-lost') {
      const what = event.from === 'webgpu' ? 'WebGPU was lost' : 'the engine stopped';
      say(`${fileName}: warning: ${what} (${event.reason}); the rest runs on WASM`);
    } else if (event.kind === 'gpu-check') {
      say(`${fileName}: checking WebGPU`);
    } else if (event.kind === 'gpu-refused') {
      say(`${fileName}: warning: WebGPU was found ${event.why}; all of it runs on WASM`);
    } else if (event.kind === 'language') {
      say(`${fileName}: language ${event.language}`);
    } else if (event.kind === 'window') {
      say(`${fileName}: window ${String(event.window)} of ${String(event.windows)}`);
    } else if (event.kind === 'truncated') {
      say(`${fileName}: warning: the sound could be read until ${event.endSec.toFixed(2)} s only`);
    } else if (event.kind === 'segments') {
      for (const { kind, startSec, endSec } of event.coverage) {
        if (kind !== 'failed') continue;
        const stretch = `${startSec.toFixed(2)} to ${endSec.toFixed(2)} s`;
        say(`${fileName}: warning: speech from ${stretch}, but no text came of it`);
      }
    }
  };
}

/** @param {string} line */
function say(line) {
  process.stderr.write(`${line}\n`);
}

/** @param {unknown} error */
function firstLine(error) {
  const message =
    typeof error === 'object' && error !== null && 'message' in error ? error.message : error;
  return String(message).split('\n')[0] ?? '';
}
