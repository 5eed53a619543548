import { keep, trueDocument } from './kept-transcripts';
import { SITES } from './sites';
import { expect, test, type Page } from './test';

/*
 * The six main screens as they were last looked at. `npx playwright test looks --update-snapshots` takes them anew,
 * to be looked at before they are committed.
 */

test.use({ timezoneId: 'UTC' });

const NOW = new Date('2026-03-02T10:00:00Z');
const DAY_MS = 86_400_000;
const WIDE = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 844 };

/** How many processors this machine has, how much it stores: what is not the same everywhere. */
const varying = (page: Page) => [
  page.getByTestId('model'),
  page.getByTestId('storage'),
  page.getByTestId('library-storage').locator('.times'),
];

async function open(page: Page): Promise<void> {
  await page.clock.setFixedTime(NOW);
  await page.goto(SITES.isolated);
  const kept = ['en_window.flac', 'de_long.flac', 'es_noisy.flac'].map((file, day) =>
    trueDocument(file, {
      createdAtMs: NOW.getTime() - day * DAY_MS,
      updatedAtMs: NOW.getTime() - day * DAY_MS,
      tags: day === 1 ? ['interview'] : [],
    }),
  );
  for (const document of kept) await keep(page, document, document.sourceName);
  await page.reload();
  await expect(page.getByTestId('model')).toHaveAttribute('data-state', 'ready');
}

const SCREENS: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  home: async (page) => {
    await expect(page.getByText('en_window').first()).toBeVisible();
  },
  transcript: async (page) => {
    await page.goto(`${SITES.isolated}#t/true-de_long.flac`);
    await expect(page.getByTestId('segment').first()).toBeVisible();
    await expect(page.getByTestId('waveform')).toBeVisible();
  },
  library: async (page) => {
    await page.goto(`${SITES.isolated}#library`);
    await expect(page.getByTestId('library-storage')).toBeVisible();
  },
  export: async (page) => {
    await page.goto(`${SITES.isolated}#t/true-en_window.flac`);
    await page.getByRole('button', { name: 'Export' }).click();
    await page.locator('label:has(input[value=srt])').click();
    await expect(page.getByTestId('export-preview')).toContainText('-->');
  },
  settings: async (page) => {
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByRole('button', { name: 'Transcription' }).click();
    await expect(page.getByText('Language spoken')).toBeVisible();
  },
  commands: async (page) => {
    await page.keyboard.press('Control+k');
    await expect(page.getByRole('combobox')).toBeFocused();
  },
};

for (const [name, show] of Object.entries(SCREENS)) {
  test(`${name} looks as it did, wide and on a phone`, async ({ page }) => {
    await page.emulateMedia({ reducedMotion: 'reduce', colorScheme: 'light' });
    await page.setViewportSize(WIDE);
    await open(page);
    await show(page);
    for (const [size, viewport] of Object.entries({ wide: WIDE, phone: PHONE })) {
      await page.setViewportSize(viewport);
      await expect(page).toHaveScreenshot(`${name}-${size}.png`, { mask: varying(page) });
    }
  });
}
