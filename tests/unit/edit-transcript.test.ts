import { describe, expect, test } from 'vitest';
import { redoStep, startHistory, takeStep, undoStep } from '../../src/core/edit-history';
import { editText, mergeSegments, splitSegment } from '../../src/core/edit-segments';
import { parseTime, preciseClock } from '../../src/core/edit-time';
import {
  assignSpeaker,
  changeSegment,
  checkTimes,
  mergeWithPrevious,
  removeSegments,
  renameSpeaker,
  setTimes,
  speakersOf,
  splitAt,
} from '../../src/core/edit-transcript';
import type { Segment } from '../../src/core/transcript';
import { matchWords } from '../../src/state/match-words';
import { makeLongDocument, makeSegment, randomNumbers } from '../made-documents';

const first = makeSegment(4, [
  [' Good', 1, 1.4],
  [' morning.', 1.4, 2],
]);
const second = makeSegment(7, [
  [' How', 3, 3.2],
  [' are', 3.2, 3.4],
  [' you?', 3.4, 4],
]);
const both = [first, second];
const text = (segments: readonly Segment[]): string => segments.map((s) => s.text).join('');

describe('splitting', () => {
  test('at a word takes the time from the words', () => {
    const split = splitAt(both, 7, 'How '.length)!;
    const [, how, rest] = split.segments;
    expect(how).toMatchObject({ id: 7, text: ' How', startSec: 3, endSec: 3.2 });
    expect(rest).toMatchObject({ id: split.secondId, text: ' are you?', startSec: 3.2, endSec: 4 });
    expect(rest!.words).toEqual(second.words!.slice(1));
    expect([7, 4]).not.toContain(split.secondId);
  });

  test('inside a word cuts the word, its time by letters', () => {
    const [head, tail] = splitSegment(first, 'Good morn'.length, 9)!;
    expect([head.text, tail.text]).toEqual([' Good morn', ' ing.']);
    expect(head.endSec).toBe(tail.startSec);
    expect(head.endSec).toBeCloseTo(1.4 + (0.6 * 4) / 8, 2);
  });

  test('without word times goes by letters', () => {
    const { words: _words, ...untimed } = makeSegment(0, [[' abcd efgh', 0, 8]]);
    const [head, tail] = splitSegment(untimed, 5, 1)!;
    expect([head.text, head.endSec, tail.text, tail.startSec]).toEqual([' abcd', 4, ' efgh', 4]);
    expect('words' in head || 'words' in tail).toBe(false);
  });

  test('where nothing is on one side is refused', () => {
    for (const offset of [0, -3, 'Good morning.'.length, 99])
      expect(splitAt(both, 4, offset)).toBeNull();
    expect(splitAt(both, 99, 2)).toBeNull();
  });
});

describe('merging', () => {
  test('of one side of a conversation stays on it; of two it is on neither', () => {
    const [me, them] = [
      { ...first, channel: 'me' } as const,
      { ...second, channel: 'them' } as const,
    ];
    expect(mergeSegments(me, { ...second, channel: 'me' }).channel).toBe('me');
    expect('channel' in mergeSegments(me, them)).toBe(false);
  });

  test('joins text, times, words and tokens under the first one', () => {
    const merged = mergeWithPrevious(both, 7)!;
    expect(merged.segments).toHaveLength(1);
    expect(merged.segments[0]).toMatchObject({
      id: 4,
      text: ' Good morning. How are you?',
      startSec: 1,
      endSec: 4,
      tokens: [...first.tokens, ...second.tokens],
    });
    expect(merged.segments[0]!.words).toEqual([...first.words!, ...second.words!]);
    expect(merged.caret).toBe('Good morning.'.length);
  });

  test('of the first is refused', () => {
    expect(mergeWithPrevious(both, 4)).toBeNull();
  });

  test('passes over segments that were emptied', () => {
    const emptied = { ...makeSegment(5, []), startSec: 2.1, endSec: 2.2 };
    const merged = mergeWithPrevious([first, emptied, second], 7)!;
    expect(merged.segments.map(({ id }) => id)).toEqual([4, 5]);
  });

  test('puts a space between words, and none where none is written', () => {
    const [a, b] = ['abc', 'def'].map((word, id) => makeSegment(id, [[word, id, id + 1]]));
    expect(mergeSegments(a!, b!).text).toBe('abc def');
    const [c, d] = ['你', '好'].map((word, id) => makeSegment(id, [[word, id, id + 1]]));
    expect(mergeSegments(c!, d!).text).toBe('你好');
  });

  test('undoes a split at any word', () => {
    for (const segment of makeLongDocument(0.05).segments) {
      let offset = 0;
      for (const word of segment.words!.slice(0, -1)) {
        offset += word.text.length;
        const [head, tail] = splitSegment(segment, offset, 10_000)!;
        expect(head.text + tail.text).toBe(segment.text);
        expect(mergeSegments(head, tail)).toMatchObject({
          id: segment.id,
          text: segment.text,
          words: segment.words,
          startSec: segment.startSec,
          endSec: segment.endSec,
          tokens: segment.tokens,
        });
      }
    }
  });
});

describe('times', () => {
  const check = (startSec: number, endSec: number) => checkTimes(both, 7, { startSec, endSec }, 10);

  test('may be any within the gap', () => {
    expect(check(2, 10)).toBeNull();
    expect(setTimes(both, 7, { startSec: 2, endSec: 5 })[1]).toMatchObject({
      startSec: 2,
      endSec: 5,
      words: second.words,
    });
  });

  test('that mean nothing are named', () => {
    expect(check(NaN, 4)).toEqual({ kind: 'unreadable' });
    expect(check(-1, 4)).toEqual({ kind: 'before-start' });
    expect(check(4, 3)).toEqual({ kind: 'too-short' });
    expect(check(3, 3)).toEqual({ kind: 'too-short' });
    expect(check(3, 11)).toEqual({ kind: 'after-end', limitSec: 10 });
    expect(check(1.9, 4)).toEqual({ kind: 'over-previous', limitSec: 2 });
    expect(checkTimes(both, 4, { startSec: 1, endSec: 3.1 }, 10)).toEqual({
      kind: 'over-next',
      limitSec: 3,
    });
  });

  test('of two speakers may overlap; the order is by start', () => {
    const talk = [
      { ...first, speaker: 'Me' },
      { ...second, speaker: 'Them' },
    ];
    expect(checkTimes(talk, 7, { startSec: 0.5, endSec: 4 }, 10)).toBeNull();
    expect(setTimes(talk, 7, { startSec: 0.5, endSec: 4 }).map(({ id }) => id)).toEqual([7, 4]);
  });

  test('take their words along', () => {
    const [, cut] = setTimes(both, 7, { startSec: 3.3, endSec: 3.5 });
    expect(cut!.words!.map(({ startSec, endSec }) => [startSec, endSec])).toEqual([
      [3.3, 3.3],
      [3.3, 3.4],
      [3.4, 3.5],
    ]);
  });

  test('are read as they are written', () => {
    for (const sec of [0, 0.05, 59.99, 60, 3599.5, 3727, 36_000.25])
      expect(parseTime(preciseClock(sec))).toBeCloseTo(sec, 9);
    expect(parseTime('62,4')).toBe(62.4);
    expect(parseTime(' 1:02 ')).toBe(62);
    for (const bad of ['', 'a', '1:75', '1:75:00', '-1', '1:2:3:4', '1e3'])
      expect(parseTime(bad)).toBeNaN();
  });
});

describe('speakers', () => {
  test('are given, renamed everywhere and taken away', () => {
    const named = assignSpeaker(both, new Set([4, 7]), ' Ann ');
    expect(speakersOf(named)).toEqual(['Ann']);
    const two = assignSpeaker(named, new Set([7]), 'Bob');
    expect(speakersOf(two)).toEqual(['Ann', 'Bob']);
    expect(speakersOf(renameSpeaker(two, 'Ann', 'Cleo'))).toEqual(['Cleo', 'Bob']);
    expect(speakersOf(renameSpeaker(two, 'Ann', 'Bob'))).toEqual(['Bob']);
    expect(renameSpeaker(two, 'Ann', ' ')).toBe(two);
    expect('speaker' in assignSpeaker(two, new Set([7]), null)[1]!).toBe(false);
    expect(assignSpeaker(two, new Set([7]), 'Bob')).toBe(two);
  });
});

test('deleting what is not there changes nothing', () => {
  expect(removeSegments(both, new Set([99]))).toBe(both);
  expect(removeSegments(both, new Set([4]))).toEqual([second]);
});

test('text that comes out the same changes nothing', () => {
  expect(editText(first, '  Good   morning. ', matchWords)).toBe(first);
  expect(editText(first, '', matchWords)).toMatchObject({ text: '', words: [] });
  expect(editText({ ...first, text: '' }, 'Hello', matchWords).text).toBe(' Hello');
});

describe('history', () => {
  test('goes back and forth, and forgets what was undone once something else is done', () => {
    let history = takeStep(takeStep(startHistory('a'), 'b'), 'c');
    history = undoStep(undoStep(undoStep(history)));
    expect(history.present).toBe('a');
    history = redoStep(history);
    expect(history.present).toBe('b');
    history = takeStep(history, 'd');
    expect(redoStep(history).present).toBe('d');
    expect(undoStep(history).present).toBe('b');
  });

  test('keeps no more steps than its limit', () => {
    let history = startHistory(0);
    for (let step = 1; step <= 50; step++) history = takeStep(history, step, 10);
    expect(history.past).toEqual([40, 41, 42, 43, 44, 45, 46, 47, 48, 49]);
  });

  test('any edits are undone to the first text and redone to the last', () => {
    const random = randomNumbers(5);
    const { segments } = makeLongDocument(0.3);
    let history = startHistory<readonly Segment[]>(segments);
    const pick = (): Segment => {
      const { present } = history;
      return present[Math.floor(random() * present.length)]!;
    };
    const edits: ((segment: Segment) => readonly Segment[] | undefined)[] = [
      ({ id }) =>
        changeSegment(history.present, id, (s) => editText(s, `${s.text} and more`, matchWords)),
      ({ id, text: all }) =>
        splitAt(history.present, id, Math.floor(random() * all.length))?.segments,
      ({ id }) => mergeWithPrevious(history.present, id)?.segments,
      ({ id }) => removeSegments(history.present, new Set([id])),
      ({ id }) => assignSpeaker(history.present, new Set([id]), `Speaker ${String(id % 3)}`),
    ];
    for (let i = 0; i < 300; i++) {
      const edit = edits[Math.floor(random() * edits.length)]!;
      history = takeStep(history, edit(pick()) ?? history.present);
      const ids = history.present.map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      const broken = history.present.filter(
        ({ startSec, endSec, text: all, words }) =>
          endSec < startSec || words!.map((word) => word.text).join('') !== all,
      );
      expect(broken).toEqual([]);
    }
    const last = history.present;
    expect(text(last)).not.toBe(text(segments));
    while (history.past.length > 0) history = undoStep(history);
    expect(history.present).toBe(segments);
    while (history.future.length > 0) history = redoStep(history);
    expect(history.present).toBe(last);
  });
});
