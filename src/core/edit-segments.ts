import {
  approximateWords,
  isUnspaced,
  joinText,
  retimeWords,
  spreadWords,
  type WordMatcher,
} from './edit-words';
import type { Segment, Word } from './transcript';
import type { SpeechRegion } from './voice-activity';

/*
 * Edits of one segment. Tokens stay what the model said and stay in order: an interrupted transcription is resumed
 * with the tokens of all segments as its prompt.
 */

/** Text as segments hold it: one line, one space between words, none around. */
export function cleanText(text: string): string {
  return text.trim().replace(/\s+/gu, ' ');
}

/** The segment with another text. Words that stayed keep their times. @returns the same segment where nothing changed */
export function editText(segment: Segment, text: string, match: WordMatcher): Segment {
  const clean = cleanText(text);
  const next = clean === '' ? '' : leadOf(segment) + clean;
  if (next.trim() === segment.text.trim()) return segment;
  if (!segment.words) return { ...segment, text: next };
  return { ...segment, text: next, words: retimeWords(segment.words, next, segment, match) };
}

/**
 * Cuts a segment in two.
 * @param offset where, in characters of the text without the space around it
 * @param id of the second one
 * @returns null where one of the two would have no text
 */
export function splitSegment(
  segment: Segment,
  offset: number,
  id: number,
): readonly [Segment, Segment] | null {
  const text = segment.text.trim();
  if (offset <= 0 || text.slice(0, offset).trim() === '' || text.slice(offset).trim() === '')
    return null;
  const words = segment.words?.length ? joinedWords(segment, segment.words) : null;
  const [left, right] = cutWords(words ?? approximateWords(segment), leadLength(segment) + offset);
  const timed = words !== null;
  const lead = leadOf(segment);
  const first = { ...segment, endSec: left.at(-1)!.endSec };
  const second = { ...segment, id, startSec: right[0]!.startSec, tokens: [] };
  const settle = (part: Segment, of: readonly Word[]): Segment => ({
    ...part,
    text: timed ? joinText(of) : lead + joinText(of).trim(),
    ...(timed ? { words: of } : {}),
  });
  return [
    settle({ ...first, endSec: Math.max(first.startSec, first.endSec) }, left),
    settle({ ...second, startSec: Math.min(second.startSec, second.endSec) }, right),
  ];
}

/** Two neighbours as one segment, under the first one's id and speaker; of no one side where they are of two. */
export function mergeSegments(first: Segment, second: Segment): Segment {
  const glue = needsSpace(first.text, second.text) ? ' ' : '';
  const timed = first.words !== undefined || second.words !== undefined;
  const rest = second.words ?? approximateWords(second);
  const words = [
    ...(first.words ?? approximateWords(first)),
    ...rest.map((word, i) => (i === 0 ? { ...word, text: glue + word.text } : word)),
  ];
  const weight = first.text.length / Math.max(1, first.text.length + second.text.length);
  const mix = (a: number, b: number): number => a * weight + b * (1 - weight);
  const { channel, ...own } = first;
  return {
    ...own,
    ...(channel && channel === second.channel && { channel }),
    startSec: Math.min(first.startSec, second.startSec),
    endSec: Math.max(first.endSec, second.endSec),
    text: first.text + glue + second.text,
    tokens: [...first.tokens, ...second.tokens],
    temperature: Math.max(first.temperature, second.temperature),
    avgLogprob: mix(first.avgLogprob, second.avgLogprob),
    compressionRatio: mix(first.compressionRatio, second.compressionRatio),
    noSpeechProb: Math.min(first.noSpeechProb, second.noSpeechProb),
    ...(timed ? { words } : {}),
  };
}

/** The segment with other times. Words stay where they are said, within the new times. */
export function moveSegment(segment: Segment, { startSec, endSec }: SpeechRegion): Segment {
  const clamp = (sec: number): number => Math.min(endSec, Math.max(startSec, sec));
  const words = segment.words?.map((word) => ({
    ...word,
    startSec: clamp(word.startSec),
    endSec: clamp(word.endSec),
  }));
  return { ...segment, startSec, endSec, ...(words ? { words } : {}) };
}

function leadLength({ text }: Segment): number {
  return text.length - text.trimStart().length;
}

/** The space before a segment's text, as Whisper writes it; emptied segments get one. */
function leadOf(segment: Segment): string {
  return segment.text.trim() === '' ? ' ' : segment.text.slice(0, leadLength(segment));
}

function needsSpace(before: string, after: string): boolean {
  if (before === '' || after === '' || /\s$/u.test(before) || /^\s/u.test(after)) return false;
  return !isUnspaced(before.at(-1)) && !isUnspaced(after[0]);
}

/** The words where they spell the text; imported ones may not, and get approximate times. */
function joinedWords(segment: Segment, words: readonly Word[]): readonly Word[] {
  return joinText(words) === segment.text ? words : approximateWords(segment);
}

/** Words before and after a place of their text; one that is cut through becomes two. */
function cutWords(words: readonly Word[], at: number): [Word[], Word[]] {
  const left: Word[] = [];
  const right: Word[] = [];
  let from = 0;
  for (const word of words) {
    const cut = at - from;
    from += word.text.length;
    const [head, tail] = [word.text.slice(0, Math.max(0, cut)), word.text.slice(Math.max(0, cut))];
    if (tail.trim() === '') left.push(word);
    else if (head.trim() === '') right.push(word);
    else {
      const lead = /^\s*/u.exec(word.text)![0];
      const halves = spreadWords([head, lead + tail], word);
      left.push({ ...halves[0]!, probability: word.probability });
      right.push({ ...halves[1]!, probability: word.probability });
    }
  }
  return [left, right];
}
