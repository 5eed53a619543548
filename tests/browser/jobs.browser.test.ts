import { afterEach, expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { demoModel } from '../../src/pipeline/demo-model';
import { isConversation } from '../../src/pipeline/transcribe-channels';
import { expectAgain } from '../../src/pipeline/recover-jobs';
import { Job } from '../../src/state/job.svelte';
import { JobKeeper } from '../../src/state/job-keeper';
import { ModelState } from '../../src/state/model.svelte';
import { runJob } from '../../src/state/run-job';
import { RecordingFile, type RecordingManifest } from '../../src/store/recording-file';
import { readAudio } from '../../src/store/transcripts';
import JobView from '../../src/ui/transcript/JobView.svelte';
import { makeDocument, makeSegment } from '../made-documents';
import { fixture } from './media-fixtures';

const OPTIONS = { model: demoModel({ device: 'wasm', threads: 1 }), decoding: {} };
const SAID = 'The teacher is cooking dinner in the summer.';
const MANIFEST: RecordingManifest = {
  ...{ id: 'r', startedAtMs: 0, channels: ['me', 'them'], sampleRateHz: 16_000, chunkCount: 1 },
  ...{ frames: 2, state: 'finished', deletedAtMs: null },
};

afterEach(() => vi.restoreAllMocks());

/** A file on a disk, and what deletes it from there. */
async function fileOnDisk(): Promise<{ file: File; remove: () => Promise<void> }> {
  const folder = await navigator.storage.getDirectory();
  const name = `${crypto.randomUUID()}.wav`;
  const handle = await folder.getFileHandle(name, { create: true });
  const writing = await handle.createWritable();
  await writing.write(await fixture('pcm_s16.wav'));
  await writing.close();
  return { file: await handle.getFile(), remove: () => folder.removeEntry(name) };
}

async function run(job: Job, keeper: JobKeeper): Promise<void> {
  keeper.begin(job);
  await runJob(job, new ModelState(() => OPTIONS.model), keeper);
}

const textOf = (job: Job): string => job.segments.map(({ text }) => text.trim()).join(' ');

test("a file that is gone when its turn comes is read from the device's copy", async () => {
  const { file, remove } = await fileOnDisk();
  const keeper = new JobKeeper();
  const job = new Job(new File([await file.arrayBuffer()], file.name), OPTIONS);
  keeper.begin(job);
  await expect.poll(() => readAudio(job.id)).not.toBeNull();
  await remove();
  job.file = file;
  await runJob(job, new ModelState(() => OPTIONS.model), keeper);
  expect(job.phase.kind).toBe('done');
  expect(textOf(job)).toBe(SAID);
});

test('a file that is gone and was not kept says so, and goes on when it is chosen again', async () => {
  const { file, remove } = await fileOnDisk();
  const copy = new File([await file.arrayBuffer()], file.name);
  await remove();
  const keeper = new JobKeeper();
  const job = new Job(file, OPTIONS);
  await run(job, keeper);
  expect(job.failure).toMatchObject({ code: 'file-gone' });
  const nothing = vi.fn();
  await render(JobView, {
    job,
    onStop: nothing,
    onGoOn: nothing,
    onRestart: nothing,
    onKeep: nothing,
  });
  await expect.element(page.getByRole('alert')).toHaveTextContent('This file cannot be read.');
  await expect
    .element(page.getByTestId('missing-file'))
    .toHaveTextContent(`Choose ${file.name} again`);
  expect(job.provide(new File(['another'], 'another.wav'))).toBe(false);
  expect(job.provide(copy)).toBe(true);
  job.goOn();
  await run(job, keeper);
  expect(textOf(job)).toBe(SAID);
});

test('a recording of ours that has to be chosen again is a conversation still', () => {
  const pcm = Int16Array.of(1, -1, 2, -2);
  const recording = new RecordingFile(MANIFEST, [new Blob([pcm])]);
  const job = new Job(null, OPTIONS, makeDocument([], { sourceName: recording.name }));
  job.expected = expectAgain(recording);
  expect(job.missing).toBe(true);
  expect(job.provide(new File([recording], recording.name))).toBe(true);
  expect(job.file && isConversation(job.file)).toBe(true);
});

test('what failed half way can go on, and begin anew with the model that is chosen now', async () => {
  const before = makeDocument([makeSegment(0, [[' Half.', 0, 5]])], {
    doneSec: 5,
    resume: {
      ...{ clip: 0, seek: 500, promptFrom: 0, lastSpeechSec: 0, language: 'en' },
      languageProbabilities: null,
    },
  });
  const job = new Job(await fixture('pcm_s16.wav'), OPTIONS, before);
  job.fail(new Error('The model is gone.'));
  const [onGoOn, onRestart, onKeep] = [vi.fn(), vi.fn(), vi.fn()];
  await render(JobView, { job, onStop: vi.fn(), onGoOn, onRestart, onKeep });
  await page.getByRole('button', { name: 'Continue from 0:05' }).click();
  expect(onGoOn).toHaveBeenCalledOnce();
  await page.getByRole('button', { name: 'Start again' }).click();
  expect(onRestart).toHaveBeenCalledOnce();
  await page.getByRole('button', { name: 'Edit what is there' }).click();
  expect(onKeep).toHaveBeenCalledOnce();
  job.keep();
  // The name that a person gave it, not its file's.
  expect(job.result).toMatchObject({ status: 'done', title: 'Harbour talk', resume: null });
});
