import { describe, expect, it } from 'vitest';
import { resolveDecoding } from '../../src/core/decoding-options';
import { createSearch, selectLikeliest } from '../../workers/asr/search';

const EOT = 4;
const LOGITS = [1.5, 0.2, -Infinity, 1, -0.7];

/** Probabilities of softmax(logits / temperature), by the definition. */
function softmax(logits: readonly number[], temperature: number): number[] {
  const weights = logits.map((logit) => Math.exp(logit / temperature));
  const total = weights.reduce((a, b) => a + b);
  return weights.map((weight) => weight / total);
}

describe('sampling', () => {
  it.each([0.2, 0.6, 1])('draws by softmax(logits / %d)', (temperature) => {
    const draws = 20_000;
    const options = resolveDecoding({ bestOf: draws });
    const search = createSearch(options, temperature, EOT);
    search.update([Float32Array.from(LOGITS)]);
    const counts = LOGITS.map(() => 0);
    for (const [id] of search.sequences) counts[id!]!++;
    softmax(LOGITS, temperature).forEach((probability, id) => {
      // Six standard deviations of a binomial count: a right sampler fails one run in 10^8.
      const tolerance = 6 * Math.sqrt(draws * probability * (1 - probability));
      expect(Math.abs(counts[id]! - draws * probability)).toBeLessThanOrEqual(tolerance);
    });
  });

  it('adds up log probabilities as they are at temperature 1, and none after the end', () => {
    const search = createSearch(resolveDecoding({ bestOf: 200 }), 0.5, EOT);
    const steps = [LOGITS, [0.3, 0.1, 0.2, -1, 2]];
    const rows = (step: number, count: number) =>
      Array.from({ length: count }, () => Float32Array.from(steps[step]!));
    search.update(rows(0, 1));
    search.update(rows(1, 200));
    const logs = steps.map((logits) => softmax(logits, 1).map(Math.log));
    const sequences = search.sequences;
    search.finalize().forEach(({ tokens, sumLogprob }, i) => {
      const [first, second] = sequences[i]!;
      const expected = logs[0]![first!]! + (first === EOT ? 0 : logs[1]![second!]!);
      expect(sumLogprob).toBeCloseTo(expected, 5);
      expect(tokens).not.toContain(EOT);
    });
  });

  it('takes one sample where best_of is None, and is greedy at 0 whatever best_of says', () => {
    const one = createSearch(resolveDecoding({ bestOf: null }), 0.4, EOT);
    one.update([Float32Array.from(LOGITS)]);
    expect(one.sequences).toHaveLength(1);
    const greedy = createSearch(resolveDecoding({ bestOf: 5 }), 0, EOT);
    greedy.update([Float32Array.from(LOGITS)]);
    expect(greedy.sequences).toEqual([[0]]);
  });
});

describe('selectLikeliest', () => {
  const short = { tokens: [1, 2], sumLogprob: -1.2 };
  const long = { tokens: [1, 2, 3, 0], sumLogprob: -2 };

  it('ranks by log probability per token, or by length penalty', () => {
    expect(selectLikeliest([short, long], null)).toBe(long);
    expect(selectLikeliest([short, long], 0)).toBe(short);
    // ((5 + 4) / 6) ^ 1 = 1.5 and ((5 + 2) / 6) ^ 1 = 1.167: -1.33 against -1.03.
    expect(selectLikeliest([short, long], 1)).toBe(short);
  });
});
