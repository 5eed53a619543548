import { expect, test } from 'vitest';
import { mergeSides, mergeSounds, segmentsOfSide, type Side } from '../../src/core/conversation';
import type { CaptureChannel } from '../../src/core/capture';
import type { Stretch } from '../../src/core/coverage';
import { writeTranscript } from '../../src/core/writers';

type Said = readonly [startSec: number, endSec: number, text: string];

function side(
  channel: CaptureChannel,
  said: readonly Said[],
  coverage: readonly Stretch[] = [],
): Side {
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
  const language = channel === 'me' ? 'en' : 'de';
  const facts = { language, languageProbabilities: null, durationSec: 10, coverage };
  return { channel, segments, facts };
}

const region = (startSec: number, endSec: number) => ({ startSec, endSec });

const ME = side('me', [
  [0, 2, ' Hello.'],
  [5, 6, ' Yes.'],
]);
const THEM = side('them', [
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
    'me',
    [],
    [
      { kind: 'speech', startSec: 0, endSec: 6 },
      { kind: 'silence', startSec: 6, endSec: 10 },
    ],
  );
  const them = side(
    'them',
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
    { kind: 'failed', startSec: 4, endSec: 5, channel: 'them' },
    { kind: 'speech', startSec: 5, endSec: 6 },
    { kind: 'silence', startSec: 6, endSec: 7 },
    { kind: 'speech', startSec: 7, endSec: 10 },
  ]);
});

test('a side is what its channel was transcribed to, whatever the order of speech', () => {
  const decided = [...ME.segments, ...THEM.segments.map((said) => ({ ...said, id: said.id + 2 }))];
  const channels = ['me', 'me', 'them', 'them'] as const;
  const inOrder = decided
    .map((said, i) => ({ ...said, channel: channels[i]!, speaker: 'Anyone' }))
    .toSorted((a, b) => a.startSec - b.startSec);
  expect(segmentsOfSide(inOrder, 'me')).toEqual(ME.segments);
  expect(segmentsOfSide(inOrder, 'them')).toEqual(THEM.segments);
});

test('the sound of both sides is the louder one, and speech is wherever either speaks', () => {
  const me = { peaks: new Float32Array([0.5, 0, 0.25]), peaksPerSec: 1 };
  const them = { peaks: new Float32Array([0.25, 1]), peaksPerSec: 1 };
  const sound = mergeSounds(
    { ...me, speech: [region(0, 1), region(4, 6)] },
    { ...them, speech: [region(0.5, 2), region(5, 5.5), region(8, 9)] },
  );
  expect([...sound.peaks]).toEqual([0.5, 1, 0.25]);
  expect(sound.speech).toEqual([region(0, 2), region(4, 6), region(8, 9)]);
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
  const transcript = mergeSides([side('me', [[0, 2, ' Good day.']])]);
  const segments = transcript.segments.map((segment) => ({ ...segment, words }));
  const srt = writeTranscript({ ...transcript, segments }, 'srt');
  expect(srt).toContain('Me: Good day.\n');
});
