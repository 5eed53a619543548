import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TranscribeEvent } from '../../src/core/asr-api';
import type { DecodingOptions } from '../../src/core/decoding-options';
import { DemoEngine } from './demo-engine';

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

interface Golden {
  readonly results: Record<string, { text: string; language: string; segments: GoldenSegment[] }>;
}

function readGolden<T = Golden>(name: string): T {
  return JSON.parse(
    readFileSync(new URL(`../fixtures/goldens/${name}.json`, import.meta.url), 'utf8'),
  ) as T;
}

const SETS: Record<string, Partial<DecodingOptions>> = {
  greedy: {},
  no_condition: { conditionOnPreviousText: false, temperatures: [0] },
  translate: { task: 'translate' },
  skip: { temperatures: [0], logprobThreshold: -0.4 },
  beam5: { beamSize: 5, bestOf: 5 },
  knobs: {
    beamSize: 3,
    patience: 2,
    lengthPenalty: 0.6,
    suppressTokens: [-1, 300, 301],
    suppressBlank: false,
    maxInitialTimestampSec: 0.3,
  },
  prefix: { prefix: ' The', language: 'en' },
  prompt: { initialPrompt: 'My sister plays the guitar.', language: 'en' },
  carry: { initialPrompt: 'My sister plays the guitar.', carryInitialPrompt: true },
  clip: { clipTimestampsSec: [5, 25, 40, 62.5] },
  words: { wordTimestamps: true },
  silence: { wordTimestamps: true, hallucinationSilenceThresholdSec: 2 },
};

let engine: DemoEngine;
beforeAll(async () => {
  engine = await DemoEngine.open();
});

describe.each(Object.entries(SETS))('golden %s', (name, options) => {
  const { results } = readGolden(name);
  const files = Object.keys(results).filter(
    (file) => file !== 'de_long.flac' && file !== 'es_noisy.flac',
  );
  it.each(files)('%s: the same tokens, times and statistics', async (file) => {
    const expected = results[file]!;
    const actual = await engine.transcribe(file.replace('jfk.', 'jfk_16k.'), options);
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
      expect(Math.abs(segment.avgLogprob - golden.avg_logprob)).toBeLessThan(1e-3);
      expect(Math.abs(segment.noSpeechProb - golden.no_speech_prob)).toBeLessThan(1e-3);
      expect(Math.abs(segment.compressionRatio - golden.compression_ratio)).toBeLessThan(1e-2);
      expect(segment.words?.map(({ text }) => text)).toEqual(golden.words?.map(({ word }) => word));
      golden.words?.forEach((word, w) => {
        const { startSec, endSec, probability } = segment.words![w]!;
        expect(Math.abs(startSec - word.start)).toBeLessThanOrEqual(0.02 + 1e-9);
        expect(Math.abs(endSec - word.end)).toBeLessThanOrEqual(0.02 + 1e-9);
        expect(Math.abs(probability - word.probability)).toBeLessThan(1e-3);
      });
    });
  });
});

describe('language detection', () => {
  const detected = readGolden<Record<string, Record<string, number>>>('detect');
  it.each(['en_short.flac', 'fr_window.flac', 'noise_only.flac'])(
    '%s: the same probabilities',
    async (file) => {
      const events: TranscribeEvent[] = [];
      await engine.transcribe(file, { sampleLen: 1, temperatures: [0] }, (event) =>
        events.push(event),
      );
      const language = events.find((event) => event.kind === 'language')!;
      for (const [code, probability] of Object.entries(detected[file]!))
        expect(language.probabilities![code]).toBeCloseTo(probability, 3);
    },
  );
});

describe('suppression set', () => {
  it('is computed from the tokenizer as the reference does', () => {
    // The ids of the byte-long symbols, the same in every Whisper vocabulary: " # ( ) * + / : ; < = > @ …
    const bytes = [
      1, 2, 7, 8, 9, 10, 14, 25, 26, 27, 28, 29, 31, 58, 59, 60, 61, 62, 63, 90, 91, 92, 93,
    ];
    // Of what is several tokens here: the first byte of the notes, and the space before - and '.
    const { tokenizer } = engine;
    expect(tokenizer.nonSpeechTokens).toEqual([...bytes, 158, tokenizer.encode(' -')[0]]);
  });
});
