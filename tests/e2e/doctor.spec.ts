import { expectAccessible } from './accessible';
import { expect, expectInTime, IN_SOFTWARE_MS, test, type Locator, type Page } from './test';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { damageWeights } from '../damage';
import { recording } from './goldens';
import { SITES } from './sites';
import truth from '../fixtures/audio/truth.json' with { type: 'json' };

const DEMO = fileURLToPath(new URL('../../public/models/sotto-demo', import.meta.url));
/** The right text, however busy the machine is. */
const RIGHT = /^(correct|slow)$/;

test('the doctor checks what is here, remembers what it found, and goes with Escape', async ({
  page,
}) => {
  await page.goto(SITES.isolated);
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'This device' }).click();
  await page.getByRole('link', { name: 'About this device' }).click();
  const dialog = page.getByRole('dialog', { name: 'About this device' });
  await expect(dialog.getByTestId('device-facts')).toHaveAttribute('data-gpu', 'works');
  await expect(dialog.getByTestId('device-facts')).toContainText(/SwiftShader, in software/i);
  await expect(dialog.getByTestId('decision')).toHaveAttribute('data-reason', 'untested');

  await dialog.getByRole('button', { name: 'Check everything' }).click();
  await expect(dialog.getByRole('button', { name: 'Stop', exact: true })).toBeFocused();
  await expectFinding(dialog, 'wasm', 'q8+q8', RIGHT);
  await expectFinding(dialog, 'wasm', 'fp32+fp32', RIGHT);
  await expect(dialog.getByRole('button', { name: 'Check everything' })).toBeFocused();
  // In software it would take minutes, and nobody asked for it.
  await expect(rowOf(dialog, 'webgpu', 'fp32+fp32')).toContainText('Takes minutes in software.');
  await expect(dialog.getByTestId('decision')).toHaveAttribute('data-reason', 'checked');

  await page.reload();
  await expect(page).toHaveURL(/#doctor$/);
  await expectFinding(dialog, 'wasm', 'q8+q8', RIGHT);
  await expect(rowOf(dialog, 'wasm', 'q8+q8')).toContainText(/\d× real time · loads in .* s · /);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  expect(new URL(page.url()).hash).toBe('');

  await page.getByRole('button', { name: 'Settings' }).click();
  const card = page.locator('[data-testid=model-card][data-model=demo]');
  await expect(card.getByTestId('speed')).toHaveText(/^[\d.]+× real time here, on WASM$/);
  await page.getByRole('button', { name: 'This device' }).click();
  await page.getByRole('link', { name: 'About this device' }).click();
  await dialog.getByRole('button', { name: 'Forget all results' }).click();
  await expect(rowOf(dialog, 'wasm', 'q8+q8')).toContainText('Not checked yet');
});

test("the page's own keys are not meant on the doctor's page", async ({ page }) => {
  await page.goto(`${SITES.isolated}#doctor`);
  await page.evaluate(() => {
    navigator.mediaDevices.getUserMedia = () => {
      document.documentElement.dataset['microphone'] = 'asked';
      return Promise.reject(new DOMException('', 'NotAllowedError'));
    };
  });
  const html = page.locator('html');
  await expect(page.getByTestId('device-facts')).toBeVisible();
  await page.keyboard.press('r');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(html).not.toHaveAttribute('data-microphone');
  await page.keyboard.press('r');
  await expect(html).toHaveAttribute('data-microphone', 'asked');
});

test('a check can be stopped, and what was found out stays', async ({ page }) => {
  await page.goto(`${SITES.isolated}#doctor`);
  const dialog = page.getByRole('dialog', { name: 'About this device' });
  // WebGPU in software: long enough to be stopped for certain.
  const row = rowOf(dialog, 'webgpu', 'fp32+fp32');
  await row.getByRole('button', { name: /^Check/ }).click();
  await expect(row.getByTestId('finding')).toHaveAttribute('data-finding', 'listening');
  await row.getByRole('button', { name: /^Stop/ }).click();
  await expect(row).toContainText('Takes minutes in software.');
  await expect(row.getByRole('button', { name: /^Check/ })).toBeFocused();
  await expect(dialog.getByTestId('error')).toHaveCount(0);
});

test('a model that gets wrong text is seen, said, and not used that way', async ({ page }) => {
  const folder = damagedDemo();
  await page.goto(SITES.isolated);
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByTestId('model-folder').setInputFiles(folder);
  const card = page.locator(`[data-testid=model-card][data-model="${path.basename(folder)}"]`);
  await card.getByRole('button', { name: 'Use' }).click();
  await page.getByRole('button', { name: 'This device' }).click();
  await page.getByRole('link', { name: 'About this device' }).click();
  const dialog = page.getByRole('dialog', { name: 'About this device' });
  const own = dialog.getByTestId('check').filter({ hasText: path.basename(folder) });
  for (const [precision, finding] of [
    ['q8+q8', 'wrong'],
    ['fp32+fp32', RIGHT],
  ] as const) {
    await rowOf(own, 'wasm', precision)
      .getByRole('button', { name: /^Check/ })
      .click();
    await expectFinding(own, 'wasm', precision, finding);
  }
  await own.getByText('What it heard').click();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');

  const notice = page.getByRole('contentinfo').getByTestId('device-notice');
  await expect(notice).toContainText('Another one that is right is used.');
  await page.reload();
  await expect(notice).toContainText('Another one that is right is used.');
  await page.locator('input[type=file]').first().setInputFiles(recording('en_short.flac'));
  await expect(page.getByTestId('done')).toBeVisible();
  const texts = await page.getByTestId('segment-text').allTextContents();
  expect(texts.map((text) => text.trim()).join(' ')).toBe(truth['en_short.flac'].text);
  rmSync(path.dirname(folder), { recursive: true });
});

test('a forced device and its threads are remembered; the address is stronger', async ({
  page,
}) => {
  await page.goto(SITES.isolated);
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'This device' }).click();
  await page.getByLabel('Where models run').selectOption('wasm');
  // Said beside the choice, and not on every screen.
  const said = page
    .getByTestId('device-notice')
    .filter({ hasText: 'was not checked on the device' });
  await expect(said).toHaveCount(1);
  await expect(said.getByRole('link', { name: 'About this device' })).toBeVisible();
  await page.getByLabel('Threads on WASM').selectOption('1');
  await page.reload();
  await expect(page.getByTestId('model')).toContainText('WASM · 1 thread ·');
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'This device' }).click();
  await expect(page.getByLabel('Where models run')).toHaveValue('wasm');
  await expect(page.getByLabel('Threads on WASM')).toHaveValue('1');

  await page.goto(`${SITES.isolated}?device=wasm&threads=2`);
  await expect(page.getByTestId('model')).toContainText('WASM · 2 threads ·');
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'This device' }).click();
  await expect(page.getByLabel('Where models run')).toBeDisabled();
  await expect(page.getByRole('dialog')).toContainText('The address of this page asks for WASM.');
});

test('the graphics process crashes in the midst of a recording: it goes on on WASM, and that is said', async ({
  playwright,
}, { project }) => {
  test.setTimeout(IN_SOFTWARE_MS);
  // A browser of its own: one whose graphics process has crashed does without it for good.
  const browser = await playwright.chromium.launch(project.use.launchOptions);
  const page = await browser.newPage();
  await page.goto(`${SITES.isolated}?device=webgpu`);
  await page.locator('input[type=file]').first().setInputFiles(recording('en_short.flac'));
  const chip = page.getByTestId('model');
  await expect(chip).toContainText('WebGPU');
  // The sound is with the engine, whose first run in software takes many seconds.
  await expectInTime(page.getByTestId('progress')).toContainText('0:02 of 0:02');
  const devtools = await browser.newBrowserCDPSession();
  await devtools.send('Browser.crashGpuProcess');
  const notice = page.getByText('The graphics processor failed on the way.');
  await expect(notice).toBeVisible();
  await expect(page.getByTestId('done')).toBeVisible();
  await expect(chip).toContainText('WASM');
  const texts = await page.getByTestId('segment-text').allTextContents();
  expect(texts.map((text) => text.trim()).join(' ')).toBe(truth['en_short.flac'].text);
  await browser.close();
});

test('a page without isolation says why there is one thread', async ({ page }) => {
  await page.goto(`${SITES.unIsolated}#doctor`);
  await expect(page.getByTestId('device-facts')).toContainText('the page is not isolated');
});

test("axe finds nothing on the doctor's page at phone width", async ({ browser }) => {
  const viewport = { width: 360, height: 740 };
  const context = await browser.newContext({ viewport, reducedMotion: 'reduce' });
  const page = await context.newPage();
  await page.goto(SITES.isolated);
  await page.evaluate(rememberFindings, await machineOf(page));
  await page.goto(`${SITES.isolated}#doctor`);
  await page.reload();
  const dialog = page.getByRole('dialog', { name: 'About this device' });
  await expectFinding(dialog, 'wasm', 'q8+q8', 'wrong');
  await expectFinding(dialog, 'webgpu', 'fp32+q4', 'failed');
  await dialog.getByText('What it heard').click();
  await expectAccessible(page);
  await context.close();
});

interface StoredMachine {
  readonly adapter: { readonly key: string } | null;
  readonly browser: string;
}

/** What the page has found out about the browser it runs in. */
async function machineOf(page: Page): Promise<StoredMachine> {
  const read = (): Promise<string | null> =>
    page.evaluate(() => localStorage.getItem('sotto-device'));
  await expect.poll(read).not.toBeNull();
  return (JSON.parse((await read()) ?? '') as { machine: StoredMachine }).machine;
}

/** One of each kind, as earlier checks would have left them. Runs in the page. */
function rememberFindings(machine: StoredMachine): void {
  const verdict = (
    device: string,
    precision: string,
    finding: string,
    rest: Record<string, unknown>,
  ): object => ({
    model: 'demo',
    device,
    precision,
    finding,
    adapter: device === 'webgpu' ? (machine.adapter?.key ?? null) : null,
    browser: machine.browser,
    wordErrorRate: 0,
    speed: 12.3,
    loadSec: 0.42,
    heard: '',
    problem: '',
    atMs: Date.now(),
    ...rest,
  });
  const nothing = { wordErrorRate: null, speed: null, loadSec: null };
  const verdicts = [
    verdict('wasm', 'q8+q8', 'wrong', { wordErrorRate: 0.93, heard: 'the the the the the' }),
    verdict('wasm', 'fp32+fp32', 'correct', {}),
    verdict('webgpu', 'fp32+q4', 'failed', {
      ...nothing,
      problem: 'The device was lost. Try again.',
    }),
    verdict('webgpu', 'fp32+fp32', 'slow', { speed: 0.31 }),
  ];
  localStorage.setItem('sotto-device', JSON.stringify({ machine, verdicts, speeds: [] }));
}

function rowOf(within: Locator, device: string, precision: string): Locator {
  const own = `[data-testid=check][data-device=${device}][data-precision="${precision}"]`;
  const page = within.page();
  return within.locator(own).or(within.and(page.locator(own)));
}

async function expectFinding(
  within: Locator,
  device: string,
  precision: string,
  finding: string | RegExp,
): Promise<void> {
  const cell = rowOf(within, device, precision).getByTestId('finding');
  await expect(cell).toHaveAttribute('data-finding', finding);
}

/** A folder with the demo model, whose 8-bit decoder computes something else. */
function damagedDemo(): string {
  const folder = path.join(mkdtempSync(path.join(tmpdir(), 'sotto-')), 'damaged-demo');
  cpSync(DEMO, folder, { recursive: true });
  const decoder = path.join(folder, 'onnx/decoder_model_merged_quantized.onnx');
  writeFileSync(decoder, damageWeights(readFileSync(decoder)));
  return folder;
}
