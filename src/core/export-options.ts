import type { SubtitleShape } from './subtitles';

/** What a transcript can be saved as: to read, as subtitles, as data. */
export const EXPORT_FORMATS = [
  'txt',
  'md',
  'docx',
  'srt',
  'vtt',
  'lrc',
  'json',
  'csv',
  'tsv',
] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];
/** All but Word's, which is no text. */
export type TextFormat = Exclude<ExportFormat, 'docx'>;

export const FORMAT_GROUPS = {
  read: ['txt', 'md', 'docx'],
  subtitles: ['srt', 'vtt', 'lrc'],
  data: ['json', 'csv', 'tsv'],
} as const satisfies Readonly<Record<string, readonly ExportFormat[]>>;

/**
 * How the word that is being said is marked: not at all; underlined, one cue per word, as whisper's highlight_words
 * does; by time tags inside the cue, as karaoke.
 */
export const WORD_MARKS = ['none', 'underline', 'tags'] as const;
export type WordMarks = (typeof WORD_MARKS)[number];

/** What a person chooses about an export. What does not apply to a format is left aside by it. */
export interface ExportOptions {
  /** Times before each paragraph of a text to be read. */
  readonly times: boolean;
  /** Who speaks, each format in its own way. */
  readonly speakers: boolean;
  /** With which model and options the transcript was made. */
  readonly provenance: boolean;
  readonly wordMarks: WordMarks;
  /** Most characters in a line; null leaves lines as they are. */
  readonly maxLineWidth: number | null;
  /** Most lines in a cue; counts only together with maxLineWidth. */
  readonly maxLineCount: number | null;
  /** Most words in a line; null has no limit. */
  readonly maxWordsPerLine: number | null;
}

export const DEFAULT_EXPORT: ExportOptions = {
  times: false,
  speakers: true,
  provenance: true,
  wordMarks: 'none',
  maxLineWidth: null,
  maxLineCount: null,
  maxWordsPerLine: null,
};

export const MIME_TYPES: Readonly<Record<ExportFormat, string>> = {
  txt: 'text/plain',
  md: 'text/markdown',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  srt: 'application/x-subrip',
  vtt: 'text/vtt',
  lrc: 'text/plain',
  json: 'application/json',
  csv: 'text/csv',
  tsv: 'text/tab-separated-values',
};

const TIMED: readonly ExportFormat[] = FORMAT_GROUPS.read;
const WITH_PROVENANCE: readonly ExportFormat[] = ['md', 'docx', 'json'];
const SHAPED: readonly ExportFormat[] = ['srt', 'vtt'];
const MARKS: Readonly<Partial<Record<ExportFormat, readonly WordMarks[]>>> = {
  srt: ['none', 'underline'],
  vtt: WORD_MARKS,
  lrc: ['none', 'tags'],
};

export function takesTimes(format: ExportFormat): boolean {
  return TIMED.includes(format);
}

export function takesProvenance(format: ExportFormat): boolean {
  return WITH_PROVENANCE.includes(format);
}

/** Can its lines be shaped? */
export function takesShape(format: ExportFormat): boolean {
  return SHAPED.includes(format);
}

/** How words can be marked in it; nothing where they cannot. */
export function marksOf(format: ExportFormat): readonly WordMarks[] {
  return MARKS[format] ?? [];
}

/** The mark that the format writes: the chosen one, or none where it does not know that one. */
export function markFor(format: ExportFormat, wordMarks: WordMarks): WordMarks {
  return marksOf(format).includes(wordMarks) ? wordMarks : 'none';
}

/** The shape of subtitles that the options ask for. */
export function shapeOf(format: ExportFormat, options: ExportOptions): SubtitleShape {
  const { maxLineWidth, maxLineCount, maxWordsPerLine } = options;
  const highlightWords = markFor(format, options.wordMarks) === 'underline';
  return { maxLineWidth, maxLineCount, maxWordsPerLine, highlightWords };
}
