import { clock } from './clock';
import { assertNever } from './errors';
import type { ExportLabels } from './export-facts';
import { markFor, shapeOf, type ExportOptions, type TextFormat } from './export-options';
import { onOneLine, toOneLine } from './plain-text';
import type { Segment } from './transcript';
import type { TranscriptDocument } from './transcript-document';
import { writeMarkdown } from './write-markdown';
import { writeVtt } from './write-vtt';
import { formatLrcTime, nameSpeaker, quote, writeTranscript } from './writers';

const AS_WHISPER: readonly TextFormat[] = ['txt', 'srt', 'vtt', 'tsv', 'json'];

/** A transcript as the text of one file (UTF-8, LF), as the options have it. */
export function exportText(
  document: TranscriptDocument,
  format: TextFormat,
  options: ExportOptions,
  labels: ExportLabels,
): string {
  // Whisper writes segments that it has emptied, and its formats are byte for byte its own; ours leave them out.
  const spoken = AS_WHISPER.includes(format)
    ? document.segments
    : document.segments.filter(({ text }) => text.trim() !== '');
  const segments = withSpeakers(onOneLine(spoken), options.speakers);
  const shape = shapeOf(format, options);
  const tags = markFor(format, options.wordMarks) === 'tags';
  switch (format) {
    case 'txt':
      return segments.map((segment) => writeLine(segment, options.times)).join('');
    case 'md':
      return writeMarkdown(document, segments, options, labels);
    case 'vtt':
      return writeVtt(segments, shape, tags);
    case 'lrc':
      return writeLyrics(document, segments, tags);
    case 'json':
      return writeJson(document, options);
    case 'srt':
    case 'csv':
    case 'tsv':
      return writeTranscript({ text: '', language: '', segments }, format, shape);
    default:
      return assertNever(format);
  }
}

/** How many segments with text have word times, by which lines are shaped and words marked, and how many have none. */
export function countWordTimes({ segments }: Pick<TranscriptDocument, 'segments'>): {
  readonly timed: number;
  readonly untimed: number;
} {
  const spoken = segments.filter(({ text }) => text.trim() !== '');
  const timed = spoken.filter(({ words = [] }) => words.length > 0).length;
  return { timed, untimed: spoken.length - timed };
}

export function hasSpeakers({ segments }: Pick<TranscriptDocument, 'segments'>): boolean {
  return segments.some(({ speaker }) => speaker !== undefined);
}

function withSpeakers(segments: readonly Segment[], keep: boolean): readonly Segment[] {
  return segments.map(({ speaker, ...segment }) => ({
    ...segment,
    ...(keep && speaker !== undefined && { speaker }),
  }));
}

function writeLine(segment: Segment, times: boolean): string {
  const text = nameSpeaker(segment).text.trim();
  return `${times ? `[${clock(segment.startSec)}] ` : ''}${text}\n`;
}

/** Lyrics with their title; with tags each word has its time (the "A2" extension). */
function writeLyrics(
  { title }: TranscriptDocument,
  segments: readonly Segment[],
  tags: boolean,
): string {
  const lines = segments.map((segment) => {
    const { startSec, text, words = [] } = nameSpeaker(segment);
    const sung = words.map((word) => `<${formatLrcTime(word.startSec)}>${word.text}`);
    const line = tags && words.length > 0 ? ` ${sung.join('')}` : text.trim();
    return `[${formatLrcTime(startSec)}]${line}\n`;
  });
  return `[ti:${toOneLine(title).replaceAll(']', ')')}]\n${lines.join('')}`;
}

/** Whisper's json; with provenance one key more, which its readers leave aside. */
function writeJson(document: TranscriptDocument, options: ExportOptions): string {
  const segments = withSpeakers(document.segments, options.speakers);
  const text = segments.map((segment) => segment.text).join('');
  const json = writeTranscript({ text, segments, language: document.language ?? '' }, 'json');
  return options.provenance ? `${json.slice(0, -1)}, "sotto": ${listOrigin(document)}}` : json;
}

/** Where a transcript comes from, as json in ASCII like the rest of the file. */
function listOrigin(document: TranscriptDocument): string {
  const { title, sourceName, durationSec, tags, provenance } = document;
  const origin = {
    title,
    source: sourceName,
    created: new Date(document.createdAtMs).toISOString(),
    durationSec,
    tags,
    ...(provenance ?? { model: null }),
  };
  return quoteAll(origin);
}

/** Any plain value as json.dump writes it. */
function quoteAll(value: unknown): string {
  if (typeof value === 'string') return quote(value);
  if (Array.isArray(value)) return `[${value.map(quoteAll).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).filter(([, field]) => field !== undefined);
  return `{${entries.map(([key, field]) => `${quote(key)}: ${quoteAll(field)}`).join(', ')}}`;
}
