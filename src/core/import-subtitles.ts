import type { Segment } from './transcript';

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
 * the speaker.
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
  const bare = markup.replace(/<[^>]*>/g, '').replace(/\{\\[^}]*\}/g, '');
  const speaker = isVtt && voice ? decodeEntities(voice).trim() : '';
  return {
    id: 0,
    seek: Math.round(startSec * 100),
    startSec,
    endSec,
    text: (isVtt ? decodeEntities(bare) : bare).replace(/\s+/g, ' ').trim(),
    ...{ tokens: [], temperature: 0, avgLogprob: 0, compressionRatio: 1, noSpeechProb: 0 },
    ...(speaker !== '' && { speaker }),
  };
}

function decodeEntities(text: string): string {
  return text.replace(/&(#\d{1,7}|#x[\da-f]{1,6}|[a-z]+);/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return ENTITIES[name.toLowerCase()] ?? whole;
    const code = /^#x/i.test(name) ? parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code).toWellFormed() : whole;
  });
}
