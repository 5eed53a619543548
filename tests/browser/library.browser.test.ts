import { beforeEach, expect, test, vi } from 'vitest';
import type { TranscriptDocument } from '../../src/core/transcript-document';
import { importTranscript } from '../../src/pipeline/import-transcript';
import { makeBackup, restoreBackup } from '../../src/pipeline/library-backup';
import {
  changeTranscript,
  deleteTranscriptAudio,
  markTranscriptDeleted,
  purgeMarked,
  UNDO_MS,
  wipeLibrary,
} from '../../src/pipeline/library-changes';
import { measureLibrary } from '../../src/pipeline/library-storage';
import {
  keepAudio,
  listDocuments,
  readAudio,
  readDocument,
  writeDocument,
} from '../../src/store/transcripts';
import { segment, timedSegment, transcriptDocument } from '../unit/transcript-document';
import { unzip } from './unzip';

const { signal } = new AbortController();

const WHOLE = transcriptDocument({
  id: 'whole',
  title: 'CON / <all> of it\u202e',
  tags: ['work', 'Köln'],
  languageProbabilities: { en: 0.9, de: 0.1 },
  segments: [
    { ...timedSegment([0, 2, ' Good day.', 'Me']), channel: 'me' },
    segment([2, 3, ' Bye. 👋'], 1),
  ],
  coverage: [{ kind: 'failed', startSec: 0, endSec: 3, channel: 'them' }],
  sound: {
    peaks: Float32Array.from([0, 0.25, -0.1, 1]),
    peaksPerSec: 50,
    speech: [{ startSec: 0.1, endSec: 2.9 }],
  },
});
const PLAIN = transcriptDocument({ id: 'plain', title: 'Plain', createdAtMs: 1, provenance: null });
const AUDIO = new File(['sound, as it were'], 'a/b: c.mp3', {
  type: 'audio/mpeg',
  lastModified: 7,
});

beforeEach(async () => {
  vi.useRealTimers();
  await wipeLibrary();
});

async function list(): Promise<TranscriptDocument[]> {
  return listDocuments();
}

function importText(
  name: string,
  text: string | Uint8Array<ArrayBuffer>,
): ReturnType<typeof importTranscript> {
  return importTranscript(signal, new File([text], name));
}

test('a backup brings everything back as it was, audio too', async () => {
  await writeDocument(WHOLE);
  await writeDocument(PLAIN);
  await writeDocument(transcriptDocument({ id: 'gone', deletedAtMs: 5 }));
  await keepAudio('whole', AUDIO);
  const backup = await makeBackup(signal, true);
  expect(backup.name).toMatch(/^sotto-backup-\d{4}-\d\d-\d\d\.zip$/);
  await wipeLibrary();
  expect(await list()).toEqual([]);

  const restored = await restoreBackup(signal, backup);
  expect(restored).toEqual({ added: 2, updated: 0, kept: 0, audio: 1, failed: [] });
  expect(await list()).toEqual([WHOLE, PLAIN]);
  const audio = await readAudio('whole');
  expect([audio!.name, audio!.type, audio!.lastModified]).toEqual(['a/b: c.mp3', 'audio/mpeg', 7]);
  expect(await audio!.text()).toBe('sound, as it were');
});

test('without audio there is none in it, and names are safe for every system', async () => {
  await writeDocument(WHOLE);
  await keepAudio('whole', AUDIO);
  const paths = [...(await unzip(await makeBackup(signal, false))).keys()];
  expect(paths).toEqual(['transcripts/0001 CON - -all- of it.json']);
});

test('of two the one changed last wins, and what is only here stays', async () => {
  await writeDocument(WHOLE);
  await writeDocument(PLAIN);
  const backup = await makeBackup(signal, false);
  const newer = { ...WHOLE, title: 'Newer here', updatedAtMs: WHOLE.updatedAtMs + 1 };
  await writeDocument(newer);
  await writeDocument({ ...PLAIN, title: 'Older here', updatedAtMs: PLAIN.updatedAtMs - 1 });
  const other = transcriptDocument({ id: 'other', createdAtMs: 0 });
  await writeDocument(other);
  const restored = await restoreBackup(signal, backup);
  expect(restored).toMatchObject({ added: 0, updated: 1, kept: 1 });
  expect(await list()).toEqual([newer, PLAIN, other]);
});

test('damaged transcripts in a backup are named, the others come back', async () => {
  const { downloadZip } = await import('client-zip');
  await writeDocument(PLAIN);
  const good = (await unzip(await makeBackup(signal, false))).get('transcripts/0001 Plain.json')!;
  const files = [
    { name: 'copy/transcripts/1.json', input: good },
    { name: 'copy/transcripts/2.json', input: '{"format": "sotto-transcript", "document": {}}' },
    { name: 'copy/transcripts/3.json', input: 'not json' },
  ];
  await wipeLibrary();
  const zip = new File([await downloadZip(files).blob()], 'backup.zip');
  const restored = await restoreBackup(signal, zip);
  expect(restored).toMatchObject({
    added: 1,
    failed: ['copy/transcripts/2.json', 'copy/transcripts/3.json'],
  });
  expect(await list()).toEqual([PLAIN]);
  // One json of it alone will do, too.
  await wipeLibrary();
  const { kind } = await importText('1.json', good);
  expect(kind).toBe('backup');
  expect(await list()).toEqual([PLAIN]);
});

test.each([
  ['empty.srt', '', 'empty-file', /^empty\.srt is empty/],
  ['a.srt', 'no times here', 'not-a-transcript', /^a\.srt has no subtitles that could be read/],
  ['a.vtt', 'WEBVTT\n\nNOTE nothing\n', 'not-a-transcript', /^a\.vtt has no subtitles/],
  ['a.json', '{"a": 1}', 'not-a-transcript', /^a\.json is no transcript: it needs “segments”/],
  ['a.json', '{"segments": [', 'not-a-transcript', /^a\.json is no valid JSON/],
  ['a.zip', 'not a zip', 'bad-archive', /^This zip cannot be read/],
])('%s with %j is refused in a sentence and leaves nothing', async (name, text, code, message) => {
  await expect(importText(name, text)).rejects.toMatchObject({
    code,
    message: expect.stringMatching(message) as string,
  });
  expect(await list()).toEqual([]);
});

test('a zip of something else is no backup', async () => {
  const { downloadZip } = await import('client-zip');
  const zip = await downloadZip([{ name: 'holiday.txt', input: 'x' }]).blob();
  await expect(restoreBackup(signal, new File([zip], 'x.zip'))).rejects.toMatchObject({
    message: expect.stringMatching(/^x\.zip is no backup of Sotto/) as string,
  });
});

test('subtitles in Latin-1 and UTF-16 are read as they were meant', async () => {
  const srt = '1\n00:00:01,000 --> 00:00:02,000\nGrüße aus Köln\n';
  const latin = Uint8Array.from(srt, (character) => character.charCodeAt(0));
  const utf16 = new Uint8Array(
    Uint16Array.from(`\ufeff${srt}`, (unit) => unit.charCodeAt(0)).buffer,
  );
  for (const bytes of [latin, utf16]) {
    const imported = await importText('Gruß.srt', bytes);
    expect(imported).toMatchObject({
      kind: 'transcript',
      document: {
        title: 'Gruß',
        status: 'imported',
        durationSec: 2,
        segments: [{ text: ' Grüße aus Köln' }],
      },
    });
  }
  expect(await list()).toHaveLength(2);
});

test('a deletion is final ten seconds later, whoever was closed over it', async () => {
  await writeDocument(WHOLE);
  await writeDocument(PLAIN);
  await keepAudio('whole', AUDIO);
  await markTranscriptDeleted('whole', true);
  await purgeMarked();
  expect((await readDocument('whole'))?.deletedAtMs).not.toBeNull();
  await markTranscriptDeleted('whole', false);
  expect(await readDocument('whole')).toEqual(WHOLE);
  await markTranscriptDeleted('whole', true);
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + UNDO_MS });
  await purgeMarked();
  expect(await list()).toEqual([PLAIN]);
  expect(await readAudio('whole')).toBeNull();
});

test('names, tags and audio can be changed; what they take is measured', async () => {
  await writeDocument(WHOLE);
  await keepAudio('whole', AUDIO);
  const { updatedAtMs } = await changeTranscript('whole', { title: 'New', tags: ['one'] });
  expect(await readDocument('whole')).toEqual({
    ...WHOLE,
    title: 'New',
    tags: ['one'],
    updatedAtMs,
  });
  expect(await measureLibrary(signal, await list())).toMatchObject({
    audioBytes: AUDIO.size,
    audioBytesOf: new Map([['whole', AUDIO.size]]),
  });
  await deleteTranscriptAudio('whole');
  expect(await measureLibrary(signal, await list())).toMatchObject({ audioBytes: 0 });
  expect(await readDocument('whole')).not.toBeNull();
});
