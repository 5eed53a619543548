import { describe, expect, it } from 'vitest';
import { comparableWords, wordErrorRate } from '../../src/core/word-error-rate';

const JFK =
  'And so, my fellow Americans: ask not what your country can do for you, ask what you can do for your country.';

describe('the word error rate', () => {
  it('knows nothing of case, punctuation and ways to write an apostrophe', () => {
    const loud = 'AND SO MY FELLOW AMERICANS ASK NOT WHAT YOUR COUNTRY CAN DO FOR YOU';
    expect(wordErrorRate(JFK.split(', ask what')[0]!, loud)).toBe(0);
    expect(comparableWords("Don’t — don't, “DON'T”!")).toEqual(['dont', 'dont', 'dont']);
    expect(comparableWords('Größe, é ﬁn')).toEqual(['größe', 'é', 'fin']);
  });

  // By hand: 4 words; one replaced, one left out, two put in.
  it.each([
    ['a b c d', 0],
    ['a x c d', 1 / 4],
    ['a b d', 1 / 4],
    ['a b c d e f', 2 / 4],
    ['', 1],
    ['x y z w', 1],
    ['b c d', 1 / 4],
    ['b a c d', 2 / 4],
  ])('of "%s" against "a b c d" is %d', (text, rate) => {
    expect(wordErrorRate('a b c d', text)).toBe(rate);
  });

  it('of what a broken device writes is far above every threshold', () => {
    expect(wordErrorRate(JFK, '!!!!!!!!!!!!!')).toBe(1);
    expect(wordErrorRate(JFK, ' you you you you you you you you you you you')).toBeGreaterThan(0.8);
    expect(wordErrorRate(JFK, 'the '.repeat(220))).toBeGreaterThan(1);
  });
});
