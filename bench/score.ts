import type { Dtype } from '../src/core/precisions';
import { SAMPLE_RATE_HZ } from '../src/core/audio-constants';
import type { DecodingOptions } from '../src/core/decoding-options';
import type { Transcript } from '../src/core/transcript';
import { decodeFile } from '../src/pipeline/decode-file';
import { AsrClient } from '../src/rpc/asr-client';

interface Truth {
  readonly language: string;
  readonly text: string;
}

/** One row of a table: how to decode all recordings of ../shared/audio. */
export interface Setup {
  readonly label: string;
  readonly dtype: Dtype;
  readonly threads: number;
  readonly decoding: Partial<DecodingOptions>;
}

/** What a setup came to. */
export interface Score {
  /** Word error rate in percent by language, and over all words. */
  readonly wordErrors: ReadonlyMap<string, number>;
  /** Compute time / audio time. */
  readonly realTimeFactor: number;
  /** Tokens kept, timestamps included, per second of compute time. */
  readonly tokensPerSec: number;
}

const signal = new AbortController().signal;

/** Transcribes every recording with the demo model on WASM, in a worker of its own. */
export async function scoreSetup(audioUrl: string, setup: Setup): Promise<Score> {
  const response = await fetch(`${audioUrl}truth.json`);
  if (!response.ok) throw new Error('this bench needs ../shared/audio');
  const truth = (await response.json()) as Record<string, Truth>;
  const client = new AsrClient();
  const errors = new Map<string, { wrong: number; words: number }>();
  const totals = { audioSec: 0, computeSec: 0, tokens: 0 };
  for (const [name, { language, text }] of Object.entries(truth)) {
    if (text === '') continue;
    const result = await transcribe(client, audioUrl + name, setup);
    const expected = words(text);
    const { text: written, segments } = result.transcript;
    const wrong = editDistance(expected, words(written));
    for (const key of [language, 'all']) {
      const tally = errors.get(key) ?? { wrong: 0, words: 0 };
      errors.set(key, { wrong: tally.wrong + wrong, words: tally.words + expected.length });
    }
    totals.audioSec += result.audioSec;
    totals.computeSec += result.computeSec;
    totals.tokens += segments.reduce((sum, { tokens }) => sum + tokens.length, 0);
    console.log(setup.label, name, `${(result.audioSec / result.computeSec).toFixed(1)}×`);
  }
  client.dispose();
  const percent = [...errors].map(
    ([key, { wrong, words: count }]) => [key, (100 * wrong) / count] as const,
  );
  return {
    // All words come last.
    wordErrors: new Map(percent.sort(([a], [b]) => Number(a === 'all') - Number(b === 'all'))),
    realTimeFactor: totals.computeSec / totals.audioSec,
    tokensPerSec: totals.tokens / totals.computeSec,
  };
}

/** Transcribes one recording in a worker of its own. */
export async function transcribeRecording(url: string, setup: Setup): Promise<Transcript> {
  const client = new AsrClient();
  try {
    return (await transcribe(client, url, setup)).transcript;
  } finally {
    client.dispose();
  }
}

async function transcribe(
  client: AsrClient,
  url: string,
  { dtype, threads, decoding }: Setup,
): Promise<{ transcript: Transcript; audioSec: number; computeSec: number }> {
  const file = new File([await (await fetch(url)).blob()], 'bench.flac');
  const blocks: Float32Array<ArrayBuffer>[] = [];
  for await (const block of decodeFile(signal, file, {}, () => undefined)) blocks.push(block);
  const audioSec = blocks.reduce((sum, block) => sum + block.length, 0) / SAMPLE_RATE_HZ;
  const baseUrl = new URL('/models/sotto-demo/', location.href).href;
  const precision = { encoder: dtype, decoder: dtype };
  const source = { kind: 'folder', baseUrl } as const;
  const model = { name: 'sotto-demo', source, device: 'wasm', precision, threads } as const;
  const loaded = await client.load(signal, model, () => undefined);
  if (loaded.threads !== threads)
    throw new Error(`${loaded.threads} threads instead of ${threads}`);
  const start = performance.now();
  const request = { model, decoding };
  const transcript = await client.transcribe(signal, stream(blocks), request, () => undefined);
  return { transcript, audioSec, computeSec: (performance.now() - start) / 1000 };
}

async function* stream<T>(items: readonly T[]): AsyncGenerator<T, void, void> {
  yield* items;
}

function words(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}']+/gu) ?? [];
}

/** Levenshtein distance over words: substitutions, insertions and deletions. */
function editDistance(expected: readonly string[], actual: readonly string[]): number {
  let previous = Array.from({ length: actual.length + 1 }, (_, i) => i);
  expected.forEach((word, row) => {
    const current = [row + 1];
    actual.forEach((other, column) => {
      const substitution = previous[column]! + (word === other ? 0 : 1);
      current.push(Math.min(substitution, previous[column + 1]! + 1, current[column]! + 1));
    });
    previous = current;
  });
  return previous.at(-1)!;
}
