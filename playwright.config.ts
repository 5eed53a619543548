import { defineConfig } from '@playwright/test';
import { CHROMIUM_ARGS, findChromium } from './scripts/find-chromium.mjs';
import { HUB_PORTS, SITES } from './tests/e2e/sites';

const executablePath = findChromium();

export default defineConfig({
  testDir: 'tests/e2e',
  testMatch: '*.spec.ts',
  workers: 1,
  // What fails once in a while on a busy machine is told apart in the report, as flaky, from what fails.
  retries: process.env['CI'] ? 1 : 0,
  timeout: 180_000,
  expect: {
    timeout: 60_000,
    // Other fonts and another Chromium draw letters a little differently.
    toHaveScreenshot: {
      maxDiffPixelRatio: 0.03,
      animations: 'disabled',
      caret: 'hide',
    },
  },
  snapshotPathTemplate: 'tests/fixtures/screens/{arg}{ext}',
  forbidOnly: Boolean(process.env['CI']),
  reporter: 'list',
  use: {
    browserName: 'chromium',
    // Its own requests and its reload for isolation would be noise; tests/e2e/pwa.spec.ts is about it.
    serviceWorkers: 'block',
    launchOptions: { args: CHROMIUM_ARGS, ...(executablePath ? { executablePath } : {}) },
  },
  webServer: [server(SITES.isolated, ''), server(SITES.unIsolated, '--no-isolation')],
});

/** The production build on the port of `url`. */
function server(url: string, flags: string) {
  const { port } = new URL(url);
  const hosts = Object.values(HUB_PORTS).map((hubPort) => `http://localhost:${String(hubPort)}`);
  return {
    command: `node scripts/serve.mjs --strict-port --collect-violations --port ${port} ${flags}`,
    env: { SOTTO_MODEL_HOSTS: hosts.join(' ') },
    url,
  };
}
