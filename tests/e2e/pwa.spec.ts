import { AxeBuilder } from '@axe-core/playwright';
import { expect, test as base, type Page } from '@playwright/test';
import { rmSync } from 'node:fs';
import { startHub } from '../hub/hub-server.mjs';
import { golden, recording } from './goldens';
import { buildAnother, OwnSite } from './own-site';

/** `start` serves the build from a process of the test's own, which ends with it. */
const test = base.extend<{ start: (...flags: string[]) => Promise<OwnSite> }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads what a fixture needs from its first parameter.
  start: async ({}, use) => {
    const sites: OwnSite[] = [];
    await use(async (...flags) => {
      const site = await OwnSite.start(...flags);
      sites.push(site);
      return site;
    });
    for (const site of sites) await site.dispose();
  },
});
test.use({ serviceWorkers: 'allow' });

const QUERY = '?device=wasm&dtype=q8&threads=2';
/** Takes the demo model more than half a minute on one thread. */
const LONG_QUERY = '?device=wasm&dtype=q8&threads=1';

test('with the server stopped the app starts, transcribes with the demo model, and exports', async ({
  page,
  start,
}) => {
  const site = await start();
  await page.goto(site.url + QUERY);
  await readyForOffline(page);
  await site.stop();
  await expect(fetch(site.url)).rejects.toThrow();

  await page.reload();
  await expect(page.getByTestId('model')).toContainText('2 threads');
  await transcribe(page, 'en_short.flac');
  const text = golden('en_short.flac').segments[0]?.text.trim();
  await expect(page.getByTestId('segment-text')).toHaveText([text ?? '']);
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'srt' }).click();
  expect((await download).suggestedFilename()).toBe('en_short.srt');
});

test('with the server stopped an installed model transcribes', async ({ page, start }) => {
  const hub = await startHub();
  const site = await start();
  await page.goto(site.url + QUERY);
  await install(page, `${hub.url}/s/${crypto.randomUUID()}`);
  await readyForOffline(page);
  await site.stop();
  await hub.close();
  await page.reload();
  await expect(page.getByTestId('model')).toContainText('sotto/demo');
  await transcribe(page, 'en_short.flac');
  await expect(page.getByTestId('model')).toContainText('sotto/demo');
});

test.describe('another version on the server', () => {
  let other: string;
  test.beforeAll(() => {
    other = buildAnother();
  });
  test.afterAll(() => rmSync(other, { recursive: true, force: true }));

  test('waits for the work to end, then is offered, and leaves models where they are', async ({
    page,
    start,
  }) => {
    const hub = await startHub();
    const site = await start();
    await page.goto(site.url + LONG_QUERY);
    await install(page, `${hub.url}/s/${crypto.randomUUID()}`);
    await readyForOffline(page);

    await setFile(page, 'en_long.flac');
    await expect(page.getByTestId('progress')).toBeVisible();
    site.swap(other);
    await findUpdate(page);
    await expect(page.getByTestId('progress')).toBeVisible();
    await expect(page.getByTestId('update')).toHaveText('');
    await expect(page.getByTestId('done')).toBeVisible();
    expect(await page.getByTestId('segment').count()).toBeGreaterThan(10);

    await expect(page.getByTestId('update')).toContainText('A new version is ready.');
    await expectAccessible(page);
    expect(await page.evaluate(buildOf)).toBe('usual');
    await page.getByRole('button', { name: 'Reload' }).click();
    await page.waitForFunction(() => 'sottoBuild' in globalThis);
    await expect(page.getByTestId('model')).toContainText('sotto/demo');
    await expect(page.getByTestId('model')).toHaveAttribute('data-state', 'ready');
    await transcribe(page, 'en_short.flac');
    await expect(page.getByTestId('update')).toHaveText('');
    await hub.close();
  });

  test('leaves a tab at work that runs the version before', async ({ page, context, start }) => {
    const site = await start();
    await page.goto(site.url + QUERY);
    await readyForOffline(page);
    const old = await context.newPage();
    await old.goto(site.url + QUERY);
    await expect(old.getByTestId('model')).toHaveAttribute('data-state', 'ready');

    site.swap(other);
    await findUpdate(page);
    await page.getByRole('button', { name: 'Reload' }).click();
    await page.waitForFunction(() => 'sottoBuild' in globalThis);

    // The worker that reads files is a part that the old tab loads only now; no server has it any more.
    expect(await old.evaluate(buildOf)).toBe('usual');
    const asked = old.waitForRequest(/media\.worker/);
    await transcribe(old, 'en_short.flac');
    expect((await fetch((await asked).url())).status).toBe(404);
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

test("the command's page starts no service worker", async ({ page, start }) => {
  const site = await start();
  await page.goto(`${site.url}cli.html`);
  await page.waitForFunction(() => 'sottoCli' in globalThis);
  expect(
    await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length),
  ).toBe(0);
});

async function install(page: Page, host: string): Promise<void> {
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
async function readyForOffline(page: Page): Promise<void> {
  await expect(page.getByTestId('model')).toHaveAttribute('data-state', 'ready');
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await expect
    .poll(() =>
      page.evaluate(async () => {
        const cache = await caches.open('sotto-big-files');
        return (await cache.keys()).map(({ url }) => new URL(url).pathname).join(' ');
      }),
    )
    .toMatch(/(?=.*ort-wasm-[\w-]+\.wasm)(?=.*silero)(?=.*decoder_model)/);
}

/** What a tab does that comes back into view, without the wait for somebody to do so. */
async function findUpdate(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    await registration.update();
  });
  await page.waitForFunction(async () => (await navigator.serviceWorker.ready).waiting !== null);
}

function buildOf(): string {
  return (globalThis as { sottoBuild?: string }).sottoBuild ?? 'usual';
}

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

async function setFile(page: Page, file: string): Promise<void> {
  await page.locator('input[type=file]').first().setInputFiles(recording(file));
}

async function transcribe(page: Page, file: string): Promise<void> {
  await setFile(page, file);
  await expect(page.getByTestId('done')).toBeVisible();
}

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((n) => n.html).join(' ')}`);
  expect(found).toEqual([]);
}
