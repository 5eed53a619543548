import { writeFile } from 'node:fs/promises';
import os from 'node:os';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { runnerImport } from 'vite';
import { CHROMIUM_ARGS, findChromium } from '../scripts/find-chromium.mjs';
import { serveTranscriptPage } from './transcript-site.mjs';

/*
 * Opens a synthetic two-hour transcript in the built screen, scrolls through all of it and edits it, and writes
 * bench/results/long-transcript.md. Run: node bench/long-transcript.mjs
 */

const ROUNDS = 3;
const HOURS = 2;
const RESULT = fileURLToPath(new URL('results/long-transcript.md', import.meta.url));

/** @typedef {import('../src/core/transcript-document').TranscriptDocument} TranscriptDocument */

const made = /** @type {{ module: typeof import('../tests/made-documents') }} */ (
  await runnerImport(fileURLToPath(new URL('../tests/made-documents.ts', import.meta.url)), {
    configFile: false,
    logLevel: 'error',
  })
);
const kept = /** @type {{ module: typeof import('../tests/e2e/kept-transcripts') }} */ (
  await runnerImport(fileURLToPath(new URL('../tests/e2e/kept-transcripts.ts', import.meta.url)), {
    configFile: false,
    logLevel: 'error',
  })
);

const document = made.module.makeLongDocument(HOURS);
const words = document.segments.reduce((sum, segment) => sum + (segment.words?.length ?? 0), 0);
const site = await serveTranscriptPage();
const executablePath = findChromium();
const browser = await chromium.launch({
  args: CHROMIUM_ARGS,
  ...(executablePath ? { executablePath } : {}),
});
const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
await page.goto(site.page);
await kept.module.keep(page, document, null);
/**
 * The main thread's tasks of more than 50 ms of CPU time while `work` runs, in ms. The clock of the wall would measure
 * who else is at work on this machine.
 * @param {() => Promise<void>} work
 */
async function longTasks(work) {
  await browser.startTracing(page, {
    categories: ['toplevel', 'disabled-by-default-devtools.timeline'],
  });
  await work();
  const { traceEvents } =
    /** @type {{ traceEvents: { name: string, pid: number, tid: number, tdur?: number, args: { name?: string } }[] }} */ (
      JSON.parse((await browser.stopTracing()).toString())
    );
  const mains = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${String(pid)} ${String(tid)}`),
  );
  const tasks = traceEvents
    .filter(
      ({ name, pid, tid }) => /RunTask$/.test(name) && mains.has(`${String(pid)} ${String(tid)}`),
    )
    .map(({ tdur = 0 }) => tdur / 1000);
  if (tasks.length === 0) throw new Error('the trace has no tasks');
  longestMs = Math.max(longestMs, ...tasks);
  return tasks.filter((ms) => ms > 50);
}

let longestMs = 0;
/** @type {{ scriptMs: number, layoutMs: number, mountMs: number, shownMs: number, scroll: number[], jump: number[], edit: number[] }[]} */
const rounds = [];
const session = await page.context().newCDPSession(page);
await session.send('Performance.enable', { timeDomain: 'threadTicks' });
for (let round = 0; round <= ROUNDS; round++) {
  await page.goto('about:blank');
  await page.goto(`${site.page}#t/${document.id}`);
  await page.getByTestId('segment').first().waitFor();
  await page.waitForFunction(() => performance.getEntriesByName('shown').length > 0);
  const { metrics } = await session.send('Performance.getMetrics');
  /** @param {string} name */
  const ms = (name) => 1000 * (metrics.find((metric) => metric.name === name)?.value ?? 0);
  const [mountMs = 0, shownMs = 0] = await page.evaluate(() =>
    ['mount', 'shown'].map((name) => performance.getEntriesByName(name)[0]?.duration ?? 0),
  );
  const opened = { scriptMs: ms('ScriptDuration'), layoutMs: ms('LayoutDuration') };
  await page.mouse.move(640, 600);
  const scroll = await longTasks(async () => {
    for (let step = 0; step < 60; step++) await page.mouse.wheel(0, 600);
  });
  const jump = await longTasks(async () => {
    for (const part of [0.5, 1, 0.1, 0.9, 0])
      await page.evaluate(async (to) => {
        scrollTo(0, to * globalThis.document.documentElement.scrollHeight);
        await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
      }, part);
  });
  const text = page.getByTestId('segment-text').first();
  const edit = await longTasks(async () => {
    await text.dblclick();
    await page.getByTestId('segment-field').pressSequentially(' and more words');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+z');
  });
  // The first round warms the caches of code.
  if (round > 0) rounds.push({ ...opened, mountMs, shownMs, scroll, jump, edit });
}
await browser.close();
await site.close();

/** @param {readonly number[]} values */
const median = (values) => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
/** @param {readonly number[][]} lists */
const tasks = (lists) => {
  const all = lists.flat();
  return all.length === 0
    ? 'none'
    : `${String(all.length)}, longest ${Math.max(...all).toFixed(0)} ms`;
};
const times = /** @type {const} */ (['scriptMs', 'layoutMs', 'mountMs', 'shownMs']);
const NAMES = {
  scriptMs: 'Scripting until the text is shown, all of it (CPU time)',
  layoutMs: 'Layout until then (CPU time)',
  mountMs: '… of that, mounting the screen (wall clock)',
  shownMs: 'From the document at hand to its first frame (wall clock)',
};
const report = [
  '# A two-hour transcript on the screen',
  '',
  `${String(document.segments.length)} segments, ${String(words)} words with their times, ${String(HOURS)} h. ` +
    'The built screen (`bench/transcript-page.html`) under the app’s headers and policy, 1280 × 800, ' +
    `headless Chromium ${browser.version()}, ${String(os.cpus().length)} cores, load ${(os.loadavg()[0] ?? 0).toFixed(1)} ` +
    `(other work ran on them). ${String(ROUNDS)} rounds after one to warm up. Made by \`node bench/long-transcript.mjs\`.`,
  '',
  '| | median | worst |',
  '|---|---|---|',
  ...times.map((key) => {
    const values = rounds.map((round) => round[key]);
    return `| ${NAMES[key]} | ${median(values).toFixed(0)} ms | ${Math.max(...values).toFixed(0)} ms |`;
  }),
  '',
  '| In all rounds | tasks over 50 ms of CPU time |',
  '|---|---|',
  `| 60 turns of the wheel, 600 px each | ${tasks(rounds.map(({ scroll }) => scroll))} |`,
  `| Jumps to the middle, the end, 10 %, 90 %, the start | ${tasks(rounds.map(({ jump }) => jump))} |`,
  `| Typing 15 letters into a segment, and undoing it | ${tasks(rounds.map(({ edit }) => edit))} |`,
  '',
  `The longest task of all took ${longestMs.toFixed(0)} ms of CPU time.`,
  '',
].join('\n');
await writeFile(RESULT, report);
process.stdout.write(report);
