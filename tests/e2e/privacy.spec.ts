import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Fault } from '../hub/hub-faults.mjs';
import { startHub } from '../hub/hub-server.mjs';
import { expectAccessible } from './accessible';
import { golden, recording } from './goldens';
import { startHost, type MediaHost } from './media-host';
import { startProxy, type RecordingProxy } from './recording-proxy';
import { HUB_PORTS, PROXY_PORT, SITES } from './sites';
import { expect, test, type Locator, type Page } from './test';

const APP = SITES.isolated;
const PAGE = `${APP}?device=wasm&dtype=fp32&threads=2`;
const FILE = 'en_short.flac';
const BYTES = readFileSync(recording(FILE));
/** Made by the browser, not by the app: no page sees these. */
const OF_THE_BROWSER = /\/(service-worker\.js|manifest\.webmanifest|icons\/[\w-]+\.(svg|png))$/;

test.describe('with a service worker, every connection going through a proxy', () => {
  test.use({
    serviceWorkers: 'allow',
    proxy: { server: `http://localhost:${String(PROXY_PORT)}`, bypass: '<-loopback>' },
  });
  let proxy: RecordingProxy;
  let host: MediaHost;
  test.beforeEach(async () => {
    proxy = await startProxy(PROXY_PORT);
    host = await startHost((response) => {
      const shared = { 'Access-Control-Allow-Origin': '*', 'Content-Type': 'audio/flac' };
      response.writeHead(200, { ...shared, 'Content-Length': BYTES.length }).end(BYTES);
    });
  });
  test.afterEach(async () => {
    await proxy.close();
    await host.close();
  });

  test('nothing at all is sent while a recording is transcribed', async ({ page }) => {
    await openKept(page);
    await page.reload();
    await expectReady(page);
    const before = proxy.requests.length;
    await page.locator('input[type=file]').first().setInputFiles(recording(FILE));
    await expectText(page);
    expect(sinceThen(proxy, before)).toEqual([]);
  });

  test('the ledger lists what the proxy saw, and nothing that it did not', async ({ page }) => {
    await openKept(page);
    await page.getByRole('button', { name: 'Try a sample' }).click();
    await expect(page.getByTestId('done')).toBeVisible();
    await page.getByRole('link', { name: 'Sotto' }).click();
    await fetchLink(page, `${host.url}talk.flac?token=1`);
    await expect(page.getByTestId('done')).toHaveCount(1);
    await page.getByRole('button', { name: 'Every request' }).click();
    await expect(page.getByTestId('ledger-host')).toHaveCount(2);
    await expect(page.getByTestId('ledger-summary')).toContainText(
      `Sotto has asked ${new URL(APP).host} for its own files, and ${host.host} for what you chose`,
    );
    await expect(page.getByTestId('ledger-summary')).toContainText('no request had any content');
    const link = page.getByTestId('ledger-entry').and(page.locator('[data-purpose=link]'));
    await expect(link).toHaveCount(1);
    await expect(link).toContainText(`${host.url}talk.flac?token=1`);
    await expect.poll(async () => counted(await listed(page))).toEqual(counted(seen(proxy)));
    const entries = await listed(page);
    expect(entries.filter(({ purpose }) => purpose === 'unexpected')).toEqual([]);
    const fetched = entries.find(({ purpose }) => purpose === 'link');
    expect(fetched).toMatchObject({ received_bytes: BYTES.length, outcome: 'answered' });
    const [sample] = entries.filter(({ purpose }) => purpose === 'sample');
    expect(sample?.received_bytes).toBe(readFileSync('public/samples/eight_sentences.flac').length);
    expect(proxy.requests.every(({ sentBytes }) => sentBytes === 0)).toBe(true);
  });

  test.describe('the offline lock', () => {
    // The policy of the two workers that reach other hosts is narrowed: what it refuses is the point here.
    test.use({ expectedViolations: [/^connect-src /] });

    test('refuses everything, says so, outlives a reload, and lets go again', async ({ page }) => {
      await openKept(page);
      await setLock(page, true);
      await page.reload();
      await expectReady(page);
      const before = proxy.requests.length;
      await expect(page.getByText('The offline lock is on: nothing is fetched.')).toBeVisible();

      await page.getByRole('button', { name: 'Try a sample' }).click();
      await expect(page.getByTestId('error')).toContainText('The offline lock is on');
      await fetchLink(page, `${host.url}talk.flac`);
      await expect(page.getByTestId('error').last()).toContainText('The offline lock is on');
      const outcome = (url: string): Promise<string> =>
        fetch(url).then(String, (thrown: unknown) => String(thrown));
      expect(await page.evaluate(outcome, `${APP}never-heard-of.txt`)).toContain('TypeError');
      const worker = await startWorker(page, 'model-store.worker');
      expect(await worker.evaluate(outcome, host.url)).toContain('TypeError');
      expect(await worker.evaluate(outcome, `${APP}never-heard-of.txt`)).toContain('TypeError');

      await page.locator('input[type=file]').first().setInputFiles(recording(FILE));
      await expectText(page);
      expect(sinceThen(proxy, before)).toEqual([]);
      expect(host.requests).toHaveLength(0);

      await page.getByRole('link', { name: 'Sotto' }).click();
      await setLock(page, false);
      await fetchLink(page, `${host.url}talk.flac`);
      await expect.poll(() => host.requests.length).toBe(1);
    });

    test('holds in every tab: a download in another one ends, says why, and goes on later', async ({
      page,
      context,
    }) => {
      const hub = await startHub(HUB_PORTS);
      const modelHost = `${hub.url}/s/${crypto.randomUUID()}`;
      const hold: Fault = {
        path: 'onnx/encoder_model_quantized.onnx',
        kind: 'hold',
        after: 36 * 2 ** 20,
      };
      await order(modelHost, hold);
      await openKept(page);
      await page.evaluate(
        (settings) => localStorage.setItem('sotto-settings', settings),
        `{"modelHost":"${modelHost}"}`,
      );
      await page.reload();
      await page.getByRole('button', { name: 'Settings' }).click();
      await page.getByLabel('Any repository').fill('sotto/noise');
      await page.keyboard.press('Enter');
      const card = page.locator('[data-testid=model-card][data-model="sotto/noise"]');
      await expect(card.getByTestId('status')).toContainText(/\d\d\.\d of 42\.2 MB/);

      const other = await context.newPage();
      await other.goto(PAGE);
      await setLock(other, true);
      await expect(card).toContainText('The offline lock is on');
      const before = proxy.requests.length;
      await card.getByRole('button', { name: 'Resume' }).click();
      await expect(card).toContainText('The offline lock is on');
      expect(sinceThen(proxy, before)).toEqual([]);

      await order(modelHost);
      await setLock(other, false);
      await card.getByRole('button', { name: 'Resume' }).click();
      await expect(card).toHaveAttribute('data-state', 'installed');
      await hub.close();
    });
  });
});

test('without a service worker the ledger lists what timings tell, and no lock is offered', async ({
  page,
}) => {
  await page.goto(PAGE);
  await expectReady(page);
  await page.getByRole('button', { name: 'Every request' }).click();
  await expect(sheet(page).getByTestId('offline-lock')).toContainText('needs a service worker');
  await expect(page.getByRole('switch')).toHaveCount(0);
  const engine = page.getByTestId('ledger-entry').and(page.locator('[data-purpose=engine]'));
  await expect(engine.first()).toContainText('.wasm');
});

test('the list is kept over a reload, saved, cleared, and brought back', async ({ page }) => {
  await page.goto(PAGE);
  await expectReady(page);
  await page.reload();
  await expectReady(page);
  await page.getByRole('button', { name: 'Every request' }).click();
  const twice = async (): Promise<number> =>
    (await listed(page)).filter(({ url }) => url === PAGE).length;
  await expect.poll(twice).toBe(2);
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save as CSV' }).click();
  const csv = await readFile(await (await saved).path(), 'utf8');
  expect(csv.split('\r\n')[0]).toBe(
    'time,purpose,method,url,answered_by,outcome,sent_bytes,received_bytes',
  );
  expect(csv.split(`,app,GET,${PAGE},`)).toHaveLength(3);
  await page.getByRole('button', { name: 'Clear', exact: true }).click();
  await expect(page.getByTestId('ledger-entry')).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(twice).toBe(2);
});

test('opens and closes by keyboard, and gives the focus back', async ({ page }) => {
  await page.goto(PAGE);
  const opener = page.getByRole('button', { name: 'Every request' });
  await opener.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Privacy' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(opener).toBeFocused();
});

test('axe finds nothing in the ledger', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto(PAGE);
  await expectReady(page);
  await page.getByRole('button', { name: 'Every request' }).click();
  await expect(page.getByTestId('ledger-entry').first()).toBeVisible();
  await expectAccessible(page);
});

/** Opens the page and waits until the service worker has what a start without a network needs. */
async function openKept(page: Page): Promise<void> {
  await page.goto(PAGE);
  await expectReady(page);
  const kept = (): Promise<string[]> =>
    page.evaluate(async () => {
      if (!navigator.serviceWorker.controller) return [];
      const requests = await (await caches.open('sotto-big-files')).keys();
      return requests.map(
        ({ url }) => /(encoder_model|decoder_model_merged|vad|threaded)/.exec(url)?.[0] ?? '',
      );
    });
  await expect
    .poll(kept)
    .toEqual(expect.arrayContaining(['encoder_model', 'decoder_model_merged', 'vad', 'threaded']));
}

async function expectReady(page: Page): Promise<void> {
  await expect(page.getByTestId('model')).toHaveAttribute('data-state', 'ready');
}

async function expectText(page: Page): Promise<void> {
  await expect(page.getByTestId('done')).toBeVisible();
  const texts = golden(FILE).segments.map(({ text }) => text.trim());
  const written = await page.getByTestId('segment-text').allTextContents();
  expect(written).toEqual(texts.filter((text) => text !== ''));
}

async function fetchLink(page: Page, link: string): Promise<void> {
  await page.getByRole('button', { name: 'Paste a link' }).click();
  await page.getByLabel('Link to an audio or video file').fill(link);
  await page.keyboard.press('Enter');
}

/** What is to go wrong at the stand-in for the hub; nothing more, without faults. */
async function order(modelHost: string, ...faults: Fault[]): Promise<void> {
  await fetch(`${modelHost}/control`, { method: 'POST', body: JSON.stringify({ faults }) });
}

async function setLock(page: Page, on: boolean): Promise<void> {
  await page.getByRole('button', { name: 'Every request' }).click();
  const lock = page.getByRole('switch', { name: 'Offline lock' });
  await lock.focus();
  await page.keyboard.press('Space');
  await expect(lock).toBeChecked({ checked: on });
  await expect(sheet(page).getByTestId('offline-lock')).toContainText(
    on ? 'On. Nothing' : 'Refuse all',
  );
  await page.keyboard.press('Escape');
}

/** A worker of the app, which opening the settings starts. */
async function startWorker(page: Page, name: string) {
  await page.getByRole('button', { name: 'Settings' }).click();
  const find = () => page.workers().findLast((worker) => worker.url().includes(name));
  await expect.poll(find).toBeDefined();
  await page.keyboard.press('Escape');
  return find()!;
}

/** The settings have the lock, too. */
function sheet(page: Page): Locator {
  return page.getByRole('dialog', { name: 'Privacy' });
}

interface Listed {
  readonly url: string;
  readonly purpose: string;
  readonly outcome: string;
  readonly received_bytes: number | null;
}

/** The open ledger, as it saves itself. */
async function listed(page: Page): Promise<Listed[]> {
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save as JSON' }).click();
  const text = await readFile(await (await saved).path(), 'utf8');
  return (JSON.parse(text) as { requests: Listed[] }).requests;
}

/** What went over the wire and was not the browser's own. */
function seen({ requests }: RecordingProxy): readonly { readonly url: string }[] {
  return requests.filter(({ url }) => url.startsWith('http'));
}

/** How often each address was asked for. */
function counted(requests: readonly { readonly url: string }[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { url } of requests)
    if (!OF_THE_BROWSER.test(url)) counts[url] = (counts[url] ?? 0) + 1;
  return Object.fromEntries(Object.entries(counts).sort());
}

/** Requests after the first `before`; looking for a new service worker is the browser's own. */
function sinceThen({ requests }: RecordingProxy, before: number): string[] {
  return requests
    .slice(before)
    .filter(({ url }) => !url.endsWith('/service-worker.js'))
    .map(({ method, url }) => `${method} ${url}`);
}
