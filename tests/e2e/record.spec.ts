import { expectAccessible } from './accessible';
import { chromium, expect, test, type Page } from './test';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { CHROMIUM_ARGS, findChromium } from '../../scripts/find-chromium.mjs';
import { writeWaveHeader } from '../../src/core/wave';
import { golden, recording } from './goldens';
import { SITES } from './sites';

const SAMPLE_RATE_HZ = 16_000;
const LEAD_IN_SEC = 1;
/** en_short.flac as WAV, which is what Chromium takes for a microphone. */
const SPEECH = fileURLToPath(new URL('../fixtures/media/pcm_s16.wav', import.meta.url));
const SPOKEN_SEC = LEAD_IN_SEC + 2.94;
const EXPECTED = golden('en_short.flac').segments.map(({ text }) => text.trim());
const PAGE = `${SITES.isolated}?device=wasm&dtype=fp32`;

/** Chromium reads it when it starts, so it has to be there before any test. */
const folder = mkdtempSync(path.join(tmpdir(), 'sotto-microphone-'));
const microphone = path.join(folder, 'microphone.wav');
writeMicrophone();

const executablePath = findChromium();
const launch = { args: [...CHROMIUM_ARGS], ...(executablePath ? { executablePath } : {}) };
const FAKE_MICROPHONE = [
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  `--use-file-for-fake-audio-capture=${microphone}%noloop`,
];
test.use({ launchOptions: { ...launch, args: [...launch.args, ...FAKE_MICROPHONE] } });
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('what the microphone hears becomes the text that its file becomes', async ({ page }) => {
  await openReady(page);
  await page.getByRole('button', { name: 'Record', exact: true }).click();
  await recordUntil(page, SPOKEN_SEC + 1);
  await page.getByRole('button', { name: 'Stop' }).click();
  await expectTranscript(page);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^Recording \d{4}-\d\d-\d\d/);
  await page.getByRole('link', { name: 'Sotto' }).click();
  await expect(page.getByTestId('recording')).toHaveCount(1);
  await page.reload();
  await expect(page.getByTestId('facts')).toHaveText(/^0:0\d · 0\.2 MB$/);
});

test('a crashed tab loses at most two seconds, and what is kept becomes text', async ({ page }) => {
  await openReady(page);
  await page.keyboard.press('r');
  const shownSec = await recordUntil(page, SPOKEN_SEC + 3);
  const crashed = page.waitForEvent('crash');
  const devtools = await page.context().newCDPSession(page);
  // Never answered: the tab is gone.
  void devtools.send('Page.crash').catch(() => undefined);
  await crashed;
  const next = await page.context().newPage();
  await openReady(next);
  const facts = await next.getByTestId('facts').textContent();
  const kept = /^interrupted, 0:(\d\d) kept/.exec(facts ?? '');
  expect(Number(kept?.[1])).toBeGreaterThanOrEqual(shownSec - 2);
  await next.getByRole('button', { name: /^Transcribe/ }).click();
  await expectTranscript(next);
});

test('a recording that still runs in another tab is offered only once that tab is closed', async ({
  page,
}) => {
  await openReady(page);
  await page.keyboard.press('r');
  await recordUntil(page, 2);
  const other = await page.context().newPage();
  await openReady(other);
  await expect(other.getByTestId('recording')).toHaveCount(0);
  await page.close();
  // The list is read anew when a tab is looked at again.
  await expect(async () => {
    await other.reload();
    await expect(other.getByTestId('recording')).toHaveCount(1, { timeout: 2000 });
  }).toPass();
});

test('discarding can be undone; deleting is final after a reload', async ({ page }) => {
  await openReady(page);
  await page.keyboard.press('r');
  await recordUntil(page, 2);
  await page.getByRole('button', { name: 'Discard' }).click();
  await expect(page.getByTestId('recording')).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByTestId('recording')).toHaveCount(1);
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: /^Save/ }).click();
  const file = readFileSync(await (await saved).path());
  expect(file.toString('latin1', 0, 4)).toBe('RIFF');
  expect(file.readUInt32LE(4)).toBe(file.length - 8);
  await page.getByRole('button', { name: /^Delete/ }).click();
  await page.reload();
  await expect(page.getByTestId('model')).toHaveAttribute('data-state', 'ready');
  await expect(page.getByTestId('recording')).toHaveCount(0);
});

test('a pause is left out of the time', async ({ page }) => {
  await openReady(page);
  await page.keyboard.press('r');
  await recordUntil(page, 1);
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Paused');
  const level = page.getByRole('meter', { name: 'Level' });
  await expect(level).toHaveAttribute('aria-valuenow', '0');
  const pausedAt = await shownSeconds(page);
  await page.getByRole('button', { name: 'Resume' }).click();
  await recordUntil(page, pausedAt + 1);
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(page.getByTestId('recorder')).toHaveCount(0);
});

test('microphone and tab become one transcript that says who speaks', async ({ page }) => {
  await shareRecording(page, 'de_short.flac', SPOKEN_SEC);
  await openReady(page);
  await page.getByText('Source: Microphone').click();
  await page.getByRole('radio', { name: 'Both' }).check();
  await page.getByRole('button', { name: 'Record', exact: true }).click();
  await expect(page.getByRole('meter')).toHaveCount(2);
  await recordUntil(page, SPOKEN_SEC + 4);
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(page.getByTestId('done')).toBeVisible();
  const said = golden('de_short.flac').segments.map(({ text }) => text.trim());
  const texts = page.getByTestId('segment-text');
  await expect.poll(() => texts.allTextContents()).toEqual([...EXPECTED, ...said]);
  // Where a side is silent first, Whisper alone would date its speech at 0:00.
  const starts = page
    .getByTestId('segment')
    .evaluateAll((rows) => rows.map((row) => Number(row.dataset['start'])));
  expect((await starts).at(-1)).toBeGreaterThan(SPOKEN_SEC - 1);
  const speakers = await page.getByTestId('speaker').allTextContents();
  expect(speakers).toEqual([...EXPECTED.map(() => 'Me'), ...said.map(() => 'Them')]);
});

test('axe finds nothing on the record screen at phone width', async ({ browser }) => {
  const viewport = { width: 360, height: 740 };
  const context = await browser.newContext({ viewport, reducedMotion: 'reduce' });
  const page = await context.newPage();
  await openReady(page);
  await page.getByText('Source: Microphone').click();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Record', exact: true }).click();
  await recordUntil(page, 1);
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Discard' }).click();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByTestId('recording')).toBeVisible();
  await expectAccessible(page);
  await context.close();
});

test('a refused microphone is told with what to do', async () => {
  const args = ['--use-fake-device-for-media-stream', '--deny-permission-prompts'];
  const browser = await chromium.launch({ ...launch, args: [...launch.args, ...args] });
  const page = await browser.newPage();
  await openReady(page);
  await page.getByRole('button', { name: 'Record', exact: true }).click();
  await expect(page.getByTestId('error')).toContainText('does not let Sotto use the microphone');
  await expect(page.getByRole('button', { name: 'Try again' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Record', exact: true })).toBeVisible();
  await browser.close();
});

/**
 * Has the page share a tab that is silent at first and then plays a file. A stub, since Chromium without a screen
 * has no picker and captures no tab's sound.
 */
async function shareRecording(page: Page, file: string, afterSec: number): Promise<void> {
  const base64 = readFileSync(recording(file)).toString('base64');
  await page.addInitScript(
    ({ base64, afterSec }) => {
      const share = async (): Promise<MediaStream> => {
        const context = new AudioContext();
        const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
        const buffer = await context.decodeAudioData(bytes.buffer);
        const source = new AudioBufferSourceNode(context, { buffer });
        const destination = new MediaStreamAudioDestinationNode(context, { channelCount: 1 });
        source.connect(destination);
        source.start(context.currentTime + afterSec);
        return destination.stream;
      };
      Object.defineProperty(navigator.mediaDevices, 'getDisplayMedia', { value: share });
    },
    { base64, afterSec },
  );
}

async function openReady(page: Page): Promise<void> {
  await page.goto(PAGE);
  await expect(page.getByTestId('model')).toHaveAttribute('data-state', 'ready');
}

async function shownSeconds(page: Page): Promise<number> {
  const text = (await page.getByTestId('recorded').textContent()) ?? '';
  const [minutes = NaN, seconds = NaN] = text.trim().split(':').map(Number);
  return minutes * 60 + seconds;
}

/** Waits until the clock on the screen shows a time, and gives what it shows then. */
async function recordUntil(page: Page, sec: number): Promise<number> {
  await expect.poll(() => shownSeconds(page)).toBeGreaterThanOrEqual(sec);
  return shownSeconds(page);
}

async function expectTranscript(page: Page): Promise<void> {
  await expect(page.getByTestId('done')).toBeVisible();
  await expect.poll(() => page.getByTestId('segment-text').allTextContents()).toEqual(EXPECTED);
}

/** Silence, the speech, and silence for as long as a test may record. */
function writeMicrophone(): void {
  const file = readFileSync(SPEECH);
  const speech = file.subarray(file.indexOf('data') + 8);
  const silence = (sec: number): Buffer => Buffer.alloc(2 * sec * SAMPLE_RATE_HZ);
  const pcm = Buffer.concat([silence(LEAD_IN_SEC), speech, silence(10)]);
  const shape = { channels: 1, sampleRateHz: SAMPLE_RATE_HZ, frames: pcm.length / 2 };
  writeFileSync(microphone, Buffer.concat([writeWaveHeader(shape), pcm]));
}
