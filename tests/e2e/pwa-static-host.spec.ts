import { expectAccessible } from './accessible';
import { expect, type Page } from './test';
import { test } from './own-site';
import { readyForOffline, setFile, transcribe } from './pwa-actions';

test.use({ serviceWorkers: 'allow' });

test.describe('a static host that sets no headers, under a path of its own', () => {
  const FLAGS = ['--no-headers', '--base-path', '/some/sub/path/'];

  test('is isolated after one reload, keeps its policies, and works with its server stopped', async ({
    page,
    start,
  }) => {
    const site = await start(...FLAGS);
    let loads = 0;
    page.on('domcontentloaded', () => (loads += 1));
    await page.goto(site.url);
    // Looking into the page would count as somebody touching it, which keeps it from being loaded anew.
    await expect.poll(() => loads).toBe(2);
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
    await expect(page.getByTestId('model')).toContainText(/[2-9] threads/);
    await expect(page.getByTestId('one-thread')).toHaveCount(0);
    await expectPolicies(page);

    await readyForOffline(page);
    await site.stop();
    await page.reload();
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
    await expectPolicies(page);
    await transcribe(page, 'en_short.flac');
    expect(loads).toBe(3);
  });

  test('is not loaded anew during work; it says that it runs on one thread and offers to', async ({
    page,
    context,
    start,
  }) => {
    const site = await start(...FLAGS);
    let release = (): void => undefined;
    const working = new Promise<void>((resolve) => (release = resolve));
    await context.route('**/service-worker.js', async (route) => {
      await working;
      await route.continue();
    });
    let loads = 0;
    page.on('domcontentloaded', () => (loads += 1));
    await page.goto(`${site.url}?device=wasm&dtype=q8`);
    await setFile(page, 'en_window.flac');
    await expect(page.getByTestId('progress')).toBeVisible();
    release();
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await expect(page.getByTestId('done')).toBeVisible();
    await expect(page.getByTestId('model')).toContainText('1 thread');
    expect(loads).toBe(1);
    await expect(page.getByTestId('one-thread')).toContainText('one processor core');
    await expectAccessible(page);
    await page.getByTestId('one-thread').getByRole('button', { name: 'Reload' }).click();
    await expect(page.getByTestId('model')).toContainText(/[2-9] threads/);
    await expect(page.getByTestId('one-thread')).toHaveCount(0);
  });
});

async function expectPolicies(page: Page): Promise<void> {
  const policyOf = (url: string): Promise<string | null> =>
    page.evaluate(async (address) => {
      const response = await fetch(address);
      return response.headers.get('content-security-policy');
    }, url);
  expect(await policyOf('./')).toMatch(/default-src 'none'.*connect-src 'self'(;|$)/);
  const scripts = await page.evaluate(async () => {
    const name = (await caches.keys()).find((key) => key.includes('precache')) ?? '';
    return (await (await caches.open(name)).keys()).map(({ url }) => url);
  });
  const named = (part: string): string => scripts.find((url) => url.includes(part)) ?? '';
  expect(await policyOf(named('link.worker'))).toMatch(/connect-src http: https:/);
  expect(await policyOf(named('model-store.worker'))).toMatch(/connect-src 'self' http/);
  expect(await policyOf(named('asr.worker'))).toMatch(/connect-src 'self'(;|$)/);
}
