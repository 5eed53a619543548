import { splitWords, spreadWords } from './edit-words';
import type { Segment, Word } from './transcript';

/** What a file of subtitles holds. */
export interface Subtitles {
  readonly segments: readonly Segment[];
  /** Subtitles whose times could not be read. */
  readonly skipped: number;
}

interface Cue {
  startSec: number;
  endSec: number;
  lines: string[];
}

const TIME = String.raw`(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})[.,](\d{1,3})`;
const TIMES = new RegExp(String.raw`^\s*${TIME}\s*-->\s*${TIME}(?:\s|$)`);
const TIME_TAG = new RegExp(`<${TIME}>`);
/** What players of SubRip read as markup. Any other "<" is text. */
const SRT_TAGS = /<\/?(?:[ibus]|font|c|v|ruby|rt|lang)(?:[\s.][^<>]*)?>|\{\\[^}]*\}/gi;
const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  lrm: '\u200e',
  rlm: '\u200f',
};

/**
 * Reads SubRip or WebVTT, as they are met rather than as they should be: any line ends, missing blank lines, hours or
 * milliseconds of any length, dots or commas. Notes, styles, settings and markup are left out; a WebVTT voice becomes
 * the speaker, time tags inside a cue become word times.
 */
export function parseSubtitles(text: string): Subtitles {
  const lines = text.replace(/^\ufeff/, '').split(/\r\n|\r|\n/);
  const isVtt = lines[0]?.startsWith('WEBVTT') === true;
  const { cues, skipped } = collectCues(lines);
  const segments = cues
    .map((cue) => readCue(cue, isVtt))
    .filter(({ text: said }) => said !== '')
    .sort((a, b) => a.startSec - b.startSec)
    .map((said, id) => ({ ...said, id, text: ` ${said.text}` }));
  return { segments, skipped };
}

function collectCues(lines: readonly string[]): { cues: Cue[]; skipped: number } {
  const cues: Cue[] = [];
  let cue: Cue | null = null;
  let skipped = 0;
  for (const line of lines) {
    const times = TIMES.exec(line);
    if (times) {
      // Without a blank line between, the number of this one was taken for text of the one before.
      if (/^\s*\d+\s*$/.test(cue?.lines.at(-1) ?? '') && cue!.lines.length > 1) cue!.lines.pop();
      const startSec = readTime(times.slice(1, 5));
      cue = { startSec, endSec: Math.max(startSec, readTime(times.slice(5, 9))), lines: [] };
      cues.push(cue);
    } else if (line.includes('-->')) {
      skipped += 1;
      cue = null;
    } else if (line.trim() === '') cue = null;
    else cue?.lines.push(line.trim());
  }
  return { cues, skipped };
}

function readTime([hours = '0', minutes, seconds, fraction]: readonly string[]): number {
  const ms = Number(fraction!.padEnd(3, '0'));
  return Number(hours || 0) * 3600 + Number(minutes) * 60 + Number(seconds) + ms / 1000;
}

function readCue({ startSec, endSec, lines }: Cue, isVtt: boolean): Segment {
  const markup = lines.join(' ');
  const voice = /<v(?:\.[^\s>]*)?\s+([^>]+)>/.exec(markup)?.[1];
  const speaker = isVtt && voice ? decodeEntities(voice).trim() : '';
  const text = isVtt ? readVttText(markup) : markup.replace(SRT_TAGS, '');
  const words = isVtt && TIME_TAG.test(markup) ? readWords(markup, startSec, endSec) : [];
  return {
    id: 0,
    seek: Math.round(startSec * 100),
    startSec,
    endSec,
    text: text.replace(/\s+/g, ' ').trim(),
    ...{ tokens: [], temperature: 0, avgLogprob: 0, compressionRatio: 1, noSpeechProb: 0 },
    ...(speaker !== '' && { speaker }),
    ...(words.length > 0 && { words }),
  };
}

function readVttText(markup: string): string {
  return decodeEntities(markup.replace(/<[^>]*>/g, ''));
}

/** Words by the time tags before them; several after one tag share the time until the next. Source: W3C WebVTT, 4.2.2. */
function readWords(markup: string, startSec: number, endSec: number): Word[] {
  const [first = '', ...tagged] = markup.split(TIME_TAG);
  const pieces = [{ atSec: startSec, text: readVttText(first) }];
  // After each tag's four parts of a time comes the text until the next.
  for (let i = 0; i < tagged.length; i += 5) {
    const last = pieces.at(-1)!;
    const atSec = Math.min(endSec, Math.max(last.atSec, readTime(tagged.slice(i, i + 4))));
    // The space between two words belongs to the second.
    const space = /\s*$/.exec(last.text)![0];
    last.text = last.text.trimEnd();
    pieces.push({ atSec, text: space + readVttText(tagged[i + 4]!) });
  }
  const spoken = pieces.filter(({ text }) => text.trim() !== '');
  return spoken.flatMap(({ atSec, text }, i) => {
    const said = i === 0 ? ` ${text.trimStart()}` : text;
    const untilSec = spoken[i + 1]?.atSec ?? endSec;
    return spreadWords(splitWords(said.trimEnd().replace(/\s+/g, ' ')), {
      startSec: atSec,
      endSec: untilSec,
    });
  });
}

function decodeEntities(text: string): string {
  return text.replace(/&(#\d{1,7}|#x[\da-f]{1,6}|[a-z]+);/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return ENTITIES[name.toLowerCase()] ?? whole;
    const code = /^#x/i.test(name) ? parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code).toWellFormed() : whole;
  });
}
