import { expectAccessible } from './accessible';
import { expect, test, type Locator, type Page } from './test';
import type { TranscriptDocument } from '../../src/core/transcript-document';
import { makeLongDocument } from '../made-documents';
import { keep, keptText, trueDocument } from './kept-transcripts';
import { SITES } from './sites';

const FILE = 'en_long.flac';
const PHONE = { width: 360, height: 740 };

/** Keeps a transcript and opens it, as if it had been made earlier. */
async function open(page: Page, document: TranscriptDocument, file: string | null): Promise<void> {
  await page.goto(SITES.isolated);
  await keep(page, document, file);
  await page.goto(`${SITES.isolated}#t/${document.id}`);
  await page.reload();
  await expect(page.getByTestId('segment').first()).toBeVisible();
}

const row = (page: Page, index: number): Locator => page.getByTestId('segment').nth(index);
const texts = (page: Page): Promise<string[]> => page.getByTestId('segment-text').allTextContents();

test('edits are there again after a reload', async ({ page }) => {
  const document = trueDocument(FILE);
  await open(page, document, FILE);
  await row(page, 1).getByTestId('segment-text').dblclick();
  const field = page.getByTestId('segment-field');
  await field.fill('The captain walks to the beach.');
  await field.press('Escape');
  await expect(field).toHaveCount(0);
  await expect.poll(() => keptText(page, document.id, 1)).toBe(' The captain walks to the beach.');
  await page.reload();
  await expect(row(page, 1)).toContainText('The captain walks to the beach.');
  await expect(row(page, 0)).toContainText(document.segments[0]!.text.trim());
  // Typed and reloaded at once, before anything could be written.
  await row(page, 0).getByTestId('segment-text').dblclick();
  await field.fill('The black cat stays at home.');
  await page.reload();
  await expect(row(page, 0)).toContainText('The black cat stays at home.');
  await expect(row(page, 1)).toContainText('The captain walks to the beach.');
  await expect.poll(() => keptText(page, document.id, 0)).toBe(' The black cat stays at home.');
});

test('the word that is said is marked while it is heard, faster and slower', async ({ page }) => {
  const document = trueDocument(FILE);
  await open(page, document, FILE);
  await page.getByRole('combobox', { name: 'Speed' }).selectOption('2');
  await row(page, 3)
    .getByRole('button', { name: /^Play from/ })
    .click();
  const heard = new Map<string, number>();
  const wanted = document.segments[3]!.words!.map(({ text }) => text.trim());
  await expect
    .poll(async () => {
      const [word, sec] = await page.evaluate(() => [
        globalThis.document.querySelector('.spoken')?.textContent ?? '',
        Number(globalThis.document.querySelector('[data-testid=waveform]')?.ariaValueNow),
      ]);
      if (word && !heard.has(word)) heard.set(word, sec);
      return heard.size;
    })
    .toBeGreaterThan(4);
  await page.keyboard.press('Space');
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
  for (const [word, sec] of heard) {
    const said = document.segments.flatMap(({ words }) =>
      words!.filter(
        (other) =>
          other.text.trim() === word && other.startSec <= sec + 0.1 && sec <= other.endSec + 0.1,
      ),
    );
    expect(said, `${word} at ${String(sec)} s`).not.toEqual([]);
  }
  expect([...heard.keys()].some((word) => wanted.includes(word))).toBe(true);
});

test('the page scrolls along until somebody scrolls, and again when asked to', async ({ page }) => {
  const document = trueDocument(FILE);
  await open(page, document, FILE);
  const waveform = page.getByRole('slider', { name: 'Waveform' });
  await page.keyboard.press('Space');
  await waveform.focus();
  for (let step = 0; step < 3; step++) await page.keyboard.press('PageUp');
  const current = page.locator('[data-testid=segment]:has([aria-current=true])');
  await expect(current).toBeInViewport();
  await expect(page.getByRole('button', { name: 'Follow' })).toHaveCount(0);
  await page.mouse.move(640, 600);
  const top = page.locator('[data-testid=segment]', {
    hasText: document.segments[0]!.text.trim(),
  });
  // One turn of the wheel may not reach the top: rows get their heights as they come into view.
  await expect(async () => {
    await page.mouse.wheel(0, -3000);
    await expect(top.first()).toBeInViewport({ timeout: 1000 });
  }).toPass();
  const follow = page.getByRole('button', { name: 'Follow' });
  await expect(follow).toBeVisible();
  await follow.click();
  await expect(current).toBeInViewport();
  await expect(follow).toHaveCount(0);
});

test('everything works by the keyboard', async ({ page }) => {
  const document = trueDocument(FILE);
  await open(page, document, FILE);
  const first = row(page, 0).getByRole('button', { name: /^Play from/ });
  await first.focus();
  await page.keyboard.press('ArrowDown');
  await expect(row(page, 1).getByRole('button', { name: /^Play from/ })).toBeFocused();
  await page.keyboard.press('m');
  const merged = document.segments.slice(0, 2).map(({ text }) => text.trim());
  await expect(row(page, 0).getByTestId('segment-text')).toHaveText(merged.join(' '));
  await expect(first).toBeFocused();
  await page.keyboard.press('Control+z');
  await expect(row(page, 0).getByTestId('segment-text')).toHaveText(merged[0]!);
  await first.focus();
  await page.keyboard.press('End');
  const last = page.getByTestId('segment').last();
  await expect(last.getByTestId('segment-text')).toHaveText(document.segments.at(-1)!.text.trim());
  await expect(last.getByRole('button', { name: /^Play from/ })).toBeFocused();
  await page.keyboard.press('Delete');
  await expect(last.getByTestId('segment-text')).toHaveText(document.segments.at(-2)!.text.trim());
  await expect(async () => {
    await page.mouse.wheel(0, -3000);
    await expect(first).toBeInViewport({ timeout: 1000 });
    await expect(row(page, 0).getByTestId('segment-text')).toHaveText(merged[0]!, {
      timeout: 1000,
    });
  }).toPass();
  await first.focus();
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('m');
  await expect(row(page, 0).getByTestId('segment-text')).toHaveText(merged.join(' '));
  await expect(first).toBeInViewport();
  await page.keyboard.press('Control+f');
  await page.keyboard.type('brother');
  await expect(page.getByTestId('find-count')).toHaveText(/^\d+ of \d+$/);
  await expect(page.locator('.marked')).toHaveText('brother');
  await expect(page.locator('.marked')).toBeInViewport();
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('find')).toHaveCount(0);
});

test('segments are transcribed again, compared, taken and undone', async ({ page }) => {
  const before = trueDocument(FILE);
  // Sentences 2 to 5, which the demo model gets right in a clip of their own.
  const [from, to] = [before.segments[2]!, before.segments[5]!];
  const wrong = { ...from, endSec: to.endSec, text: ' Something else entirely.', words: [] };
  const segments = before.segments.toSpliced(2, 4, wrong);
  const coverage = before.segments
    .slice(2, 6)
    .map(({ startSec, endSec }) => ({ kind: 'failed' as const, startSec, endSec }));
  await open(page, { ...before, segments, coverage }, FILE);
  await row(page, 2)
    .getByRole('button', { name: /^Edit segment/ })
    .click();
  await page.getByRole('button', { name: 'Transcribe again' }).click();
  await page.getByRole('button', { name: 'Transcribe', exact: true }).click();
  const difference = page.getByTestId('difference');
  await expect(difference.locator('del')).toContainText('Something else entirely.');
  await expect(difference.locator('ins')).toContainText('Everybody plays the guitar.');
  expect((await texts(page))[2]).toBe('Something else entirely.');
  await page.getByRole('button', { name: 'Use new text' }).click();
  await expect(row(page, 2)).toContainText('Everybody plays the guitar.');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(row(page, 2)).toContainText('Something else entirely.');
  // Without its text the speech is lost, until it is transcribed.
  await expect(page.getByTestId('lost')).toHaveCount(0);
  await row(page, 2)
    .getByRole('button', { name: /^Play from/ })
    .press('Delete');
  const again = page.getByTestId('lost').getByRole('button', { name: /^Transcribe from/ });
  await again.press('Enter');
  await page.keyboard.press('Escape');
  await expect(again).toBeFocused();
  await again.press('Enter');
  await page.getByRole('button', { name: 'Transcribe', exact: true }).press('Enter');
  await expect(difference.locator('ins')).toContainText('Everybody plays the guitar.');
  await page.getByRole('button', { name: 'Use new text' }).press('Enter');
  await expect(row(page, 2).locator(':focus')).toBeVisible();
  await expect(page.getByTestId('lost')).toHaveCount(0);
  const taken = (await texts(page)).slice(2, 6);
  expect(taken).toEqual(before.segments.slice(2, 6).map(({ text }) => text.trim()));
  await expect.poll(() => keptText(page, before.id, 2)).toBe(` ${taken[0]!}`);
  await page.reload();
  await expect(row(page, 2)).toContainText(taken[0]!);
  await expect(page.getByTestId('lost')).toHaveCount(0);
});

test('the waveform is drawn and heard under the policy, and seeks', async ({ page }) => {
  await page.addInitScript(() => {
    const told: string[] = [];
    Object.assign(globalThis, { told });
    addEventListener('securitypolicyviolation', (event) => {
      told.push(`${event.violatedDirective} ${event.sample}`);
    });
  });
  const document = trueDocument(FILE);
  await open(page, document, FILE);
  const waveform = page.getByRole('slider', { name: 'Waveform' });
  const inked = (): Promise<number> =>
    waveform
      .locator('.canvases canvas')
      .first()
      .evaluate((element) => {
        const canvas = element as HTMLCanvasElement;
        const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
        return data.filter((value, i) => i % 4 === 3 && value > 0).length;
      });
  await expect.poll(inked).toBeGreaterThan(1000);
  const box = (await waveform.boundingBox())!;
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  const position = async (): Promise<number> =>
    Number(await waveform.getAttribute('aria-valuenow'));
  await expect.poll(position).toBeCloseTo(document.durationSec! / 2, 0);
  await waveform.press('Home');
  await expect.poll(position).toBe(0);
  await waveform.press('ArrowRight');
  await expect.poll(position).toBeCloseTo(5, 1);
  expect(await page.evaluate(() => (globalThis as unknown as { told: string[] }).told)).toEqual([]);
});

test('two hours of talk open with a few rows only, and any place is found', async ({ page }) => {
  const long = makeLongDocument(2);
  await open(page, long, null);
  expect(long.segments.length).toBeGreaterThan(2000);
  expect(await page.getByTestId('segment').count()).toBeLessThan(60);
  await page.keyboard.press('Control+f');
  await page.keyboard.type(long.segments.at(-2)!.text.trim());
  await expect(page.getByTestId('find-count')).toHaveText('1 of 1');
  await expect(page.locator('.marked').first()).toBeInViewport();
});

test('axe finds nothing, on a phone and beside', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const document = trueDocument(FILE, {
    coverage: [{ kind: 'failed', startSec: 3.4, endSec: 4.2 }],
  });
  const named = document.segments.map((segment, i) => ({
    ...segment,
    speaker: i % 2 ? 'Them' : 'Me',
  }));
  await open(page, { ...document, segments: named }, FILE);
  for (const size of [PHONE, { width: 1280, height: 800 }]) {
    await page.setViewportSize(size);
    await page.getByRole('button', { name: /^Transcribe from/ }).click();
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await row(page, 1)
      .getByRole('button', { name: /^Edit segment/ })
      .click();
    await expectAccessible(page);
    const close = page.getByRole('button', { name: 'Close', exact: true });
    await expect(async () => {
      // Rows may still take their heights: what is pressed is then not where it is let go.
      await page.getByRole('button', { name: 'Transcribe again' }).click({ timeout: 5000 });
      await expect(close).toBeVisible({ timeout: 5000 });
    }).toPass();
    await expectAccessible(page);
    await close.click();
    await row(page, 1)
      .getByRole('button', { name: /^Edit segment/ })
      .click();
    const field = page.getByTestId('segment-field');
    await row(page, 2).getByTestId('segment-text').dblclick();
    await expect(field).toBeVisible();
    await expectAccessible(page);
    await field.press('Escape');
    await page.getByRole('button', { name: 'Find and replace' }).click();
    await page.getByRole('searchbox').fill('the');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Review uncertain words' }).click();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Close review' }).click();
    await page.getByRole('button', { name: 'Keys' }).click();
    await expectAccessible(page);
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
    await expect(page.getByRole('dialog')).toHaveCount(0);
  }
});
