import { mkdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { CHROMIUM_ARGS, ensureChromium } from './find-chromium.mjs';

/** Draws public/icons/*.png from sotto.svg: `node scripts/icons.mjs`. */
const ICONS = fileURLToPath(new URL('../public/icons/', import.meta.url));

/** @type {readonly { name: string, sizePx: number, maskable: boolean }[]} */
const OUTPUTS = [
  { name: 'sotto-192.png', sizePx: 192, maskable: false },
  { name: 'sotto-512.png', sizePx: 512, maskable: false },
  { name: 'sotto-maskable-192.png', sizePx: 192, maskable: true },
  { name: 'sotto-maskable-512.png', sizePx: 512, maskable: true },
  { name: 'apple-touch-icon.png', sizePx: 180, maskable: true },
];

const svg = await readFile(`${ICONS}sotto.svg`, 'utf8');
await mkdir(ICONS, { recursive: true });
const browser = await chromium.launch({
  executablePath: ensureChromium(console.error),
  args: CHROMIUM_ARGS,
});
for (const { name, sizePx, maskable } of OUTPUTS) {
  const page = await browser.newPage({ viewport: { width: sizePx, height: sizePx } });
  // Systems cut maskable icons to a circle of 80 % of the width: the drawing is inside it, the ground has to fill all.
  const drawing = maskable ? svg.replace(' rx="8"', '') : svg;
  await page.setContent(`<style>body{margin:0}svg{display:block;width:100vw}</style>${drawing}`);
  await page.screenshot({ path: `${ICONS}${name}`, omitBackground: true });
  await page.close();
}
await browser.close();
