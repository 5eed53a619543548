import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DEFAULT_EXPORT } from '../../src/core/export-options';
import { exportText } from '../../src/core/export-text';
import { writeTranscript } from '../../src/core/writers';
import { parseJson, readWhisperJson } from '../../src/pipeline/import-whisper-json';
import { LABELS } from './export-labels';
import { PROVENANCE, timedSegment, transcriptDocument } from './transcript-document';

function readFixture(name: string): string {
  return readFileSync(new URL(`../fixtures/writers/${name}`, import.meta.url), 'utf8');
}

function read(text: string): ReturnType<typeof readWhisperJson> {
  return readWhisperJson(parseJson(text, 'x.json'), 'x.json');
}

it.each(['fr_window.json', 'plain/en_window.json'])(
  'what whisper wrote is written again byte for byte: %s',
  (name) => {
    const text = readFixture(name);
    const { segments, language } = read(text);
    const said = segments.map((segment) => segment.text).join('');
    const again = writeTranscript({ text: said, segments, language: language! }, 'json');
    expect(again).toBe(text);
  },
);

it('ours comes back with its title, day, tags and what it was made with', () => {
  const segments = [timedSegment([0, 2, ' Good day.', 'Me'])];
  const document = transcriptDocument({ segments, tags: ['work'] });
  const imported = read(exportText(document, 'json', DEFAULT_EXPORT, LABELS));
  expect(imported).toMatchObject({
    ...{ title: 'An interview', sourceName: 'interview.mp3', tags: ['work'], language: 'en' },
    createdAtMs: document.createdAtMs,
    segments,
    provenance: PROVENANCE,
  });
});

describe('what others write', () => {
  it('words without the spaces between them, as whisperX has them, spell the text', () => {
    const words = [
      ['Good', 0, 0.4],
      ['day,', 0.4, 0.8],
      ['all.', 1, 1.4],
    ].map(([word, start, end]) => ({ word, start, end, probability: 0.9 }));
    const json = (text: string): string =>
      JSON.stringify({ segments: [{ start: 0, end: 1.4, text, words }] });
    const [segment] = read(json(' Good day, all.')).segments;
    expect(segment!.words!.map(({ text }) => text)).toEqual([' Good', ' day,', ' all.']);
    expect(segment!.words![2]).toMatchObject({ startSec: 1, endSec: 1.4 });
    expect(read(json(' Something else.')).segments[0]!.words).toBeUndefined();
  });

  it('verbose_json of the API, whose language is a name', () => {
    const json =
      '{"task":"transcribe","language":"english","duration":3.5,"text":"Hi","segments":[{"id":0,"start":0,"end":3.5,"text":" Hi"}]}';
    expect(read(json)).toMatchObject({
      language: null,
      durationSec: 3.5,
      segments: [{ text: ' Hi' }],
    });
  });

  it("whisperX's words without times leave the segment without words", () => {
    const json =
      '{"segments":[{"start":1,"end":2,"text":"In 2026","speaker":"SPEAKER_00","words":[{"word":"In","start":1,"end":1.2,"score":0.9},{"word":"2026"}]}],"language":"en"}';
    const [segment] = read(json).segments;
    expect(segment).toMatchObject({ text: 'In 2026', speaker: 'SPEAKER_00' });
    expect(segment!.words).toBeUndefined();
  });

  it.each([
    ['whisperX, in the segment', (words: string) => `"words":${words}}]`],
    ["OpenAI's API, beside the segments", (words: string) => `"x":0}],"words":${words}`],
  ])('words without spaces and signs get those of the text: %s', (_, place) => {
    const words =
      '[{"word":"Good","start":1,"end":1.2},{"word":"day","start":1.2,"end":1.4},{"word":"you","start":1.5,"end":2}]';
    const json = (text: string): string =>
      `{"segments":[{"start":1,"end":2,"text":"${text}",${place(words)}}`;
    const texts = (text: string) => read(json(text)).segments[0]!.words?.map((word) => word.text);
    expect(texts(' Good day, (you).')).toEqual([' Good', ' day,', ' (you).']);
    expect(texts('Good-day—you')).toEqual(['Good-', 'day—', 'you']);
    // Text that was changed since: its words are others.
    expect(texts(' Good day to you.')).toBeUndefined();
    expect(texts(' Bad day, you.')).toBeUndefined();
  });

  it("Python's NaN, but not the one that somebody says", () => {
    const json = '{"segments":[{"start":0,"end":1,"text":"\\"x\\": NaN","avg_logprob": NaN}]}';
    expect(read(json).segments[0]).toMatchObject({ text: '"x": NaN', avgLogprob: 0 });
  });
});

describe('bad files', () => {
  it.each(['', '{', '{"segments": [', 'not json'])('%j is told to be no JSON', (text) => {
    expect(() => read(text)).toThrow(/^x\.json is no valid JSON/);
  });

  it.each([
    'null',
    '[]',
    '{}',
    '{"segments": "all"}',
    '{"segments": [{"text": "no times"}]}',
    '{"segments": [{"start": "0", "end": 1, "text": ""}]}',
    '{"segments": [{"start": -1, "end": 1, "text": ""}]}',
    '{"segments": [{"start": 0, "end": 1e999, "text": ""}]}',
  ])('%s is told to be no transcript', (text) => {
    expect(() => read(text)).toThrow(/^x\.json is no transcript: it needs “segments”/);
  });
});
