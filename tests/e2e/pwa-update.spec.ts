import { expectAccessible } from './accessible';
import { expect, type Page } from './test';
import { rmSync } from 'node:fs';
import { startHub } from '../hub/hub-server.mjs';
import { buildAnother, test } from './own-site';
import { install, readyForOffline, setFile, transcribe } from './pwa-actions';

test.use({ serviceWorkers: 'allow' });

const QUERY = '?device=wasm&dtype=q8&threads=2';
/** Takes the demo model more than half a minute on one thread. */
const LONG_QUERY = '?device=wasm&dtype=q8&threads=1';

test.describe('another version on the server', () => {
  let other: string;
  test.beforeAll(() => {
    other = buildAnother();
  });
  test.afterAll(() => rmSync(other, { recursive: true, force: true }));

  test('waits for the work to end, then is offered, and leaves models and transcripts where they are', async ({
    page,
    start,
  }) => {
    const hub = await startHub();
    const site = await start();
    await page.goto(site.url + LONG_QUERY);
    await install(page, `${hub.url}/s/${crypto.randomUUID()}`);
    await readyForOffline(page, 'sotto/demo');

    await setFile(page, 'en_long.flac');
    await expect(page.getByTestId('progress')).toBeVisible();
    site.swap(other);
    await findUpdate(page);
    await expect(page.getByTestId('progress')).toBeVisible();
    await expect(page.getByTestId('update')).toHaveText('');
    await expect(page.getByTestId('done')).toBeVisible();
    // Only what is in view is drawn.
    expect(await page.getByTestId('segment').count()).toBeGreaterThan(5);

    await expect(page.getByTestId('update')).toContainText('A new version is ready.');
    await expectAccessible(page);
    expect(await page.evaluate(buildOf)).toBe('usual');
    await page.getByRole('button', { name: 'Reload' }).click();
    await page.waitForFunction(() => 'sottoBuild' in globalThis);
    await expect(page.getByTestId('model')).toContainText('sotto/demo');
    await expect(page.getByTestId('model')).toHaveAttribute('data-state', 'ready');
    await expect(page.getByTestId('done')).toContainText('The');
    await page.getByRole('link', { name: 'Sotto' }).click();
    await transcribe(page, 'en_short.flac');
    await expect(page.getByTestId('update')).toHaveText('');
    await hub.close();
  });

  test('leaves a tab at work that runs the version before', async ({ page, context, start }) => {
    const site = await start();
    await page.goto(site.url + QUERY);
    await readyForOffline(page);
    // The old tab loads its engine only with its first recording.
    await page.evaluate(() => localStorage.setItem('sotto-settings', '{"preload":false}'));
    const old = await context.newPage();
    await old.goto(site.url + QUERY);

    site.swap(other);
    await findUpdate(page);
    await expectLaterHolds(page);
    await page.reload();
    await page.getByRole('button', { name: 'Reload' }).click();
    await page.waitForFunction(() => 'sottoBuild' in globalThis);

    // The worker that reads files, and the engine, are what the old tab loads only now; no server has them any more.
    expect(await old.evaluate(buildOf)).toBe('usual');
    const asked = [/media\.worker/, /ort-wasm.*\.wasm/].map((file) => old.waitForRequest(file));
    await transcribe(old, 'en_short.flac');
    for (const request of await Promise.all(asked))
      expect((await fetch(request.url())).status).toBe(404);
    await expect(old.getByTestId('update')).toContainText('updated in another tab');

    // Where no tab is left, the next start forgets the older version's files.
    await old.close();
    await page.close();
    const next = await context.newPage();
    await next.goto(site.url + QUERY);
    await expect.poll(() => next.evaluate(() => caches.has('sotto-old-shell'))).toBe(false);
  });

  test('says so where a part of the page is missing', async ({ page, start }) => {
    const site = await start();
    await page.goto(site.url + QUERY);
    await readyForOffline(page);
    await page.evaluate(() => dispatchEvent(new Event('vite:preloadError')));
    await expect(page.getByTestId('update')).toContainText('could not be loaded');
    await page.getByRole('button', { name: 'Later' }).click();
    await expect(page.getByTestId('update')).toHaveText('');
  });
});

/** What a tab does that comes back into view, without the wait for somebody to do so. */
async function findUpdate(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    await registration.update();
  });
  await page.waitForFunction(async () => (await navigator.serviceWorker.ready).waiting !== null);
}

/** Somebody who said "later" is not asked again by coming back to the tab. */
async function expectLaterHolds(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Later' }).click();
  await page.evaluate(async () => {
    document.dispatchEvent(new Event('visibilitychange'));
    await (await navigator.serviceWorker.ready).update();
  });
  await expect(page.getByTestId('update')).toHaveText('');
}

function buildOf(): string {
  return (globalThis as { sottoBuild?: string }).sottoBuild ?? 'usual';
}
