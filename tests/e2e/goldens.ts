import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** openai/whisper's own segment, as its json output spells it. */
export interface GoldenSegment {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly tokens: readonly number[];
}

interface Goldens {
  readonly results: Readonly<
    Record<string, { readonly text: string; readonly segments: readonly GoldenSegment[] }>
  >;
}

const greedy = JSON.parse(readFileSync(fixture('goldens/greedy.json'), 'utf8')) as Goldens;

/** What openai/whisper makes of a recording, greedily, with the demo model's fp32 weights. */
export function golden(file: string): Goldens['results'][string] {
  const result = greedy.results[file];
  if (!result) throw new Error(`goldens/greedy.json lacks ${file}`);
  return result;
}

export function recording(file: string): string {
  return fixture(`audio/${file}`);
}

function fixture(path: string): string {
  return fileURLToPath(new URL(`../fixtures/${path}`, import.meta.url));
}

/** Path of a file that openai/whisper's own writers wrote. */
export function writtenPath(file: string): string {
  return fixture(`writers/${file}`);
}

/** Text of a file that openai/whisper's own writers wrote. */
export function written(file: string): string {
  return readFileSync(writtenPath(file), 'utf8');
}
