import { layOutCues, tameArrows, type SubtitleShape, type WordCue } from './subtitles';
import type { Segment } from './transcript';
import { formatVttTime } from './writers';

/**
 * WebVTT for players and editors: speakers as voices (`<v Name>`), signs that WebVTT reads as markup escaped, and, where
 * asked for, a time tag before each word. What has neither is byte for byte whisper's.
 * Source: W3C WebVTT, sections 3.3 (cue text) and 4.2.2 (timestamps: each later than the one before).
 */
export function writeVtt(
  segments: readonly Segment[],
  shape: SubtitleShape,
  wordTags: boolean,
): string {
  const cues = layOutCues(segments, shape).map((cue) => {
    const times = `${formatVttTime(cue.startSec)} --> ${formatVttTime(cue.endSec)}`;
    return `${times}\n${writeVoice(cue)}${writeWords(cue, wordTags)}\n\n`;
  });
  return `WEBVTT\n\n${cues.join('')}`;
}

function writeVoice({ words }: WordCue): string {
  const speaker = words[0]?.speaker;
  return speaker === undefined ? '' : `<v ${escapeVtt(speaker)}>`;
}

function writeWords(cue: WordCue, wordTags: boolean): string {
  let last = formatVttTime(cue.startSec);
  const end = formatVttTime(cue.endSec);
  const isLater = (a: string, b: string): boolean =>
    a.length > b.length || (a.length === b.length && a > b);
  const parts = cue.words.map(({ text, startSec }, i) => {
    const [, space = '', rest = ''] = /^(\s*)([^]*)$/.exec(text) ?? [];
    const word = escapeVtt(rest);
    if (i === cue.marked) return `${space}<u>${word}</u>`;
    const time = formatVttTime(startSec);
    if (!wordTags || !isLater(time, last) || !isLater(end, time)) return space + word;
    last = time;
    return `${space}<${time}>${word}`;
  });
  return parts.join('');
}

/** Only what would be read as markup: an apostrophe or a lone ">" stays. */
function escapeVtt(text: string): string {
  return tameArrows(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
