import { expect, test } from 'vitest';
import { mergeSides, type Side } from '../../src/core/conversation';
import type { Stretch } from '../../src/core/coverage';
import type { Transcript } from '../../src/core/transcript';
import { writeTranscript } from '../../src/core/writers';

type Said = readonly [startSec: number, endSec: number, text: string];

function side(speaker: string, said: readonly Said[], coverage: readonly Stretch[] = []): Side {
  const segments = said.map(([startSec, endSec, text], id) => ({
    id,
    seek: 0,
    startSec,
    endSec,
    text,
    tokens: [],
    temperature: 0,
    avgLogprob: 0,
    compressionRatio: 1,
    noSpeechProb: 0,
  }));
  const text = said.map(([, , words]) => words).join('');
  const language = speaker === 'Me' ? 'en' : 'de';
  const probabilities = null;
  const transcript: Transcript = {
    ...{ text, segments, language, languageProbabilities: probabilities },
    ...{ durationSec: 10, coverage },
  };
  return { speaker, transcript };
}

const ME = side('Me', [
  [0, 2, ' Hello.'],
  [5, 6, ' Yes.'],
]);
const THEM = side('Them', [
  [2.5, 4, ' Good morning to you.'],
  [7, 9, ' Goodbye.'],
]);

test('what two sides said is one transcript in the order of speech', () => {
  const { segments, text, language } = mergeSides([ME, THEM]);
  expect(segments.map(({ id, speaker, text }) => [id, speaker, text])).toEqual([
    [0, 'Me', ' Hello.'],
    [1, 'Them', ' Good morning to you.'],
    [2, 'Me', ' Yes.'],
    [3, 'Them', ' Goodbye.'],
  ]);
  expect(text).toBe(' Hello. Good morning to you. Yes. Goodbye.');
  expect(language).toBe('de');
});

test('speech lost on either side is told, though the other side speaks meanwhile', () => {
  const me = side(
    'Me',
    [],
    [
      { kind: 'speech', startSec: 0, endSec: 6 },
      { kind: 'silence', startSec: 6, endSec: 10 },
    ],
  );
  const them = side(
    'Them',
    [],
    [
      { kind: 'silence', startSec: 0, endSec: 4 },
      { kind: 'failed', startSec: 4, endSec: 5 },
      { kind: 'silence', startSec: 5, endSec: 7 },
      { kind: 'speech', startSec: 7, endSec: 10 },
    ],
  );
  expect(mergeSides([me, them]).coverage).toEqual([
    { kind: 'speech', startSec: 0, endSec: 4 },
    { kind: 'failed', startSec: 4, endSec: 5 },
    { kind: 'speech', startSec: 5, endSec: 6 },
    { kind: 'silence', startSec: 6, endSec: 7 },
    { kind: 'speech', startSec: 7, endSec: 10 },
  ]);
});

test('files say who speaks, each in its own way', () => {
  const merged = mergeSides([ME, THEM]);
  expect(writeTranscript(merged, 'txt').split('\n').slice(0, 2)).toEqual([
    'Me: Hello.',
    'Them: Good morning to you.',
  ]);
  expect(writeTranscript(merged, 'srt')).toContain('00:00:02,500 --> 00:00:04,000\nThem: Good');
  const json = JSON.parse(writeTranscript(merged, 'json')) as { segments: object[] };
  expect(json.segments[1]).toMatchObject({ speaker: 'Them', text: ' Good morning to you.' });
});

test('subtitles by word name the speaker once', () => {
  const words = [
    { text: ' Good', startSec: 0, endSec: 1, probability: 1 },
    { text: ' day.', startSec: 1, endSec: 2, probability: 1 },
  ];
  const { transcript } = side('Me', [[0, 2, ' Good day.']]);
  const segments = transcript.segments.map((segment) => ({ ...segment, words, speaker: 'Me' }));
  const srt = writeTranscript({ ...transcript, segments }, 'srt');
  expect(srt).toContain('Me: Good day.\n');
});
