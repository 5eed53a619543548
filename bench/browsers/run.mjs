import { existsSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import process from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { VIOLATIONS_PATH } from '../../scripts/csp-violations.mjs';
import { serve } from '../../scripts/serve.mjs';
import { openChromium } from './chromium.mjs';
import { openFirefox } from './firefox.mjs';
import { CHIP, EXPORT, HAS, KEPT, TEXT } from './page-scripts.mjs';
import { openWebKit } from './webkit.mjs';

/**
 * Opens the built app in every browser that is here and tells what worked: `npm run build`, then
 * `xvfb-run -a node bench/browsers/run.mjs [chromium] [firefox] [webkit]` (Debian: firefox-esr, webkit2gtk-driver, xvfb).
 */
const PORT = Number(process.env['SOTTO_TEST_PORT'] ?? 4410);
const MINI_BROWSER = '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser';
const WEBKIT_DRIVER = '/usr/bin/WebKitWebDriver';
const FIREFOX = ['/usr/bin/firefox', '/usr/bin/firefox-esr'].find((file) => existsSync(file));
const FILES = [
  ...['audio/en_short.flac', 'media/pcm_s16.wav', 'media/mono_44k.mp3', 'media/stereo_48k.m4a'],
  ...['media/vorbis_44k.ogg', 'media/opus.ogg'],
];
const STEP_MS = 60_000;

/** @type {Readonly<Record<string, (() => Promise<import('./firefox.mjs').Session>) | null>>} */
const BROWSERS = {
  chromium: openChromium,
  firefox: FIREFOX ? () => openFirefox(FIREFOX, PORT + 8) : null,
  webkit:
    existsSync(MINI_BROWSER) && existsSync(WEBKIT_DRIVER)
      ? () => openWebKit(WEBKIT_DRIVER, MINI_BROWSER, PORT + 9)
      : null,
};
const wanted = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(BROWSERS);
const browsers = wanted.flatMap((name) => BROWSERS[name] ?? []);

/** @type {{ name: string, seen: [step: string, result: string][] }[]} */
const reports = [];
for (const open of browsers) reports.push(await tryBrowser(open));
const steps = reports[0]?.seen.map(([step]) => step) ?? [];
const lines = [
  '# The built app in other browsers',
  '',
  '`npm run build && xvfb-run -a node bench/browsers/run.mjs`; the demo model, q8, on WASM. Reading a file fails where no',
  'text came within a minute.',
  '',
  `| | ${reports.map(({ name }) => name).join(' | ')} |`,
  `| --- |${' --- |'.repeat(reports.length)}`,
  ...steps.map(
    (step, i) => `| ${step} | ${reports.map(({ seen }) => seen[i]?.[1] ?? '').join(' | ')} |`,
  ),
  '',
  `${os.type()}, ${String(os.cpus().length)} cores, headless, ${new Date().toISOString().slice(0, 10)}.`,
  '',
];
console.log(lines.join('\n'));
writeFileSync(new URL('../results/browsers.md', import.meta.url), lines.join('\n'));

/** @param {() => Promise<import('./firefox.mjs').Session>} open */
async function tryBrowser(open) {
  const site = await serve({ port: PORT, strictPort: true, collectViolations: true });
  const browser = await open();
  /** @type {[string, string][]} */
  const seen = [];
  const at = `${site.url}?device=wasm&dtype=q8&threads=2`;
  /** @param {string} step @param {() => Promise<unknown>} work */
  const note = async (step, work) => {
    const result = await Promise.race([work().catch(String), wait(STEP_MS + 5000, 'hangs')]);
    seen.push([step, String(result).replace(/\s+/g, ' ').slice(0, 120)]);
    console.log(browser.name, ...(seen.at(-1) ?? []));
  };
  await browser.goto(at);
  await note('model', () => waitFor(browser, CHIP));
  await note('has', () => browser.run(HAS));
  for (const file of FILES)
    await note(file.replace(/.*\//, ''), () => transcribe(browser, at, file));
  await note('after a reload', async () => {
    await browser.goto(await browser.run('return location.href'));
    return waitFor(browser, TEXT);
  });
  await note('export to srt', () => browser.run(EXPORT));
  await note('refused by policy', async () => {
    const reports = await fetch(new URL(VIOLATIONS_PATH, site.url));
    return (await reports.text()).replace('[]', 'nothing');
  });
  await note('errors', () => Promise.resolve(errorsIn(browser.log())));
  await waitFor(browser, KEPT);
  await site.close();
  await note('with the server stopped', () => transcribe(browser, `${at}&offline`, FILES[0] ?? ''));
  await note('isolated then', () => browser.run('return crossOriginIsolated'));
  await browser.close();
  return { name: browser.name, seen };
}

/** @param {import('./firefox.mjs').Session} browser @param {string} url @param {string} file */
async function transcribe(browser, url, file) {
  await browser.goto(url);
  await waitFor(browser, CHIP);
  const path = fileURLToPath(new URL(`../../tests/fixtures/${file}`, import.meta.url));
  await browser.upload('input[type=file]', path);
  return waitFor(browser, TEXT);
}

/**
 * Asks again and again until the page's answer is not empty.
 * @param {import('./firefox.mjs').Session} browser
 * @param {string} script
 */
async function waitFor(browser, script) {
  for (const endMs = Date.now() + STEP_MS; Date.now() < endMs; await wait(300)) {
    const answer = await browser.run(script);
    if (answer) return answer;
  }
  return 'no answer';
}

/** @param {string} log */
function errorsIn(log) {
  const ours = log.split('\n').filter((line) => line.includes(`localhost:${String(PORT)}`));
  return ours.filter((line) => /error|warn/i.test(line)).join('; ') || 'none';
}
