import { roundHalfEven } from './round';
import { createCues, DEFAULT_SHAPE, type Cue, type SubtitleShape } from './subtitles';
import type { Segment, Transcript, Word } from './transcript';

/** The files that openai/whisper's command line writes, then ours. */
export const TRANSCRIPT_FORMATS = ['txt', 'vtt', 'srt', 'tsv', 'json', 'lrc', 'csv'] as const;
export type TranscriptFormat = (typeof TRANSCRIPT_FORMATS)[number];

type Writable = Pick<Transcript, 'text' | 'segments' | 'language'>;

/**
 * A transcript as one file (UTF-8, LF); txt, vtt, srt, tsv and json byte for byte as whisper/utils.py writes them.
 * @param shape how subtitles with word times are cut; srt and vtt only
 */
export function writeTranscript(
  transcript: Writable,
  format: TranscriptFormat,
  shape: Partial<SubtitleShape> = {},
): string {
  const cells = format === 'json' || format === 'csv';
  const segments = cells ? transcript.segments : transcript.segments.map(nameSpeaker);
  return WRITERS[format]({ ...transcript, segments }, { ...DEFAULT_SHAPE, ...shape });
}

/** The speaker before the text, where there is one. */
export function nameSpeaker(segment: Segment): Segment {
  const { speaker, text, words } = segment;
  if (speaker === undefined || text.trim() === '') return segment;
  const named = { ...segment, text: `${speaker}: ${text.trim()}` };
  const [first, ...rest] = words ?? [];
  return first
    ? { ...named, words: [{ ...first, text: `${speaker}: ${first.text.trimStart()}` }, ...rest] }
    : named;
}

type Writer = (transcript: Writable, shape: SubtitleShape) => string;

const WRITERS: Readonly<Record<TranscriptFormat, Writer>> = {
  txt: ({ segments }) => segments.map(({ text }) => `${text.trim()}\n`).join(''),
  vtt: ({ segments }, shape) => {
    const cues = createCues(segments, shape).map((cue) => writeCue(cue, formatVttTime));
    return `WEBVTT\n\n${cues.join('')}`;
  },
  srt: ({ segments }, shape) =>
    createCues(segments, shape)
      .map((cue, i) => `${i + 1}\n${writeCue(cue, formatSrtTime)}`)
      .join(''),
  tsv: ({ segments }) => `start\tend\ttext\n${segments.map(writeRow).join('')}`,
  json: ({ text, segments, language }) =>
    `{"text": ${quote(text)}, "segments": [${segments.map(writeSegment).join(', ')}], "language": ${quote(language)}}`,
  lrc: ({ segments }) =>
    segments.map(({ startSec, text }) => `[${formatLrcTime(startSec)}]${text.trim()}\n`).join(''),
  csv: ({ segments }) => writeCsv(segments),
};

/** `MM:SS.mmm`, with hours only where there are any. */
export function formatVttTime(sec: number): string {
  return formatTime(sec, false, '.');
}

/** `HH:MM:SS,mmm`. */
export function formatSrtTime(sec: number): string {
  return formatTime(sec, true, ',');
}

function formatTime(sec: number, alwaysHours: boolean, decimalMarker: string): string {
  const totalMs = roundHalfEven(sec * 1000);
  const hours = Math.floor(totalMs / 3_600_000);
  const minutes = Math.floor(totalMs / 60_000) % 60;
  const seconds = Math.floor(totalMs / 1000) % 60;
  const pad = (value: number, width = 2): string => String(value).padStart(width, '0');
  const prefix = alwaysHours || hours > 0 ? `${pad(hours)}:` : '';
  return `${prefix}${pad(minutes)}:${pad(seconds)}${decimalMarker}${pad(totalMs % 1000, 3)}`;
}

/** `MM:SS.xx` with minutes beyond 59, as players of lyrics read it. */
export function formatLrcTime(sec: number): string {
  const centis = roundHalfEven(sec * 100);
  const pad = (value: number): string => String(value).padStart(2, '0');
  return `${pad(Math.floor(centis / 6000))}:${pad(Math.floor(centis / 100) % 60)}.${pad(centis % 100)}`;
}

function toMs(sec: number): number {
  return roundHalfEven(1000 * sec);
}

function writeCue({ startSec, endSec, text }: Cue, time: (sec: number) => string): string {
  return `${time(startSec)} --> ${time(endSec)}\n${text}\n\n`;
}

function writeRow({ startSec, endSec, text }: Segment): string {
  return `${toMs(startSec)}\t${toMs(endSec)}\t${text.trim().replaceAll('\t', ' ')}\n`;
}

/** Milliseconds and quoted text, as RFC 4180 has it but for LF; with the speaker where anybody has a name. */
function writeCsv(segments: readonly Segment[]): string {
  const named = segments.some(({ speaker }) => speaker !== undefined);
  const rows = segments.map(({ startSec, endSec, text, speaker = '' }) => [
    String(toMs(startSec)),
    String(toMs(endSec)),
    ...(named ? [writeCell(speaker)] : []),
    writeCell(text.trim()),
  ]);
  const head = ['start', 'end', ...(named ? ['speaker'] : []), 'text'];
  return [head, ...rows].map((cells) => `${cells.join(',')}\n`).join('');
}

/**
 * A quoted cell; one that a spreadsheet would take for a formula gets an apostrophe. Full-width signs count too.
 * Source: OWASP, CSV injection.
 */
function writeCell(text: string): string {
  const safe = /^[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}

/** One segment in the key order of the reference, spelt as Python's json.dump spells it. */
function writeSegment(segment: Segment): string {
  const fields: readonly (readonly [string, string])[] = [
    ['id', String(segment.id)],
    ['seek', String(segment.seek)],
    ['start', writeFloat(segment.startSec)],
    ['end', writeFloat(segment.endSec)],
    ['text', quote(segment.text)],
    ['tokens', `[${segment.tokens.join(', ')}]`],
    ['temperature', writeFloat(segment.temperature)],
    ['avg_logprob', writeFloat(segment.avgLogprob)],
    ['compression_ratio', writeFloat(segment.compressionRatio)],
    ['no_speech_prob', writeFloat(segment.noSpeechProb)],
    ...(segment.speaker === undefined ? [] : [['speaker', quote(segment.speaker)] as const]),
    ...(segment.words ? [['words', `[${segment.words.map(writeWord).join(', ')}]`] as const] : []),
  ];
  return `{${fields.map(([key, value]) => `"${key}": ${value}`).join(', ')}}`;
}

function writeWord({ text, startSec, endSec, probability }: Word): string {
  const times = `"start": ${writeFloat(startSec)}, "end": ${writeFloat(endSec)}`;
  return `{"word": ${quote(text)}, ${times}, "probability": ${writeFloat(probability)}}`;
}

/** A float as Python's repr(): 1.0 and 1e-06, where JavaScript says 1 and 0.000001. */
function writeFloat(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (Number.isInteger(value) && Math.abs(value) < 1e16) return `${value}.0`;
  const magnitude = Math.abs(value);
  const text = magnitude < 1e-4 || magnitude >= 1e16 ? value.toExponential() : String(value);
  return text.replace(/e([+-])(\d)$/, 'e$10$2');
}

/** A string as json.dump writes it with ensure_ascii: every code unit above ASCII escaped. */
export function quote(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
