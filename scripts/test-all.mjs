import { spawnSync } from 'node:child_process';
import process from 'node:process';
import { ensureTwinPackages } from './debian-packages.mjs';
import { ensureChromium } from './find-chromium.mjs';

/** `npm test`: every check in turn; all run, so that one failure does not hide the next. */
const STEPS = ['format:check', 'lint', 'check', 'test:unit', 'test:browser', 'build', 'test:e2e'];

process.env['CHROMIUM_PATH'] = ensureChromium(console.error);
ensureTwinPackages();

const results = STEPS.map((step) => {
  console.log(`\n== ${step}`);
  const startMs = performance.now();
  const { status } = spawnSync('npm', ['run', '--silent', step], { stdio: 'inherit' });
  const seconds = ((performance.now() - startMs) / 1000).toFixed(0);
  return { step, seconds, ok: status === 0 };
});

console.log('');
for (const { step, seconds, ok } of results) {
  console.log(`${ok ? 'ok    ' : 'FAILED'} ${step} (${seconds} s)`);
}
const failed = results.filter(({ ok }) => !ok).length;
console.log(`${String(results.length - failed)} steps passed, ${String(failed)} failed`);
process.exitCode = failed > 0 ? 1 : 0;
