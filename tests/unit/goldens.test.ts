import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TranscribeEvent } from '../../src/core/asr-api';
import type { DecodingOptions } from '../../src/core/decoding-options';
import { expectGolden, fixtureOf, largestDifferences, readGolden } from './golden';
import { NodeEngine } from './node-engine';

/** The reference's answers and the options that they were given under; in one file, since they share their windows. */
const SETS: Readonly<Record<string, Partial<DecodingOptions>>> = {
  greedy: {},
  no_condition: { conditionOnPreviousText: false, temperatures: [0] },
  translate: { task: 'translate' },
  skip: { temperatures: [0], logprobThreshold: -0.4 },
  prefix: { prefix: ' The', language: 'en' },
  prompt: { initialPrompt: 'My sister plays the guitar.', language: 'en' },
  carry: { initialPrompt: 'My sister plays the guitar.', carryInitialPrompt: true },
  clip: { clipTimestampsSec: [5, 25, 40, 62.5] },
  words: { wordTimestamps: true },
  silence: { wordTimestamps: true, hallucinationSilenceThresholdSec: 2 },
  beam5: { beamSize: 5, bestOf: 5 },
  knobs: {
    beamSize: 3,
    patience: 2,
    lengthPenalty: 0.6,
    suppressTokens: [-1, 300, 301],
    suppressBlank: false,
    maxInitialTimestampSec: 0.3,
  },
};

let engine: NodeEngine;
beforeAll(async () => {
  engine = await NodeEngine.open();
});
afterAll(() => {
  const rows = [...largestDifferences].map(([what, by]) => `${what} ${by.toExponential(1)}`);
  console.log(`largest differences from openai/whisper: ${rows.join(', ')}`);
});

describe.each(Object.entries(SETS))('golden %s', (name, options) => {
  const { results } = readGolden(name);
  it.each(Object.keys(results))('%s: the same tokens, times and statistics', async (file) => {
    expectGolden(await engine.transcribe(fixtureOf(file), options), results[file]!);
  });
});

describe('language detection', () => {
  const detected = readGolden<Record<string, Record<string, number>>>('detect');
  it.each(Object.keys(detected))('%s: the same probabilities', async (file) => {
    const events: TranscribeEvent[] = [];
    // What is decoded is no matter: the first 30 s are listened to before.
    const options = { sampleLen: 1, temperatures: [0], clipTimestampsSec: [0, 30] };
    await engine.transcribe(fixtureOf(file), options, (event) => events.push(event));
    const language = events.find((event) => event.kind === 'language')!;
    for (const [code, probability] of Object.entries(detected[file]!))
      expect(language.probabilities![code]).toBeCloseTo(probability, 3);
  });
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
