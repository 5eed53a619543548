import { expectAccessible } from './accessible';
import { expect, test, type Locator, type Page } from './test';
import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { startHub } from '../hub/hub-server.mjs';
import { golden, recording } from './goldens';
import { keep, trueDocument } from './kept-transcripts';
import { startHost, type MediaHost } from './media-host';
import { HUB_PORTS, SITES } from './sites';
import type { TranscriptDocument } from '../../src/core/transcript-document';

const APP = `${SITES.isolated}?device=wasm&dtype=fp32&threads=2`;
const FLAC = { 'Access-Control-Allow-Origin': '*', 'Content-Type': 'audio/flac' };

/** A link whose file does not come before `release`: until then all behind it in the queue waits. */
let held: MediaHost;
let release: () => void;
let answer: (response: ServerResponse) => void;
test.beforeEach(async () => {
  const waiting: ServerResponse[] = [];
  let open = false;
  const send = (response: ServerResponse): void =>
    void response.writeHead(200, FLAC).end(readFileSync(recording('fr_short.flac')));
  answer = (response) => (open ? send(response) : void waiting.push(response));
  release = () => {
    open = true;
    for (const response of waiting.splice(0)) send(response);
  };
  held = await startHost((response) => answer(response));
});
test.afterEach(() => held.close());

test('what waits is put in order by keyboard and by hand, one is cancelled, the rest is done in that order', async ({
  page,
}) => {
  await openReady(page);
  await addHeldLink(page);
  await add(page, 'en_short.flac', 'de_short.flac', 'es_short.flac', 'en_window.flac');
  await goHome(page);
  await expectQueue(page, ['held', 'en_short', 'de_short', 'es_short', 'en_window']);

  const up = page.getByRole('button', { name: 'Move es_short.flac up' });
  await up.focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await expect(up).toBeFocused();
  await expectQueue(page, ['held', 'es_short', 'en_short', 'de_short', 'en_window']);
  await expect(page.getByText('es_short.flac is number 1 of 4 waiting.')).toBeAttached();
  await row(page, 'es_short').focus();
  await page.keyboard.press('Alt+ArrowDown');
  await expectQueue(page, ['held', 'en_short', 'es_short', 'de_short', 'en_window']);
  await row(page, 'en_window').dragTo(row(page, 'en_short'));
  await expectQueue(page, ['held', 'en_window', 'en_short', 'es_short', 'de_short']);

  await page.getByRole('button', { name: 'Cancel en_short.flac' }).click();
  await expect(row(page, 'en_short')).toHaveAttribute('data-phase', 'cancelled');
  await expect(row(page, 'en_short')).toBeFocused();
  release();
  await expectDone(page, ['held', 'en_window', 'es_short', 'de_short']);
  await expect(page.getByText('Transcript of de_short.flac is ready.')).toBeAttached();
  const finished = (await documents(page)).sort((a, b) => a.updatedAtMs - b.updatedAtMs);
  expect(finished.map(({ title }) => title)).toEqual(['held', 'en_window', 'es_short', 'de_short']);

  // What was cancelled waits for a second thought.
  await page.getByRole('button', { name: 'Try en_short.flac again' }).click();
  await expectDone(page, ['held', 'en_window', 'es_short', 'de_short', 'en_short']);
});

test('all are cancelled at once, and nothing of them is left after a reload', async ({ page }) => {
  await openReady(page);
  await addHeldLink(page);
  await add(page, 'en_short.flac', 'de_short.flac');
  await page.getByRole('button', { name: 'Cancel all' }).click();
  await page.getByRole('button', { name: 'Try all again' }).click();
  await expect(row(page, 'de_short')).toHaveAttribute('data-phase', 'queued');
  await page.getByRole('button', { name: 'Cancel all' }).click();
  for (const name of ['held', 'en_short', 'de_short'])
    await expect(row(page, name)).toHaveAttribute('data-phase', 'cancelled');
  await expect.poll(async () => (await documents(page)).length).toBe(0);
  await goHome(page);
  await page.reload();
  await expect(page.getByTestId('recent')).toBeVisible();
  await expect(page.getByTestId('job')).toHaveCount(0);
});

test('a reload goes on from the last finished window, with the whole queue behind it', async ({
  page,
}) => {
  await watchSegments(page);
  await openReady(page);
  await add(page, 'en_long.flac', 'de_short.flac', 'en_short.flac');
  const before = await decidedPart(page, 'en_long');
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('en_long');
  await expect(page.getByTestId('done')).toBeVisible();
  await expectKept(page, 'en_long.flac');
  // Had it begun anew, the text would have been shorter for a while.
  expect(await page.evaluate(() => window.fewestSegments)).toBeGreaterThanOrEqual(before);
  await goHome(page);
  await expectDone(page, ['en_long', 'de_short', 'en_short']);
  for (const file of ['de_short', 'en_short']) {
    await page.getByTestId('recent-item').filter({ hasText: file }).click();
    await expect(page.getByTestId('done')).toBeVisible();
    await expectGolden(page, `${file}.flac`);
    await page.goBack();
  }
});

test('a crashed tab loses at most a window: the next one goes on', async ({ page }) => {
  await openReady(page);
  await add(page, 'en_long.flac');
  await decidedPart(page, 'en_long');
  const crashed = page.waitForEvent('crash');
  const devtools = await page.context().newCDPSession(page);
  // Never answered: the tab is gone.
  void devtools.send('Page.crash').catch(() => undefined);
  await crashed;
  const next = await page.context().newPage();
  await openReady(next);
  await expectDone(next, ['en_long']);
  await next.getByTestId('recent-item').press('Enter');
  await expectKept(next, 'en_long.flac');
});

test('what was stopped keeps its text over a reload, and goes on from there', async ({ page }) => {
  await openReady(page);
  await add(page, 'en_long.flac');
  await decidedPart(page, 'en_long');
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(page.getByTestId('cancelled')).toContainText('The text so far is kept.');
  const kept = await page.getByTestId('segment-text').allTextContents();
  await expect.poll(async () => (await documents(page))[0]?.status).toBe('stopped');
  await page.reload();
  await expect(page.getByTestId('segment-text')).toHaveText(kept);
  await page.getByRole('button', { name: /^Continue from \d:\d\d$/ }).click();
  await expect(page.getByTestId('done')).toBeVisible();
  await expectKept(page, 'en_long.flac');
});

test('what was stopped, or nobody can go on with, is edited as it is', async ({ page }) => {
  await openReady(page);
  await add(page, 'en_long.flac');
  await decidedPart(page, 'en_long');
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect.poll(async () => (await documents(page))[0]?.status).toBe('stopped');
  const kept = await page.getByTestId('segment-text').allTextContents();
  await page.reload();
  await page.getByRole('button', { name: 'Edit what is there' }).press('Enter');
  await expect(page.getByTestId('done')).toBeVisible();
  await expect(page.getByTestId('segment-text')).toHaveText(kept);
  await expect(page.getByTestId('segment').first().locator(':focus')).toBeVisible();
  await page.keyboard.press('F2');
  await page.keyboard.type(' Edited.');
  await page.keyboard.press('Escape');
  await expect.poll(async () => (await documents(page))[0]?.segments[0]?.text).toMatch(/Edited\.$/);
  await page.reload();
  await expect(page.getByTestId('segment-text').first()).toHaveText(/Edited\.$/);
  expect(await documents(page)).toMatchObject([{ status: 'done', resume: null }]);
  // It says where it ends.
  await page.mouse.wheel(0, 10_000);
  await expect(page.getByTestId('lost')).toContainText('Speech until 2:10 without any text.');
  await goHome(page);
  await expect(page.getByTestId('job')).toHaveCount(0);

  const orphan = trueDocument('de_short.flac', { id: 'orphan', status: 'interrupted' });
  await keep(page, orphan, null);
  await page.goto(`${APP}#t/orphan`);
  await page.getByRole('button', { name: 'Edit what is there' }).click();
  await expect(page.getByTestId('done')).toBeVisible();
});

test('what failed says so again after a reload, and is tried again', async ({ page }) => {
  let broken = true;
  const good = answer;
  answer = (response) =>
    broken ? void response.writeHead(503, FLAC).end() : (release(), good(response));
  await openReady(page);
  await addHeldLink(page);
  await expect(page.getByTestId('error')).toContainText('status 503');
  await expect.poll(async () => (await documents(page))[0]?.status).toBe('failed');
  await page.reload();
  await expect(page.getByTestId('error')).toContainText('status 503');
  await goHome(page);
  await expect(row(page, 'held')).toContainText('status 503');
  await row(page, 'held').click();
  broken = false;
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByTestId('done')).toBeVisible();
  await expectGolden(page, 'fr_short.flac');
});

test('each recording keeps the model that it was queued with', async ({ page }) => {
  const hub = await startHub(HUB_PORTS);
  // The stand-in has its model in 8 bits only.
  await openReady(page, `${SITES.isolated}?device=wasm&threads=2`);
  await useHubModel(page, `${hub.url}/s/${crypto.randomUUID()}`);
  await addHeldLink(page);
  await add(page, 'en_short.flac');
  await page.getByRole('button', { name: 'Settings' }).click();
  await page
    .locator('[data-testid=model-card][data-model=demo]')
    .getByRole('button', { name: 'Use' })
    .click();
  await page.keyboard.press('Escape');
  await add(page, 'de_short.flac');
  // The queue is the same after a reload, and so are its models.
  await expect.poll(async () => (await documents(page)).length).toBe(3);
  await page.reload();
  release();
  await goHome(page);
  await expectDone(page, ['held', 'en_short', 'de_short']);
  const models = Object.fromEntries(
    (await documents(page)).map(({ title, provenance }) => [title, provenance?.model]),
  );
  expect(models).toEqual({ held: 'sotto/demo', en_short: 'sotto/demo', de_short: 'sotto-demo' });
  const [made] = (await documents(page)).filter(({ title }) => title === 'en_short');
  expect(made?.provenance?.files.map(({ path }) => path)).toContain('config.json');
  for (const { sha256 } of made?.provenance?.files ?? []) expect(sha256).toMatch(/^[0-9a-f]{64}$/);
  await hub.close();
});

test('what another tab is at is left to it, and taken on once that tab is gone', async ({
  page,
}) => {
  await openReady(page);
  await addHeldLink(page);
  await expect.poll(async () => (await documents(page)).length).toBe(1);
  const other = await page.context().newPage();
  await openReady(other);
  const item = other.getByTestId('recent-item');
  await expect(item).toHaveAttribute('data-status', 'working');
  await expect(other.getByTestId('job')).toHaveCount(0);
  await item.click();
  await expect(other.getByText('Another tab is transcribing this.')).toBeVisible();
  await page.close();
  release();
  await other.reload();
  await expect(other.getByTestId('done')).toBeVisible();
  await expectGolden(other, 'fr_short.flac');
});

test('the address leads to a transcript: reload, back, and a wrong one', async ({ page }) => {
  await openReady(page);
  await add(page, 'en_short.flac');
  await expect(page.getByTestId('done')).toBeVisible();
  await expect(page).toHaveURL(/#t\/[\w-]+$/);
  await expect.poll(async () => (await documents(page))[0]?.status).toBe('done');
  await page.reload();
  await expect(page.getByTestId('done')).toBeVisible();
  await expectGolden(page, 'en_short.flac');
  // Its sound was kept, too.
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeEnabled();
  await page.goBack();
  await expect(page.getByTestId('recent-item')).toContainText('en_short');
  await expect(page.getByTestId('recent-item')).toContainText('0:02 · English · Today');
  await page.goto(`${APP}#t/none`);
  await expect(page.getByTestId('gone')).toContainText('no such transcript');
});

test('where the device takes nothing the text stays on the page, with a word about it', async ({
  page,
}) => {
  await page.addInitScript(() => {
    const { transaction } = IDBDatabase.prototype;
    IDBDatabase.prototype.transaction = function (...args) {
      if (args[1] === 'readwrite') throw new DOMException('full', 'QuotaExceededError');
      return transaction.apply(this, args);
    };
  });
  await openReady(page);
  await add(page, 'en_short.flac');
  await expect(page.getByTestId('done')).toBeVisible();
  await expectGolden(page, 'en_short.flac');
  await expect(page.getByTestId('storage-notice')).toContainText('This device has no space left.');
  await goHome(page);
  await page.getByTestId('recent-item').click();
  await expectGolden(page, 'en_short.flac');
});

test('axe finds nothing on home and queue at phone width', async ({ browser }) => {
  const viewport = { width: 360, height: 740 };
  const context = await browser.newContext({ viewport, reducedMotion: 'reduce' });
  const page = await context.newPage();
  await openReady(page);
  await expect(page.getByTestId('model-note')).toBeVisible();
  await expectAccessible(page);
  await add(page, 'de_short.flac');
  await expect(page.getByTestId('done')).toBeVisible();
  await addHeldLink(page);
  await add(page, 'en_short.flac', 'es_short.flac');
  await expectAccessible(page);
  await goHome(page);
  await expect(page.getByTestId('recent-item')).toHaveCount(1);
  await page.getByRole('button', { name: 'Cancel es_short.flac' }).click();
  await expectAccessible(page);
  await context.close();
});

declare global {
  interface Window {
    fewestSegments: number;
  }
}

async function openReady(page: Page, url = APP): Promise<void> {
  await page.goto(url);
  await expect(page.getByTestId('model')).toHaveAttribute('data-state', 'ready');
}

async function add(page: Page, ...files: readonly string[]): Promise<void> {
  await page.locator('input[type=file]').first().setInputFiles(files.map(recording));
}

/** Pasted anywhere on the page. */
async function addHeldLink(page: Page): Promise<void> {
  await page.evaluate((link) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', link);
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
  }, `${held.url}held.flac`);
}

async function goHome(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Sotto' }).click();
  await expect(page.getByTestId('recent')).toBeVisible();
}

function row(page: Page, name: string): Locator {
  return page.getByTestId('job').filter({ hasText: `${name}.flac` });
}

async function expectQueue(page: Page, names: readonly string[]): Promise<void> {
  await expect(page.getByTestId('job')).toHaveText(names.map((name) => new RegExp(`^${name}`)));
}

/** All are listed as done on the home screen, the latest added first. */
async function expectDone(page: Page, names: readonly string[]): Promise<void> {
  const done = page.locator('[data-testid=recent-item][data-status=done]');
  await expect(done).toHaveCount(names.length);
  for (const name of names) await expect(done.filter({ hasText: name })).toHaveCount(1);
}

/** Waits until the device has a first part of a transcript. @returns how many segments */
async function decidedPart(page: Page, title: string): Promise<number> {
  const count = async (): Promise<number> =>
    (await documents(page)).find((document) => document.title === title)?.segments.length ?? 0;
  await expect.poll(count).toBeGreaterThan(0);
  return count();
}

/** What is really stored, read past the app. */
function documents(page: Page): Promise<TranscriptDocument[]> {
  return page.evaluate(
    () =>
      new Promise<TranscriptDocument[]>((resolve, reject) => {
        const opening = indexedDB.open('sotto-transcripts');
        opening.onerror = () => reject(opening.error);
        opening.onsuccess = () => {
          const db = opening.result;
          const reading = db.transaction('documents').objectStore('documents').getAll();
          reading.onsuccess = () => {
            db.close();
            resolve(reading.result as TranscriptDocument[]);
          };
        };
      }),
  );
}

/** Keeps the least number of segments shown since the first of them came, on this page load. */
async function watchSegments(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.fewestSegments = Infinity;
    new MutationObserver(() => {
      // Of a finished transcript only what is in sight is on the page.
      if (document.querySelector('[data-testid=done]')) return;
      const count = document.querySelectorAll('[data-testid=segment]').length;
      if (count > 0) window.fewestSegments = Math.min(window.fewestSegments, count);
    }).observe(document, { childList: true, subtree: true });
  });
}

/** Downloads the stand-in's demo model and makes it the chosen one. */
async function useHubModel(page: Page, host: string): Promise<void> {
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByText('Advanced').click();
  await page.getByLabel('Model host', { exact: true }).fill(host);
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('Any repository')).toHaveAccessibleDescription(
    new RegExp(new URL(host).host),
  );
  await page.getByLabel('Any repository').fill('sotto/demo');
  await page.keyboard.press('Enter');
  const card = page.locator('[data-testid=model-card][data-model="sotto/demo"]');
  await expect(card).toHaveAttribute('data-state', 'installed');
  await card.getByRole('button', { name: 'Use' }).click();
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('model')).toContainText('sotto/demo');
}

function reference(file: string): string[] {
  return golden(file)
    .segments.map(({ text }) => text.trim())
    .filter((text) => text !== '');
}

/** The screen shows the reference's text, of a recording short enough to be seen as a whole. */
async function expectGolden(page: Page, file: string): Promise<void> {
  await expect(page.getByTestId('segment-text')).toHaveText(reference(file));
}

/** The device has the reference's text, of a recording of any length. */
async function expectKept(page: Page, file: string): Promise<void> {
  const kept = async (): Promise<readonly string[]> => {
    const all = await documents(page);
    const found = all.find(({ sourceName, status }) => sourceName === file && status === 'done');
    return (found?.segments ?? []).map(({ text }) => text.trim()).filter((text) => text !== '');
  };
  await expect.poll(kept).toEqual(reference(file));
}
