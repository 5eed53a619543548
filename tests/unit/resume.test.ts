import { beforeAll, describe, expect, it, test } from 'vitest';
import type { LoadedModel, TranscribeEvent } from '../../src/core/asr-api';
import { SAMPLE_RATE_HZ } from '../../src/core/audio-constants';
import type { AudioOptions } from '../../src/core/audio-options';
import { orderByTime } from '../../src/core/conversation';
import type { DecodingOptions } from '../../src/core/decoding-options';
import type { DecodedSoFar } from '../../src/core/resume-point';
import type { Transcript } from '../../src/core/transcript';
import { transcribeChannels } from '../../src/pipeline/transcribe-channels';
import type { FileEvent, FileOptions } from '../../src/pipeline/transcribe-file';
import type { AsrClient } from '../../src/rpc/asr-client';
import { RecordingFile } from '../../src/store/recording-file';
import { writePcm16 } from '../../src/core/wave';
import { readFlac } from './flac';
import { NodeEngine } from './node-engine';

/** Sampling is random above temperature 0. */
const GREEDY = { temperatures: [0] } as const;
const SPEECH_SEC = 80;
const FOREVER = new AbortController().signal;
const CONVERSATION: FileOptions = {
  model: {
    name: 'demo',
    source: { kind: 'folder', baseUrl: 'unused:/' },
    device: 'wasm',
    precision: 'auto',
    threads: 1,
  },
  decoding: GREEDY,
};

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
function statesOf(events: readonly FileEvent[]): DecodedSoFar[] {
  const states: DecodedSoFar[] = [];
  let segments: DecodedSoFar['segments'] = [];
  let coverage: DecodedSoFar['coverage'] = [];
  for (const event of events) {
    if (event.kind !== 'segments') continue;
    segments = [...segments, ...event.segments];
    coverage = [...coverage, ...event.coverage];
    states.push(structuredClone({ segments, coverage, point: event.point }));
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

/** Two recordings as the channels of one. */
async function recordBoth(me: string, them: string, sec: number): Promise<RecordingFile> {
  const frames = sec * SAMPLE_RATE_HZ;
  const read = async (name: string) => (await readFlac(name)).subarray(0, frames);
  const pcm = writePcm16([await read(me), await read(them)]);
  const shape = { channels: ['me', 'them'], sampleRateHz: SAMPLE_RATE_HZ, frames } as const;
  const kept = { chunkCount: 1, state: 'finished', deletedAtMs: null } as const;
  return new RecordingFile({ id: 'r', startedAtMs: 0, ...shape, ...kept }, [new Blob([pcm])]);
}

/** The engine in place of the worker that holds it in a browser. */
function nodeClient(): AsrClient {
  const model: LoadedModel = {
    ...{ name: 'demo', device: 'wasm', precision: { encoder: 'q8', decoder: 'q8' } as const },
    ...{ threads: 1, multilingual: true, languages: [], sizeBytes: 0, files: [] },
  };
  const client: Pick<AsrClient, 'load' | 'transcribe'> = {
    load: () => Promise.resolve(model),
    transcribe: async (_signal, blocks, { decoding, soFar }, onEvent) => {
      const samples: number[] = [];
      for await (const block of blocks) for (const sample of block) samples.push(sample);
      return engine.transcribeSamples(new Float32Array(samples), decoding, onEvent, {}, soFar);
    },
  };
  return client as AsrClient;
}

test('a conversation that was interrupted on either side ends as if it had not been', async () => {
  const file = await recordBoth('de_long.flac', 'en_long.flac', 40);
  const run = async (soFar?: DecodedSoFar): Promise<[Transcript, FileEvent[]]> => {
    const events: FileEvent[] = [];
    const tell = (event: FileEvent): unknown => events.push(event);
    const options = { ...CONVERSATION, ...(soFar && { soFar }) };
    return [await transcribeChannels(FOREVER, file, options, tell, nodeClient()), events];
  };
  const [whole, events] = await run();
  const speakers = whole.segments.map(({ speaker }) => speaker);
  expect(speakers).toContain('Me');
  expect(speakers).toContain('Them');
  const states = statesOf(events);
  const second = states.findIndex(({ point }) => point.channels?.done.length === 1);
  for (const place of [0, second]) {
    const state = states[place]!;
    // As a page shows them.
    const [resumed, after] = await run({ ...state, segments: orderByTime(state.segments) });
    expect(resumed).toEqual(whole);
    const left = events.slice(placeOf(events, 'segments', place));
    expect(windowsOf(after)).toEqual(windowsOf(left));
  }
});

function windowsOf(events: readonly FileEvent[]): number[] {
  return events.flatMap((event) => (event.kind === 'window' ? [event.startSec] : []));
}

/** Where the nth event of a kind is. */
function placeOf(events: readonly FileEvent[], kind: FileEvent['kind'], n: number): number {
  return events.flatMap((event, at) => (event.kind === kind ? [at] : []))[n]!;
}
