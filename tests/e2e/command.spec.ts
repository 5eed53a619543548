import { expect, test } from '@playwright/test';
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { golden, recording, type GoldenSegment } from './goldens';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const MODEL_FOLDER = path.join(ROOT, 'public/models/sotto-demo');

let folder: string;

test.beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sotto-command-'));
});

test.afterEach(async () => {
  await rm(folder, { recursive: true });
});

test('writes every format under the names that openai/whisper gives them', async () => {
  const run = await transcribe(recording('en_short.flac'), '--dtype', 'fp32');
  expect(run.code).toBe(0);
  const names = ['json', 'srt', 'tsv', 'txt', 'vtt'].map((format) => `en_short.${format}`);
  expect((await readdir(folder)).sort()).toEqual(names);
  const text = await readFile(path.join(folder, 'en_short.txt'), 'utf8');
  expect(text).toBe(`${golden('en_short.flac').text.trim()}\n`);
  expect(run.stderr).toContain('window 1 of 1');
});

test("a long recording gets the reference's tokens and times", async () => {
  const flags = ['--dtype', 'fp32', '--beam_size', 'None', '--output_format', 'json'];
  const run = await transcribe(recording('en_long.flac'), ...flags, '--model', MODEL_FOLDER);
  expect(run.code).toBe(0);
  const json = await readFile(path.join(folder, 'en_long.json'), 'utf8');
  const written = JSON.parse(json) as { segments: GoldenSegment[] };
  expect(written.segments.map(essence)).toEqual(golden('en_long.flac').segments.map(essence));
});

test('word times and line shaping give the file that openai/whisper gives', async () => {
  const greedy = ['--dtype', 'fp32', '--beam_size', 'None', '--output_format', 'srt'];
  const shape = ['--word_timestamps', 'True', '--max_line_width', '24', '--max_line_count', '2'];
  const run = await transcribe(recording('en_window.flac'), ...greedy, ...shape);
  expect(run.code).toBe(0);
  const expected = await readFile(
    path.join(ROOT, 'tests/fixtures/writers/width/en_window.srt'),
    'utf8',
  );
  expect(await readFile(path.join(folder, 'en_window.srt'), 'utf8')).toBe(expected);
});

test('silence can be trimmed and loudness normalised', async () => {
  const flags = ['--dtype', 'q8', '--output_format', 'txt', '--normalize_loudness', 'True'];
  const run = await transcribe(recording('noise_only.flac'), ...flags, '--trim_silence', 'True');
  expect(run.code).toBe(0);
  expect(run.stderr).toContain('language');
  // A recording without speech is trimmed away whole.
  expect(run.stderr).not.toContain('window');
  expect(await readFile(path.join(folder, 'noise_only.txt'), 'utf8')).toBe('');
});

test('the fast mode hears every sentence of a sparse recording, in its place', async () => {
  const flags = ['--mode', 'fast', '--dtype', 'fp32', '--beam_size', 'None'];
  const run = await transcribe(recording('en_sparse.flac'), ...flags, '--output_format', 'srt');
  expect(run.code).toBe(0);
  const cues = (await readFile(path.join(folder, 'en_sparse.srt'), 'utf8')).trim().split('\n\n');
  const seconds = cues.map((cue) => /^\d+\n00:(\d\d):(\d\d)/.exec(cue)!);
  expect(seconds.map(([, minutes, rest]) => 60 * Number(minutes) + Number(rest))).toEqual([
    0, 22, 59, 92, 123,
  ]);
});

test('speech that no text came of is told', async () => {
  const flags = ['--dtype', 'q8', '--output_format', 'txt', '--temperature_increment_on_fallback'];
  const strict = ['--no_speech_threshold', '0', '--logprob_threshold', '0'];
  const run = await transcribe(recording('en_short.flac'), ...flags, 'None', ...strict);
  expect(run.code).toBe(0);
  expect(run.stderr).toMatch(/en_short\.flac: warning: speech from 0\.\d+ to 2\.\d+ s/);
});

const REFUSED: readonly (readonly [string, readonly string[], RegExp])[] = [
  ['a flag that does not exist', ['--colour', 'red'], /--colour is not known/],
  ['an option that needs another', ['--max_line_width', '40'], /need --word_timestamps True/],
  ['a number that is none', ['--logprob_threshold', 'low'], /takes a number, not "low"/],
  ['a language that does not exist', ['--language', 'klingon'], /--language takes/],
  ['a model that does not exist', ['--model', 'no-such-model'], /no-such-model/],
];
for (const [what, flags, message] of REFUSED) {
  test(`refuses ${what} in one line`, async () => {
    const run = await transcribe(recording('en_short.flac'), ...flags);
    expect(run.code).not.toBe(0);
    expect(run.stderr).toMatch(/^error: [^\n]+\n$/);
    expect(run.stderr).toMatch(message);
    expect(await readdir(folder)).toEqual([]);
  });
}

test('refuses a file that is missing in one line', async () => {
  const run = await transcribe(path.join(folder, 'missing.wav'));
  expect(run.code).not.toBe(0);
  expect(run.stderr).toMatch(/^error: [^\n]*missing\.wav[^\n]*\n$/);
});

test('refuses a recording over the limits that were set', async () => {
  const long = await transcribe(recording('en_window.flac'), '--max_duration', '10');
  expect(long.code).not.toBe(0);
  expect(long.stderr).toMatch(/longer than your limit \(0:18, the limit is 0:10\)/);
  const large = await transcribe(recording('en_window.flac'), '--max_size', '0.1');
  expect(large.stderr).toMatch(/larger than your limit \(374 kB, the limit is 100 kB\)/);
  expect(await readdir(folder)).toEqual([]);
});

test('a file that is no media is told apart, and the next one is still written', async () => {
  const noMedia = path.join(folder, 'notes.mp3');
  await writeFile(noMedia, 'These are notes, not music.');
  const flags = ['--dtype', 'q8', '--output_format', 'txt'];
  const run = await transcribe(noMedia, recording('en_short.flac'), ...flags);
  expect(run.code).not.toBe(0);
  expect(run.stderr.match(/^error: .*$/gm)).toEqual([expect.stringContaining('notes.mp3')]);
  expect((await readdir(folder)).sort()).toEqual(['en_short.txt', 'notes.mp3']);
});

interface Run {
  readonly code: number;
  readonly stderr: string;
}

function transcribe(...args: string[]): Promise<Run> {
  const command = [path.join(ROOT, 'scripts/transcribe.mjs'), ...args, '--output_dir', folder];
  return new Promise((resolve) => {
    execFile(process.execPath, command, (error, _stdout, stderr) => {
      resolve({ code: error ? Number(error.code ?? 1) : 0, stderr });
    });
  });
}

/** What has to be equal; times as the reference rounds them. */
function essence({ start, end, tokens }: GoldenSegment): unknown {
  return { start: start.toFixed(2), end: end.toFixed(2), tokens };
}
