import { expectAccessible } from './accessible';
import { expect, test, type Page } from './test';
import { recording } from './goldens';
import { SITES } from './sites';

const INTERVIEW = {
  name: 'Interview.vtt',
  mimeType: 'text/vtt',
  buffer: Buffer.from(
    'WEBVTT\n\n00:01.000 --> 00:04.000\n<v Zoë>Wir trafen uns im Café.\n\n01:02.000 --> 01:05.000\n<v Max>Die Straße war leer.\n',
  ),
};
const BOARD = {
  name: 'Board meeting.srt',
  mimeType: '',
  buffer: Buffer.from('1\n00:00:01,000 --> 00:00:02,000\nThe meeting is opened.\n'),
};

async function open(page: Page, files: (typeof BOARD)[]): Promise<void> {
  await page.goto(SITES.isolated);
  await page.getByTestId('file-input').first().setInputFiles(files);
  await expect(page.getByTestId('recent-item')).toHaveCount(files.length);
}

function row(page: Page, title: string) {
  return page.getByRole('listitem').filter({ has: page.getByText(title, { exact: true }) });
}

async function edit(page: Page, title: string): Promise<void> {
  await page.getByRole('button', { name: `Edit ${title}` }).click();
}

test('what was said is found whatever its accents, marked, and opened where it was said', async ({
  page,
}) => {
  await open(page, [INTERVIEW, BOARD]);
  await page.getByRole('searchbox').fill('STRASSE');
  await expect(page.getByTestId('recent-item')).toHaveCount(1);
  const hit = page.getByTestId('hit');
  await expect(hit).toHaveText(/1:02\s*Max: Die Straße war leer\./);
  await expect(hit.locator('mark')).toHaveText('Straße');
  await hit.press('Enter');
  await expect(page.getByRole('heading', { name: 'Interview' })).toBeVisible();
  const focused = page.getByTestId('segment').filter({ has: page.locator(':focus') });
  await expect(focused).toContainText('Die Straße war leer.');
  await page.goBack();
  await page.getByRole('searchbox').fill('nowhere');
  await expect(page.getByTestId('nothing-found')).toContainText('Nothing found for “nowhere”.');
  await page.getByRole('button', { name: 'Clear search' }).click();
  await expect(page.getByTestId('recent-item')).toHaveCount(2);
});

test('a transcript is renamed and tagged, and tags filter', async ({ page }) => {
  await open(page, [INTERVIEW, BOARD]);
  await edit(page, 'Board meeting');
  await page.getByLabel('Title').fill('');
  await page.getByLabel('Title').press('Enter');
  await expect(page.getByText('A transcript needs a title.')).toBeVisible();
  await page.getByLabel('Title').fill('Annual meeting');
  await page.getByRole('textbox', { name: 'Tags' }).fill('work, minutes, work,');
  await page.getByLabel('Title').press('Enter');
  await expect(row(page, 'Annual meeting')).toContainText('work');
  await page.getByRole('button', { name: 'minutes 1' }).click();
  await expect(page.getByTestId('recent-item')).toHaveCount(1);
  await page.reload();
  await edit(page, 'Annual meeting');
  await page.getByRole('textbox', { name: 'Tags' }).fill('');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('group', { name: 'Tags' })).toHaveCount(0);
});

test('a new name is still there when the transcript that this page made is opened', async ({
  page,
}) => {
  await page.goto(`${SITES.isolated}?device=wasm&dtype=q8`);
  await page.getByTestId('file-input').first().setInputFiles(recording('en_short.flac'));
  await expect(page.getByTestId('done')).toBeVisible();
  await page.getByRole('link', { name: 'Home' }).click();
  await edit(page, 'en_short');
  await page.getByLabel('Title').fill('A short one');
  await page.getByLabel('Title').press('Enter');
  await row(page, 'A short one').getByTestId('recent-item').click();
  await expect(page.getByRole('heading', { name: 'A short one' })).toBeVisible();
  // Its audio can go while its text stays.
  await page.getByRole('link', { name: 'Home' }).click();
  await edit(page, 'A short one');
  await page.getByRole('button', { name: /^Delete audio \(\d+ KB\)$/ }).click();
  await expect(page.getByRole('button', { name: /^Delete audio/ })).toHaveCount(0);
  await page.reload();
  await row(page, 'A short one').getByTestId('recent-item').click();
  await expect(page.getByText('The audio was not kept')).toBeVisible();
  await expect(page.getByTestId('segment-text').first()).toBeVisible();
});

test('a deletion is undone, or final after ten seconds', async ({ page }) => {
  await page.clock.install();
  await open(page, [INTERVIEW, BOARD]);
  await edit(page, 'Interview');
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(page.getByTestId('recent-item')).toHaveCount(1);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByTestId('recent-item')).toHaveCount(2);
  await edit(page, 'Interview');
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(page.getByText('Deleted “Interview”.')).toBeVisible();
  await page.clock.runFor(10_000);
  await expect(page.getByRole('button', { name: 'Undo' })).toHaveCount(0);
  await page.reload();
  await expect(page.getByTestId('recent-item')).toHaveText(/Board meeting/);
});

test('a recording that waits for its turn comes back, too', async ({ page }) => {
  await page.goto(`${SITES.isolated}?device=wasm&dtype=q8`);
  const files = ['en_long.flac', 'en_short.flac'].map(recording);
  await page.getByTestId('file-input').first().setInputFiles(files);
  await page.evaluate(() => (location.hash = '#library'));
  await edit(page, 'en_short');
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(row(page, 'en_short')).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(row(page, 'en_short').getByTestId('recent-item')).toHaveAttribute(
    'data-status',
    'working',
  );
});

test('a backup comes back in another browser; wiping asks first', async ({ page, browser }) => {
  await open(page, [INTERVIEW, BOARD]);
  await page.getByRole('link', { name: 'All transcripts (2)' }).click();
  await expect(page.getByTestId('library-storage')).toContainText(
    /2 transcripts take about \d+ KB\./,
  );
  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Back up' }).click();
  const backup = await downloading;

  const context = await browser.newContext();
  const other = await context.newPage();
  await other.goto(`${SITES.isolated}#library`);
  const zip = test.info().outputPath(backup.suggestedFilename());
  await backup.saveAs(zip);
  await other.getByTestId('import-input').setInputFiles(zip);
  await expect(other.getByTestId('library-notice')).toContainText(
    'Backup restored: 2 added, 0 updated, 0 already up to date.',
  );
  await other.getByTestId('import-input').setInputFiles(zip);
  await expect(other.getByTestId('library-notice')).toContainText(
    '0 added, 0 updated, 2 already up to date.',
  );
  await other.getByRole('button', { name: 'Delete everything' }).click();
  const dialog = other.getByRole('dialog', { name: 'Delete everything?' });
  await expect(dialog).toContainText('All 2 transcripts');
  await expectAccessible(other);
  await other.keyboard.press('Enter');
  await expect(other.getByTestId('recent-item')).toHaveCount(2);
  await other.getByRole('button', { name: 'Delete everything' }).click();
  await dialog.getByRole('button', { name: 'Delete everything' }).click();
  await expect(other.getByTestId('recent-item')).toHaveCount(0);
  await other.reload();
  await expect(other.getByText('What you transcribe or import is kept here')).toBeVisible();
  await context.close();
});

test('transcripts are dropped like recordings; what is none says so', async ({ page }) => {
  await page.goto(SITES.isolated);
  const drop = (name: string, text: string): Promise<void> =>
    page.evaluate(
      ([fileName, content]) => {
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File([content!], fileName!));
        dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
      },
      [name, text],
    );
  await drop('broken.srt', 'just words');
  await expect(page.getByTestId('library-problem')).toContainText(
    'broken.srt has no subtitles that could be read',
  );
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await expect(page.getByTestId('library-problem')).toHaveCount(0);
  await drop('board.srt', BOARD.buffer.toString());
  // One alone is shown at once.
  await expect(page.getByRole('heading', { name: 'board' })).toBeVisible();
  await expect(page.getByTestId('segment-text')).toHaveText('The meeting is opened.');
  await drop('x.json', '{"segments": [');
  await expect(page.getByTestId('library-problem')).toContainText('x.json is no valid JSON');
});

test('axe finds nothing at phone width', async ({ browser }) => {
  const viewport = { width: 360, height: 740 };
  const context = await browser.newContext({ viewport, reducedMotion: 'reduce' });
  const page = await context.newPage();
  await open(page, [INTERVIEW, BOARD]);
  await edit(page, 'Interview');
  await page.getByRole('textbox', { name: 'Tags' }).fill('work');
  await expectAccessible(page);
  await page.getByLabel('Title').press('Enter');
  await page.getByRole('searchbox').fill('cafe');
  await expect(page.getByTestId('hit')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('link', { name: /^All transcripts/ }).click();
  await page.getByRole('searchbox').fill('');
  await edit(page, 'Board meeting');
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible();
  await expectAccessible(page);
  await context.close();
});
