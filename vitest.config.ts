import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { CHROMIUM_ARGS, findChromium } from './scripts/find-chromium.mjs';

const executablePath = findChromium();
/** A microphone that beeps once a second, nobody who has to allow it, and sound without a click. */
const FAKE_DEVICES = [
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  '--autoplay-policy=no-user-gesture-required',
];

export default defineConfig({
  test: {
    projects: [
      {
        extends: './vite.config.ts',
        test: {
          name: 'unit',
          environment: 'node',
          include: ['tests/unit/**/*.test.ts'],
          testTimeout: 120_000,
        },
      },
      {
        extends: './vite.config.ts',
        // Found only when a test first imports them, which makes Vite reload the page under the test.
        optimizeDeps: {
          include: [
            'client-zip',
            'diff',
            'docx',
            'hash-wasm',
            'vitest-browser-svelte',
            'wavesurfer.js/dist/renderer.js',
            'wavesurfer.js/dist/wavesurfer.js',
          ],
        },
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.browser.test.ts'],
          testTimeout: 180_000,
          fileParallelism: false,
          // Other work on the same machine may make anything take long.
          expect: { poll: { timeout: 30_000 } },
          globalSetup: ['tests/hub/global-setup.ts'],
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: {
                args: [...CHROMIUM_ARGS, ...FAKE_DEVICES],
                ...(executablePath ? { executablePath } : {}),
              },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
