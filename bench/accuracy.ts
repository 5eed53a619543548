import type { Dtype, LoadedModel } from '../src/core/asr-api';
import { SAMPLE_RATE_HZ } from '../src/core/audio-constants';
import { decodeMono16k } from '../src/audio/decode';
import { AsrClient } from '../src/rpc/asr-client';

interface Truth {
  readonly language: string;
  readonly text: string;
}

interface Run {
  readonly label: string;
  readonly dtype: Dtype;
  readonly threads: number;
}

const RUNS: readonly Run[] = [
  { label: 'fp32, 2 threads', dtype: 'fp32', threads: 2 },
  { label: 'q8, 2 threads', dtype: 'q8', threads: 2 },
  { label: 'q8, 1 thread', dtype: 'q8', threads: 1 },
  { label: 'q4, 2 threads', dtype: 'q4', threads: 2 },
];
const signal = new AbortController().signal;

/** Word errors per language and real-time factor of the demo model on WASM, greedy with fallback. */
export async function run(audioUrl: string): Promise<string> {
  const response = await fetch(`${audioUrl}truth.json`);
  if (!response.ok) throw new Error('this bench needs ../shared/audio');
  const truth = (await response.json()) as Record<string, Truth>;
  const names = Object.keys(truth).filter((name) => truth[name]!.text !== '');
  const languages = [...new Set(names.map((name) => truth[name]!.language))];
  const rows: string[] = [];
  for (const { label, dtype, threads } of RUNS) {
    const client = new AsrClient();
    const errors = new Map(languages.map((language) => [language, { wrong: 0, words: 0 }]));
    const totals = { audioSec: 0, computeSec: 0 };
    for (const name of names) {
      const { language, text } = truth[name]!;
      const result = await transcribe(client, audioUrl + name, { label, dtype, threads });
      const expected = words(text);
      const tally = errors.get(language)!;
      tally.wrong += editDistance(expected, words(result.text));
      tally.words += expected.length;
      totals.audioSec += result.audioSec;
      totals.computeSec += result.computeSec;
      console.log(label, name, `${(result.audioSec / result.computeSec).toFixed(1)}×`);
    }
    client.dispose();
    const sum = [...errors.values()].reduce((a, b) => ({
      wrong: a.wrong + b.wrong,
      words: a.words + b.words,
    }));
    const cells = [...errors.values(), sum].map(
      ({ wrong, words: count }) => `${((100 * wrong) / count).toFixed(1)} %`,
    );
    const factor = totals.computeSec / totals.audioSec;
    rows.push(
      `| ${label} | ${cells.join(' | ')} | ${factor.toFixed(4)} (${(1 / factor).toFixed(0)}×) |`,
    );
  }
  return [
    '# Words wrong and real-time factor, demo model, WASM, greedy with fallback, ../shared/audio',
    '',
    `| | ${languages.join(' | ')} | all | compute / audio time |`,
    `|---|${'---|'.repeat(languages.length + 2)}`,
    ...rows,
  ].join('\n');
}

async function transcribe(
  client: AsrClient,
  url: string,
  { dtype, threads }: Run,
): Promise<{ text: string; audioSec: number; computeSec: number }> {
  const file = new File([await (await fetch(url)).blob()], 'bench.flac');
  const blocks: Float32Array<ArrayBuffer>[] = [];
  for await (const block of decodeMono16k(signal, file)) blocks.push(block);
  const audioSec = blocks.reduce((sum, block) => sum + block.length, 0) / SAMPLE_RATE_HZ;
  const baseUrl = new URL('/models/sotto-demo/', location.href).href;
  const model = { name: 'sotto-demo', baseUrl, device: 'wasm', dtype, threads } as const;
  const loaded: LoadedModel = await client.load(signal, model, () => undefined);
  if (loaded.threads !== threads)
    throw new Error(`${loaded.threads} threads instead of ${threads}`);
  const start = performance.now();
  const { text } = await client.transcribe(
    signal,
    stream(blocks),
    { model, decoding: {} },
    () => undefined,
  );
  return { text, audioSec, computeSec: (performance.now() - start) / 1000 };
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
