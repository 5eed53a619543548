import { spawn } from 'node:child_process';
import process from 'node:process';
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

process.env['CHROMIUM_PATH'] = ensureChromium(console.error);
ensureTwinPackages();

const results = await runLane(QUICK);
results.push(...(await Promise.all(LANES.map(runLane))).flat());

console.log('');
for (const { step, seconds, ok } of results) {
  console.log(`${ok ? 'ok    ' : 'FAILED'} ${step} (${seconds} s)`);
}
const failed = results.filter(({ ok }) => !ok).length;
console.log(`${String(results.length - failed)} steps passed, ${String(failed)} failed`);
process.exitCode = failed > 0 ? 1 : 0;

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
  console.log(`\n== ${step}\n${Buffer.concat(output).toString()}`);
  return { step, seconds, ok: status === 0 };
}
