import { expectAccessible } from './accessible';
import { expect, test, type Locator, type Page } from './test';
import { recording } from './goldens';
import { SITES } from './sites';

const APP = `${SITES.isolated}?device=wasm&threads=2`;
const SECTIONS = [
  'model',
  'transcription',
  'audio',
  'appearance',
  'shortcuts',
  'storage',
  'privacy',
  'device',
] as const;

test('a language and an option that are chosen are those of the next recording', async ({
  page,
}) => {
  await openSection(page, 'transcription');
  const language = page.getByRole('combobox', { name: 'Language spoken' });
  await language.click();
  await language.fill('germ');
  await page.keyboard.press('Enter');
  await expect(language).toHaveValue('German');
  await page.getByRole('switch', { name: 'Time every word' }).check();
  await page.getByRole('radio', { name: 'Fast' }).check();
  await advanced(page);
  const beams = page.getByLabel('Beams at temperature 0');
  await beams.fill('2');
  await beams.blur();

  await page.reload();
  await page.getByTestId('model').click();
  await section(page, 'transcription');
  await expect(language).toHaveValue('German');
  await expect(page.getByRole('radio', { name: 'Fast' })).toBeChecked();
  await page.keyboard.press('Escape');
  await page.locator('input[type=file]').first().setInputFiles(recording('en_short.flac'));
  await expect(page.getByTestId('done')).toBeVisible();
  // English speech, taken for German because German was chosen.
  const kept = await keptDocument(page);
  expect(kept.language).toBe('de');
  expect(kept.provenance?.decoding).toMatchObject({
    language: 'de',
    mode: 'fast',
    wordTimestamps: true,
    beamSize: 2,
  });
  expect(kept.segments[0]?.words?.length).toBeGreaterThan(1);
});

test('a limit of length refuses a longer recording', async ({ page }) => {
  await openSection(page, 'audio');
  const longest = page.getByLabel('Longest recording, minutes');
  await longest.fill('0.5');
  await longest.blur();
  await expect(longest).toHaveAccessibleDescription(/Write a whole number from 1/);
  await page.getByLabel('Largest file, MB').fill('1');
  await page.getByLabel('Largest file, MB').blur();
  await page.keyboard.press('Escape');
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles({ name: 'large.wav', mimeType: 'audio/wav', buffer: Buffer.alloc(1_200_000) });
  await expect(page.getByTestId('error')).toContainText('larger than your limit');
});

test('what an option cannot be is said at its field, and not kept', async ({ page }) => {
  await openSection(page, 'transcription');
  await advanced(page);
  const beams = page.getByLabel('Beams at temperature 0');
  await beams.fill('many');
  await beams.blur();
  await expect(beams).toHaveAccessibleDescription('Write a whole number from 1 to 32.');
  await expect(beams).toHaveAttribute('aria-invalid', 'true');
  const patience = page.getByLabel('Patience of the beam search');
  await patience.fill('2');
  await patience.blur();
  await expect(patience).toHaveAccessibleDescription(/Set beams first/);
  expect(await kept(page, 'decoding')).toEqual({});
  await beams.fill('5');
  await beams.blur();
  await patience.fill('1.5');
  await patience.blur();
  expect(await kept(page, 'decoding')).toEqual({ beamSize: 5, patience: 1.5 });
  await page.getByRole('button', { name: 'Reset Patience of the beam search' }).click();
  await expect(patience).toHaveValue('');
  expect(await kept(page, 'decoding')).toEqual({ beamSize: 5 });
  await page.getByRole('button', { name: 'Reset all options' }).click();
  await expect(beams).toHaveValue('');
  expect(await kept(page, 'decoding')).toEqual({});
});

test('garbage in what was kept becomes the defaults, one by one', async ({ page }) => {
  await page.goto(APP);
  await page.evaluate(() => {
    const decoding = { beamSize: 'x', task: 'sing', wordTimestamps: true, patience: 2, junk: 1 };
    const others = {
      theme: 'pink',
      textSize: 3,
      presets: [{}],
      shortcuts: { home: 7, record: 'w' },
    };
    localStorage.setItem('sotto-settings', JSON.stringify({ decoding, ...others, locale: 'xx' }));
  });
  await page.reload();
  await page.getByTestId('model').click();
  await section(page, 'transcription');
  await expect(page.getByRole('switch', { name: 'Time every word' })).toBeChecked();
  await expect(page.getByRole('radio', { name: 'Transcribe', exact: true })).toBeChecked();
  await section(page, 'shortcuts');
  await expect(keysOf(page, 'home')).toHaveText('H');
  await expect(keysOf(page, 'record')).toHaveText('W');
  await page.evaluate(() => localStorage.setItem('sotto-settings', '{broken'));
  await page.reload();
  await expect(page.getByTestId('model')).toHaveAttribute('data-state', 'ready');
});

test('presets: one that comes with Sotto, one of the person’s own', async ({ page }) => {
  await openSection(page, 'transcription');
  const preset = (name: string): Locator => page.getByTestId('preset').filter({ hasText: name });
  await expect(
    preset('Exact')
      .first()
      .getByRole('button', { name: /^In use/ }),
  ).toBeVisible();
  await preset('Subtitles').getByRole('button', { name: 'Use Subtitles' }).click();
  await expect(page.getByRole('switch', { name: 'Time every word' })).toBeChecked();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('switch', { name: 'Time every word' })).not.toBeChecked();
  await page.getByRole('radio', { name: 'Fast' }).check();
  await page.getByRole('switch', { name: 'Time every word' }).check();
  await page.getByLabel('Save these options as a preset').fill('Mine');
  await page.keyboard.press('Enter');
  await page.getByLabel('Save these options as a preset').fill('Mine');
  await page.keyboard.press('Enter');
  await expect(page.getByText('There is a preset of this name.')).toBeVisible();
  await page.getByRole('button', { name: 'Rename Mine' }).click();
  await page.getByLabel('New name').fill('Ours');
  await page.keyboard.press('Enter');
  await preset('Exact').first().getByRole('button', { name: 'Use Exact' }).click();
  await expect(page.getByRole('radio', { name: 'Exact' })).toBeChecked();
  await page.reload();
  await page.getByTestId('model').click();
  await section(page, 'transcription');
  await preset('Ours').getByRole('button', { name: 'Use Ours' }).click();
  await expect(page.getByRole('radio', { name: 'Fast' })).toBeChecked();
  await page.getByRole('button', { name: 'Delete Ours' }).click();
  await expect(preset('Ours')).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(preset('Ours')).toHaveCount(1);
});

test('theme, text size, motion and language are kept; a reset takes them back and can be undone', async ({
  page,
}) => {
  const root = page.locator('html');
  await openSection(page, 'appearance');
  await expect(root).toHaveAttribute('data-theme', 'light');
  const before = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.getByRole('radio', { name: 'Dark' }).check();
  await page.getByRole('radio', { name: 'Larger' }).check();
  await page.getByRole('switch', { name: 'Reduce motion' }).check();
  await page.getByRole('radio', { name: 'Deutsch' }).check();
  await expect(page.getByRole('dialog', { name: 'Einstellungen' })).toBeVisible();
  await expect(root).toHaveAttribute('lang', 'de');
  // Known before the app's own code runs: a dark page is never light first.
  await page.route('**/assets/*.js', (route) => route.abort());
  await page.reload();
  await expect(root).toHaveAttribute('data-theme', 'dark');
  const dark = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  expect(dark).not.toBe(before);
  await page.unroute('**/assets/*.js');
  await page.reload();
  await expect(root).toHaveAttribute('data-motion', 'reduce');
  await expect(root).toHaveAttribute('data-text', 'larger');
  await page.getByTestId('model').click();
  await section(page, 'appearance');
  await page.getByRole('button', { name: 'Alle Einstellungen zurücksetzen' }).click();
  await expect(page.getByRole('dialog', { name: 'Settings' })).toBeVisible();
  await expect(root).toHaveAttribute('data-theme', 'light');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(root).toHaveAttribute('data-theme', 'dark');
  await expect(root).toHaveAttribute('lang', 'de');
});

test('the theme of the system is followed while it is chosen', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto(APP);
  const root = page.locator('html');
  await expect(root).toHaveAttribute('data-theme', 'dark');
  await page.emulateMedia({ colorScheme: 'light' });
  await expect(root).toHaveAttribute('data-theme', 'light');
});

test('keys can be changed, taken away and switched off', async ({ page }) => {
  await openSection(page, 'shortcuts');
  await keysOf(page, 'settings').click();
  await page.keyboard.press('h');
  await expect(page.getByText('H is taken by “Go home”. Press other keys.')).toBeVisible();
  await page.keyboard.press('Control+Shift+s');
  await expect(keysOf(page, 'settings')).toHaveText('Ctrl+Shift+S');
  const dialog = page.getByRole('dialog', { name: 'Settings' });
  // The browser tells a moment after a dialog has gone that it has; a key in between is too early.
  const opens = (keys: string) =>
    expect(async () => {
      await page.keyboard.press(keys);
      await expect(dialog).toBeVisible({ timeout: 1000 });
    }).toPass();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await page.keyboard.press(',');
  await opens('Control+Shift+s');
  await keysOf(page, 'settings').click();
  await page.keyboard.press('Backspace');
  await expect(keysOf(page, 'settings')).toHaveText('–');
  await page.getByRole('button', { name: 'Default keys for “Settings”' }).click();
  await page.getByRole('switch', { name: 'Keyboard shortcuts' }).uncheck();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await page.keyboard.press('Control+k');
  await page.keyboard.press(',');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.getByTestId('model').click();
  await page.getByRole('switch', { name: 'Keyboard shortcuts' }).check();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await opens(',');
});

test('the palette finds commands and does them', async ({ page }) => {
  await page.goto(APP);
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog', { name: 'Commands' });
  const field = page.getByRole('combobox', { name: 'Commands' });
  await expect(field).toBeFocused();
  await page.keyboard.type('lgt drk');
  await expect(palette.getByRole('option')).toHaveText(['Switch between light and dark']);
  await page.keyboard.press('Enter');
  await expect(palette).toHaveCount(0);
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('zzz');
  await expect(palette.getByRole('status')).toHaveText('No command of this name.');
  await field.fill('');
  const first = await field.getAttribute('aria-activedescendant');
  await page.keyboard.press('ArrowDown');
  await expect(field).not.toHaveAttribute('aria-activedescendant', first ?? '');
  await field.fill('sett');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Settings' })).toBeVisible();
});

test('the page is German for those who read German', async ({ browser }) => {
  const context = await browser.newContext({ locale: 'de-AT' });
  const page = await context.newPage();
  await page.goto(APP);
  await expect(page.locator('html')).toHaveAttribute('lang', 'de');
  await expect(page.getByRole('button', { name: 'Aufnehmen', exact: true })).toBeVisible();
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles({
      name: 'x.wav',
      mimeType: 'audio/wav',
      buffer: Buffer.from('no sound at all'),
    });
  const error = page.getByTestId('error');
  await expect(error).toContainText('Das ist keine Ton- oder Videodatei');
  await error.getByText('Einzelheiten').first().click();
  await expect(error).toContainText('Choose another file');
  await page.getByTestId('model').click();
  for (const name of SECTIONS) {
    await section(page, name);
    const text = await page.getByTestId('section').innerText();
    expect(text).not.toMatch(/\b(the|of|with|this|and|your|on|off|is)\b(?!\/)/);
  }
  await context.close();
});

test('axe finds nothing in any section at 360 px, and nothing is too wide', async ({ browser }) => {
  const viewport = { width: 360, height: 740 };
  const context = await browser.newContext({ viewport, reducedMotion: 'reduce' });
  const page = await context.newPage();
  await page.goto(APP);
  await page.getByTestId('model').click();
  for (const name of SECTIONS) {
    await section(page, name);
    if (name === 'transcription') await advanced(page);
    await expectAccessible(page, name);
  }
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('option').first()).toBeVisible();
  await expectAccessible(page, 'palette');
  await context.close();
});

async function openSection(page: Page, name: (typeof SECTIONS)[number]): Promise<void> {
  await page.goto(APP);
  await page.getByTestId('model').click();
  await section(page, name);
}

async function section(page: Page, name: (typeof SECTIONS)[number]): Promise<void> {
  await page.locator(`nav [data-section=${name}]`).click();
  await expect(page.getByTestId('section')).toHaveAttribute('data-section', name);
}

async function advanced(page: Page): Promise<void> {
  await page.getByTestId('advanced').locator('summary').click();
}

function keysOf(page: Page, command: string): Locator {
  return page.locator(`[data-testid=shortcut][data-command=${command}] .button`).last();
}

function kept(page: Page, field: string): Promise<unknown> {
  return page.evaluate(
    (name) =>
      (JSON.parse(localStorage.getItem('sotto-settings') ?? '{}') as Record<string, unknown>)[
        name
      ] ?? {},
    field,
  );
}

interface Kept {
  readonly status: string;
  readonly language: string;
  readonly provenance: { readonly decoding: object } | null;
  readonly segments: readonly { readonly words?: readonly unknown[] }[];
}

/** The one transcript on the device, once it is finished. */
async function keptDocument(page: Page): Promise<Kept> {
  const read = (): Promise<Kept | undefined> =>
    page.evaluate(async () => {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open('sotto-transcripts');
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(new Error('no database'));
      });
      const all = database.transaction('documents').objectStore('documents').getAll();
      await new Promise((resolve) => (all.onsuccess = resolve));
      database.close();
      return (all.result as Kept[])[0];
    });
  await expect.poll(async () => (await read())?.status).toBe('done');
  return (await read())!;
}
