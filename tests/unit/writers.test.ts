import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { SubtitleShape } from '../../src/core/subtitles';
import type { Transcript, Word } from '../../src/core/transcript';
import { formatSrtTime, formatVttTime, writeTranscript } from '../../src/core/writers';

function readFixture(name: string): string {
  return readFileSync(new URL(`../fixtures/writers/${name}`, import.meta.url), 'utf8');
}

interface WhisperJson {
  readonly text: string;
  readonly language: string;
  readonly segments: readonly Record<string, never>[];
}

function readWords(
  words: readonly { word: string; start: number; end: number; probability: number }[],
): Word[] {
  return words.map(({ word, start, end, probability }) => ({
    text: word,
    startSec: start,
    endSec: end,
    probability,
  }));
}

function readTranscript(name: string): Transcript {
  const { text, language, segments } = JSON.parse(readFixture(name)) as WhisperJson;
  return {
    text,
    language,
    languageProbabilities: null,
    durationSec: 30,
    coverage: [],
    segments: segments.map((s) => ({
      id: s.id!,
      seek: s.seek!,
      startSec: s.start!,
      endSec: s.end!,
      text: s.text!,
      tokens: s.tokens!,
      temperature: s.temperature!,
      avgLogprob: s.avg_logprob!,
      compressionRatio: s.compression_ratio!,
      noSpeechProb: s.no_speech_prob!,
      ...('words' in s && { words: readWords(s.words) }),
    })),
  };
}

describe('writers, against files that openai/whisper wrote', () => {
  it.each(['txt', 'tsv', 'srt', 'vtt'] as const)('%s is byte-identical', (format) => {
    const transcript = readTranscript('fr_window_segments.json');
    expect(writeTranscript(transcript, format)).toBe(readFixture(`fr_window.${format}`));
  });

  it('json is byte-identical', () => {
    expect(writeTranscript(readTranscript('fr_window.json'), 'json')).toBe(
      readFixture('fr_window.json'),
    );
  });

  it('keeps cue arrows and tabs in the text from breaking the file', () => {
    const transcript = readTranscript('fr_window.json');
    const risky = {
      ...transcript,
      segments: [{ ...transcript.segments[0]!, text: ' a --> b\tc' }],
    };
    expect(writeTranscript(risky, 'srt')).toContain('\na -> b\tc\n');
    expect(writeTranscript(risky, 'vtt').match(/-->/g)).toHaveLength(1);
    expect(writeTranscript(risky, 'tsv')).toMatch(/\ta --> b c\n$/);
  });
});

const SHAPES: Record<string, Partial<SubtitleShape>> = {
  plain: {},
  width: { maxLineWidth: 24, maxLineCount: 2 },
  words: { maxWordsPerLine: 3 },
  karaoke: { highlightWords: true },
};

describe.each(Object.entries(SHAPES))('writers with word times, shape %s', (name, shape) => {
  const files = ['en_window', 'fr_window'].flatMap((file) =>
    (['txt', 'tsv', 'srt', 'vtt', 'json'] as const).map((format) => [file, format] as const),
  );
  it.each(files)('%s.%s is byte-identical', (file, format) => {
    // The json is the same whatever the shape.
    const folder = format === 'json' ? 'plain' : name;
    const transcript = readTranscript(`plain/${file}.json`);
    expect(writeTranscript(transcript, format, shape)).toBe(
      readFixture(`${folder}/${file}.${format}`),
    );
  });
});

describe('lrc and csv', () => {
  const transcript = readTranscript('fr_window.json');
  const segment = {
    ...transcript.segments[0]!,
    startSec: 3723.456,
    endSec: 3725,
    text: ' =1+"2", ok',
  };

  it('lrc counts minutes beyond the hour', () => {
    expect(writeTranscript({ ...transcript, segments: [segment] }, 'lrc')).toBe(
      '[62:03.46]=1+"2", ok\n',
    );
  });

  it('csv quotes, and keeps text from being a formula', () => {
    expect(writeTranscript({ ...transcript, segments: [segment] }, 'csv')).toBe(
      'start,end,text\n3723456,3725000,"\'=1+""2"", ok"\n',
    );
  });
});

describe('times', () => {
  it.each([
    [0, '00:00.000', '00:00:00,000'],
    [59.9996, '01:00.000', '00:01:00,000'],
    [3723.5, '01:02:03.500', '01:02:03,500'],
    [0.0005, '00:00.000', '00:00:00,000'],
    [0.0015, '00:00.002', '00:00:00,002'],
  ])('%f s', (sec, vtt, srt) => {
    expect(formatVttTime(sec)).toBe(vtt);
    expect(formatSrtTime(sec)).toBe(srt);
  });
});
