import { expectAccessible } from './accessible';
import { expect, test, type Locator, type Page } from './test';
import { fileURLToPath } from 'node:url';
import { startHub } from '../hub/hub-server.mjs';
import type { Fault } from '../hub/hub-faults.mjs';
import { recording } from './goldens';
import { HUB_PORTS, SITES } from './sites';
import truth from '../fixtures/audio/truth.json' with { type: 'json' };

const APP = `${SITES.isolated}?device=wasm&threads=2`;
const ENCODER = 'onnx/encoder_model_quantized.onnx';
/** Well into the second of sotto/noise's chunks, since the number shown lags behind; 42.2 MB with its tokenizer. */
const HELD_BYTES = 36 * 2 ** 20;
/** What is never fetched twice. */
const CHUNK_BYTES = 16 * 2 ** 20;

let hub: Awaited<ReturnType<typeof startHub>>;
let host: string;
test.beforeAll(async () => {
  hub = await startHub(HUB_PORTS);
});
test.afterAll(() => hub.close());
test.beforeEach(() => {
  host = `${hub.url}/s/${crypto.randomUUID()}`;
});

test('a model is downloaded by name, used, kept over a reload, and deleted', async ({ page }) => {
  await openSettings(page);
  await setHost(page);
  await askFor(page, 'sotto/demo');
  const card = cardOf(page, 'sotto/demo');
  await expect(card).toHaveAttribute('data-state', 'installed');
  await card.getByText('Details').click();
  await expect(card.getByTestId('details')).toContainText(
    `From ${host}, sotto/demo, commit ${'1'.repeat(40)}.`,
  );
  await expect(card.getByTestId('details')).toContainText('Matches the published one.');
  await card.getByRole('button', { name: 'Check files' }).click();
  await expect(card.getByTestId('details')).toContainText('Every piece is as it was stored.');
  await card.getByRole('button', { name: 'Use' }).click();
  await expect(card.getByRole('button', { name: 'In use' })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  await page.keyboard.press('Escape');

  await expect(page.getByText('Demo model.')).toBeHidden();
  const chip = page.getByTestId('model');
  await expect(chip).toContainText('sotto/demo');
  await page.reload();
  await expect(chip).toHaveAttribute('data-state', 'ready');
  await expect(chip).toContainText('sotto/demo');
  await page.locator('input[type=file]').first().setInputFiles(recording('en_short.flac'));
  await expect(page.getByTestId('done')).toBeVisible();
  const text = async () => (await page.getByTestId('segment-text').allTextContents()).join(' ');
  await expect.poll(text).toBe(truth['en_short.flac'].text);

  await chip.click();
  await card.getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByRole('dialog')).toContainText('The demo model is used instead.');
  await card.getByRole('button', { name: 'Undo' }).click();
  await expect(card.getByRole('button', { name: 'In use' })).toBeVisible();
  await card.getByRole('button', { name: 'Delete' }).click();
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('notice')).toContainText('sotto/demo was deleted.');
  await expect(chip).toContainText('sotto-demo');
  await expect(page.getByText('Demo model.')).toBeVisible();
  await chip.click();
  await expect(card).toHaveCount(0);
});

test('a download pauses, outlives a reload, and resumes where it was', async ({ page }) => {
  await order({ path: ENCODER, kind: 'hold', after: HELD_BYTES, times: 9 });
  await openSettings(page);
  await setHost(page);
  await askFor(page, 'sotto/noise');
  const card = cardOf(page, 'sotto/noise');
  await expect(card.getByTestId('status')).toContainText(/^(1[7-9]|[23]\d)\.\d of 42\.2 MB/);
  await card.getByRole('button', { name: 'Pause' }).click();
  await expect(card.getByRole('button', { name: 'Resume' })).toBeFocused();
  await expect(card).toHaveAttribute('data-state', 'paused');
  await page.reload();
  await page.getByRole('button', { name: 'Settings' }).click();
  await expect(card.getByTestId('status')).toContainText(/Paused at \d+\.\d of 42\.2 MB/);
  await order();
  await card.getByRole('button', { name: 'Resume' }).click();
  await expect(card).toHaveAttribute('data-state', 'installed');
  const asked = (await requests()).filter(
    ({ path, origin }) => path === ENCODER && origin === 'cdn',
  );
  const [, from] = /^bytes=(\d+)-$/.exec(asked.at(-1)?.range ?? '') ?? [];
  expect(Number(from)).toBeGreaterThanOrEqual(CHUNK_BYTES);
});

test('a tab that crashes in the midst of a download: another that looked on resumes it, and no finished piece is fetched again', async ({
  page,
  context,
}) => {
  await order({ path: ENCODER, kind: 'hold', after: HELD_BYTES, times: 9 });
  await openSettings(page);
  await setHost(page);
  await askFor(page, 'sotto/noise');
  const status = cardOf(page, 'sotto/noise').getByTestId('status');
  await expect(status).toContainText(/^(1[7-9]|[23]\d)\.\d of 42\.2 MB/);
  const next = await context.newPage();
  await next.goto(APP);
  await next.getByRole('button', { name: 'Settings' }).click();
  const card = cardOf(next, 'sotto/noise');
  await expect(card.getByTestId('status')).toContainText(
    /^Another tab downloads it\. \d+\.\d of 42\.2 MB/,
  );
  const crashed = page.waitForEvent('crash');
  const devtools = await context.newCDPSession(page);
  // Never answered: the tab is gone.
  void devtools.send('Page.crash').catch(() => undefined);
  await crashed;
  await order();
  await expect(card.getByTestId('status')).toContainText(/Paused at \d+\.\d of 42\.2 MB/);
  const before = (await requests()).length;
  await card.getByRole('button', { name: 'Resume' }).click();
  await expect(card).toHaveAttribute('data-state', 'installed');
  const asked = (await requests())
    .slice(before)
    .filter(({ path, origin }) => path === ENCODER && origin === 'cdn');
  expect(asked.length).toBeGreaterThan(0);
  for (const { range } of asked) {
    const [, from] = /^bytes=(\d+)-$/.exec(range ?? '') ?? [];
    expect(Number(from)).toBeGreaterThanOrEqual(CHUNK_BYTES);
  }
});

test('a chosen model that is gone gives way to the demo, with a word about it', async ({
  page,
}) => {
  await page.goto(APP);
  await page.evaluate(() => {
    const model = { id: 'owner/gone', name: 'Gone' };
    localStorage.setItem('sotto-settings', JSON.stringify({ model }));
  });
  await page.reload();
  await expect(page.getByTestId('notice')).toContainText('Gone is no longer on this device.');
  const chip = page.getByTestId('model');
  await expect(chip).toHaveAttribute('data-state', 'ready');
  await expect(chip).toContainText('sotto-demo');
});

test('a folder from disk becomes a model, and what is none says so', async ({ page }) => {
  await openSettings(page);
  const folder = page.getByTestId('model-folder');
  await folder.setInputFiles(pathOf('../fixtures/writers'));
  await expect(page.getByRole('dialog').getByTestId('error')).toContainText('config.json');
  await folder.setInputFiles(pathOf('../../public/models/sotto-demo'));
  const card = cardOf(page, 'sotto-demo');
  await expect(card).toHaveAttribute('data-state', 'installed');
  const download = page.waitForEvent('download');
  await card.getByText('Details').click();
  await card.getByRole('button', { name: 'Save as zip' }).click();
  const zip = await (await download).path();
  await card.getByRole('button', { name: 'Delete' }).click();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Settings' }).click();
  await expect(card).toHaveCount(0);
  await page.getByTestId('model-zip').setInputFiles({
    name: 'renamed.zip',
    mimeType: 'application/zip',
    buffer: await import('node:fs').then(({ readFileSync }) => readFileSync(zip)),
  });
  await expect(card).toHaveAttribute('data-state', 'installed');
});

test('what cannot be asked for is said beside the field', async ({ page }) => {
  await openSettings(page);
  await setHost(page);
  await askFor(page, 'no repository');
  await expect(page.getByRole('dialog')).toContainText('Write the repository as owner/name');
  await askFor(page, 'sotto/missing');
  await expect(cardOf(page, 'sotto/missing').getByRole('alert')).toBeVisible();
  await page.getByLabel('Model host', { exact: true }).fill('ftp://somewhere');
  await page.getByRole('button', { name: 'Save Model host' }).click();
  await expect(page.getByRole('dialog')).toContainText('begins with https://');
});

test.describe('a host', () => {
  test.use({ expectedViolations: [/connect-src/] });
  test('that the page may not ask is said as that, not as a lost connection', async ({ page }) => {
    await openSettings(page);
    host = 'https://hugingface.example';
    await setHost(page);
    await askFor(page, 'sotto/demo');
    const alert = cardOf(page, 'sotto/demo').getByRole('alert');
    await expect(alert).toContainText('may not fetch from hugingface.example');
    host = '';
    await setHost(page);
    await expect(page.getByLabel('Model host', { exact: true })).toHaveValue(
      'https://huggingface.co',
    );
  });
});

test('axe finds nothing in the settings at phone width', async ({ browser }) => {
  const viewport = { width: 360, height: 740 };
  const context = await browser.newContext({ viewport, reducedMotion: 'reduce' });
  const page = await context.newPage();
  await openSettings(page);
  await setHost(page);
  await askFor(page, 'sotto/demo');
  await expect(cardOf(page, 'sotto/demo')).toHaveAttribute('data-state', 'installed');
  await order({ path: ENCODER, kind: 'hold', after: HELD_BYTES });
  await askFor(page, 'sotto/noise');
  await expect(cardOf(page, 'sotto/noise')).toHaveAttribute('data-state', 'downloading');
  await page.locator('dialog details').evaluateAll((all) => {
    for (const details of all) details.setAttribute('open', '');
  });
  await expectAccessible(page);
  await context.close();
});

/** By keyboard, as the focus comes back to where it was. */
async function openSettings(page: Page): Promise<void> {
  await page.goto(APP);
  const opener = page.getByRole('button', { name: 'Settings' });
  await opener.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Settings' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(opener).toBeFocused();
  await page.keyboard.press('Enter');
}

async function setHost(page: Page): Promise<void> {
  const field = page.getByLabel('Model host', { exact: true });
  if (!(await field.isVisible())) await page.getByText('Advanced').click();
  await field.fill(host);
  await page.keyboard.press('Enter');
  const { host: name } = new URL(host || 'https://huggingface.co');
  await expect(page.getByLabel('Any repository')).toHaveAccessibleDescription(new RegExp(name));
}

async function askFor(page: Page, repository: string): Promise<void> {
  await page.getByLabel('Any repository').fill(repository);
  await page.keyboard.press('Enter');
}

function cardOf(page: Page, id: string): Locator {
  return page.locator(`[data-testid=model-card][data-model="${id}"]`);
}

async function order(...faults: Fault[]): Promise<void> {
  await fetch(`${host}/control`, { method: 'POST', body: JSON.stringify({ faults }) });
}

async function requests(): Promise<{ path: string; origin: string; range: string | null }[]> {
  const scope = (await (await fetch(`${host}/control`)).json()) as {
    requests: { path: string; origin: string; range: string | null }[];
  };
  return scope.requests;
}

function pathOf(relative: string): string {
  return fileURLToPath(new URL(relative, import.meta.url));
}
