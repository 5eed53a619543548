import { describe, expect, it } from 'vitest';
import type { TranscribeEvent } from '../../src/core/asr-api';
import { fixtureOf, readGolden } from './golden';
import { describeGoldens } from './golden-sets';

const engine = describeGoldens({
  greedy: {},
  no_condition: { conditionOnPreviousText: false, temperatures: [0] },
  translate: { task: 'translate' },
  skip: { temperatures: [0], logprobThreshold: -0.4 },
});

describe('language detection', () => {
  const detected = readGolden<Record<string, Record<string, number>>>('detect');
  it.each(Object.keys(detected))('%s: the same probabilities', async (file) => {
    const events: TranscribeEvent[] = [];
    await engine().transcribe(fixtureOf(file), { sampleLen: 1, temperatures: [0] }, (event) =>
      events.push(event),
    );
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
    const { tokenizer } = engine();
    expect(tokenizer.nonSpeechTokens).toEqual([...bytes, 158, tokenizer.encode(' -')[0]]);
  });
});
