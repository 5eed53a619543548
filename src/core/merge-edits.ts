import { orderByTime } from './conversation';
import { nextId } from './edit-transcript';
import type { Segment } from './transcript';
import type { TranscriptDocument } from './transcript-document';

/** What people edit of a transcript, and when they did. */
export type EditedText = Pick<TranscriptDocument, 'title' | 'segments' | 'updatedAtMs'>;

/** What was made of a text. Segments that are the same in both may be left out of both. */
export interface TextEdit {
  readonly before: EditedText;
  readonly after: EditedText;
}

/** The edit that leads from one text to another, with no more than the segments in which they differ. */
export function editBetween(before: EditedText, after: EditedText): TextEdit {
  const [was, is] = [byId(before.segments), byId(after.segments)];
  const isChanged = ({ id }: Segment): boolean => !isSame(was.get(id), is.get(id));
  return {
    before: { ...before, segments: before.segments.filter(isChanged) },
    after: { ...after, segments: after.segments.filter(isChanged) },
  };
}

/**
 * Makes an edit of a text that others may have edited since. What the edit left alone stays as they made it; of what
 * both changed, each in their own way, the edit's is taken, and `contested` says so.
 */
export function applyEdit(
  { before, after }: TextEdit,
  theirs: EditedText,
): { readonly text: EditedText; readonly contested: boolean } {
  const [was, is, there] = [byId(before.segments), byId(after.segments), byId(theirs.segments)];
  let contested = differ(before.title, after.title, theirs.title);
  let freeId = nextId([...after.segments, ...theirs.segments]);
  const gone = new Set<number>();
  const changed: Segment[] = [];
  for (const id of new Set([...was.keys(), ...is.keys()])) {
    const [old, mine, other] = [was.get(id), is.get(id), there.get(id)];
    if (isSame(old, mine) || isSame(mine, other)) continue;
    // Where both made a new segment, they are two; unless this edit was made before.
    const isTwice = old === undefined && other !== undefined;
    if (isTwice && theirs.segments.some((one) => isSame({ ...one, id }, mine))) continue;
    if (!isTwice && !isSame(old, other)) contested = true;
    if (!mine) gone.add(id);
    else changed.push(isTwice ? { ...mine, id: freeId++ } : mine);
  }
  const text = {
    title: after.title === before.title ? theirs.title : after.title,
    segments: withChanges(theirs.segments, gone, changed),
    // What neither of the two has is later than both.
    updatedAtMs:
      theirs.updatedAtMs === before.updatedAtMs
        ? after.updatedAtMs
        : Math.max(after.updatedAtMs, theirs.updatedAtMs) + 1,
  };
  return { text, contested };
}

/** Makes edits of a text one after another. */
export function applyEdits(edits: readonly TextEdit[], text: EditedText): EditedText {
  return edits.reduce((before, edit) => applyEdit(edit, before).text, text);
}

/** Segments with those of them that are the same in a known list being that list's: to be told apart by identity. */
export function asKnown(
  segments: readonly Segment[],
  known: readonly Segment[],
): readonly Segment[] {
  const there = byId(known);
  const list = segments.map((segment) => {
    const own = there.get(segment.id);
    return own && isSame(own, segment) ? own : segment;
  });
  return isSameList(list, known) ? known : list;
}

function isSameList(some: readonly Segment[], others: readonly Segment[]): boolean {
  return some.length === others.length && some.every((segment, i) => segment === others[i]);
}

function withChanges(
  segments: readonly Segment[],
  gone: ReadonlySet<number>,
  changed: readonly Segment[],
): readonly Segment[] {
  if (gone.size === 0 && changed.length === 0) return segments;
  const list = segments.filter(({ id }) => !gone.has(id));
  let last = list.length - 1;
  for (const segment of changed) {
    const at = list.findIndex(({ id }) => id === segment.id);
    // A new one follows what it was split off, which stands before it among what changed.
    if (at < 0) list.splice(++last, 0, segment);
    else list[(last = at)] = segment;
  }
  return orderByTime(list);
}

function differ(before: string, after: string, theirs: string): boolean {
  return before !== after && before !== theirs && after !== theirs;
}

function byId(segments: readonly Segment[]): ReadonlyMap<number, Segment> {
  return new Map(segments.map((segment) => [segment.id, segment]));
}

/** What came back from the store or a backup is equal, but neither identical nor its fields in the same order. */
function isSame(some: unknown, other: unknown): boolean {
  if (Object.is(some, other)) return true;
  if (Array.isArray(some) && Array.isArray(other))
    return some.length === other.length && some.every((one, i) => isSame(one, other[i]));
  if (!isObject(some) || !isObject(other)) return false;
  const covers = Object.keys(some).every((key) => isSame(some[key], other[key]));
  return covers && Object.keys(other).every((key) => key in some || other[key] === undefined);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
