import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { CHROMIUM_ARGS, ensureChromium } from './find-chromium.mjs';
import { serve } from './serve.mjs';

/**
 * Takes the pictures that browsers show before the app is installed, from the built app:
 * `npm run build && node scripts/manifest-screenshots.mjs`. The manifest states their sizes.
 */
const FOLDER = fileURLToPath(new URL('../public/screenshots/', import.meta.url));

const SHAPES = [
  { name: 'wide', viewport: { width: 1280, height: 800 }, deviceScaleFactor: 1 },
  { name: 'narrow', viewport: { width: 390, height: 844 }, deviceScaleFactor: 2 },
];

await mkdir(FOLDER, { recursive: true });
const site = await serve({ port: 0 });
const executablePath = ensureChromium(console.error);
const browser = await chromium.launch({ executablePath, args: CHROMIUM_ARGS });
for (const { name, ...shape } of SHAPES) {
  const page = await browser.newPage({ ...shape, colorScheme: 'light', locale: 'en' });
  await page.goto(`${site.url}?device=wasm`);
  await page.locator('[data-testid=model][data-state=ready]').waitFor();
  await page.screenshot({ path: `${FOLDER}${name}-home.png` });
  await page.getByRole('button', { name: 'Try a sample' }).click();
  await page.getByTestId('done').waitFor({ timeout: 240_000 });
  await page.mouse.move(0, 0);
  await page.screenshot({ path: `${FOLDER}${name}-transcript.png` });
  await page.close();
}
await browser.close();
await site.close();
