/** Words as they are compared: lower case, no punctuation, "don't" one word, numbers as written. */
export function comparableWords(text: string): readonly string[] {
  const plain = text.normalize('NFKC').toLowerCase().replace(/['’]/g, '');
  return plain.match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
}

/**
 * Word error rate: substitutions, insertions and deletions per word of the truth (Levenshtein distance over words).
 * Can be above 1. Infinity where the truth has no words and the text has.
 */
export function wordErrorRate(truth: string, text: string): number {
  const [wanted, heard] = [comparableWords(truth), comparableWords(text)];
  let row = heard.map((_, i) => i + 1);
  for (const [i, word] of wanted.entries()) {
    let [left, diagonal] = [i + 1, i];
    row = row.map((above, j) => {
      const substituted = diagonal + (word === heard[j] ? 0 : 1);
      diagonal = above;
      left = Math.min(above + 1, left + 1, substituted);
      return left;
    });
  }
  const distance = row.at(-1) ?? wanted.length;
  return distance === 0 ? 0 : distance / wanted.length;
}
