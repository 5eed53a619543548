import { describe, expect, test } from 'vitest';
import type { Stretch } from '../../src/core/coverage';
import { regionOf, regionsOfSides, replaceRegion, withRoom } from '../../src/core/edit-region';
import { approvePlace, uncertainPlaces } from '../../src/core/edit-review';
import { replaceHits, searchSegments, type SearchQuery } from '../../src/core/edit-search';
import { decodingAgain } from '../../src/core/retranscription';
import type { Segment } from '../../src/core/transcript';
import { transcriptRows } from '../../src/core/transcript-rows';
import { compareTexts, matchWords } from '../../src/state/match-words';
import { makeDocument, makeSegment } from '../made-documents';

const a = makeSegment(0, [
  [' The', 0, 1, 0.9],
  [' theatre', 1, 2, 0.2],
  [' opens.', 2, 3, 0.9],
]);
const b = makeSegment(1, [
  [' Then', 3, 4, 0.4],
  [' the', 4, 5, 0.9],
  [' Müller', 5, 6, 0.9],
]);
const both = [a, b];
const query = (text: string, more: Partial<SearchQuery> = {}): SearchQuery => ({
  text,
  matchCase: false,
  wholeWord: false,
  ...more,
});
const find = (text: string, more: Partial<SearchQuery> = {}): string[] =>
  searchSegments(both, query(text, more)).map(
    ({ segmentId, from, to }) =>
      `${String(segmentId)}:${both[segmentId]!.text.trim().slice(from, to)}@${String(from)}`,
  );

describe('search', () => {
  test('finds in any case, in order', () => {
    expect(find('the')).toEqual(['0:The@0', '0:the@4', '1:The@0', '1:the@5']);
  });

  test('minds case and words where asked to', () => {
    expect(find('the', { matchCase: true })).toEqual(['0:the@4', '1:the@5']);
    expect(find('the', { wholeWord: true })).toEqual(['0:The@0', '1:the@5']);
    expect(find('opens', { wholeWord: true })).toEqual(['0:opens@12']);
    expect(find('ller', { wholeWord: true })).toEqual([]);
  });

  test('takes signs as they are', () => {
    expect(find('s.')).toEqual(['0:s.@16']);
    expect(find('.*')).toEqual([]);
    for (const sign of ['[', '(', '\\', '$', '-', '/', '{', '|', '^'])
      expect(find(sign)).toEqual([]);
    expect(find('')).toEqual([]);
  });

  test('replacing all keeps the times of words that stay', () => {
    const hits = searchSegments(both, query('the', { wholeWord: true }));
    const [c, d] = replaceHits(both, hits, 'a', matchWords);
    expect([c!.text, d!.text]).toEqual([' a theatre opens.', ' Then a Müller']);
    expect(c!.words!.slice(1)).toEqual(a.words!.slice(1));
    expect(d!.words![1]).toEqual({ text: ' a', startSec: 4, endSec: 5, probability: 1 });
    expect(replaceHits(both, [], 'a', matchWords)).toBe(both);
  });

  test('a replacement that holds what is looked for is put in once', () => {
    const hits = searchSegments(both, query('the'));
    expect(replaceHits(both, hits, 'the the', matchWords)[1]!.text).toBe(
      ' the then the the Müller',
    );
  });
});

describe('review', () => {
  test('queues improbable words, in order', () => {
    expect(uncertainPlaces(both).map(({ text }) => text)).toEqual(['theatre', 'Then']);
    expect(uncertainPlaces(both, 0.3).map(({ text }) => text)).toEqual(['theatre']);
  });

  test('queues whole segments where words were not timed', () => {
    const { words: _words, ...untimed } = { ...a, avgLogprob: -1.5 };
    expect(uncertainPlaces([untimed])).toMatchObject([
      { text: 'The theatre opens.', wordIndex: null, probability: Math.exp(-1.5) },
    ]);
  });

  test('what a person vouches for leaves the queue; nothing else changes', () => {
    const [place] = uncertainPlaces(both);
    const after = approvePlace(both, place!);
    expect(uncertainPlaces(after).map(({ text }) => text)).toEqual(['Then']);
    expect(after[0]!.text).toBe(a.text);
    expect(after[1]).toBe(b);
  });
});

describe('transcribing again', () => {
  test('puts new segments in the place of the old, within their times', () => {
    const fresh = [
      makeSegment(0, [[' New', 2.8, 3.5]], { speaker: 'x' }),
      makeSegment(1, [[' text', 3.5, 6.4]]),
      { ...makeSegment(2, []), startSec: 6, endSec: 6 },
    ];
    const named = [a, { ...b, speaker: 'Ann' }];
    const after = replaceRegion(named, { ids: new Set([1]), lost: [] }, fresh);
    expect(after.map(({ text, startSec, endSec }) => [text, startSec, endSec])).toEqual([
      [a.text, 0, 3],
      [' New', 3, 3.5],
      [' text', 3.5, 6],
    ]);
    expect(new Set(after.map(({ id }) => id)).size).toBe(3);
    expect(after.map(({ speaker }) => speaker)).toEqual([undefined, 'Ann', 'Ann']);
    expect(regionOf(both)).toEqual({ startSec: 0, endSec: 6 });
    expect(replaceRegion(both, { ids: new Set([9]), lost: [] }, fresh)).toBe(both);
  });

  test('puts text where there was none: of the side that was heard, by who speaks there', () => {
    const said = [
      { ...a, channel: 'me', speaker: 'Ann' },
      { ...b, channel: 'them', speaker: 'Ben' },
    ] as const;
    const lost = [{ kind: 'failed', channel: 'them', startSec: 1, endSec: 2 }] as const;
    expect([...regionsOfSides(lost, said)]).toEqual([['them', { startSec: 0.7, endSec: 2.3 }]]);
    const fresh = [makeSegment(0, [[' Yes.', 0.8, 2.2]], { channel: 'them', speaker: 'Them' })];
    const after = replaceRegion(said, { ids: new Set(), lost }, fresh);
    expect(after.map(({ text, speaker, startSec }) => [text, speaker, startSec])).toEqual([
      [a.text, 'Ann', 0],
      [' Yes.', 'Ben', 1],
      [b.text, 'Ben', 3],
    ]);
    // Who was not heard before keeps the name of the side.
    expect(replaceRegion([said[0]], { ids: new Set(), lost }, fresh)[1]!.speaker).toBe('Them');
  });

  test('takes the silence around along, and no other segment', () => {
    const region = { startSec: 10, endSec: 12 };
    const others = [
      { ...a, startSec: 8, endSec: 9.9 },
      { ...b, startSec: 13, endSec: 15 },
    ];
    expect(withRoom(region, others)).toEqual({ startSec: 9.9, endSec: 12.3 });
    expect(withRoom({ startSec: 0.1, endSec: 2 }, [])).toEqual({ startSec: 0, endSec: 2.3 });
  });

  test('the difference tells every word', () => {
    const changes = compareTexts('The old man speaks.', 'The young man speaks very loud.');
    const of = (...kinds: string[]): string =>
      changes
        .filter(({ kind }) => kinds.includes(kind))
        .map(({ text }) => text)
        .join('')
        .trim();
    expect(of('same', 'removed')).toBe('The old man speaks.');
    expect(of('same', 'added')).toBe('The young man speaks very loud.');
    expect(of('same')).toBe('The man');
  });

  test('goes by the options that the transcript was made with', () => {
    const provenance = {
      model: 'm',
      device: 'wasm',
      precision: { encoder: 'q8', decoder: 'q8' },
      files: [],
      decoding: { beamSize: 5, clipTimestampsSec: [3, 9], prefix: 'Hm' },
      audio: {},
    } as const;
    const document = makeDocument(both, { provenance });
    const model = { id: 'm', name: 'm', request: null as never };
    expect(decodingAgain(document, { model, language: 'de', task: 'transcribe' })).toEqual({
      beamSize: 5,
      language: 'de',
      task: 'transcribe',
      wordTimestamps: true,
    });
    expect(decodingAgain(document, { model, language: null, task: 'translate' })).toEqual({
      beamSize: 5,
      language: null,
      task: 'translate',
    });
  });
});

test('rows hold segments with text, and lost speech where it was said, once between two', () => {
  const lost = (startSec: number, endSec: number) => ({
    kind: 'failed' as const,
    startSec,
    endSec,
  });
  const emptied = { ...makeSegment(2, []), startSec: 6, endSec: 7 };
  const silence = { kind: 'silence' as const, startSec: 7, endSec: 8 };
  const rows = transcriptRows(
    [a, { ...b, startSec: 4 }, emptied],
    [lost(3, 3.4), lost(3.5, 3.9), silence, lost(8, 9)],
  );
  expect(
    rows.map((row) => (row.kind === 'lost' ? [row.startSec, row.endSec] : row.segment.id)),
  ).toEqual([0, [3, 3.9], 1, [8, 9]]);
});

test('speech that has text by now is lost no longer, but for what is left of it on its side', () => {
  const lost = { kind: 'failed', startSec: 0, endSec: 10 } as const;
  const text = (startSec: number, endSec: number, channel?: 'me' | 'them') => ({
    ...makeSegment(startSec, [[' Text.', startSec, endSec]]),
    ...(channel && { channel }),
  });
  const left = (segments: readonly Segment[], stretch: Stretch = lost) =>
    transcriptRows(segments, [stretch]).flatMap((row) =>
      row.kind === 'lost' ? [[row.startSec, row.endSec]] : [],
    );
  expect(left([text(0.5, 4), text(4.8, 9.5)])).toEqual([]);
  // A pause between two texts is not lost.
  expect(left([text(2, 4), text(6, 8)])).toEqual([
    [0, 2],
    [8, 10],
  ]);
  expect(left([{ ...text(0, 10), text: ' ' }])).toEqual([[0, 10]]);
  const them = { ...lost, channel: 'them' } as const;
  expect(left([text(0, 10, 'me')], them)).toEqual([[0, 10]]);
  expect(left([text(0, 4, 'me'), text(3, 9.5, 'them')], them)).toEqual([[0, 3]]);
  expect(left([text(0, 10, 'me')])).toEqual([]);
});
