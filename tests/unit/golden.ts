import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import type { Transcript } from '../../src/core/transcript';

interface GoldenSegment {
  readonly id: number;
  readonly seek: number;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly tokens: number[];
  readonly temperature: number;
  readonly avg_logprob: number;
  readonly compression_ratio: number;
  readonly no_speech_prob: number;
  readonly words?: readonly { word: string; start: number; end: number; probability: number }[];
}

export interface GoldenResult {
  readonly text: string;
  readonly language: string;
  readonly segments: GoldenSegment[];
}

interface Golden {
  readonly results: Record<string, GoldenResult>;
}

/** One file of tests/fixtures/goldens, without its ending. */
export function readGolden<T = Golden>(name: string): T {
  return JSON.parse(
    readFileSync(new URL(`../fixtures/goldens/${name}.json`, import.meta.url), 'utf8'),
  ) as T;
}

/** The fixture that holds a golden's recording; jfk.flac was resampled by ffmpeg, as the reference does. */
export function fixtureOf(file: string): string {
  return file.replace('jfk.', 'jfk_16k.');
}

/** Largest differences seen by `expectGolden`, by what was compared. */
export const largestDifferences = new Map<string, number>();

function expectClose(what: string, actual: number, expected: number, tolerance: number): void {
  const difference = Math.abs(actual - expected);
  largestDifferences.set(what, Math.max(difference, largestDifferences.get(what) ?? 0));
  expect(difference, what).toBeLessThanOrEqual(tolerance);
}

/**
 * Holds a transcript against what openai/whisper made of the same recording on the same weights:
 * tokens, boundaries and segment times are identical, probabilities agree to 1e-3, word times to 0.02 s.
 */
export function expectGolden(actual: Transcript, expected: GoldenResult): void {
  expect(actual.language).toBe(expected.language);
  expect(actual.segments.map((s) => s.tokens)).toEqual(expected.segments.map((s) => s.tokens));
  expect(actual.text).toBe(expected.text);
  actual.segments.forEach((segment, i) => {
    const golden = expected.segments[i]!;
    expect(segment.seek).toBe(golden.seek);
    expect(segment.startSec).toBeCloseTo(golden.start, 9);
    expect(segment.endSec).toBeCloseTo(golden.end, 9);
    expect(segment.text).toBe(golden.text);
    expect(segment.temperature).toBe(golden.temperature);
    expectClose('avg_logprob', segment.avgLogprob, golden.avg_logprob, 1e-3);
    expectClose('no_speech_prob', segment.noSpeechProb, golden.no_speech_prob, 1e-3);
    expectClose('compression_ratio', segment.compressionRatio, golden.compression_ratio, 1e-2);
    expect(segment.words?.map(({ text }) => text)).toEqual(golden.words?.map(({ word }) => word));
    golden.words?.forEach((word, w) => {
      const { startSec, endSec, probability } = segment.words![w]!;
      // Both are rounded to 0.01 s, which is not exact in binary.
      expectClose('word start', startSec, word.start, 0.02 + 1e-9);
      expectClose('word end', endSec, word.end, 0.02 + 1e-9);
      expectClose('word probability', probability, word.probability, 1e-3);
    });
  });
}
