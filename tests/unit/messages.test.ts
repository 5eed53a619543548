import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { LOCALES } from '../../src/core/locale';
import { hardCodedText } from './page-text';

/** Words that both languages spell the same. */
const SAME = new Set(
  (
    'Browser,Threads (WASM),owner/name,Esc,Pause,Position,Normal,Format,Text,' +
    'CSV,Word,JSON,Markdown,SubRip,TSV,WebVTT,LRC,SRT,VTT'
  ).split(','),
);
/** Keys, as a keyboard has them on it. */
const KEYS = /^(mod\+)?[A-Z]\d?$/;

type Catalogue = Readonly<Record<string, unknown>>;
const files = import.meta.glob<Record<string, Catalogue>>('../../src/ui/messages/*.ts', {
  eager: true,
});
const catalogues = Object.entries(files).flatMap(([path, exports]) =>
  Object.entries(exports)
    .filter(([, value]) => typeof value === 'object' && LOCALES.every((code) => code in value))
    .map(([name, value]) => ({ name: `${path.split('/').at(-1)!} ${name}`, value })),
);

it('there are catalogues', () => {
  expect(catalogues.length).toBeGreaterThan(10);
});

it.each(catalogues)('$name has the same entries in both languages', ({ value }) => {
  const { en, de } = value;
  // Errors are English at their source.
  if (en === null) return;
  expect(leaves(de).map(([key]) => key)).toEqual(leaves(en).map(([key]) => key));
});

it.each(catalogues)('no German entry of $name is the English one', ({ value }) => {
  const { en, de } = value;
  if (en === null) return;
  const english = new Map(leaves(en));
  const says = (text: string): boolean =>
    /\p{L}/u.test(text) && !SAME.has(text) && !KEYS.test(text);
  const left = leaves(de).filter(([key, text]) => says(text) && english.get(key) === text);
  expect(left).toEqual([]);
});

const components = readdirSync(new URL('../../src/ui', import.meta.url), {
  encoding: 'utf8',
  recursive: true,
}).filter((file) => file.endsWith('.svelte'));

it.each(components)('%s has no text of its own', (file) => {
  expect(hardCodedText(new URL(`../../src/ui/${file}`, import.meta.url).pathname)).toEqual([]);
});

/** Every text by its path; what a function says for sample words. */
function leaves(part: unknown, path = ''): [string, string][] {
  if (typeof part === 'string') return [[path, part]];
  if (typeof part === 'function') return [[path, say(part as (...all: unknown[]) => unknown)]];
  if (typeof part !== 'object' || part === null) return [];
  return Object.entries(part)
    .sort(([a], [b]) => a.localeCompare(b))
    .flatMap(([key, value]) => leaves(value, `${path}.${key}`));
}

/** '' where it needs something particular to speak of. */
function say(speak: (...all: unknown[]) => unknown): string {
  try {
    return String(speak(...Array.from({ length: speak.length }, (_, i) => i + 2)));
  } catch {
    return '';
  }
}
