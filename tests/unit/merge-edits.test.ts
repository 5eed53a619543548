import { describe, expect, test } from 'vitest';
import {
  renameSpeaker,
  setTimes,
  splitAt,
  mergeWithPrevious,
} from '../../src/core/edit-transcript';
import { applyEdit, asKnown, editBetween, type EditedText } from '../../src/core/merge-edits';
import type { Segment } from '../../src/core/transcript';
import { makeSegment } from '../made-documents';

const said = (id: number, text: string): Segment =>
  makeSegment(
    id,
    text.split(' ').map((word, i) => [` ${word}`, id * 10 + i, id * 10 + i + 1]),
  );
const SEGMENTS = [said(0, 'one two three'), said(1, 'four five six'), said(2, 'seven eight')];
const BASE: EditedText = { title: 'Talk', segments: SEGMENTS, updatedAtMs: 1000 };
const texts = ({ segments }: EditedText): string[] => segments.map(({ text }) => text.trim());
const edited = (segments: readonly Segment[], updatedAtMs: number): EditedText => ({
  ...BASE,
  ...{ segments, updatedAtMs },
});
const retold = (index: number, text: string, atMs: number): EditedText =>
  edited(SEGMENTS.with(index, { ...SEGMENTS[index]!, text: ` ${text}` }), atMs);
/** What a store holds: equal, but not the same. */
const stored = (text: EditedText): EditedText => structuredClone(text);

/** Mine, made of the base, on top of theirs, made of it as well. */
function merge(mine: EditedText, theirs: EditedText): ReturnType<typeof applyEdit> {
  return applyEdit(editBetween(BASE, mine), stored(theirs));
}

describe('edits of one text in two places', () => {
  test('an edit of what nobody else touched is the edit', () => {
    const half = splitAt(SEGMENTS, 1, 4)!.segments;
    const mine = edited(setTimes(half, 2, { startSec: 0, endSec: 0.5 }), 2000);
    expect(merge(mine, BASE)).toEqual({ text: mine, contested: false });
  });

  test('edits of different segments and of the title are all kept', () => {
    const theirs = { ...retold(2, 'theirs', 3000), title: 'Their title' };
    const { text, contested } = merge(retold(0, 'mine', 2000), theirs);
    expect(contested).toBe(false);
    expect(texts(text)).toEqual(['mine', 'four five six', 'theirs']);
    expect(text.title).toBe('Their title');
    expect(text.updatedAtMs).toBeGreaterThan(3000);
  });

  test('segments that both split stay whole, in order, under ids of their own', () => {
    const mine = edited(splitAt(SEGMENTS, 0, 3)!.segments, 2000);
    const theirs = edited(splitAt(SEGMENTS, 1, 4)!.segments, 3000);
    const { text, contested } = merge(mine, theirs);
    expect(contested).toBe(false);
    expect(texts(text)).toEqual(['one', 'two three', 'four', 'five six', 'seven eight']);
    expect(new Set(text.segments.map(({ id }) => id)).size).toBe(5);
  });

  test('the half that was split off a segment without any length comes behind it', () => {
    const flat = SEGMENTS.map((segment) => ({ ...segment, startSec: 0, endSec: 0, words: [] }));
    const before = { ...BASE, segments: flat };
    const mine = edited(splitAt(flat, 1, 4)!.segments, 2000);
    const { text } = applyEdit(editBetween(before, mine), stored(before));
    expect(texts(text)).toEqual(['one two three', 'four', 'five six', 'seven eight']);
  });

  test('the same edit in both places is one edit', () => {
    const { text, contested } = merge(retold(1, 'alike', 2000), retold(1, 'alike', 3000));
    expect(contested).toBe(false);
    expect(texts(text)).toEqual(['one two three', 'alike', 'seven eight']);
  });

  test.each([
    ['both changed it', retold(1, 'mine', 2000), retold(1, 'theirs', 3000)],
    [
      'one joined it to another, one changed it',
      edited(mergeWithPrevious(SEGMENTS, 2)!.segments, 2000),
      retold(2, 'theirs', 3000),
    ],
    [
      'one changed it, one deleted it',
      retold(1, 'mine', 2000),
      edited(SEGMENTS.toSpliced(1, 1), 3000),
    ],
    ['both renamed it', { ...BASE, title: 'Mine' }, { ...BASE, title: 'Theirs' }],
  ])('%s: it is contested, and the edit is what is taken', (_, mine, theirs) => {
    const { text, contested } = merge(mine, theirs);
    expect(contested).toBe(true);
    expect({ title: text.title, texts: texts(text) }).toEqual({
      title: mine.title,
      texts: texts(mine),
    });
  });

  test('what only the words tell is an edit, too', () => {
    const [first] = SEGMENTS;
    const words = first!.words!.map((word) => ({ ...word, probability: 1 }));
    const { text } = merge(
      edited(SEGMENTS.with(0, { ...first!, words }), 2000),
      retold(2, 'x', 3000),
    );
    expect(text.segments[0]!.words![0]!.probability).toBe(1);
    expect(texts(text)[2]).toBe('x');
  });

  test('an edit that is made once more, as of a note that two tabs find, doubles nothing', () => {
    const mine = editBetween(BASE, edited(splitAt(SEGMENTS, 0, 3)!.segments, 2000));
    const theirs = edited(splitAt(SEGMENTS, 1, 4)!.segments, 3000);
    const once = applyEdit(mine, stored(theirs)).text;
    const { text, contested } = applyEdit(mine, stored(once));
    expect(contested).toBe(false);
    expect(text.segments).toEqual(once.segments);
  });

  test('the order in which a backup lists what is known of a segment is no change', () => {
    const turned = SEGMENTS.map(
      (segment) => Object.fromEntries(Object.entries(segment).reverse()) as unknown as Segment,
    );
    expect(merge(retold(1, 'mine', 2000), edited(turned, 1000)).contested).toBe(false);
    expect(asKnown(turned, SEGMENTS)).toBe(SEGMENTS);
    const changed = asKnown(retold(1, 'theirs', 2000).segments, SEGMENTS);
    expect(changed[0]).toBe(SEGMENTS[0]);
    expect(changed[1]?.text).toBe(' theirs');
  });

  test('an edit is no larger than what it changed', () => {
    const named = SEGMENTS.map((segment) => ({ ...segment, speaker: segment.id < 2 ? 'A' : 'B' }));
    const { before, after } = editBetween(
      edited(named, 1000),
      edited(renameSpeaker(named, 'B', 'Ann'), 2000),
    );
    expect(before.segments).toEqual([named[2]]);
    expect(after.segments).toEqual([{ ...named[2], speaker: 'Ann' }]);
  });
});
