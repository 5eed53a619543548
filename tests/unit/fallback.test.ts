import { beforeAll, describe, expect, it } from 'vitest';
import type { DecodingOptions } from '../../src/core/decoding-options';
import type { Transcript } from '../../src/core/transcript';
import { readGolden } from './golden';
import { NodeEngine } from './node-engine';

const FILE = 'en_window.flac';
const golden = readGolden('no_condition').results[FILE]!.segments;
const { avg_logprob: avgLogprob, compression_ratio: compressionRatio } = golden[0]!;
const text = golden.map((segment) => segment.text).join('');

let engine: NodeEngine;
beforeAll(async () => {
  engine = await NodeEngine.open();
});

function decode(options: Partial<DecodingOptions>): Promise<Transcript> {
  return engine.transcribe(FILE, { language: 'en', conditionOnPreviousText: false, ...options });
}

function temperaturesOf({ segments }: Transcript): number[] {
  return [...new Set(segments.map(({ temperature }) => temperature))];
}

/** The reference's own numbers at temperature 0 decide which thresholds pass and which do not. */
describe('temperature fallback', () => {
  const temperatures = [0, 0.3];

  it.each<[string, Partial<DecodingOptions>]>([
    ['a lower log probability threshold', { logprobThreshold: avgLogprob - 0.01 }],
    [
      'a higher compression ratio threshold',
      { compressionRatioThreshold: compressionRatio + 0.05 },
    ],
    ['no thresholds', { logprobThreshold: null, compressionRatioThreshold: null }],
  ])('stays at 0 with %s', async (_, options) => {
    const transcript = await decode({ temperatures, ...options });
    expect(temperaturesOf(transcript)).toEqual([0]);
    expect(transcript.text).toBe(text);
  });

  it.each<[string, Partial<DecodingOptions>]>([
    ['a higher log probability threshold', { logprobThreshold: avgLogprob + 0.01 }],
    ['a lower compression ratio threshold', { compressionRatioThreshold: compressionRatio - 0.05 }],
  ])('falls to the next temperature with %s', async (_, options) => {
    const { segments } = await decode({ temperatures, bestOf: 3, ...options });
    // Where the first window ends, and so what the others hold, is up to chance.
    const [first] = segments;
    expect(first!.temperature).toBe(0.3);
    expect(first!.avgLogprob).toBeLessThan(0);
    // A cool sample of a sure model is nearly as probable as the greedy text.
    expect(first!.avgLogprob).toBeGreaterThan(avgLogprob - 0.5);
  });

  it('does not fall back where it is improbable and probably silent', async () => {
    const options = { logprobThreshold: avgLogprob + 0.01, noSpeechThreshold: 0 };
    const { segments } = await decode({ temperatures, ...options, retryEmptyWindows: false });
    expect(segments).toEqual([]);
  });
});

describe('windows without text in which speech is heard', () => {
  // Everything counts as silence for the no-speech rule.
  const deaf = { noSpeechThreshold: 0, logprobThreshold: null, temperatures: [0] };

  it('are decoded again, past the no-speech rule', async () => {
    const { text: retried, coverage } = await decode(deaf);
    expect(retried).toBe(text);
    expect(new Set(coverage.map(({ kind }) => kind))).toEqual(new Set(['retried', 'silence']));
  });

  it('are marked where the second try fails too', async () => {
    const { segments, coverage, durationSec } = await decode({ ...deaf, logprobThreshold: 0 });
    expect(segments).toEqual([]);
    const failedSec = coverage
      .filter(({ kind }) => kind === 'failed')
      .reduce((sum, { startSec, endSec }) => sum + endSec - startSec, 0);
    expect(failedSec).toBeGreaterThan(0.7 * durationSec);
  });

  it('are left as the reference leaves them where the second try is switched off', async () => {
    const { segments, coverage } = await decode({ ...deaf, retryEmptyWindows: false });
    expect(segments).toEqual([]);
    expect(coverage.some(({ kind }) => kind === 'failed')).toBe(true);
  });
});

it('every second is accounted for, clips and all', async () => {
  for (const mode of ['parity', 'fast'] as const) {
    const { coverage, durationSec } = await decode({ mode, clipTimestampsSec: [2, 8, 10, 14] });
    expect(coverage[0]).toEqual({ kind: 'skipped', startSec: 0, endSec: 2 });
    expect(coverage.at(-1)).toEqual({ kind: 'skipped', startSec: 14, endSec: durationSec });
    coverage.slice(1).forEach(({ startSec }, i) => expect(startSec).toBe(coverage[i]!.endSec));
  }
});
