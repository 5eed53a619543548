import { describe, expect, test } from 'vitest';
import { approximateWords, retimeWords, splitWords, wordsOf } from '../../src/core/edit-words';
import type { Word } from '../../src/core/transcript';
import { matchWords } from '../../src/state/match-words';
import { makeLongDocument, makeSegment, randomNumbers } from '../made-documents';

const spoken = makeSegment(0, [
  [' The', 1, 1.2, 0.4],
  [' old', 1.2, 1.5, 0.5],
  [' man', 1.6, 2, 0.6],
  [' speaks.', 2, 2.8, 0.7],
]);
const words = spoken.words!;
const retime = (text: string): Word[] => retimeWords(words, text, spoken, matchWords);

describe('words of a text', () => {
  test('keep the space before and the punctuation after them', () => {
    expect(splitWords(' The old man, speaks.')).toEqual([' The', ' old', ' man,', ' speaks.']);
    expect(splitWords('')).toEqual([]);
  });

  test('are found where no spaces are written', () => {
    const parts = splitWords('今日はいい天気ですね。');
    expect(parts.join('')).toBe('今日はいい天気ですね。');
    expect(parts.length).toBeGreaterThan(3);
    expect(parts.at(-1)).toMatch(/。$/);
  });

  test('share their segment by letters where nobody timed them', () => {
    const { words: _words, ...untimed } = makeSegment(0, [[' aa bbbb cc', 10, 14]]);
    expect(wordsOf(untimed).map(({ text, startSec, endSec }) => [text, startSec, endSec])).toEqual([
      [' aa', 10, 11],
      [' bbbb', 11, 13],
      [' cc', 13, 14],
    ]);
    expect(approximateWords({ ...untimed, text: '' })).toEqual([]);
  });
});

describe('words after an edit', () => {
  test('a corrected word has the time of the word it replaces, and is certain', () => {
    expect(retime(' The young man speaks.')).toEqual([
      words[0],
      { text: ' young', startSec: 1.2, endSec: 1.5, probability: 1 },
      words[2],
      words[3],
    ]);
  });

  test('a word that became two shares its time with the second by letters', () => {
    const [, , a, b] = retime(' The old gentle man2 speaks.');
    expect([a!.text, a!.startSec, b!.text, b!.endSec]).toEqual([' gentle', 1.6, ' man2', 2]);
    expect(a!.endSec).toBe(b!.startSec);
    expect(a!.endSec).toBeCloseTo(1.6 + (0.4 * 6) / 10, 3);
  });

  test('a word typed into a pause fills the pause', () => {
    expect(retime(' The old wise man speaks.')[2]).toEqual({
      text: ' wise',
      startSec: 1.5,
      endSec: 1.6,
      probability: 1,
    });
  });

  test('a deleted word leaves the others as they were', () => {
    expect(retime(' The man speaks.')).toEqual([words[0], words[2], words[3]]);
  });

  test('changing punctuation alone changes that word alone', () => {
    const [the, old, man, speaks] = retime(' The old man speaks!');
    expect([the, old, man]).toEqual(words.slice(0, 3));
    expect(speaks).toMatchObject({ text: ' speaks!', startSec: 2, endSec: 2.8 });
  });

  test('repeated words keep their places', () => {
    const twice = makeSegment(0, [
      [' no', 0, 1],
      [' no', 1, 2],
      [' no', 2, 3],
    ]);
    expect(retimeWords(twice.words!, ' no no', twice, matchWords)).toEqual(
      twice.words!.slice(0, 2),
    );
    expect(retimeWords(twice.words!, ' no yes no no', twice, matchWords)).toHaveLength(4);
  });

  test('words without spaces keep the cuts that they had', () => {
    const chinese = makeSegment(0, [
      ['今天', 0, 0.5],
      ['天气', 0.5, 1],
      ['很', 1, 1.2],
      ['好', 1.2, 1.5],
    ]);
    const edited = retimeWords(chinese.words!, '今天天气不好', chinese, matchWords);
    expect(edited.map(({ text }) => text).join('')).toBe('今天天气不好');
    expect(edited.slice(0, 2)).toEqual(chinese.words!.slice(0, 2));
    expect(edited.at(-1)).toMatchObject({ endSec: 1.5 });
  });

  test('whatever is typed, words spell the text, and time never runs backwards or out', () => {
    const random = randomNumbers(3);
    const { segments } = makeLongDocument(0.2, 11);
    const typed = ['new', 'words', 'and,', 'a', 'great', 'x'];
    for (const segment of segments) {
      const texts = segment.words!.map(({ text }) => text);
      for (let edit = 0; edit < 1 + random() * 4; edit++) {
        const at = Math.floor(random() * (texts.length + 1));
        const cut = Math.floor(random() * 3);
        const put = ` ${typed[Math.floor(random() * typed.length)]!}`;
        texts.splice(at, cut, ...(random() < 0.7 ? [put] : []));
      }
      const text = texts.join('');
      const after = retimeWords(segment.words!, text, segment, matchWords);
      expect(after.map((word) => word.text).join('')).toBe(text);
      let atSec = segment.startSec;
      for (const word of after) {
        expect(word.startSec).toBeGreaterThanOrEqual(atSec);
        expect(word.endSec).toBeGreaterThanOrEqual(word.startSec);
        atSec = word.startSec;
      }
      expect(after.at(-1)?.endSec ?? 0).toBeLessThanOrEqual(segment.endSec);
      // Nothing but the words that were there before is uncertain.
      for (const word of after.filter(({ probability }) => probability !== 1))
        expect(segment.words).toContainEqual(word);
    }
  });
});
