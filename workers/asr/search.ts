import type { DecodingOptions } from '../../src/core/decoding-options';
import { logSumExp } from './logit-rules';

/** A candidate text of one window, without end of text. */
export interface Hypothesis {
  readonly tokens: readonly number[];
  readonly sumLogprob: number;
}

/**
 * How the next tokens are chosen. A search begins with one empty candidate, whose logits are those of the
 * prompt's last position, and may hold several after its first update.
 */
export interface Search {
  /** Tokens sampled so far, by candidate. */
  readonly sequences: readonly (readonly number[])[];
  /**
   * Extends every candidate by one token.
   * @param rows masked logits, one row a candidate
   * @returns whose cache each new candidate continues, and whether the search has ended
   */
  update(rows: readonly Float32Array[]): { sources: number[]; done: boolean };
  /** The finished candidates. */
  finalize(): Hypothesis[];
}

/** The search that whisper's decode() takes at a temperature: beams only at 0, samples only above. */
export function createSearch(options: DecodingOptions, temperature: number, eot: number): Search {
  if (temperature > 0) return new SamplingSearch(temperature, options.bestOf ?? 1, eot);
  if (options.beamSize === null) return new SamplingSearch(0, 1, eot);
  return new BeamSearch(options.beamSize, options.patience ?? 1, eot);
}

/** The likeliest hypothesis. Source: whisper/decoding.py MaximumLikelihoodRanker. */
export function selectLikeliest(
  hypotheses: readonly Hypothesis[],
  lengthPenalty: number | null,
): Hypothesis {
  const score = ({ tokens, sumLogprob }: Hypothesis): number =>
    sumLogprob /
    (lengthPenalty === null
      ? Math.max(1, tokens.length)
      : ((5 + tokens.length) / 6) ** lengthPenalty);
  return hypotheses.reduce((best, other) => (score(other) > score(best) ? other : best));
}

function cutAtEnd(tokens: readonly number[], eot: number): readonly number[] {
  const end = tokens.indexOf(eot);
  return end < 0 ? tokens : tokens.slice(0, end);
}

/** Greedy at temperature 0, else independent samples. Source: whisper/decoding.py GreedyDecoder. */
class SamplingSearch implements Search {
  sequences: number[][] = [[]];
  private sums = [0];

  constructor(
    private readonly temperature: number,
    private readonly group: number,
    private readonly eot: number,
  ) {}

  update(rows: readonly Float32Array[]): { sources: number[]; done: boolean } {
    const sources = Array.from({ length: this.group }, (_, i) => (rows.length === 1 ? 0 : i));
    const steps = sources.map((source) => this.extend(source, rows[source]!));
    this.sequences = steps.map(({ sequence }) => sequence);
    this.sums = steps.map(({ sum }) => sum);
    return { sources, done: this.sequences.every((sequence) => sequence.at(-1) === this.eot) };
  }

  finalize(): Hypothesis[] {
    return this.sequences.map((sequence, i) => ({
      tokens: cutAtEnd(sequence, this.eot),
      sumLogprob: this.sums[i]!,
    }));
  }

  /** A candidate that has ended goes on with end of text at no cost. */
  private extend(source: number, logits: Float32Array): { sequence: number[]; sum: number } {
    const sequence = this.sequences[source]!;
    const sum = this.sums[source]!;
    if (sequence.at(-1) === this.eot) return { sequence: [...sequence, this.eot], sum };
    const next = this.temperature === 0 ? argMax(logits) : sample(logits, this.temperature);
    return { sequence: [...sequence, next], sum: sum + logits[next]! - logSumExp(logits) };
  }
}

interface Beam {
  readonly tokens: readonly number[];
  readonly score: number;
  readonly source: number;
}

/** Source: whisper/decoding.py BeamSearchDecoder. */
class BeamSearch implements Search {
  sequences: (readonly number[])[] = [[]];
  private sums = [0];
  private readonly finished: Hypothesis[] = [];
  private readonly maxFinished: number;

  constructor(
    private readonly beams: number,
    patience: number,
    private readonly eot: number,
  ) {
    this.maxFinished = Math.round(beams * patience);
  }

  update(rows: readonly Float32Array[]): { sources: number[]; done: boolean } {
    const candidates = rows.flatMap((logits, source) => this.extend(source, logits)).sort(byScore);
    const ended: Beam[] = [];
    const going: Beam[] = [];
    for (const candidate of candidates) {
      (candidate.tokens.at(-1) === this.eot ? ended : going).push(candidate);
      if (going.length === this.beams) break;
    }
    for (const { tokens, score } of ended.slice(0, this.maxFinished - this.finished.length))
      this.finished.push({ tokens: cutAtEnd(tokens, this.eot), sumLogprob: score });
    this.sequences = going.map(({ tokens }) => tokens);
    this.sums = going.map(({ score }) => score);
    return {
      sources: going.map(({ source }) => source),
      done: this.finished.length >= this.maxFinished,
    };
  }

  /** Where too few have ended, the best unfinished ones stand in. */
  finalize(): Hypothesis[] {
    const unfinished = this.sequences
      .map((tokens, i) => ({ tokens, sumLogprob: this.sums[i]! }))
      .sort((a, b) => b.sumLogprob - a.sumLogprob);
    const missing = Math.max(0, this.beams - this.finished.length);
    return [...this.finished, ...unfinished.slice(0, missing)];
  }

  private extend(source: number, logits: Float32Array): Beam[] {
    const total = logSumExp(logits);
    const tokens = this.sequences[source]!;
    return topIds(logits, this.beams + 1).map((id) => ({
      tokens: [...tokens, id],
      // The reference adds in single precision, which decides near ties.
      score: Math.fround(this.sums[source]! + Math.fround(logits[id]! - total)),
      source,
    }));
  }
}

/** Higher first; equal ones, -Infinity among them, keep their order. */
function byScore(a: Beam, b: Beam): number {
  return a.score === b.score ? 0 : a.score > b.score ? -1 : 1;
}

/** Ids of the `count` greatest logits, greatest first. */
function topIds(logits: Float32Array, count: number): number[] {
  const best: number[] = [];
  for (let id = 0; id < logits.length; id++) {
    const value = logits[id]!;
    if (best.length === count && !(value > logits[best[count - 1]!]!)) continue;
    let at = best.length === count ? count - 1 : best.length;
    while (at > 0 && value > logits[best[at - 1]!]!) {
      best[at] = best[at - 1]!;
      at--;
    }
    best[at] = id;
  }
  return best;
}

function argMax(logits: Float32Array): number {
  let best = 0;
  for (let id = 1; id < logits.length; id++) if (logits[id]! > logits[best]!) best = id;
  return best;
}

/** Draws from softmax(logits / temperature). */
function sample(logits: Float32Array, temperature: number): number {
  const scaled = logits.map((logit) => logit / temperature);
  const total = logSumExp(scaled);
  let left = Math.random();
  let drawn = 0;
  for (let id = 0; id < scaled.length && left > 0; id++) {
    if (scaled[id] === -Infinity) continue;
    drawn = id;
    left -= Math.exp(scaled[id]! - total);
  }
  return drawn;
}
