import { afterAll, beforeAll, describe, it } from 'vitest';
import type { DecodingOptions } from '../../src/core/decoding-options';
import { expectGolden, fixtureOf, largestDifferences, readGolden } from './golden';
import { NodeEngine } from './node-engine';

/**
 * Compares sets of the reference's answers with ours, each under its options. Every test file takes some of the sets,
 * so that two of them run side by side.
 *
 * @returns the engine that the file may use for more, once its tests have begun
 */
export function describeGoldens(
  sets: Readonly<Record<string, Partial<DecodingOptions>>>,
): () => NodeEngine {
  let engine: NodeEngine;
  beforeAll(async () => {
    engine = await NodeEngine.open();
  });

  afterAll(() => {
    const rows = [...largestDifferences].map(([what, by]) => `${what} ${by.toExponential(1)}`);
    console.log(`largest differences from openai/whisper: ${rows.join(', ')}`);
  });

  describe.each(Object.entries(sets))('golden %s', (name, options) => {
    const { results } = readGolden(name);
    it.each(Object.keys(results))('%s: the same tokens, times and statistics', async (file) => {
      expectGolden(await engine.transcribe(fixtureOf(file), options), results[file]!);
    });
  });
  return () => engine;
}
