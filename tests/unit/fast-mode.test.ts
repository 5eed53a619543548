import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TranscribeEvent } from '../../src/core/asr-api';
import { readFlac } from './flac';
import { NodeEngine } from './node-engine';

interface Truth {
  readonly segments: readonly { start: number; end: number; text: string }[];
}
const truth = JSON.parse(
  readFileSync(new URL('../fixtures/audio/truth.json', import.meta.url), 'utf8'),
) as Record<string, Truth>;

let engine: NodeEngine;
beforeAll(async () => {
  engine = await NodeEngine.open();
});

describe('fast mode', () => {
  it('gives the same tokens whatever the size of the batch', async () => {
    const options = { mode: 'fast', temperatures: [0] } as const;
    const one = await engine.transcribe('en_long.flac', { ...options, batchSize: 1 });
    const many = await engine.transcribe('en_long.flac', { ...options, batchSize: 3 });
    const essence = ({ segments }: typeof one) =>
      segments.map(({ tokens, startSec, endSec }) => ({ tokens, startSec, endSec }));
    expect(essence(many)).toEqual(essence(one));
    expect(one.segments.length).toBeGreaterThan(20);
  });

  it('decodes beams in batches', async () => {
    const options = { mode: 'fast', temperatures: [0], beamSize: 3 } as const;
    const one = await engine.transcribe('de_long.flac', { ...options, batchSize: 1 });
    const many = await engine.transcribe('de_long.flac', { ...options, batchSize: 4 });
    expect(many.segments.map(({ tokens }) => tokens)).toEqual(
      one.segments.map(({ tokens }) => tokens),
    );
  });

  it('puts speech that is far apart back where it was said', async () => {
    const { segments } = await engine.transcribe('en_sparse.flac', { mode: 'fast' });
    const said = truth['en_sparse.flac']!.segments;
    expect(segments).toHaveLength(said.length);
    segments.forEach(({ startSec, endSec }, i) => {
      // The model's own idea of where speech begins and ends is half a second off at times.
      expect(Math.abs(startSec - said[i]!.start)).toBeLessThan(0.5);
      expect(Math.abs(endSec - said[i]!.end)).toBeLessThan(0.5);
    });
  });

  it('moves words exactly with the silence before them', async () => {
    const speech = await readFlac('fr_window.flac');
    const words = async (silenceSec: number) => {
      const samples = new Float32Array(speech.length + silenceSec * 16_000);
      samples.set(speech, silenceSec * 16_000);
      const options = { mode: 'fast', wordTimestamps: true, language: 'fr' } as const;
      const { segments } = await engine.transcribeSamples(samples, options);
      return segments.flatMap((segment) => segment.words!);
    };
    // Both the mel frames and the detector's stretches of 4.096 s fall on the same samples again.
    const shiftSec = 40.96;
    const [early, late] = [await words(1.6), await words(1.6 + shiftSec)];
    expect(early.length).toBeGreaterThan(20);
    expect(late.map(({ text }) => text)).toEqual(early.map(({ text }) => text));
    late.forEach((word, i) => {
      expect(word.startSec).toBeCloseTo(early[i]!.startSec + shiftSec, 6);
      expect(word.endSec).toBeCloseTo(early[i]!.endSec + shiftSec, 6);
    });
  });

  it('tells of progress in order and of no window in a recording without speech', async () => {
    const events: TranscribeEvent[] = [];
    await engine.transcribe('en_long.flac', { mode: 'fast', batchSize: 2 }, (event) =>
      events.push(event),
    );
    const done = events.flatMap((event) => (event.kind === 'segments' ? [event.doneSec] : []));
    expect(done).toEqual([...done].sort((a, b) => a - b));
    const quiet: TranscribeEvent[] = [];
    const { text, coverage } = await engine.transcribe(
      'noise_only.flac',
      { mode: 'fast' },
      (event) => quiet.push(event),
    );
    expect(text).toBe('');
    expect(coverage).toEqual([{ kind: 'silence', startSec: 0, endSec: 12 }]);
    expect(quiet.some(({ kind }) => kind === 'window')).toBe(false);
  });

  it('refuses an option that only the parity mode has', async () => {
    const options = {
      mode: 'fast',
      wordTimestamps: true,
      hallucinationSilenceThresholdSec: 2,
    } as const;
    await expect(engine.transcribe('en_short.flac', options)).rejects.toThrow(/parity mode/);
  });
});

describe('silence skipping in parity mode', () => {
  it('begins windows where speech does', async () => {
    const { segments } = await engine.transcribe('en_sparse.flac', { vadFilter: true });
    const written = segments.filter(({ text }) => text !== '');
    for (const { startSec, endSec } of written)
      expect(
        truth['en_sparse.flac']!.segments.some(
          ({ start, end }) => startSec < end + 0.5 && endSec > start - 0.5,
        ),
      ).toBe(true);
    expect(written.length).toBeGreaterThanOrEqual(5);
  });
});
