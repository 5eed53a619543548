import { roundHalfEven } from './round';
import type { Segment, Transcript } from './transcript';

/** The files that openai/whisper's command line writes. */
export const TRANSCRIPT_FORMATS = ['txt', 'vtt', 'srt', 'tsv', 'json'] as const;
export type TranscriptFormat = (typeof TRANSCRIPT_FORMATS)[number];

type Writable = Pick<Transcript, 'text' | 'segments' | 'language'>;

/** A transcript as one file, byte for byte as whisper/utils.py writes it (UTF-8, LF). */
export function writeTranscript(transcript: Writable, format: TranscriptFormat): string {
  return WRITERS[format](transcript);
}

const WRITERS: Readonly<Record<TranscriptFormat, (transcript: Writable) => string>> = {
  txt: ({ segments }) => segments.map(({ text }) => `${text.trim()}\n`).join(''),
  vtt: ({ segments }) =>
    `WEBVTT\n\n${segments.map((segment) => writeCue(segment, formatVttTime)).join('')}`,
  srt: ({ segments }) =>
    segments.map((segment, i) => `${i + 1}\n${writeCue(segment, formatSrtTime)}`).join(''),
  tsv: ({ segments }) => `start\tend\ttext\n${segments.map(writeRow).join('')}`,
  json: ({ text, segments, language }) =>
    `{"text": ${quote(text)}, "segments": [${segments.map(writeSegment).join(', ')}], "language": ${quote(language)}}`,
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

function writeCue({ startSec, endSec, text }: Segment, time: (sec: number) => string): string {
  return `${time(startSec)} --> ${time(endSec)}\n${text.trim().replaceAll('-->', '->')}\n\n`;
}

function writeRow({ startSec, endSec, text }: Segment): string {
  const cell = text.trim().replaceAll('\t', ' ');
  return `${roundHalfEven(1000 * startSec)}\t${roundHalfEven(1000 * endSec)}\t${cell}\n`;
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
  ];
  return `{${fields.map(([key, value]) => `"${key}": ${value}`).join(', ')}}`;
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
function quote(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
