import { editText } from './edit-segments';
import type { WordMatcher } from './edit-words';
import type { Segment } from './transcript';

/** What is looked for. */
export interface SearchQuery {
  readonly text: string;
  readonly matchCase: boolean;
  /** Not inside of longer words. */
  readonly wholeWord: boolean;
}

/** Where it was found: characters of a segment's trimmed text. */
export interface SearchHit {
  readonly segmentId: number;
  readonly from: number;
  readonly to: number;
}

/** Every place in the order of the text; those of one segment do not overlap. Nothing for an empty query. */
export function searchSegments(segments: readonly Segment[], query: SearchQuery): SearchHit[] {
  const pattern = searchPattern(query);
  if (!pattern) return [];
  return segments.flatMap((segment) =>
    [...segment.text.trim().matchAll(pattern)].map((match) => ({
      segmentId: segment.id,
      from: match.index,
      to: match.index + match[0].length,
    })),
  );
}

/**
 * Puts other text in the place of hits. Words that stay keep their times.
 * @param hits in order, as `searchSegments` found them in these segments
 */
export function replaceHits(
  segments: readonly Segment[],
  hits: readonly SearchHit[],
  replacement: string,
  match: WordMatcher,
): readonly Segment[] {
  if (hits.length === 0) return segments;
  const bySegment = new Map<number, SearchHit[]>();
  for (const hit of hits)
    bySegment.set(hit.segmentId, [...(bySegment.get(hit.segmentId) ?? []), hit]);
  return segments.map((segment) => {
    const own = bySegment.get(segment.id);
    if (!own) return segment;
    // From the end, so that the places before stay where they are.
    const text = own.reduceRight(
      (before, { from, to }) => before.slice(0, from) + replacement + before.slice(to),
      segment.text.trim(),
    );
    return editText(segment, text, match);
  });
}

/** null where nothing is looked for. */
function searchPattern({ text, matchCase, wholeWord }: SearchQuery): RegExp | null {
  if (text === '') return null;
  const literal = text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  const edge = '[\\p{L}\\p{N}\\p{M}_]';
  const source = wholeWord ? `(?<!${edge})${literal}(?!${edge})` : literal;
  return new RegExp(source, matchCase ? 'gu' : 'giu');
}
