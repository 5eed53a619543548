import { afterEach, beforeEach, expect, test } from 'vitest';
import { page, userEvent, type Locator } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { TranscriptDocument } from '../../src/core/transcript-document';
import { demoModel } from '../../src/pipeline/demo-model';
import { entryOf } from '../../src/pipeline/recover-jobs';
import { JobKeeper } from '../../src/state/job-keeper';
import { Jobs } from '../../src/state/jobs.svelte';
import { ModelState } from '../../src/state/model.svelte';
import { Job } from '../../src/state/job.svelte';
import { Page } from '../../src/state/page.svelte';
import { Models } from '../../src/state/models.svelte';
import { changeTranscript, markTranscriptDeleted } from '../../src/pipeline/library-changes';
import { claimJob } from '../../src/store/job-lock';
import { listEntries } from '../../src/store/queue';
import {
  listDocuments,
  readDocument,
  wipeDocuments,
  writeDocument,
} from '../../src/store/transcripts';
import StorageNotice from '../../src/ui/StorageNotice.svelte';
import TranscriptScreen from '../../src/ui/transcript/TranscriptScreen.svelte';
import { makeDocument, makeSegment } from '../made-documents';
import { fixture } from './media-fixtures';

const MODEL = demoModel({ device: 'wasm', threads: 1 });
const DOCUMENT = makeDocument([
  makeSegment(0, [
    [' The', 0, 1],
    [' first.', 1, 2],
  ]),
  makeSegment(1, [
    [' The', 2, 3],
    [' second.', 3, 4],
  ]),
]);
let life: AbortController;

beforeEach(async () => {
  life = new AbortController();
  // Both screens are to be seen.
  await page.viewport(1000, 2400);
  await wipeDocuments();
  await writeDocument(DOCUMENT);
});
afterEach(() => life.abort());

/** The transcript on the screen of one of several tabs: each has state of its own, and only the device in common. */
async function openTab(id = DOCUMENT.id) {
  const keeper = new JobKeeper();
  const options = () => ({ model: MODEL, decoding: {} });
  const jobs = new Jobs(life.signal, options, new ModelState(() => MODEL), keeper);
  const models = new Models(MODEL);
  const props = { jobs, models, id, startSec: null, onOpen: () => undefined };
  const { container } = await render(TranscriptScreen, props);
  const screen = page.elementLocator(container);
  await expect.element(screen.getByRole('heading').first()).toBeInTheDocument();
  return { keeper, jobs, screen };
}

const texts = (screen: Locator): string[] =>
  screen
    .getByTestId('segment-text')
    .elements()
    .map((element) => element.textContent.trim());
const kept = async (id = DOCUMENT.id): Promise<string[] | undefined> =>
  (await readDocument(id))?.segments.map(({ text }) => text.trim());

async function type(screen: Locator, index: number, text: string): Promise<void> {
  const row = screen.getByTestId('segment').nth(index);
  await row.getByRole('button', { name: /^Segment at/ }).click();
  await userEvent.keyboard('{F2}');
  await userEvent.fill(screen.getByTestId('segment-field'), text);
}

test('what is typed in one tab is read in the other, and edits in both are kept', async () => {
  const [one, other] = [await openTab(), await openTab()];
  await type(one.screen, 0, 'One typed this.');
  await userEvent.keyboard('{Escape}');
  await expect.poll(() => texts(other.screen)[0]).toBe('One typed this.');
  await type(other.screen, 1, 'The other typed that.');
  await userEvent.keyboard('{Escape}');
  const both = ['One typed this.', 'The other typed that.'];
  await expect.poll(kept).toEqual(both);
  await expect.poll(() => texts(one.screen)).toEqual(both);
  // A step back takes the own edit back, never the other's.
  const undo = one.screen.getByRole('button', { name: 'Undo' });
  await undo.click();
  const undone = ['The first.', 'The other typed that.'];
  await expect.poll(kept).toEqual(undone);
  await expect.poll(() => texts(other.screen)).toEqual(undone);
  await expect.element(undo).toBeDisabled();
  await one.screen.getByRole('button', { name: 'Redo' }).click();
  await expect.poll(kept).toEqual(both);
});

test('a tab that has not heard of an edit does not take it back', async () => {
  const [one, other] = [await openTab(), await openTab()];
  // As in a tab that sleeps: both edits begin from the same text.
  const [first, second] = DOCUMENT.segments;
  const edit = (index: number, text: string): TranscriptDocument => ({
    ...DOCUMENT,
    updatedAtMs: Date.now() + index,
    segments: DOCUMENT.segments.with(index, { ...[first, second][index]!, text }),
  });
  one.keeper.save(edit(0, ' Mine.'), DOCUMENT);
  other.keeper.save(edit(1, ' Yours.'), DOCUMENT);
  await expect.poll(kept).toEqual(['Mine.', 'Yours.']);
  expect(await listDocuments()).toHaveLength(1);
});

test('where both changed one segment both versions are kept, and it is told', async () => {
  const [one, other] = [await openTab(), await openTab()];
  await render(StorageNotice, { keeper: other.keeper });
  const edit = (text: string, updatedAtMs: number): TranscriptDocument => ({
    ...DOCUMENT,
    updatedAtMs,
    segments: DOCUMENT.segments.with(0, { ...DOCUMENT.segments[0]!, text }),
  });
  const nowMs = Date.now();
  one.keeper.save(edit(' Mine.', nowMs), DOCUMENT);
  await one.keeper.settle();
  other.keeper.save(edit(' Yours.', nowMs + 1), DOCUMENT);
  await expect.poll(kept).toEqual(['Yours.', 'The second.']);
  const copy = (await listDocuments()).find(({ id }) => id !== DOCUMENT.id)!;
  expect(copy.title).toBe('Harbour talk (2)');
  expect(copy.segments.map(({ text }) => text.trim())).toEqual(['Mine.', 'The second.']);
  await expect
    .element(page.getByTestId('storage-notice'))
    .toHaveTextContent(/Both versions are kept.*Harbour talk \(2\)/);
});

test('what is being typed brings a transcript back that another tab deletes meanwhile', async () => {
  const { screen } = await openTab();
  await type(screen, 0, 'Still at it.');
  await markTranscriptDeleted(DOCUMENT.id, true);
  await expect.poll(async () => (await readDocument(DOCUMENT.id))?.deletedAtMs).toBeNull();
  await expect.poll(() => texts(screen)[0]).toBe('Still at it.');
  expect(await kept()).toEqual(['Still at it.', 'The second.']);
});

test('a new name and tags that a recording gets while it is transcribed stay', async () => {
  const file = await fixture('pcm_s16.wav');
  const one = new Page(MODEL);
  const [job] = one.jobs.add([file]);
  await expect.poll(() => one.library.find(job!.id)).not.toBeNull();
  const details = { title: 'Minutes', tags: ['work'] };
  await one.actions.change(one.library.find(job!.id)!, details);
  await expect.poll(() => job!.phase.kind, { timeout: 60_000 }).toBe('done');
  expect(job!.result).toMatchObject(details);
  // As does what another tab calls it.
  const other = new Job(file, job!.options);
  const document = other.toDocument();
  one.jobs.list = [...one.jobs.list, other];
  await writeDocument(document);
  await changeTranscript(other.id, details);
  await expect.poll(() => other.title).toBe('Minutes');
  expect(other.toDocument()).toMatchObject(details);
  one.leave();
});

test('a job that another tab is at, or has finished, is not overwritten by one that was stopped here', async () => {
  const stopped = { ...DOCUMENT, id: 'job', status: 'stopped' as const, doneSec: 2 };
  await writeDocument(stopped);
  const keeper = new JobKeeper();
  const file = await fixture('pcm_s16.wav');
  const options = { model: MODEL, decoding: {} };
  const entry = entryOf({
    ...{ id: stopped.id, position: 0, options, source: file, file },
    ...{ expected: null, failure: null },
  });
  const job = keeper.revive({ entry, document: stopped, file, release: () => undefined });
  const release = await claimJob(life.signal, job.id);
  const finished = { ...stopped, status: 'done' as const, doneSec: 4, title: 'Finished there' };
  await writeDocument(finished);
  keeper.begin(job);
  await expect(keeper.claim(job)).rejects.toMatchObject({ code: 'busy' });
  job.fail(new Error('busy'));
  keeper.end(job);
  await keeper.discard(job);
  await keeper.settle();
  expect(await readDocument(job.id)).toEqual(finished);
  release?.();
  job.goOn();
  keeper.begin(job);
  await expect(keeper.claim(job)).rejects.toMatchObject({ code: 'busy' });
  await keeper.settle();
  expect(await readDocument(job.id)).toEqual(finished);
  expect((await listEntries()).map(({ id }) => id)).not.toContain(job.id);
});

test('what another tab has added to a stopped job is kept with it', async () => {
  const point = {
    ...{ clip: 0, seek: 200, promptFrom: 0, lastSpeechSec: 2, language: 'en' },
    languageProbabilities: null,
  };
  const [first] = DOCUMENT.segments;
  const stopped = { ...DOCUMENT, status: 'stopped' as const, doneSec: 2, resume: point };
  const before = { ...stopped, segments: [first!] };
  const file = await fixture('pcm_s16.wav');
  const { jobs, keeper } = await openTab();
  const entry = entryOf({
    ...{ id: stopped.id, position: 0, options: { model: MODEL, decoding: {} }, source: file, file },
    ...{ expected: null, failure: null },
  });
  const job = keeper.revive({ entry, document: before, file, release: () => undefined });
  jobs.list = [job];
  await writeDocument({ ...stopped, doneSec: 4 });
  await jobs.keep(job);
  await keeper.settle();
  expect(job.result?.segments.map(({ text }) => text)).toEqual([' The first.', ' The second.']);
  expect(await readDocument(stopped.id)).toMatchObject({ status: 'done', doneSec: 4 });
  expect(await kept()).toEqual(['The first.', 'The second.']);
});

test('what another tab has kept and edited, or is at work on, is not kept as it was before', async () => {
  const failed = { ...DOCUMENT, status: 'failed' as const };
  const signal = life.signal;
  const { keeper } = await openTab();
  const edited = { ...DOCUMENT, segments: DOCUMENT.segments.slice(0, 1) };
  await writeDocument(edited);
  expect(await keeper.finishEarly(signal, failed)).toEqual(edited);
  await writeDocument(failed);
  const release = await claimJob(signal, failed.id);
  expect(await keeper.finishEarly(signal, failed)).toEqual(failed);
  release?.();
  await keeper.finishEarly(signal, failed);
  await keeper.settle();
  expect(await readDocument(failed.id)).toMatchObject({ status: 'done' });
});
