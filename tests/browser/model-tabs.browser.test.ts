import { afterEach, beforeEach, expect, test } from 'vitest';
import { page, type Locator } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { DEFAULT_STORE_SETTINGS } from '../../src/core/model-store-api';
import { demoModel } from '../../src/pipeline/demo-model';
import { reopenLibrary } from '../../src/pipeline/model-library';
import { rememberSettings } from '../../src/pipeline/remembered-settings';
import type { ModelStoreClient } from '../../src/rpc/model-store-client';
import { Models } from '../../src/state/models.svelte';
import SettingsModel from '../../src/ui/settings/SettingsModel.svelte';
import {
  CHUNK_BYTES,
  CUT_BYTES,
  DECODER,
  DECODER_BYTES,
  DEMO,
  ENCODER,
  HubScope,
  ignore,
  never,
  startGated,
} from './hub-scope';

const MODEL = { ...DEMO, name: 'Borrowed' };

let hub: HubScope;
/** Its store alone: all that the page under test knows of it. */
let otherTab: ModelStoreClient;
let life: AbortController;
beforeEach(() => {
  hub = new HubScope();
  const { databaseName } = DEFAULT_STORE_SETTINGS;
  otherTab = hub.openStore({ databaseName });
  life = new AbortController();
  rememberSettings({ modelHost: hub.host });
});
afterEach(async () => {
  life.abort();
  await hub.release();
  await otherTab.remove(never, MODEL.id);
  otherTab.dispose();
  reopenLibrary();
  localStorage.clear();
});

/** The settings of a page that does nothing but look on. */
async function openSettings(title = MODEL.name): Promise<Locator> {
  const models = new Models(demoModel({ device: 'wasm' }));
  models.watch(life.signal);
  await models.refresh(life.signal);
  await render(SettingsModel, { models, signal: life.signal });
  return page.getByTestId('model-card').filter({ hasText: title });
}

/** A download in the other tab that stops in the midst of the encoder until the hub is told to go on. */
async function beginElsewhere(): Promise<Promise<unknown>[]> {
  await hub.fail({ path: ENCODER, kind: 'hold', after: CUT_BYTES });
  const installing = otherTab.install(never, MODEL, ignore);
  installing.catch(ignore);
  await expect.poll(() => hub.held()).toBe(1);
  return [installing];
}

/** What the hub has sent, all but what it holds back of the encoder. */
async function sentMegabytes(): Promise<string> {
  await expect.poll(() => hub.sentBytes(DECODER)).toBe(DECODER_BYTES);
  const notes = (await hub.requests()).filter(({ method }) => method === 'GET');
  return (notes.reduce((sum, { sentBytes }) => sum + sentBytes, 0) / 1e6).toFixed(1);
}

const ELSEWHERE = /^Another tab downloads it\. (\d\.\d) of (\d\.\d) MB/;

test('what another tab downloads is shown in bytes as they come, and as installed when it is done', async () => {
  const card = await openSettings();
  const [installing] = await beginElsewhere();
  const status = card.getByTestId('status');
  await expect
    .poll(() => ELSEWHERE.exec(status.query()?.textContent ?? '')?.[1])
    .toBe(await sentMegabytes());
  await hub.release();
  await installing;
  await expect.element(card).toHaveAttribute('data-state', 'installed');
  await expect.element(card.getByRole('button', { name: 'Use' })).toBeVisible();
});

test('a page opened in the midst of it shows it too; when the other tab dies it is paused, and resumes from there', async () => {
  const [installing] = await beginElsewhere();
  const card = await openSettings();
  await expect.element(card.getByTestId('status')).toHaveTextContent(ELSEWHERE);
  otherTab.dispose();
  await expect(installing).rejects.toMatchObject({ code: 'worker-crashed' });
  await expect.element(card.getByTestId('status')).toHaveTextContent(/^Paused at \d\.\d of/);
  await card.getByRole('button', { name: 'Resume' }).click();
  await expect.element(card).toHaveAttribute('data-state', 'installed');
  const last = (await hub.requestsOf(ENCODER)).at(-1);
  expect(last?.range).toBe(`bytes=${String(3 * CHUNK_BYTES)}-`);
});

test('the page that looks on can pause it', async () => {
  const [installing] = await beginElsewhere();
  const card = await openSettings();
  await expect.element(card).toHaveAttribute('data-state', 'elsewhere');
  await card.getByRole('button', { name: 'Pause' }).click();
  await expect(installing).rejects.toMatchObject({ code: 'paused' });
  await expect.element(card).toHaveAttribute('data-state', 'paused');
  expect(await hub.requestsOf(ENCODER)).toHaveLength(1);
});

test('a folder that another tab takes in is not called paused, and can be used when it is whole', async () => {
  const paths = ['config.json', 'tokenizer.json', 'generation_config.json', ENCODER, DECODER];
  const files = paths.map(async (path) => ({
    path: `a/${path}`,
    file: new Blob([(await hub.original(path)) as BlobPart]),
  }));
  const { databaseName } = DEFAULT_STORE_SETTINGS;
  const taking = hub.openStore({ databaseName }, () => startGated(hub.name));
  const imported = taking.importFiles(never, MODEL.id, await Promise.all(files), ignore);
  await expect.poll(async () => (await taking.list(never)).length).toBe(1);
  const card = await openSettings(MODEL.id);
  const words = /^Another tab adds it from files\. 0\.0 of \d\.\d MB$/;
  await expect.element(card.getByTestId('status')).toHaveTextContent(words);
  expect(card.getByRole('button').elements()).toEqual([]);
  const gate = new BroadcastChannel(hub.name);
  gate.postMessage('go');
  await imported;
  gate.close();
  taking.dispose();
  await expect.element(card).toHaveAttribute('data-state', 'installed');
});

test('a precision that was begun and not finished can be deleted without the one that can be used', async () => {
  const whole = await otherTab.install(never, MODEL, ignore);
  const path = 'onnx/encoder_model.onnx';
  await hub.fail({ path, kind: 'hold', after: CUT_BYTES });
  const second = { ...MODEL, precision: { encoder: 'fp32', decoder: 'q4' } } as const;
  const installing = otherTab.install(never, second, ignore);
  installing.catch(ignore);
  await expect.poll(() => hub.held()).toBe(1);
  await otherTab.pause(never, MODEL.id);
  await expect(installing).rejects.toMatchObject({ code: 'paused' });
  const card = await openSettings();
  await card.getByText('Details').click();
  await card.getByRole('button', { name: 'Delete what is not complete' }).click();
  await expect.element(card.getByRole('button', { name: 'Save as zip' })).toBeVisible();
  expect(await otherTab.list(never)).toEqual([whole]);
  await expect(otherTab.readFile(never, MODEL.id, ENCODER)).resolves.toBeInstanceOf(Blob);
});
