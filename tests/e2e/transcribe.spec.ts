import { expectAccessible } from './accessible';
import { expect, expectInTime, IN_SOFTWARE_MS, test, type Page } from './test';
import { golden, recording } from './goldens';
import { SITES } from './sites';

const RECORDINGS = ['en_short.flac', 'de_short.flac', 'fr_window.flac', 'en_window.flac'];

for (const file of RECORDINGS) {
  test(`WASM with threads writes the reference's text of ${file}`, async ({ page }) => {
    await page.goto(`${SITES.isolated}?device=wasm&dtype=fp32&threads=2`);
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
    await transcribe(page, file);
    await expectGolden(page, file);
  });
}

test('a page without isolation headers transcribes on one thread', async ({ page }) => {
  await page.goto(`${SITES.unIsolated}?device=wasm&dtype=fp32`);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
  await transcribe(page, 'en_window.flac');
  await expectGolden(page, 'en_window.flac');
});

test("WebGPU writes the reference's text", async ({ page }) => {
  test.setTimeout(IN_SOFTWARE_MS);
  await page.goto(`${SITES.isolated}?device=webgpu&dtype=fp32`);
  await transcribe(page, 'en_short.flac');
  await expectGolden(page, 'en_short.flac');
  await expect(page.getByTestId('model')).toContainText('WebGPU');
});

test('axe finds nothing at phone width', async ({ browser }) => {
  const viewport = { width: 360, height: 740 };
  const context = await browser.newContext({ viewport, reducedMotion: 'reduce' });
  const page = await context.newPage();
  await page.goto(`${SITES.isolated}?device=wasm&dtype=q8`);
  await expect(page.getByTestId('model')).toHaveAttribute('data-state', 'ready');
  await expectAccessible(page);
  await transcribe(page, 'en_short.flac');
  await expectAccessible(page);
  await context.close();
});

test('speech that no text came of is shown where it was said', async ({ page }) => {
  // A real voice: the demo model knows a few hundred words of synthetic speech.
  await page.goto(`${SITES.isolated}?device=wasm&dtype=fp32`);
  await transcribe(page, 'jfk.flac');
  await expect(page.getByTestId('lost').first()).toContainText(/Speech until 0:\d\d/);
  await expectAccessible(page);
});

async function transcribe(page: Page, file: string): Promise<void> {
  await page.locator('input[type=file]').first().setInputFiles(recording(file));
  await expectInTime(page.getByTestId('done')).toBeVisible();
}

async function expectGolden(page: Page, file: string): Promise<void> {
  // The page leaves out segments that the reference keeps without text.
  const texts = golden(file).segments.map(({ text }) => text.trim());
  const expected = texts.filter((text) => text !== '');
  await expect.poll(() => page.getByTestId('segment-text').allTextContents()).toEqual(expected);
}
