/** Letters that Unicode does not take apart, as people type them. */
const ALIKE: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ı: 'i',
  ς: 'σ',
  '’': "'",
};
/**
 * Accents and vowel points of alphabets that are read without them: Latin, Greek, Cyrillic, Hebrew, Arabic. The marks
 * of Indian scripts, Thai and kana make other letters, and stay.
 */
const ACCENTS =
  /(?!\p{scx=Hiragana})(?=[\p{sc=Inherited}\p{sc=Cyrillic}\p{sc=Hebrew}\p{sc=Arabic}])\p{M}/gu;
const HAS_ALIKE = new RegExp(`[${Object.keys(ALIKE).join('')}]`, 'g');

/** A part of a text: marked where it was found. */
export interface TextPart {
  readonly text: string;
  readonly marked: boolean;
}

/** Text without what people leave out when they search: case, accents, full width. */
export function foldText(text: string): string {
  return text
    .normalize('NFKD')
    .replace(ACCENTS, '')
    .toLowerCase()
    .replace(HAS_ALIKE, (letter) => ALIKE[letter]!)
    .normalize('NFC');
}

/** What is looked for: words, and phrases in quotes, folded. All of them have to be found. */
export function parseQuery(query: string): string[] {
  const terms = [...query.matchAll(/"([^"]+)"|“([^”]+)”|„([^“]+)“|([^\s"]+)/g)];
  const folded = terms.map(([, a, b, c, d]) => foldText(a ?? b ?? c ?? d ?? '').trim());
  return [...new Set(folded.filter((term) => term !== ''))];
}

/** A text cut where the terms are found in it, whatever their case and accents. @param terms folded */
export function markTerms(text: string, terms: readonly string[]): TextPart[] {
  const { folded, sources } = foldWithSources(text);
  const marked = new Uint8Array(text.length + 1);
  for (const term of terms)
    for (let at = folded.indexOf(term); at >= 0; at = folded.indexOf(term, at + term.length)) {
      const end = sources[at + term.length] ?? text.length;
      marked.fill(1, sources[at], Math.max(end, sources[at]! + 1));
    }
  const parts: TextPart[] = [];
  for (let from = 0; from < text.length;) {
    let to = from + 1;
    while (to < text.length && marked[to] === marked[from]) to++;
    parts.push({ text: text.slice(from, to), marked: marked[from] === 1 });
    from = to;
  }
  return parts;
}

/** As foldText, with the index in the text that each folded unit comes from. */
function foldWithSources(text: string): { folded: string; sources: number[] } {
  let folded = '';
  const sources: number[] = [];
  let at = 0;
  for (const character of text) {
    const piece = foldText(character);
    for (let i = 0; i < piece.length; i++) sources.push(at);
    folded += piece;
    at += character.length;
  }
  return { folded, sources };
}
