import { expectAccessible } from './accessible';
import { expect, test, type Page } from './test';
import { readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { golden, recording } from './goldens';
import { startHost, type MediaHost } from './media-host';
import { SITES } from './sites';

const FILE = 'en_short.flac';
const BYTES = readFileSync(recording(FILE));
const SIZE = `${(BYTES.length / 1e6).toFixed(1)}`;
const SHARED = { 'Access-Control-Allow-Origin': '*' };
const FLAC = { ...SHARED, 'Content-Type': 'audio/flac', 'Content-Length': BYTES.length };

let host: MediaHost;
test.afterEach(() => host.close());

test.describe('a link to a recording', () => {
  for (const [name, site] of Object.entries(SITES)) {
    test(`gives the text that its file gives (${name})`, async ({ page }) => {
      host = await startHost((response) => void response.writeHead(200, FLAC).end(BYTES));
      const abroad = requestsTo(page, (url) => !url.startsWith(site));
      await page.goto(`${site}?device=wasm&dtype=fp32`);
      await fetchLink(page, `${host.url}shows/G%C3%A4ste.flac?token=1`);
      await expectText(page);
      await expect(page.getByRole('heading', { name: 'Gäste' })).toBeVisible();
      // One request in all, none of them while transcribing, and none that says who asks.
      expect(abroad).toEqual([`GET ${host.url}shows/G%C3%A4ste.flac?token=1`]);
      expect(host.requests).toHaveLength(1);
      expect(host.requests[0]!.headers).not.toHaveProperty('referer');
      expect(host.requests[0]!.headers).not.toHaveProperty('cookie');
    });
  }

  test('says from where and how much, stops, and starts again', async ({ page }) => {
    let gone = false;
    host = await startHost((response) => {
      if (host.requests.length > 1) {
        response.writeHead(200, FLAC).end(BYTES);
        return;
      }
      response.on('close', () => (gone = true));
      response.writeHead(200, FLAC).write(BYTES.subarray(0, BYTES.length / 2));
    });
    await page.goto(`${SITES.isolated}?device=wasm&dtype=fp32`);
    await fetchLink(page, `${host.url}talk.flac`);
    const line = page.getByTestId('progress');
    await expect(line).toContainText(`Fetching from ${host.host} · 0.0 of ${SIZE} MB`);
    await page.getByRole('button', { name: 'Stop' }).click();
    await expect.poll(() => gone).toBe(true);
    await expect(page.getByTestId('cancelled')).toBeVisible();
    await page.getByRole('button', { name: 'Start again' }).click();
    await expectText(page);
    expect(host.requests).toHaveLength(2);
  });

  test('is fetched again after a failure, and not again once it is here', async ({ page }) => {
    host = await startHost((response) => {
      if (host.requests.length === 1) response.writeHead(503, SHARED).end();
      else response.writeHead(200, FLAC).end(BYTES);
    });
    await page.goto(`${SITES.isolated}?device=wasm&dtype=fp32`);
    await fetchLink(page, `${host.url}talk.flac`);
    await expect(page.getByTestId('error')).toContainText('status 503');
    await page.getByRole('button', { name: 'Try again' }).click();
    await expectText(page);
    expect(host.requests).toHaveLength(2);
    await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeEnabled();
    expect(host.requests).toHaveLength(2);
  });

  test('is taken where it is pasted on the page, and left to a field that has the focus', async ({
    page,
  }) => {
    host = await startHost((response) => void response.writeHead(200, FLAC).end(BYTES));
    await page.goto(`${SITES.isolated}?device=wasm&dtype=fp32`);
    await paste(page, 'not a link');
    await page.getByRole('button', { name: 'Paste a link' }).click();
    await expect(page.getByLabel('Link to an audio or video file')).toBeFocused();
    await paste(page, `${host.url}talk.flac`);
    await expect(page.getByTestId('job')).toHaveCount(0);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('button', { name: 'Paste a link' })).toBeFocused();
    expect(host.requests).toHaveLength(0);
    await paste(page, `${host.url}talk.flac`);
    await expectText(page);
    expect(host.requests).toHaveLength(1);
  });
});

interface Refusal {
  readonly says: RegExp;
  readonly code: string;
  readonly answer: (response: ServerResponse) => void;
}
const half = BYTES.subarray(0, BYTES.length / 2);
const REFUSALS: Readonly<Record<string, Refusal>> = {
  'a host that allows no other website': {
    says: /does not let other websites read its files.*download the file yourself and drop it here/,
    code: 'link-unreachable',
    answer: (response) => response.writeHead(200, { 'Content-Type': 'audio/flac' }).end(BYTES),
  },
  'a host that hangs up': {
    says: /cannot be reached from here/,
    code: 'link-unreachable',
    answer: (response) => response.destroy(),
  },
  'a file that is not there': {
    says: /has no file at this address/,
    code: 'link-missing',
    answer: (response) => response.writeHead(404, SHARED).end(),
  },
  'a file that not everyone may have': {
    says: /does not give this file to everyone/,
    code: 'link-refused',
    answer: (response) => response.writeHead(403, SHARED).end(),
  },
  'a web page': {
    says: /This is a web page, not a recording/,
    code: 'link-web-page',
    answer: (response) =>
      response.writeHead(200, { ...SHARED, 'Content-Type': 'text/html' }).end('<h1>Talk</h1>'),
  },
  'a body that ends too soon': {
    says: new RegExp(`The connection ended after 0.0 of ${SIZE} MB`),
    code: 'link-cut',
    answer: (response) => {
      response.writeHead(200, FLAC).write(half, () => response.destroy());
    },
  },
  'a file larger than the storage': {
    says: /This file needs 9000 GB/,
    code: 'link-too-large',
    answer: (response) => {
      response.writeHead(200, { ...FLAC, 'Content-Length': 9e12 }).write(half);
    },
  },
  'a file that is no media': {
    says: /This is not an audio or video file/,
    code: 'not-media',
    answer: (response) => response.writeHead(200, SHARED).end('These are notes, not music.'),
  },
};

test.describe('says what is wrong with', () => {
  for (const [what, { says, code, answer }] of Object.entries(REFUSALS)) {
    test(what, async ({ page }) => {
      host = await startHost(answer);
      await page.goto(`${SITES.isolated}?device=wasm&dtype=q8`);
      await fetchLink(page, `${host.url}talk.flac`);
      await expect(page.getByTestId('error')).toContainText(says);
      await page.getByText('Details', { exact: true }).click();
      await expect(page.getByTestId('error')).toContainText(code);
      expect(host.requests).toHaveLength(1);
    });
  }
});

test.describe('the policy', () => {
  test.use({ expectedViolations: [/^connect-src /] });

  test('lets nothing but the worker that fetches links reach another host', async ({ page }) => {
    host = await startHost((response) => {
      response.writeHead(200, FLAC).write(half);
    });
    await page.goto(`${SITES.isolated}?device=wasm&dtype=q8&threads=1`);
    await expect(page.getByTestId('model')).toHaveAttribute('data-state', 'ready');
    const outcome = (url: string): Promise<string> =>
      fetch(url).then(
        () => 'fetched',
        () => 'refused',
      );
    await fetchLink(page, `${host.url}talk.flac`);
    await expect(page.getByTestId('progress')).toContainText(`of ${SIZE} MB`);
    expect(await page.evaluate(outcome, host.url)).toBe('refused');
    const outcomes = page.workers().map(async (worker) => {
      const [name] = /[a-z]+\.worker/.exec(worker.url())!;
      return [name, await worker.evaluate(outcome, host.url)] as const;
    });
    expect(Object.fromEntries(await Promise.all(outcomes))).toEqual({
      'asr.worker': 'refused',
      'link.worker': 'fetched',
    });
  });
});

test('axe finds nothing in the open field', async ({ browser }) => {
  host = await startHost((response) => void response.end());
  const viewport = { width: 360, height: 740 };
  const context = await browser.newContext({ viewport, reducedMotion: 'reduce' });
  const page = await context.newPage();
  await page.goto(SITES.isolated);
  await fetchLink(page, 'talk.mp3');
  await expect(page.getByText('This is not a link.')).toBeVisible();
  await expect(page.getByLabel('Link to an audio or video file')).toBeFocused();
  await expectAccessible(page);
  await context.close();
});

async function fetchLink(page: Page, link: string): Promise<void> {
  await page.getByRole('button', { name: 'Paste a link' }).click();
  await page.getByLabel('Link to an audio or video file').fill(link);
  await page.keyboard.press('Enter');
}

/** What a paste with the keyboard does, without the machine's one clipboard. */
async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', pasted);
    const target = document.activeElement ?? document.body;
    target.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
  }, text);
}

function requestsTo(page: Page, wanted: (url: string) => boolean): string[] {
  const seen: string[] = [];
  page.context().on('request', (request) => {
    const url = request.url();
    if (!url.startsWith('blob:') && wanted(url)) seen.push(`${request.method()} ${url}`);
  });
  return seen;
}

async function expectText(page: Page): Promise<void> {
  await expect(page.getByTestId('done')).toBeVisible();
  const texts = golden(FILE).segments.map(({ text }) => text.trim());
  await expect(page.getByTestId('segment-text')).toHaveText(texts.filter((text) => text !== ''));
}
