import { expect } from './test';
import { startHub } from '../hub/hub-server.mjs';
import { golden } from './goldens';
import { test } from './own-site';
import { install, readyForOffline, transcribe } from './pwa-actions';

test.use({ serviceWorkers: 'allow' });

const QUERY = '?device=wasm&dtype=q8&threads=2';

test('with the server stopped the app starts, transcribes, edits and exports', async ({
  page,
  start,
}) => {
  const site = await start();
  await page.goto(site.url + QUERY);
  await readyForOffline(page);
  await site.stop();
  await expect(fetch(site.url)).rejects.toThrow();

  await page.reload();
  await expect(page.getByTestId('model')).toContainText('2 threads');
  await transcribe(page, 'en_short.flac');
  const text = golden('en_short.flac').segments[0]?.text.trim();
  await expect(page.getByTestId('segment-text')).toHaveText([text ?? '']);
  await page.getByTestId('segment-text').first().dblclick();
  await page.getByTestId('segment-field').fill('Written without a network.');
  await page.getByTestId('segment-field').press('Escape');
  await page.getByRole('button', { name: 'Export' }).click();
  for (const ending of ['srt', 'docx']) {
    await page.locator(`label:has(input[value=${ending}])`).click();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: `Save .${ending}` }).click();
    expect((await download).suggestedFilename()).toBe(`en_short.${ending}`);
  }
  await page.keyboard.press('Escape');
  await page.reload();
  await expect(page.getByTestId('segment-text')).toHaveText(['Written without a network.']);
});

test('with the server stopped an installed model transcribes', async ({ page, start }) => {
  const hub = await startHub();
  const site = await start();
  await page.goto(site.url + QUERY);
  await install(page, `${hub.url}/s/${crypto.randomUUID()}`);
  await readyForOffline(page, 'sotto/demo');
  await site.stop();
  await hub.close();
  await page.reload();
  await expect(page.getByTestId('model')).toContainText('sotto/demo');
  await transcribe(page, 'en_short.flac');
  await expect(page.getByTestId('model')).toContainText('sotto/demo');
});

test("the command's page starts no service worker", async ({ page, start }) => {
  const site = await start();
  await page.goto(`${site.url}cli.html`);
  await page.waitForFunction(() => 'sottoCli' in globalThis);
  expect(
    await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length),
  ).toBe(0);
});
