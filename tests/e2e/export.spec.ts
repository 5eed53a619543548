import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expectAccessible } from './accessible';
import { expect, test, type Locator, type Page } from './test';
import { written, writtenPath } from './goldens';
import { SITES } from './sites';

const WITH_WORDS = 'plain/en_window.json';
const WITHOUT_WORDS = 'fr_window_segments.json';

/** Brings a transcript of whisper's to the screen and opens its export. */
async function openExport(page: Page, fixture: string): Promise<Locator> {
  await page.goto(SITES.isolated);
  await page.getByTestId('file-input').first().setInputFiles(writtenPath(fixture));
  await expect(page.getByTestId('done')).toBeVisible();
  await page.getByRole('button', { name: 'Export' }).click();
  return page.getByRole('dialog', { name: 'Export' });
}

async function choose(sheet: Locator, ending: string): Promise<void> {
  await sheet.locator(`label:has(input[value=${ending}])`).click();
}

/** The file that a button saves: its name, and its path on this machine. */
async function save(page: Page, name: string | RegExp): Promise<{ name: string; path: string }> {
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name }).click();
  const download = await downloading;
  return { name: download.suggestedFilename(), path: await download.path() };
}

test('subtitles are shaped as whisper shapes them, and the preview shows it', async ({ page }) => {
  const sheet = await openExport(page, WITH_WORDS);
  const preview = sheet.getByTestId('export-preview');
  await choose(sheet, 'srt');
  const plain = await save(page, 'Save .srt');
  expect(plain.name).toBe('en_window.srt');
  expect(readFileSync(plain.path, 'utf8')).toBe(written('plain/en_window.srt'));

  await sheet.getByLabel('Characters per line').fill('24');
  await sheet.getByLabel('Lines per subtitle').fill('2');
  await expect(preview).toHaveText(written('width/en_window.srt').trim(), { useInnerText: true });
  expect(readFileSync((await save(page, 'Save .srt')).path, 'utf8')).toBe(
    written('width/en_window.srt'),
  );

  await sheet.getByLabel('Characters per line').fill('');
  await expect(sheet.getByLabel('Lines per subtitle')).toBeDisabled();
  await sheet.getByLabel('Words per line').fill('3');
  await choose(sheet, 'vtt');
  expect(readFileSync((await save(page, 'Save .vtt')).path, 'utf8')).toBe(
    written('words/en_window.vtt'),
  );

  await sheet.getByLabel('Words per line').fill('');
  await sheet.getByLabel('The word being said').selectOption('underline');
  expect(readFileSync((await save(page, 'Save .vtt')).path, 'utf8')).toBe(
    written('karaoke/en_window.vtt'),
  );
  await sheet.getByLabel('The word being said').selectOption('tags');
  await expect(preview).toContainText(/teacher <\d\d:\d\d\.\d{3}>drinks/);
});

test('what is no limit is told, and changes nothing', async ({ page }) => {
  const sheet = await openExport(page, WITH_WORDS);
  await choose(sheet, 'srt');
  const before = await sheet.getByTestId('export-preview').textContent();
  await sheet.getByLabel('Characters per line').fill('-3');
  await expect(sheet.getByText('Enter a whole number from 1')).toBeVisible();
  expect(await sheet.getByTestId('export-preview').textContent()).toBe(before);
});

test('without word times what needs them is off, and says why', async ({ page }) => {
  const sheet = await openExport(page, WITHOUT_WORDS);
  await choose(sheet, 'vtt');
  for (const name of ['The word being said', 'Characters per line', 'Words per line'])
    await expect(sheet.getByLabel(name)).toBeDisabled();
  await expect(sheet.getByText('no times of single words')).toBeVisible();
});

test('the zip holds every format; Word’s code comes only when it is needed', async ({ page }) => {
  const scripts: string[] = [];
  page.on('response', async (response) => {
    if (response.url().endsWith('.js') && (await response.text()).includes('wordprocessingml'))
      scripts.push(response.url());
  });
  await openExport(page, WITH_WORDS);
  const docx = scripts.length;
  const { name, path } = await save(page, 'All formats as zip');
  expect(name).toBe('en_window.zip');
  expect(scripts.length).toBe(docx + 1);
  const program = `import io,json,sys,zipfile
outer=zipfile.ZipFile(sys.argv[1])
assert outer.testzip() is None
word=zipfile.ZipFile(io.BytesIO(outer.read("en_window.docx")))
print(json.dumps([outer.namelist(), word.read("word/document.xml").decode()]))`;
  const read = execFileSync('python3', ['-c', program, path], { encoding: 'utf8' });
  const [names, document] = JSON.parse(read) as [string[], string];
  expect(names.map((file) => file.replace('en_window.', '')).sort()).toEqual(
    ['csv', 'docx', 'json', 'lrc', 'md', 'srt', 'tsv', 'txt', 'vtt'].sort(),
  );
  expect(document).toContain('The teacher drinks a cup of coffee before lunch.');
});

test('json is whisper’s, with where it comes from unless that is unwanted', async ({ page }) => {
  const sheet = await openExport(page, WITH_WORDS);
  await choose(sheet, 'json');
  const whole = JSON.parse(readFileSync((await save(page, 'Save .json')).path, 'utf8')) as object;
  expect(whole).toHaveProperty('sotto.source', 'en_window.json');
  await sheet.getByLabel('Model, its hashes, and options').uncheck();
  const pure = readFileSync((await save(page, 'Save .json')).path, 'utf8');
  expect(pure).toBe(written('plain/en_window.json'));
});

test('choices are there again after a reload', async ({ page }) => {
  const sheet = await openExport(page, WITH_WORDS);
  await choose(sheet, 'md');
  await sheet.getByLabel('Times').check();
  await page.reload();
  await page.getByRole('button', { name: 'Export' }).click();
  await expect(sheet.getByRole('radio', { name: 'Markdown' })).toBeChecked();
  await expect(sheet.getByLabel('Times')).toBeChecked();
  await expect(sheet.getByTestId('export-preview')).toContainText('`0:00` The teacher');
});

test('text is copied as it is shown', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-write']);
  const sheet = await openExport(page, WITH_WORDS);
  await choose(sheet, 'tsv');
  await sheet.getByRole('button', { name: 'Copy' }).click();
  await expect(sheet.getByText('Copied', { exact: true })).toBeVisible();
  // The app itself may not read the clipboard: another page does, as a person would.
  const other = await context.newPage();
  await other.setContent('<textarea></textarea>');
  await other.locator('textarea').press('ControlOrMeta+v');
  await expect(other.locator('textarea')).toHaveValue(written('plain/en_window.tsv'));
});

test('sharing is offered where the device takes the file, and gives it the file', async ({
  page,
}) => {
  // What a phone would do: this Chromium has no share sheet.
  await page.addInitScript(() => {
    const takes = (file: File): boolean => file.name.endsWith('.txt');
    navigator.canShare = (data) => data?.files?.every(takes) ?? false;
    navigator.share = async (data) => {
      const [file] = data?.files ?? [];
      document.title = `${file!.name}: ${(await file!.text()).slice(0, 11)}`;
    };
  });
  const sheet = await openExport(page, WITH_WORDS);
  await choose(sheet, 'srt');
  await expect(sheet.getByRole('button', { name: 'Copy' })).toBeVisible();
  await expect(sheet.getByRole('button', { name: 'Share' })).toHaveCount(0);
  await choose(sheet, 'txt');
  await sheet.getByRole('button', { name: 'Share' }).click();
  await expect(page).toHaveTitle('en_window.txt: The teacher');
});

test('by keyboard, at phone width, without findings of axe', async ({ browser }) => {
  const viewport = { width: 360, height: 740 };
  const context = await browser.newContext({ viewport, reducedMotion: 'reduce' });
  const page = await context.newPage();
  const sheet = await openExport(page, WITHOUT_WORDS);
  await sheet.getByRole('radio', { name: 'Text' }).focus();
  const formats = ['md', 'docx', 'srt', 'vtt', 'lrc', 'json', 'csv', 'tsv'];
  for (const ending of formats) {
    await page.keyboard.press('ArrowDown');
    await expect(sheet.getByRole('button', { name: `Save .${ending}` })).toBeVisible();
    await expectAccessible(page);
  }
  await page.keyboard.press('Escape');
  await expect(sheet).toBeHidden();
  await expect(page.getByRole('button', { name: 'Export' })).toBeFocused();
  await context.close();
});
