/**
 * How well a name answers a search: 0 begins with it, 1 has a word that does, 2 contains it, 3 has its letters in
 * order; null does not. Case and accents do not count.
 */
export function rankName(name: string, search: string): number | null {
  const [text, wanted] = [plain(name), plain(search).trim()];
  if (text.startsWith(wanted)) return 0;
  if (text.split(/[\s(/-]+/).some((word) => word.startsWith(wanted))) return 1;
  if (text.includes(wanted)) return 2;
  return hasInOrder(text, wanted.replaceAll(' ', '')) ? 3 : null;
}

/** Those that answer a search, the best first, else in their order. */
export function findNames<T extends { readonly name: string }>(
  all: readonly T[],
  search: string,
): readonly T[] {
  return all
    .map((one) => ({ one, rank: rankName(one.name, search) }))
    .filter(({ rank }) => rank !== null)
    .sort((a, b) => a.rank! - b.rank!)
    .map(({ one }) => one);
}

function hasInOrder(text: string, letters: string): boolean {
  let from = 0;
  return [...letters].every((letter) => (from = text.indexOf(letter, from) + 1) > 0);
}

function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase();
}
