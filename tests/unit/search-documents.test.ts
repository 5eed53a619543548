import { describe, expect, it } from 'vitest';
import { countTags, searchDocuments } from '../../src/core/search-documents';
import { foldText, markTerms, parseQuery } from '../../src/core/search-text';
import { segment, transcriptDocument } from './transcript-document';

const CAFE = transcriptDocument({
  id: 'cafe',
  title: 'Interview',
  tags: ['Arbeit', 'Köln'],
  segments: [
    segment([0, 2, ' Wir trafen uns im CAFÉ.', 'Zoë'], 0),
    segment([62, 65, ' Die Straße war leer, das Café nicht.', 'Max'], 1),
  ],
});
const EMPTY = transcriptDocument({ id: 'empty', title: 'Straßenlärm', tags: ['Köln'] });
const ALL = [CAFE, EMPTY];

function search(query: string): string[] {
  return searchDocuments(ALL, parseQuery(query)).map(({ document }) => document.id);
}

/** What is marked, in brackets. */
function mark(text: string, query: string): string {
  return markTerms(text, parseQuery(query))
    .map((part) => (part.marked ? `[${part.text}]` : part.text))
    .join('');
}

describe('search', () => {
  it.each([
    ['cafe', ['cafe']],
    ['CAFÉ', ['cafe']],
    ['strasse', ['cafe', 'empty']],
    ['STRASSE café', ['cafe']],
    ['zoe', ['cafe']],
    ['koln', ['cafe', 'empty']],
    ['koln interview leer', ['cafe']],
    ['"das cafe"', ['cafe']],
    ['"cafe das"', []],
    ['nowhere', []],
  ])('%s finds %j', (query, ids) => {
    expect(search(query)).toEqual(ids);
  });

  it('leaves apart what only looks like an accent: kana, Indian vowels, Thai tones', () => {
    for (const [said, other] of [
      ['が', 'か'],
      ['कि', 'की'],
      ['ป้า', 'ป่า'],
    ] as const) {
      const document = transcriptDocument({ segments: [segment([0, 1, said])] });
      expect(searchDocuments([document], parseQuery(said))).toHaveLength(1);
      expect(searchDocuments([document], parseQuery(other))).toHaveLength(0);
    }
    // Vowel points and decomposed letters are left out as people leave them out.
    const arabic = transcriptDocument({ segments: [segment([0, 1, 'مَرْحَبًا Cafe\u0301'])] });
    expect(searchDocuments([arabic], parseQuery('مرحبا café'))).toHaveLength(1);
  });

  it('shows the lines with most of what is looked for', () => {
    const [result] = searchDocuments(ALL, parseQuery('café leer'));
    expect(result!.count).toBe(1);
    expect(result!.hits[0]).toMatchObject({ startSec: 62, speaker: 'Max' });
    const line = result!.hits[0]!.parts.map(({ text }) => text).join('');
    expect(line).toBe('Die Straße war leer, das Café nicht.');
  });

  it('shows three lines and counts the others; a long one around its match', () => {
    const long = `${'before '.repeat(40)}needle${' after'.repeat(40)}`;
    const segments = Array.from({ length: 5 }, (_, i) => segment([i, i + 1, long], i));
    const [result] = searchDocuments([transcriptDocument({ segments })], ['needle']);
    expect(result!.hits).toHaveLength(3);
    expect(result!.count).toBe(5);
    const line = result!.hits[0]!.parts.map(({ text }) => text).join('');
    expect(line.length).toBeLessThan(140);
    expect(line).toMatch(/^….*before needle after.*…$/);
  });

  it('without anything to look for finds all, without lines', () => {
    expect(searchDocuments(ALL, []).map(({ hits }) => hits)).toEqual([[], []]);
  });
});

describe('marks', () => {
  it.each([
    ['Das Café.', 'cafe', 'Das [Café].'],
    ['Das Cafe\u0301.', 'cafe', 'Das [Cafe\u0301].'],
    ['Straße', 'strasse', '[Straße]'],
    ['ﬁne ＡＢＣ', 'fin abc', '[ﬁn]e [ＡＢＣ]'],
    ['ΟΔΟΣ οδός', 'οδος', '[ΟΔΟΣ] [οδός]'],
    ['İstanbul ıssız', 'istanbul issiz', '[İstanbul] [ıssız]'],
    ['aaa', 'aa', '[aa]a'],
    ['👩‍👩‍👧 x', 'x', '👩‍👩‍👧 [x]'],
    ['(a+b)*', '(a+b)*', '[(a+b)*]'],
  ])('%s, %s', (text, query, expected) => {
    expect(mark(text, query)).toBe(expected);
  });

  it('folding letter by letter is folding the whole', () => {
    const text = 'Ünïcödé Straße ΟΔΟΣ ﬁ ㈱ ǅ İ Ω Å';
    expect([...text].map(foldText).join('')).toBe(foldText(text));
  });
});

it('tags come with the most used first', () => {
  expect(countTags(ALL)).toEqual([
    ['Köln', 2],
    ['Arbeit', 1],
  ]);
});
