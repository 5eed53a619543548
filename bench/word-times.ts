import type { Word } from '../src/core/transcript';
import golden from '../tests/fixtures/goldens/words.json';
import { transcribeRecording } from './score';

interface TimedText {
  readonly text: string;
  readonly startSec: number;
  readonly endSec: number;
}
interface Truth {
  readonly segments: readonly {
    readonly words: readonly { word: string; start: number; end: number }[];
  }[];
}
interface GoldenWords {
  readonly segments: readonly {
    readonly words?: readonly { word: string; start: number; end: number }[];
  }[];
}

/** Word times of Sotto and of openai/whisper against the true ones, demo model, fp32, greedy. */
export async function run(audioUrl: string): Promise<string> {
  const truth = (await (await fetch(`${audioUrl}truth.json`)).json()) as Record<string, Truth>;
  const reference = golden.results as unknown as Record<string, GoldenWords>;
  const errors = { ours: [] as number[], reference: [] as number[] };
  for (const name of Object.keys(reference)) {
    const said = truth[name]?.segments.flatMap(({ words }) => words.map(fromGolden)) ?? [];
    if (said.length === 0) continue;
    const setup = { label: 'words', dtype: 'fp32', threads: 2 } as const;
    const { segments } = await transcribeRecording(audioUrl + name, {
      ...setup,
      decoding: { wordTimestamps: true },
    });
    const ours = segments.flatMap(({ words = [] }) => words.map((word: Word): TimedText => word));
    const theirs = reference[name]!.segments.flatMap(({ words = [] }) => words.map(fromGolden));
    errors.ours.push(...timeErrors(said, ours));
    errors.reference.push(...timeErrors(said, theirs));
  }
  const row = (label: string, values: readonly number[]) => {
    const sorted = values.map(Math.abs).sort((a, b) => a - b);
    const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))]!.toFixed(3);
    const mean = (sorted.reduce((a, b) => a + b, 0) / sorted.length).toFixed(3);
    return `| ${label} | ${sorted.length} | ${mean} s | ${at(0.5)} s | ${at(0.9)} s |`;
  };
  return [
    '# Word starts and ends against the true times, demo model, fp32, greedy, words heard right only',
    '',
    '| | starts and ends | mean error | median | 90 % below |',
    '|---|---|---|---|---|',
    row('Sotto', errors.ours),
    row('openai/whisper (goldens/words.json)', errors.reference),
  ].join('\n');
}

function fromGolden({ word, start, end }: { word: string; start: number; end: number }): TimedText {
  return { text: word, startSec: start, endSec: end };
}

/** Errors of starts and ends of the words in the longest common subsequence, in seconds. */
function timeErrors(said: readonly TimedText[], written: readonly TimedText[]): number[] {
  const key = ({ text }: TimedText) => text.toLowerCase().replace(/[^\p{L}\p{N}']/gu, '');
  const a = said.map(key);
  const b = written.map(key);
  const length = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      length[i]![j] =
        a[i] === b[j]
          ? length[i + 1]![j + 1]! + 1
          : Math.max(length[i + 1]![j]!, length[i]![j + 1]!);
  const errors: number[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i] === b[j]) {
      errors.push(written[j]!.startSec - said[i]!.startSec, written[j]!.endSec - said[i]!.endSec);
      i++;
      j++;
    } else if (length[i + 1]![j]! >= length[i]![j + 1]!) i++;
    else j++;
  }
  return errors;
}
