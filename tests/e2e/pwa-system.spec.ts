import { expectAccessible } from './accessible';
import { chromium, expect, type Page } from './test';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CHROMIUM_ARGS, findChromium } from '../../scripts/find-chromium.mjs';
import { golden, recording } from './goldens';
import { test } from './own-site';
import { setFile, transcribe } from './pwa-actions';

test.use({ serviceWorkers: 'allow' });

const QUERY = '?device=wasm&dtype=q8&threads=2';
/** Slow enough that somebody would rather be told than wait. */
const LONG_QUERY = '?device=wasm&dtype=fp32&threads=1';

test('the browser finds the app installable', async ({ start }) => {
  const site = await start('--base-path', '/some/sub/path/');
  // Nothing can be installed from the private windows that tests usually run in.
  const profile = mkdtempSync(path.join(tmpdir(), 'sotto-profile-'));
  const executablePath = findChromium();
  const context = await chromium.launchPersistentContext(profile, {
    args: CHROMIUM_ARGS,
    ...(executablePath ? { executablePath } : {}),
  });
  const page = await context.newPage();
  await page.goto(site.url);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  const devtools = await context.newCDPSession(page);
  const { errors, url, data } = await devtools.send('Page.getAppManifest');
  expect(errors).toEqual([]);
  expect(url).toBe(`${site.url}manifest.webmanifest`);
  const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors');
  expect(installabilityErrors).toEqual([]);
  await expectImages(page, JSON.parse(data ?? '') as Manifest);
  await context.close();
  rmSync(profile, { recursive: true, force: true });
});

test('audio that another app shares lands in the queue, and is forgotten', async ({
  page,
  context,
  start,
}) => {
  const site = await start();
  await page.goto(site.url);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  // A post that comes from outside, like that of the system's share sheet.
  const other = await context.newPage();
  await other.setContent(
    `<form method="post" enctype="multipart/form-data" action="${site.url}share">
       <input type="file" name="files" /><button>Share</button></form>`,
  );
  await other.locator('input').setInputFiles(recording('en_short.flac'));
  await other.getByRole('button', { name: 'Share' }).click();
  await other.waitForURL(site.url);
  await expect(other.getByRole('heading', { level: 1 })).toHaveText('en_short');
  await expect(other.getByTestId('done')).toBeVisible();
  await expect(other.getByTestId('segment-text')).toHaveText([textOf('en_short.flac')]);
  const left = await other.evaluate(async () => {
    const cache = await caches.open('sotto-shared-files');
    return (await cache.keys()).length;
  });
  expect(left).toBe(0);
});

test('a file that the system opens with the app is transcribed', async ({ page, start }) => {
  // A system that opens files is not to be had here: the queue is ours, the handle is the browser's own.
  await page.addInitScript(() => {
    const launchQueue = { setConsumer: (consumer: unknown) => Object.assign(window, { consumer }) };
    Object.defineProperty(window, 'launchQueue', { value: launchQueue });
  });
  const site = await start();
  await page.goto(site.url + QUERY);
  await page.waitForFunction(() => 'consumer' in window);
  const bytes = [...readFileSync(recording('en_short.flac'))];
  await page.evaluate(async (content) => {
    const folder = await navigator.storage.getDirectory();
    const handle = await folder.getFileHandle('opened.flac', { create: true });
    const writable = await handle.createWritable();
    await writable.write(new Uint8Array(content));
    await writable.close();
    const { consumer } = window as unknown as { consumer: (params: object) => void };
    consumer({ targetURL: location.href, files: [handle] });
  }, bytes);
  await expect(page.getByTestId('done')).toBeVisible();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('opened');
});

test('the shortcuts lead to what they say', async ({ page, context, start }) => {
  const site = await start();
  await page.goto(`${site.url}?action=open`);
  await expect(page.getByRole('button', { name: /choose files/ })).toBeFocused();
  expect(page.url()).toBe(site.url);
  await context.grantPermissions(['microphone']);
  // No microphone here: what counts is that it was asked for.
  await page.addInitScript(() => {
    navigator.mediaDevices.getUserMedia = () => {
      document.documentElement.dataset['microphone'] = 'asked';
      return Promise.reject(new DOMException('', 'NotFoundError'));
    };
  });
  await page.goto(`${site.url}?action=record`);
  await expect(page.locator('html')).toHaveAttribute('data-microphone', 'asked');
  expect(page.url()).toBe(site.url);
});

test('installing is offered once a transcript was made, and not before', async ({
  page,
  start,
}) => {
  const site = await start();
  await page.goto(site.url + QUERY);
  await expect(page.getByTestId('model')).toHaveAttribute('data-state', 'ready');
  // Browsers fire it when they please; this one is theirs in everything that the page can see.
  await page.evaluate(() => {
    const prompt = (): Promise<void> => {
      document.documentElement.dataset['asked'] = 'yes';
      return Promise.resolve();
    };
    dispatchEvent(
      Object.assign(new Event('beforeinstallprompt', { cancelable: true }), { prompt }),
    );
  });
  await expect(page.getByTestId('install')).toHaveCount(0);
  await transcribe(page, 'en_short.flac');
  await expect(page.getByTestId('install')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Install Sotto' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-asked', 'yes');
  await expect(page.getByTestId('install')).toHaveCount(0);
});

test('a long job keeps the screen on, and tells somebody who asked that it is done', async ({
  page,
  context,
  start,
}) => {
  await context.grantPermissions(['notifications']);
  await page.addInitScript(() => {
    // With so many beams it takes a while: who waits for less is not asked.
    localStorage.setItem('sotto-settings', JSON.stringify({ decoding: { beamSize: 12 } }));
    const seen = { locks: 0, badges: [] as number[] };
    Object.assign(window, { seen });
    const request = WakeLock.prototype.request;
    WakeLock.prototype.request = function (type) {
      seen.locks += 1;
      return request.call(this, type);
    };
    Object.assign(Navigator.prototype, {
      setAppBadge: (count: number) => Promise.resolve(void seen.badges.push(count)),
      clearAppBadge: () => Promise.resolve(void seen.badges.push(0)),
    });
  });
  const site = await start();
  await page.goto(site.url + LONG_QUERY);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  // What an earlier page had counted is taken off the icon.
  expect(await seenBy(page)).toEqual({ locks: 0, badges: [0] });
  await setFile(page, 'en_long.flac');
  await page.getByRole('button', { name: 'Notify me when done' }).click();
  await expect(page.getByRole('button', { name: 'You will be notified' })).toBeVisible();
  expect((await seenBy(page)).locks).toBeGreaterThan(0);
  await expectAccessible(page);
  await setVisibility(page, 'hidden');
  await expect(page.getByTestId('done')).toBeAttached();
  await expect.poll(() => notifications(page)).toEqual(['Your transcript is ready: en_long.flac']);
  expect((await seenBy(page)).badges).toEqual([0, 1]);
  await setVisibility(page, 'visible');
  await expect.poll(async () => (await seenBy(page)).badges).toEqual([0, 1, 0]);
});

interface Manifest {
  readonly icons: readonly { src: string; sizes: string }[];
  readonly screenshots: readonly { src: string; sizes: string }[];
}

/** Browsers leave out pictures of another size than stated, without a word. */
async function expectImages(page: Page, { icons, screenshots }: Manifest): Promise<void> {
  for (const { src, sizes } of [...icons, ...screenshots].filter(({ src }) =>
    src.endsWith('png'),
  )) {
    const size = await page.evaluate(async (url) => {
      const { width, height } = await createImageBitmap(await (await fetch(url)).blob());
      return `${String(width)}x${String(height)}`;
    }, src);
    expect(`${src} ${size}`).toBe(`${src} ${sizes}`);
  }
}

function textOf(file: string): string {
  return golden(file).segments[0]?.text.trim() ?? '';
}

function seenBy(page: Page): Promise<{ locks: number; badges: number[] }> {
  return page.evaluate(
    () => (window as unknown as { seen: { locks: number; badges: number[] } }).seen,
  );
}

/** Headless pages are never hidden by themselves. */
async function setVisibility(page: Page, state: 'hidden' | 'visible'): Promise<void> {
  await page.evaluate((value) => {
    Object.defineProperty(document, 'visibilityState', { get: () => value, configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  }, state);
}

function notifications(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    const shown = await registration.getNotifications();
    return shown.map(({ title, body }) => `${title}: ${body}`);
  });
}
