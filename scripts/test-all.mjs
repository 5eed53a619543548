import { spawn } from 'node:child_process';
import process from 'node:process';
import { stripVTControlCharacters } from 'node:util';
import { ensureTwinPackages } from './debian-packages.mjs';
import { ensureChromium } from './find-chromium.mjs';

/**
 * `npm test`: every check; all run, so that one failure does not hide the next. The quick ones come first, in turn. Then
 * two lanes run side by side, because neither keeps two cores busy. What a step prints is shown when it has ended.
 */
const QUICK = ['format:check', 'lint', 'check'];
const LANES = [
  ['test:unit', 'test:browser'],
  ['build', 'test:e2e'],
];
/** How Vitest, Playwright, eslint and tsc begin the lines that name a failure and its reason. */
const NAMES_A_FAILURE =
  /^\s*(FAIL |✘|\w*Error\b|Test timeout|Serialized Error|.*\berror TS\d+|.*\d+:\d+\s+error )/;
const NAMED_FAILURES = 12;

process.env['CHROMIUM_PATH'] = ensureChromium(console.error);
ensureTwinPackages();

const results = await runLane(QUICK);
results.push(...(await Promise.all(LANES.map(runLane))).flat());

console.log('');
for (const { step, seconds, ok } of results) {
  console.log(`${ok ? 'ok    ' : 'FAILED'} ${step} (${seconds} s)`);
}
const failed = results.filter(({ ok }) => !ok);
console.log(
  `${String(results.length - failed.length)} steps passed, ${String(failed.length)} failed`,
);
// Last, because whoever sees only the end of a long log has to see what failed.
for (const { step, output } of failed) console.log(`\n${step} failed:\n${namedFailures(output)}`);
process.exitCode = failed.length > 0 ? 1 : 0;

/** @param {readonly string[]} steps */
async function runLane(steps) {
  const done = [];
  for (const step of steps) done.push(await runStep(step));
  return done;
}

/** @param {string} step a script of package.json */
async function runStep(step) {
  const startMs = performance.now();
  const child = spawn('npm', ['run', '--silent', step], { stdio: ['ignore', 'pipe', 'pipe'] });
  /** @type {Buffer[]} */
  const output = [];
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (/** @type {Buffer} */ text) => output.push(text));
  /** @type {number | null} */
  const status = await new Promise((resolve) => child.once('close', resolve));
  const seconds = ((performance.now() - startMs) / 1000).toFixed(0);
  const text = Buffer.concat(output).toString();
  console.log(`\n== ${step}\n${text}`);
  return { step, seconds, ok: status === 0, output: text };
}

/** The lines of a step's output that name what failed, or its end where none does. @param {string} output */
function namedFailures(output) {
  const lines = stripVTControlCharacters(output).trimEnd().split('\n');
  const names = [...new Set(lines.filter((line) => NAMES_A_FAILURE.test(line)))];
  return (names.length > 0 ? names.slice(0, NAMED_FAILURES) : lines.slice(-NAMED_FAILURES)).join(
    '\n',
  );
}
