import { expect, test, type Page } from './test';
import { fileURLToPath } from 'node:url';
import { golden } from './goldens';
import { SITES } from './sites';

/**
 * tests/fixtures/media holds the recording en_short in every format. The demo model has never heard telephone
 * sound (8 kHz) or a sixth of the loudness, so those are left to tests/browser/decode-file.browser.test.ts.
 */
const SPOKEN = golden('en_short.flac').text.trim();
const READABLE = [
  'pcm_s16.wav',
  'stereo_48k.flac',
  'mono_96k.flac',
  'mono_192k.flac',
  'mono_44k.mp3',
  'stereo_48k.m4a',
  'mono_44k.mov',
  'film.mp4',
  'film.mpegts',
  'film.webm',
  'adts_48k.aac',
  'vorbis_44k.ogg',
  'opus.ogg',
  'opus.webm',
  'opus.mka',
  'surround_71.flac',
] as const;

let page: Page;
test.beforeAll(async ({ browser }) => {
  page = await browser.newPage();
  await page.goto(`${SITES.isolated}?device=wasm&dtype=fp32`);
});
test.afterAll(() => page.close());

for (const file of READABLE) {
  test(`${file} is transcribed`, async () => {
    await choose(file);
    await expect(page.getByTestId('done')).toBeVisible();
    expect((await page.getByTestId('segment-text').allTextContents()).join(' ')).toBe(SPOKEN);
  });
}

const UNREADABLE: readonly (readonly [string, RegExp])[] = [
  ['empty.mp3', /This file is empty\. Choose another file\./],
  ['letter.mp3', /not an audio or video file that Sotto knows/],
  ['silent_film.mp4', /no (audio|sound) track/],
  ['wma.wma', /Windows Media/],
  ['encrypted.mp4', /encrypted|protected/],
  ['zero_samples.wav', /without any sound in it/],
];
for (const [file, message] of UNREADABLE) {
  test(`${file} says what is wrong, and the transcript before it stays`, async () => {
    await page.reload();
    await choose('pcm_s16.wav');
    await expect(page.getByTestId('done')).toBeVisible();
    await choose(file);
    await expect(page.getByTestId('error')).toContainText(message);
    await page
      .getByRole('button', { name: /pcm_s16/ })
      .last()
      .click();
    await expect(page.getByTestId('segment-text')).toHaveText([SPOKEN]);
  });
}

test('a file that ends early says where, and what is there is transcribed', async () => {
  await page.reload();
  await choose('cut.wav');
  await expect(page.getByTestId('done')).toBeVisible();
  await expect(page.getByTestId('truncated')).toContainText(/ends early: .* until 0:01 of 0:02/);
  expect(await page.getByTestId('segment-text').count()).toBeGreaterThan(0);
});

async function choose(file: string): Promise<void> {
  const path = fileURLToPath(new URL(`../fixtures/media/${file}`, import.meta.url));
  await page.locator('input[type=file]').first().setInputFiles(path);
}
