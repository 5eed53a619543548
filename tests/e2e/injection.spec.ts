import { readFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
import { inflateRawSync } from 'node:zlib';
import type { TranscriptDocument } from '../../src/core/transcript-document';
import type { Segment } from '../../src/core/transcript';
import { recording } from './goldens';
import { SITES } from './sites';
import { expect, test, type Download, type Page } from './test';

const PAGE = `${SITES.isolated}?device=wasm&dtype=q8&threads=1`;
const HOSTILE = '<img src=x onerror="window.hurt=1">';
const SCRIPT = `</p><script>window.hurt=1</script>${HOSTILE}`;
const FORMULA = `=cmd|' /C calc'!A0`;
const ARROW = 'one --> 00:00:09.000 --> two';

// Whatever a page draws of hostile text, nothing of it runs, loads, or is markup.
test.afterEach(async ({ page }) => {
  expect(await page.evaluate(() => 'hurt' in window)).toBe(false);
  await expect(page.locator('img, iframe, object, embed, body script')).toHaveCount(0);
});

test('a file name is text in the queue, the heading, the tab and the download', async ({
  page,
}) => {
  await page.goto(PAGE);
  const buffer = readFileSync(recording('en_short.flac'));
  const names = [`${HOSTILE}.flac`, `..\\..\\${HOSTILE}.flac`];
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles(names.map((name) => ({ name, mimeType: 'audio/flac', buffer })));
  await expect(page.getByTestId('done')).toBeVisible();
  await expect(page.locator('main')).toContainText(HOSTILE);
  expect(await page.title()).toContain(HOSTILE);
  const saved = await save(page, 'txt');
  expect(saved.suggestedFilename()).toMatch(/^[^<>:"/\\|?*]+\.txt$/);
  expect(saved.suggestedFilename()).toContain('img src=x');
});

test('what was said is text on the page and in every file', async ({ page }) => {
  await page.goto(PAGE);
  await put(page, hostileDocument([FORMULA, SCRIPT, ARROW]));
  await page.goto(`${PAGE}#t/hostile`);
  await page.reload();
  for (const text of [FORMULA, SCRIPT, ARROW])
    await expect(async () => {
      // Only what is in view is drawn.
      await page.mouse.wheel(0, 300);
      await expect(page.getByTestId('segment-text').getByText(text)).toBeVisible({ timeout: 1000 });
    }).toPass();
  await expect(page.getByRole('textbox', { name: 'Title' })).toHaveValue(HOSTILE);

  const csv = await content(await save(page, 'csv'));
  expect(csv).toContain(FORMULA);
  // No cell begins as a formula does, quoted or not.
  expect(csv).not.toMatch(/(^|,|\n)"?[=+@]/);
  const vtt = await content(await save(page, 'vtt'));
  expect(vtt.split('-->')).toHaveLength(4);
  const srt = await content(await save(page, 'srt'));
  expect(srt.split('-->')).toHaveLength(4);
  const docx = await readFile(await (await save(page, 'docx')).path());
  const xml = unzip(docx, 'word/document.xml');
  expect(xml).toContain('&lt;script&gt;window.hurt=1&lt;/script&gt;');
  expect(xml).not.toContain('<script');
});

test.describe('the page refuses', () => {
  test.use({ expectedViolations: [/^(require-trusted-types-for|trusted-types|script-src)/] });

  test('markup and scripts from strings, and workers of others', async ({ page }) => {
    await page.goto(PAGE);
    const refused = await page.evaluate(async () => {
      const html = '<b>bold</b>';
      const tries: Record<string, () => unknown> = {
        innerHTML: () => (document.body.innerHTML = html),
        insertAdjacentHTML: () => document.body.insertAdjacentHTML('beforeend', html),
        write: () => document.write(html),
        eval: () => globalThis.eval('1'),
        Function: () => new Function('return 1'),
        'worker from data': () => new Worker('data:text/javascript,1'),
        'worker from a blob': () => new Worker(URL.createObjectURL(new Blob(['1']))),
        'worker from another file of the app': () => new Worker('index.html'),
      };
      // The debugger that runs this may use eval, until the first wait.
      await new Promise((resolve) => setTimeout(resolve));
      const names = Object.keys(tries);
      return names.filter((name) => {
        try {
          tries[name]!();
          return false;
        } catch {
          return true;
        }
      });
    });
    expect(refused).toEqual([
      'innerHTML',
      'insertAdjacentHTML',
      'write',
      'eval',
      'Function',
      'worker from data',
      'worker from a blob',
      'worker from another file of the app',
    ]);
  });
});

/** A transcript as a hostile import could leave it. */
function hostileDocument(texts: readonly string[]): TranscriptDocument {
  const segments = texts.map((text, id): Segment => ({
    id,
    seek: 0,
    startSec: id,
    endSec: id + 1,
    text: ` ${text}`,
    tokens: [],
    temperature: 0,
    avgLogprob: -0.1,
    compressionRatio: 1,
    noSpeechProb: 0,
    speaker: `=HYPERLINK("http://hurt.example")${HOSTILE}`,
  }));
  return {
    id: 'hostile',
    title: HOSTILE,
    sourceName: `${HOSTILE}.wav`,
    createdAtMs: 0,
    updatedAtMs: 0,
    status: 'done',
    durationSec: 3,
    doneSec: 3,
    language: 'en',
    languageProbabilities: null,
    segments,
    coverage: [],
    tags: [HOSTILE],
    provenance: null,
    sound: null,
    resume: null,
    deletedAtMs: null,
  };
}

/** Writes a transcript where the page keeps them. */
async function put(page: Page, value: TranscriptDocument): Promise<void> {
  await page.evaluate(
    (kept) =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('sotto-transcripts');
        opening.onupgradeneeded = () => opening.result.createObjectStore('documents');
        opening.onerror = () => reject(opening.error ?? new Error('not opened'));
        opening.onsuccess = () => {
          const transaction = opening.result.transaction('documents', 'readwrite');
          transaction.objectStore('documents').put(kept, kept.id);
          transaction.oncomplete = () => {
            opening.result.close();
            resolve();
          };
        };
      }),
    value,
  );
}

/** Saves the transcript on the page in a format. */
async function save(page: Page, format: string): Promise<Download> {
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await page.getByRole('radio', { name: new RegExp(`\\.${format}$`) }).check({ force: true });
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: `Save .${format}` }).click();
  const download = await saved;
  await page.keyboard.press('Escape');
  return download;
}

async function content(download: Download): Promise<string> {
  return readFile(await download.path(), 'utf8');
}

/** One file of a zip, found by its central directory (PKWARE APPNOTE 4.3.12). */
function unzip(zip: Buffer, name: string): string {
  for (let at = zip.indexOf('PK\x01\x02'); at >= 0; at = zip.indexOf('PK\x01\x02', at + 4)) {
    const nameLength = zip.readUInt16LE(at + 28);
    if (zip.toString('utf8', at + 46, at + 46 + nameLength) !== name) continue;
    const local = zip.readUInt32LE(at + 42);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const bytes = zip.subarray(start, start + zip.readUInt32LE(at + 20));
    return (zip.readUInt16LE(at + 10) === 0 ? bytes : inflateRawSync(bytes)).toString('utf8');
  }
  throw new Error(`no ${name} in the zip`);
}
