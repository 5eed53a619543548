import { describe, expect, it } from 'vitest';
import { DEFAULT_DECODING, resolveDecoding } from '../../src/core/decoding-options';
import { findNames } from '../../src/core/fuzzy';
import { DECODING_CONTROLS, VOICE_ACTIVITY_CONTROLS } from '../../src/core/option-controls';
import { isOptionValue, usableDecoding, withoutDefaults } from '../../src/core/option-values';
import { builtInOptions } from '../../src/core/presets';
import { DEFAULT_VOICE_ACTIVITY } from '../../src/core/voice-activity';
import { fieldText, parseField, type FieldValue } from '../../src/ui/settings/option-text';

describe('the controls of decoding options', () => {
  it.each(Object.entries(DECODING_CONTROLS))('%s takes its default', (name, control) => {
    const value = DEFAULT_DECODING[name as keyof typeof DECODING_CONTROLS];
    expect(isOptionValue(control, value)).toBe(true);
  });

  it.each(Object.entries(VOICE_ACTIVITY_CONTROLS))('%s takes its default', (name, control) => {
    const value = DEFAULT_VOICE_ACTIVITY[name as keyof typeof VOICE_ACTIVITY_CONTROLS];
    expect(isOptionValue(control, value)).toBe(true);
  });

  it.each(Object.entries(DECODING_CONTROLS))('the engine takes the ends of %s', (name, control) => {
    if (control.kind !== 'number') return;
    const { min, max = 1e6 } = control;
    // What these two need besides.
    const needed = { beamSize: 2, wordTimestamps: true };
    for (const value of [min, max]) {
      const partial = { ...needed, [name]: name === 'patience' ? Math.max(1, value) : value };
      expect(() => resolveDecoding(partial)).not.toThrow();
    }
  });
});

describe('what was kept', () => {
  it('is used as far as it means something', () => {
    const kept = {
      beamSize: 5,
      bestOf: 'five',
      temperatures: [],
      language: 'DE',
      task: 'translate',
      voiceActivity: { threshold: 0.4, speechPadMs: -1 },
      junk: true,
    };
    const usable = { beamSize: 5, task: 'translate', voiceActivity: { threshold: 0.4 } };
    expect(usableDecoding(kept)).toEqual(usable);
  });

  it('is used without what contradicts the rest of it', () => {
    expect(usableDecoding({ patience: 2 })).toEqual({});
    expect(usableDecoding({ hallucinationSilenceThresholdSec: 2 })).toEqual({});
    const words = { wordTimestamps: true, hallucinationSilenceThresholdSec: 2 };
    expect(usableDecoding(words)).toEqual(words);
    expect(usableDecoding({ ...words, mode: 'fast' })).toEqual({
      wordTimestamps: true,
      mode: 'fast',
    });
  });

  it.each([null, 3, 'x', [1], undefined])('is nothing where it is %o', (kept) => {
    expect(usableDecoding(kept)).toEqual({});
  });

  it('is only what differs from the defaults', () => {
    const chosen = { beamSize: 5, task: 'transcribe', temperatures: [0, 0.2, 0.4, 0.6, 0.8, 1] };
    expect(withoutDefaults(chosen as Partial<typeof DEFAULT_DECODING>, DEFAULT_DECODING)).toEqual({
      beamSize: 5,
    });
  });
});

describe('what is written into a field', () => {
  it.each<[keyof typeof DECODING_CONTROLS, string, FieldValue | undefined]>([
    ['beamSize', '5', 5],
    ['beamSize', '', null],
    ['beamSize', '2.5', undefined],
    ['beamSize', '0', undefined],
    ['beamSize', 'many', undefined],
    ['repetitionPenalty', '', undefined],
    ['repetitionPenalty', '1,1', 1.1],
    ['logprobThreshold', '−0,5', -0.5],
    ['logprobThreshold', '1', undefined],
    ['temperatures', '0, 0.2 0.4', [0, 0.2, 0.4]],
    ['temperatures', '', undefined],
    ['temperatures', '0, 3', undefined],
    ['clipTimestampsSec', '', []],
    ['suppressTokens', '-1, 50', [-1, 50]],
    ['suppressTokens', '1.5', undefined],
    ['initialPrompt', '  ', null],
    ['initialPrompt', 'Ada', 'Ada'],
    ['prependPunctuations', '', ''],
  ])('%s: "%s"', (name, text, value) => {
    const read = parseField(DECODING_CONTROLS[name], text);
    expect(read).toEqual(value);
    if (read !== undefined)
      expect(parseField(DECODING_CONTROLS[name], fieldText(read))).toEqual(read);
  });
});

it('a preset that comes with Sotto leaves alone what is about the recordings', () => {
  const current = { language: 'de', hotwords: 'Ada', beamSize: 5 };
  expect(builtInOptions('fast', current)).toEqual({
    language: 'de',
    hotwords: 'Ada',
    mode: 'fast',
  });
});

it('a search finds by beginnings first, then by letters in order, whatever the accents', () => {
  const all = ['Norwegian', 'Türkisch', 'English', 'Old English', 'Eng lish'].map((name) => ({
    name,
  }));
  const find = (text: string): string[] => findNames(all, text).map(({ name }) => name);
  expect(find('turk')).toEqual(['Türkisch']);
  expect(find('engl')).toEqual(['English', 'Old English', 'Eng lish']);
  expect(find('nrwg')).toEqual(['Norwegian']);
  expect(find('xyz')).toEqual([]);
  expect(find('')).toHaveLength(all.length);
});
