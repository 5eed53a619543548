import { beforeAll, describe, expect, it } from 'vitest';
import type { TranscribeEvent } from '../../src/core/asr-api';
import { SAMPLE_RATE_HZ } from '../../src/core/audio-constants';
import type { AudioOptions } from '../../src/core/audio-options';
import type { DecodingOptions } from '../../src/core/decoding-options';
import type { DecodedSoFar } from '../../src/core/resume-point';
import type { Transcript } from '../../src/core/transcript';
import { readFlac } from './flac';
import { NodeEngine } from './node-engine';

/** Sampling is random above temperature 0. */
const GREEDY = { temperatures: [0] } as const;
const SPEECH_SEC = 80;

interface Case {
  readonly what: string;
  readonly file: string;
  readonly options: Partial<DecodingOptions>;
  readonly audio?: Partial<AudioOptions>;
}
const CASES: readonly Case[] = [
  { what: 'each window prompted by the text before it', file: 'en_long.flac', options: {} },
  {
    what: 'windows without a prompt',
    file: 'de_long.flac',
    options: { conditionOnPreviousText: false },
  },
  {
    what: 'an initial prompt that every window keeps',
    file: 'en_long.flac',
    options: { initialPrompt: 'Captain Green.', carryInitialPrompt: true },
  },
  {
    what: 'an initial prompt for the first window',
    file: 'en_long.flac',
    options: { initialPrompt: 'Captain Green.' },
  },
  {
    what: 'word times, and silence around improbable words skipped',
    file: 'en_sparse.flac',
    options: { wordTimestamps: true, hallucinationSilenceThresholdSec: 2 },
  },
  {
    what: 'silence skipped and trimmed',
    file: 'en_sparse.flac',
    options: { vadFilter: true },
    audio: { trimSilence: true },
  },
  {
    what: 'stretches out of order',
    file: 'en_long.flac',
    options: { clipTimestampsSec: [40, 75, 2, 34] },
  },
  {
    what: 'fast mode with word times',
    file: 'en_long.flac',
    options: { mode: 'fast', batchSize: 1, wordTimestamps: true },
  },
  {
    what: 'fast mode in batches',
    file: 'en_long.flac',
    options: { mode: 'fast', batchSize: 2 },
  },
];

let engine: NodeEngine;
beforeAll(async () => {
  engine = await NodeEngine.open('q8');
});

/** What a page has after each window, as it comes back out of a database. */
function statesOf(events: readonly TranscribeEvent[]): DecodedSoFar[] {
  const states: DecodedSoFar[] = [];
  let segments: DecodedSoFar['segments'] = [];
  let coverage: DecodedSoFar['coverage'] = [];
  for (const event of events) {
    if (event.kind !== 'segments') continue;
    segments = [...segments, ...event.segments];
    coverage = [...coverage, ...event.coverage];
    states.push(structuredClone({ segments, coverage, point: event.point! }));
  }
  return states;
}

describe('a transcription that was interrupted', () => {
  it.each(CASES)('ends as if it had not been: $what', async ({ file, options, audio }) => {
    const samples = (await readFlac(file)).subarray(0, SPEECH_SEC * SAMPLE_RATE_HZ);
    const decoding: Partial<DecodingOptions> = { ...GREEDY, ...options };
    const run = async (soFar?: DecodedSoFar): Promise<[Transcript, TranscribeEvent[]]> => {
      const events: TranscribeEvent[] = [];
      const tell = (event: TranscribeEvent): unknown => events.push(event);
      return [await engine.transcribeSamples(samples, decoding, tell, audio, soFar), events];
    };
    const [whole, events] = await run();
    const states = statesOf(events);
    expect(states.length).toBeGreaterThan(1);
    for (const place of new Set([0, states.length >> 1, states.length - 1])) {
      const [resumed, after] = await run(states[place]);
      expect(resumed).toEqual(whole);
      const left = events.slice(placeOf(events, 'segments', place));
      expect(windowsOf(after)).toEqual(windowsOf(left));
    }
  });
});

function windowsOf(events: readonly TranscribeEvent[]): number[] {
  return events.flatMap((event) => (event.kind === 'window' ? [event.startSec] : []));
}

/** Where the nth event of a kind is. */
function placeOf(
  events: readonly TranscribeEvent[],
  kind: TranscribeEvent['kind'],
  n: number,
): number {
  return events.flatMap((event, at) => (event.kind === kind ? [at] : []))[n]!;
}
