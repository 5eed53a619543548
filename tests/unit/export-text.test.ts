import { describe, expect, it } from 'vitest';
import { DEFAULT_EXPORT, EXPORT_FORMATS, type ExportOptions } from '../../src/core/export-options';
import { countWordTimes, exportText } from '../../src/core/export-text';
import { writeTranscript } from '../../src/core/writers';
import { LABELS } from './export-labels';
import { segment, timedSegment, transcriptDocument } from './transcript-document';

const TALK = transcriptDocument({
  segments: [
    timedSegment([0, 2, ' Good day.', 'Me'], 0),
    timedSegment([2, 4, ' And to you, sir.', 'Them'], 1),
    timedSegment([3670, 3671, ' Bye.', 'Them'], 2),
  ],
});
const NAMELESS = transcriptDocument({
  segments: [segment([0, 2, ' One.'], 0), segment([2, 4, ' Two.'], 1)],
});

function write(
  document: typeof TALK,
  format: Exclude<(typeof EXPORT_FORMATS)[number], 'docx'>,
  options: Partial<ExportOptions> = {},
): string {
  return exportText(document, format, { ...DEFAULT_EXPORT, ...options }, LABELS);
}

it.each(['txt', 'srt', 'vtt', 'tsv', 'csv'] as const)(
  '%s without names is what whisper writes',
  (format) => {
    const plain = { text: '', language: 'en', segments: NAMELESS.segments };
    expect(write(NAMELESS, format)).toBe(writeTranscript(plain, format));
  },
);

describe('json', () => {
  it('without provenance is what whisper writes', () => {
    const whole = { ...NAMELESS, text: ' One. Two.', language: 'en' };
    expect(write(NAMELESS, 'json', { provenance: false })).toBe(writeTranscript(whole, 'json'));
  });

  it('with provenance has one key more: model, hashes, options', () => {
    const { sotto, ...whisper } = JSON.parse(write(TALK, 'json')) as Record<string, unknown>;
    expect(whisper).toEqual(JSON.parse(write(TALK, 'json', { provenance: false })));
    expect(sotto).toMatchObject({
      title: 'An interview',
      source: 'interview.mp3',
      created: '2026-11-21T12:00:00.000Z',
      model: 'Whisper base',
      files: [{ path: 'onnx/encoder_model_quantized.onnx', sha256: 'a'.repeat(64) }, {}],
      decoding: { beamSize: 5, language: 'de' },
      audio: { trimSilence: true },
    });
  });
});

describe('speakers', () => {
  it('stand as each format has it', () => {
    expect(write(TALK, 'txt')).toBe('Me: Good day.\nThem: And to you, sir.\nThem: Bye.\n');
    expect(write(TALK, 'srt')).toContain('00:00:02,000 --> 00:00:04,000\nThem: And to you');
    expect(write(TALK, 'vtt')).toContain('00:02.000 --> 00:04.000\n<v Them>And to you');
    expect(write(TALK, 'csv')).toContain('start,end,speaker,text\n0,2000,"Me","Good day."\n');
    expect(write(TALK, 'json')).toContain('"speaker": "Them"');
  });

  it.each(['txt', 'md', 'srt', 'vtt', 'lrc', 'csv', 'tsv', 'json'] as const)(
    '%s leaves them out where they are not wanted',
    (format) => {
      expect(write(TALK, format)).toMatch(/Them/);
      expect(write(TALK, format, { speakers: false })).not.toMatch(/Them|speaker/);
    },
  );

  it('never share a subtitle', () => {
    const vtt = write(TALK, 'vtt', { maxLineWidth: 80, maxLineCount: 2 });
    expect(vtt).toMatch(/<v Me>Good day\.\n\n.*\n<v Them>And to you, sir\.\n/);
  });
});

describe('times', () => {
  it('stand before lines and paragraphs', () => {
    const txt = write(TALK, 'txt', { times: true });
    expect(txt.split('\n')[2]).toBe('[1:01:10] Them: Bye.');
    expect(write(TALK, 'md', { times: true })).toContain('`1:01:10` **Them:** Bye.');
  });
});

describe('words', () => {
  it('have their times in WebVTT, each later than the one before, inside the cue', () => {
    expect(write(TALK, 'vtt', { wordMarks: 'tags' })).toContain(
      '<v Them>And <00:02.500>to <00:03.000>you, <00:03.500>sir.\n',
    );
    const [first] = TALK.segments;
    const words = first!.words!.map((word) => ({ ...word, startSec: 0 }));
    const still = transcriptDocument({ segments: [{ ...first!, words }] });
    expect(write(still, 'vtt', { wordMarks: 'tags' })).toContain('<v Me>Good day.\n');
  });

  it('are underlined one by one, by name of whisper: highlight_words', () => {
    const srt = write(TALK, 'srt', { wordMarks: 'underline', speakers: false });
    expect(srt).toContain('<u>Good</u> day.\n');
    expect(srt).toContain('Good <u>day.</u>\n');
  });

  it('have their times in lrc', () => {
    expect(write(TALK, 'lrc', { wordMarks: 'tags' })).toContain(
      '[00:02.00] <00:02.00>Them: And<00:02.50> to<00:03.00> you,<00:03.50> sir.\n',
    );
  });

  it('that were never timed leave their segment whole, and the others as they would be', () => {
    const before = timedSegment([0, 2, ' Good day, my friend.']);
    const after = timedSegment([4, 6, ' And good bye to you.'], 2);
    const mixed = transcriptDocument({
      segments: [before, segment([2, 4, ' Typed at some later time.'], 1), after],
    });
    expect(countWordTimes(mixed)).toEqual({ timed: 2, untimed: 1 });
    const shapes: Partial<ExportOptions>[] = [
      { maxLineWidth: 10 },
      { maxLineWidth: 10, maxLineCount: 1 },
      { maxLineWidth: 30, maxLineCount: 2 },
      { maxWordsPerLine: 2 },
      { wordMarks: 'underline' },
    ];
    for (const shape of shapes) {
      const cues = (...segments: (typeof mixed.segments)[number][]): string[] =>
        write(transcriptDocument({ segments }), 'vtt', shape).trimEnd().split('\n\n').slice(1);
      expect(write(mixed, 'vtt', shape).trimEnd().split('\n\n').slice(1)).toEqual([
        ...cues(before),
        '00:02.000 --> 00:04.000\nTyped at some later time.',
        ...cues(after),
      ]);
    }
  });
});

describe('text that could break a file', () => {
  const risky = transcriptDocument({
    title: 'A #1 <title>\nof *two* lines',
    segments: [
      segment([0, 1, ' a ---> b\n\n00:00:09,000 --> 00:00:10,000\nforged'], 0),
      segment([1, 2, ' <b>R&B &amp; <i\u0000\u001b'], 1),
      segment([2, 3, ' # 1. *x* [a](b)', '=cmd|calc'], 2),
    ],
  });

  it('forges no subtitle', () => {
    for (const format of ['srt', 'vtt'] as const) {
      const text = write(risky, format);
      expect(text.match(/-->/g)).toHaveLength(3);
      expect(text.trimEnd().split(/\n\n/)).toHaveLength(format === 'vtt' ? 4 : 3);
    }
  });

  it('is escaped in WebVTT and Markdown', () => {
    expect(write(risky, 'vtt')).toContain('\n&lt;b>R&amp;B &amp;amp; &lt;i\n');
    const md = write(risky, 'md');
    expect(md).toMatch(/^# A #1 \\<title\\> of \\\*two\\\* lines\n/);
    expect(md).toContain('**\\=cmd\\|calc:** \\# 1. \\*x\\* \\[a\\](b)');
  });

  it.each(EXPORT_FORMATS.filter((format) => format !== 'docx'))(
    '%s holds no control character',
    (format) => {
      expect(write(risky, format)).not.toMatch(/(?!\n|\t)\p{Cc}/u);
    },
  );

  it.each(['csv', 'tsv', 'lrc', 'txt'] as const)('%s keeps one line per segment', (format) => {
    const heads = { csv: 1, tsv: 1, lrc: 1, txt: 0 };
    expect(write(risky, format).trimEnd().split('\n')).toHaveLength(3 + heads[format]);
  });
});

describe('Markdown', () => {
  it('joins what one speaker says until a pause', () => {
    const segments = [
      segment([0, 2, ' One.', 'Me'], 0),
      segment([2.5, 4, ' Two.', 'Me'], 1),
      segment([9, 10, ' Three.', 'Me'], 2),
      segment([10, 11, ' ', 'Me'], 3),
    ];
    const md = write(transcriptDocument({ segments }), 'md', { provenance: false });
    expect(md).toBe(
      '# An interview\n\n*English · 0:12 · November 21, 2026*\n\n**Me:** One. Two.\n\n**Me:** Three.\n',
    );
  });

  it('says with what it was made', () => {
    expect(write(TALK, 'md')).toContain(
      `- Files: onnx/encoder\\_model\\_quantized.onnx · ${'a'.repeat(64)}\n`,
    );
    expect(write(TALK, 'md')).toContain(
      '- Options: beamSize: 5, language: "de", trimSilence: true\n',
    );
  });
});
