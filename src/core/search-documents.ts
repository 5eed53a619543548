import { foldText, markTerms, type TextPart } from './search-text';
import type { TranscriptDocument } from './transcript-document';

/** A line in which something was found. */
export interface SearchHit {
  readonly startSec: number;
  readonly speaker: string | null;
  readonly parts: readonly TextPart[];
}

/** A transcript in which all was found. */
export interface SearchResult {
  readonly document: TranscriptDocument;
  /** Lines with the most terms, in order of time; none where only title, tags or names have them. */
  readonly hits: readonly SearchHit[];
  /** How many lines there are, shown or not. */
  readonly count: number;
}

/** Lines shown of one transcript. */
const SHOWN = 3;
/** Characters shown before and after the first match in a line. */
const CONTEXT = 60;

interface Folded {
  readonly about: string;
  readonly segments: readonly string[];
}

/** Documents never change, so what was folded once stays right. */
const folded = new WeakMap<TranscriptDocument, Folded>();

/**
 * Transcripts in whose title, tags, speakers or text every term is found, in the order given.
 * @param terms folded, of parseQuery
 */
export function searchDocuments(
  documents: readonly TranscriptDocument[],
  terms: readonly string[],
): SearchResult[] {
  return documents.flatMap((document) => searchDocument(document, terms) ?? []);
}

function searchDocument(
  document: TranscriptDocument,
  terms: readonly string[],
): SearchResult | null {
  const { about, segments } = foldDocument(document);
  const missing = terms.filter((term) => !about.includes(term));
  if (missing.some((term) => !segments.some((text) => text.includes(term)))) return null;
  const counts = segments.map((text) => terms.filter((term) => text.includes(term)).length);
  const most = counts.reduce((a, b) => Math.max(a, b), 0);
  const found = document.segments.filter((_, i) => most > 0 && counts[i] === most);
  const hits = found.slice(0, SHOWN).map(({ startSec, speaker = null, text }) => ({
    startSec,
    speaker,
    parts: excerpt(markTerms(text.trim(), terms)),
  }));
  return { document, hits, count: found.length };
}

function foldDocument(document: TranscriptDocument): Folded {
  const known = folded.get(document);
  if (known) return known;
  const speakers = new Set(document.segments.map(({ speaker = '' }) => speaker));
  const about = foldText([document.title, ...document.tags, ...speakers].join('\n'));
  const made = { about, segments: document.segments.map(({ text }) => foldText(text)) };
  folded.set(document, made);
  return made;
}

/** A long line shortened to what is around its first match. */
function excerpt(parts: readonly TextPart[]): TextPart[] {
  const first = parts.findIndex(({ marked }) => marked);
  return parts.map(({ text, marked }, i) => {
    if (marked || text.length <= 2 * CONTEXT) return { text, marked };
    const before = i < first || first < 0;
    const head = before ? '' : text.slice(0, CONTEXT);
    const tail = i < parts.length - 1 || before ? text.slice(-CONTEXT) : '';
    return { text: `${head}…${tail}`, marked };
  });
}

/** Every tag in use, the most used first. */
export function countTags(
  documents: readonly TranscriptDocument[],
): readonly (readonly [tag: string, count: number])[] {
  const counts = new Map<string, number>();
  for (const tag of documents.flatMap(({ tags }) => tags))
    counts.set(tag, (counts.get(tag) ?? 0) + 1);
  return [...counts].sort(([a, m], [b, n]) => n - m || a.localeCompare(b));
}
