import { expect, type Page } from '@playwright/test';
import { recording } from './goldens';

export async function install(page: Page, host: string): Promise<void> {
  await page.evaluate((modelHost) => {
    localStorage.setItem('sotto-settings', JSON.stringify({ modelHost }));
  }, host);
  await page.reload();
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByLabel('Any repository').fill('sotto/demo');
  await page.keyboard.press('Enter');
  const card = page.locator('[data-testid=model-card][data-model="sotto/demo"]');
  await card.getByRole('button', { name: /^Use/ }).click();
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('model')).toContainText('sotto/demo');
}

/** A model is loaded and the service worker has kept what it needs: the end of a first visit. */
export async function readyForOffline(page: Page, model = 'sotto-demo'): Promise<void> {
  const chip = page.getByTestId('model');
  await expect(chip).toContainText(model);
  await expect(chip).toHaveAttribute('data-state', 'ready');
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await expect
    .poll(() =>
      page.evaluate(async () => {
        const cache = await caches.open('sotto-big-files');
        return (await cache.keys()).map(({ url }) => new URL(url).pathname).join(' ');
      }),
    )
    .toMatch(
      // An installed model has its files elsewhere.
      model === 'sotto-demo'
        ? /(?=.*ort-wasm-simd-threaded-[\w-]+\.wasm)(?=.*silero)(?=.*decoder_model)/
        : /(?=.*ort-wasm-simd-threaded-[\w-]+\.wasm)(?=.*silero)/,
    );
}

export async function setFile(page: Page, file: string): Promise<void> {
  await page.locator('input[type=file]').first().setInputFiles(recording(file));
}

export async function transcribe(page: Page, file: string): Promise<void> {
  await setFile(page, file);
  await expect(page.getByTestId('done')).toBeVisible();
}
