import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { TranscriptDocument } from '../../src/core/transcript-document';
import { Autosave } from '../../src/pipeline/autosave';
import { demoModel } from '../../src/pipeline/demo-model';
import { entryOf, recoverJob, recoverJobs } from '../../src/pipeline/recover-jobs';
import type { SaveTrouble } from '../../src/pipeline/save-trouble';
import { isConversation } from '../../src/pipeline/transcribe-channels';
import { Page } from '../../src/state/page.svelte';
import { writeNote } from '../../src/store/edit-journal';
import { claimJob } from '../../src/store/job-lock';
import { listEntries, type QueueEntry } from '../../src/store/queue';
import { RecordingFile, type RecordingManifest } from '../../src/store/recording-file';
import {
  changeDocument,
  listDocuments,
  purgeDocument,
  readAudio,
  readDocument,
  wipeDocuments,
} from '../../src/store/transcripts';
import { makeSegment } from '../made-documents';

const forever = new AbortController().signal;
const MODEL = {
  name: 'm',
  source: { kind: 'stored', id: 'm' },
  device: 'auto',
  precision: 'auto',
  threads: null,
} as const;

beforeEach(async () => {
  await wipeDocuments();
  for (const { id } of await listEntries()) await new Autosave(() => undefined).discard(id);
});
afterEach(() => vi.restoreAllMocks());

function makeDocument(change: Partial<TranscriptDocument> = {}): TranscriptDocument {
  return {
    id: crypto.randomUUID(),
    title: 'talk',
    sourceName: 'talk.wav',
    createdAtMs: 1000,
    updatedAtMs: 1000,
    status: 'working',
    durationSec: 60,
    doneSec: 0,
    language: null,
    languageProbabilities: null,
    segments: [],
    coverage: [],
    tags: [],
    provenance: null,
    sound: null,
    resume: null,
    deletedAtMs: null,
    ...change,
  };
}

function makeEntry(id: string, position: number, file: File | null): QueueEntry {
  const options = { model: MODEL, decoding: { language: 'de' } };
  return entryOf({ id, position, options, source: file, file, expected: null, failure: null });
}

/** A job as a page leaves it that is gone. */
async function leaveJob(change: Partial<TranscriptDocument>, file: File | null, position = 0) {
  const autosave = new Autosave(() => undefined);
  const document = makeDocument(change);
  await autosave.save(document);
  await autosave.saveEntries([makeEntry(document.id, position, file)]);
  if (file) await autosave.keepFile(document.id, file);
  return document;
}

/** Writes to the databases of these names fail as on a full disk. */
function fillUp(...names: readonly string[]): void {
  const { transaction } = IDBDatabase.prototype;
  vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(function (
    this: IDBDatabase,
    ...args
  ) {
    if (args[1] === 'readwrite' && names.includes(this.name))
      throw new DOMException('full', 'QuotaExceededError');
    return transaction.apply(this, args);
  });
}

test('progress is written, and what a person made of name and tags meanwhile stays', async () => {
  const autosave = new Autosave(() => undefined);
  const document = makeDocument();
  await autosave.save(document);
  await changeDocument(document.id, { title: 'Interview', tags: ['work'] });
  await autosave.saveProgress({ ...document, doneSec: 30, language: 'de' });
  expect(await readDocument(document.id)).toMatchObject({
    title: 'Interview',
    tags: ['work'],
    doneSec: 30,
    language: 'de',
  });
});

test('a transcript that was deleted while it was made does not come back', async () => {
  const autosave = new Autosave(() => undefined);
  const document = makeDocument();
  await autosave.save(document);
  await wipeDocuments();
  await autosave.saveProgress({ ...document, doneSec: 30 });
  expect(await listDocuments()).toEqual([]);
});

test('the latest of many states is what is kept', async () => {
  const autosave = new Autosave(() => undefined);
  const document = makeDocument();
  const writes = Array.from({ length: 50 }, (_, i) =>
    autosave.saveProgress({ ...document, doneSec: i }),
  );
  // Not there yet, so the first has to be written whole.
  await Promise.all([autosave.save(document), ...writes]);
  await autosave.saveProgress({ ...document, doneSec: 60 });
  expect((await readDocument(document.id))?.doneSec).toBe(60);
});

test('text that the device refuses is told, kept, and written when there is room again', async () => {
  const troubles: (SaveTrouble | null)[] = [];
  const autosave = new Autosave((trouble) => troubles.push(trouble));
  const first = makeDocument();
  const second = makeDocument();
  fillUp('sotto-transcripts');
  await autosave.save(first);
  await autosave.saveProgress({ ...first, doneSec: 10 });
  await autosave.save(second);
  expect(troubles.at(-1)).toEqual({ what: 'text', why: 'full' });
  expect(autosave.unsaved).toBe(true);
  vi.restoreAllMocks();
  await autosave.retry();
  expect(troubles.at(-1)).toBeNull();
  expect(autosave.unsaved).toBe(false);
  expect(await readDocument(first.id)).toMatchObject({ title: 'talk', doneSec: 10 });
  expect(await readDocument(second.id)).toEqual(second);
});

test('what a page could not write any more is there at the next start, on top of what others wrote', async () => {
  const [edited, made] = [
    makeDocument({ segments: [makeSegment(0, [[' One.', 0, 1]])] }),
    makeDocument(),
  ];
  const autosave = new Autosave(() => undefined);
  await autosave.save(edited);
  fillUp('sotto-transcripts', 'sotto-audio');
  const typed = edited.segments.map((segment) => ({ ...segment, text: ' Two.' }));
  await autosave.saveEdit(edited, { ...edited, segments: typed, updatedAtMs: 2000 });
  await autosave.save(made);
  expect(autosave.note()).toBe(true);
  vi.restoreAllMocks();
  await changeDocument(edited.id, { title: 'Renamed elsewhere', updatedAtMs: 3000 });
  await new Autosave(() => undefined).settle();
  const found = await readDocument(edited.id);
  expect(found?.title).toBe('Renamed elsewhere');
  expect(found?.segments[0]?.text).toBe(' Two.');
  expect(await readDocument(made.id)).toEqual(made);
});

test('two tabs that are opened at once make of a note what one would', async () => {
  const first = makeSegment(0, [[' One.', 0, 1]]);
  const edited = makeDocument({ segments: [first] });
  const autosave = new Autosave(() => undefined);
  await autosave.save(edited);
  fillUp('sotto-transcripts');
  const mine = [{ ...first, text: ' Mine.' }, makeSegment(1, [[' Added.', 1, 2]])];
  await autosave.saveEdit(edited, { ...edited, segments: mine, updatedAtMs: 2000 });
  expect(autosave.note()).toBe(true);
  vi.restoreAllMocks();
  const theirs = [{ ...first, text: ' Theirs.' }, makeSegment(1, [[' More.', 2, 3]])];
  await changeDocument(edited.id, { segments: theirs, updatedAtMs: 3000 });
  const tabs = [new Autosave(() => undefined), new Autosave(() => undefined)];
  await Promise.all(tabs.map((tab) => tab.settle()));
  const texts = (await listDocuments()).map(({ segments }) => segments.map(({ text }) => text));
  expect(texts.sort()).toEqual([
    [' Mine.', ' Added.', ' More.'],
    [' Theirs.', ' More.'],
  ]);
});

test('what was noted of a transcript does not bring it back once it is deleted for good', async () => {
  const [deleted, kept] = [makeDocument({ deletedAtMs: 1000 }), makeDocument()];
  // As a page leaves it whose last write came through after all.
  const autosave = new Autosave(() => undefined);
  await Promise.all([autosave.save(deleted), autosave.save(kept)]);
  for (const whole of [deleted, kept]) writeNote({ id: whole.id, whole });
  await purgeDocument(deleted.id);
  await new Autosave(() => undefined).settle();
  expect(await listDocuments()).toEqual([kept]);
});

test('a transcript that the device refused does not come back when all are deleted', async () => {
  const sotto = new Page(demoModel({ device: 'wasm', threads: 1 }));
  fillUp('sotto-transcripts');
  sotto.keeper.create(makeDocument(), null);
  await sotto.keeper.settle();
  expect(sotto.keeper.trouble.text).toBe('full');
  vi.restoreAllMocks();
  await sotto.actions.wipe(sotto.signal);
  sotto.keeper.retry();
  await sotto.keeper.settle();
  expect(await listDocuments()).toEqual([]);
  expect(sotto.keeper.trouble.text).toBeNull();
  sotto.leave();
});

test('where there is no room for the file the text is kept without it', async () => {
  const troubles: (SaveTrouble | null)[] = [];
  const autosave = new Autosave((trouble) => troubles.push(trouble));
  fillUp('sotto-audio');
  const document = makeDocument();
  await autosave.save(document);
  await autosave.keepFile(document.id, new File(['sound'], 'talk.wav'));
  expect(troubles).toEqual([null, { what: 'audio', why: 'full' }]);
  expect(await readDocument(document.id)).toEqual(document);
  expect(await readAudio(document.id)).toBeNull();
});

test('text takes the room of its file where there is none other', async () => {
  const troubles: (SaveTrouble | null)[] = [];
  const autosave = new Autosave((trouble) => troubles.push(trouble));
  const document = await leaveJob({}, new File(['sound'], 'talk.wav'));
  const { transaction } = IDBDatabase.prototype;
  let freed = false;
  vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(function (
    this: IDBDatabase,
    ...args
  ) {
    if (args[1] === 'readwrite' && this.name === 'sotto-audio') freed = true;
    if (args[1] === 'readwrite' && this.name === 'sotto-transcripts' && !freed)
      throw new DOMException('full', 'QuotaExceededError');
    return transaction.apply(this, args);
  });
  await autosave.saveProgress({ ...document, doneSec: 30 });
  expect((await readDocument(document.id))?.doneSec).toBe(30);
  expect(await readAudio(document.id)).toBeNull();
  expect(troubles).toContainEqual({ what: 'audio', why: 'full' });
});

test('a finished transcript keeps its file or not, as is wished, and no longer waits', async () => {
  const file = new File(['sound'], 'talk.wav');
  const [kept, dropped] = [await leaveJob({}, file), await leaveJob({}, file, 1)];
  const autosave = new Autosave(() => undefined);
  await autosave.finish(kept.id, true);
  await autosave.finish(dropped.id, false);
  expect(await listEntries()).toEqual([]);
  expect(await (await readAudio(kept.id))?.text()).toBe('sound');
  expect(await readAudio(dropped.id)).toBeNull();
});

test('what a page leaves behind comes back in the order of its queue, with file and options', async () => {
  const last = await leaveJob({ title: 'last' }, new File(['b'], 'b.wav'), 2);
  const first = await leaveJob({ title: 'first', doneSec: 30 }, new File(['a'], 'a.wav'), 1);
  await leaveJob({ status: 'stopped' }, null, 0);
  await leaveJob({ status: 'done' }, null, 0);
  const found = await recoverJobs(forever);
  expect(found.map(({ document }) => document.id)).toEqual([first.id, last.id]);
  expect(found[0]?.document).toEqual(first);
  expect(found[0]?.entry).toMatchObject({ model: MODEL, decoding: { language: 'de' } });
  expect(found[0]?.file?.name).toBe('a.wav');
  expect(await found[1]?.file?.text()).toBe('b');
  for (const job of found) job.release();
});

test('a job of a tab that is open is left to it, until it is gone', async () => {
  const { id } = await leaveJob({}, new File(['a'], 'a.wav'));
  // Locks do not tell tabs from parts of one page.
  const release = await claimJob(forever, id);
  expect(await recoverJobs(forever)).toEqual([]);
  expect((await readDocument(id))?.status).toBe('working');
  release?.();
  const [job] = await recoverJobs(forever);
  expect(job?.document.id).toBe(id);
  expect(await recoverJob(forever, id)).toBeNull();
  job?.release();
});

test('a stopped one can be had on its own; what nothing is known of is called interrupted', async () => {
  const stopped = await leaveJob({ status: 'stopped' }, new File(['a'], 'a.wav'));
  const job = await recoverJob(forever, stopped.id);
  expect(job?.file?.name).toBe('a.wav');
  job?.release();
  const orphan = makeDocument();
  await new Autosave(() => undefined).save(orphan);
  expect(await recoverJobs(forever)).toEqual([]);
  expect((await readDocument(orphan.id))?.status).toBe('interrupted');
});

test('a recording of ours has its channels again after a reload', async () => {
  const manifest: RecordingManifest = {
    id: 'r',
    startedAtMs: 0,
    channels: ['me', 'them'],
    sampleRateHz: 16_000,
    chunkCount: 1,
    frames: 4,
    state: 'finished',
    deletedAtMs: null,
  };
  const pcm = Int16Array.of(1, -1, 2, -2, 3, -3, 4, -4);
  await leaveJob({}, new RecordingFile(manifest, [new Blob([pcm])]));
  const [job] = await recoverJobs(forever);
  const file = job?.file;
  if (!file || !isConversation(file)) throw new Error('no conversation');
  expect(new Int16Array(await file.readFrames(1, 3))).toEqual(Int16Array.of(2, -2, 3, -3));
  job?.release();
});
