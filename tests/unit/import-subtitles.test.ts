import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { DEFAULT_EXPORT } from '../../src/core/export-options';
import { exportText } from '../../src/core/export-text';
import { parseSubtitles } from '../../src/core/import-subtitles';
import { LABELS } from './export-labels';
import { segment, timedSegment, transcriptDocument } from './transcript-document';

function read(text: string): (readonly [number, number, string, string?])[] {
  return parseSubtitles(text).segments.map(({ startSec, endSec, text: said, speaker }) =>
    speaker === undefined ? [startSec, endSec, said] : [startSec, endSec, said, speaker],
  );
}

describe('SubRip', () => {
  it('is read with the line ends of Windows, a byte order mark, and several lines', () => {
    const srt =
      '\ufeff1\r\n00:00:01,000 --> 00:00:02,500\r\nOne\r\ntwo\r\n\r\n2\r\n01:00:00,000 --> 01:00:01,000\r\nThree\r\n';
    expect(read(srt)).toEqual([
      [1, 2.5, ' One two'],
      [3600, 3601, ' Three'],
    ]);
  });

  it('is read without its blank lines, with dots, without numbers, out of order', () => {
    const srt =
      '1\n00:00:05,000 --> 00:00:06,000\nLater\n2\n0:0:1.5 --> 0:0:2.25\nFirst\n00:00:03,000 --> 00:00:04,000\nSecond 7\n';
    expect(read(srt)).toEqual([
      [1.5, 2.25, ' First'],
      [3, 4, ' Second 7'],
      [5, 6, ' Later'],
    ]);
  });

  it('loses its markup, not its text', () => {
    const srt =
      '1\n00:00:01,000 --> 00:00:02,000\n{\\an8}<font color="#f00"><b>AT&T</b></font> &amp; 1 > 0\n';
    expect(read(srt)).toEqual([[1, 2, ' AT&T &amp; 1 > 0']]);
    expect(read('1\n00:00:01,000 --> 00:00:02,000\n2 <b>< 3</b> and x <y> z > 1\n')).toEqual([
      [1, 2, ' 2 < 3 and x <y> z > 1'],
    ]);
  });

  it('with broken times says how many were left out', () => {
    const srt =
      '1\n00:00:01,000 --> 00:00:02,000\nGood\n\n2\n00:00:xx --> 00:00:04,000\nBad\n\n3\n00:00:05,000 --> 00:00:04,000\nBackwards\n';
    const { segments, skipped } = parseSubtitles(srt);
    expect(skipped).toBe(1);
    expect(segments.map(({ text, endSec }) => [text, endSec])).toEqual([
      [' Good', 2],
      [' Backwards', 5],
    ]);
  });

  it.each(['', 'no subtitles at all', '1\n\n2\n\n', '{"text": "-->"}', '\u0000\u0001'])(
    '%j holds none',
    (text) => {
      expect(parseSubtitles(text).segments).toEqual([]);
    },
  );
});

describe('WebVTT', () => {
  it('is read without notes, styles, settings and regions; voices become speakers', () => {
    const vtt = `WEBVTT - a title
Kind: captions

STYLE
::cue { color: red }

REGION
id:fred

NOTE This is a note
over two lines

Keynote 1
00:01.000 --> 00:02.000 align:start position:0%
<v.loud Mary Anne>R&amp;B &lt;3 <i>rocks</i>&#33;

00:00:03.500 --> 00:00:04.000 line:0
<00:00:03.600><c>One</c> <00:00:03.800><c> two</c>
`;
    expect(read(vtt)).toEqual([
      [1, 2, ' R&B <3 rocks!', 'Mary Anne'],
      [3.5, 4, ' One two'],
    ]);
  });

  it('with a time for each word keeps them; words after one tag share its time', () => {
    const words = (cue: string): (readonly [string, number, number])[] =>
      parseSubtitles(`WEBVTT\n\n00:01.000 --> 00:05.000\n${cue}\n`).segments[0]!.words!.map(
        ({ text, startSec, endSec }) => [text, startSec, endSec] as const,
      );
    // As YouTube writes it.
    expect(words('and<00:00:02.000><c> so</c><00:00:03.000><c> it</c>')).toEqual([
      [' and', 1, 2],
      [' so', 2, 3],
      [' it', 3, 5],
    ]);
    expect(words('One &amp; <00:03.000>two <00:09.000>three')).toEqual([
      [' One', 1, 2.5],
      [' &', 2.5, 3],
      [' two', 3, 5],
      [' three', 5, 5],
    ]);
    expect(words('<00:02.000>日本<00:03.000>語')).toEqual([
      [' 日本', 2, 3],
      ['語', 3, 5],
    ]);
  });

  it('of ours comes back with times, text and speakers', () => {
    const segments = [
      timedSegment([0.125, 2.125, ' <Hello> & "good day".', 'Me & you'], 0),
      segment([3723.5, 3725.25, ' Café 👩‍👩‍👧.', 'Them'], 1),
    ];
    const document = transcriptDocument({ segments });
    for (const wordMarks of ['none', 'tags'] as const) {
      const vtt = exportText(document, 'vtt', { ...DEFAULT_EXPORT, wordMarks }, LABELS);
      expect(read(vtt)).toEqual([
        [0.125, 2.125, ' <Hello> & "good day".', 'Me & you'],
        [3723.5, 3725.25, ' Café 👩‍👩‍👧.', 'Them'],
      ]);
      const [back] = parseSubtitles(vtt).segments;
      const times = segments[0]!.words!.map(({ text, startSec }) => [text, startSec.toFixed(3)]);
      expect(back!.words?.map(({ text, startSec }) => [text, startSec.toFixed(3)])).toEqual(
        wordMarks === 'tags' ? times : undefined,
      );
    }
  });
});

it('agrees with ffmpeg about a file of both kinds', () => {
  const srt =
    '1\n00:00:01,000 --> 00:00:02,500\nOne\n\n2\n00:59:59,999 --> 01:00:01,001\nTwo <i>three</i>\n\n3\n01:00:02,000 --> 01:00:03,000\nFour\nfive\n';
  const toFormat = (format: string): string =>
    execFileSync('ffmpeg', ['-v', 'error', '-f', 'srt', '-i', 'pipe:0', '-f', format, 'pipe:1'], {
      input: srt,
      encoding: 'utf8',
    });
  expect(read(toFormat('webvtt'))).toEqual(read(srt));
  expect(read(toFormat('srt'))).toEqual(read(srt));
  expect(read(srt)).toEqual([
    [1, 2.5, ' One'],
    [3599.999, 3601.001, ' Two three'],
    [3602, 3603, ' Four five'],
  ]);
});
