import type { Tensor } from 'onnxruntime-web';
import { afterEach, expect, it } from 'vitest';
import { DEFAULT_AUDIO } from '../../src/core/audio-options';
import { resolveDecoding, type DecodingOptions } from '../../src/core/decoding-options';
import type { Transcript } from '../../src/core/transcript';
import { decodeFile } from '../../src/pipeline/decode-file';
import { MelSpectrum } from '../../workers/asr/mel';
import { readDescription } from '../../workers/asr/model-files';
import { ServedFolder } from '../../workers/asr/model-folder';
import { GraphReader } from '../../workers/asr/model-weights';
import { Recording } from '../../workers/asr/recording';
import { openRuntime } from '../../workers/asr/runtime';
import { WhisperTokenizer } from '../../workers/asr/tokenizer';
import { transcribe } from '../../workers/asr/transcribe';
import { WhisperModel } from '../../workers/asr/whisper-model';
import beam5 from '../fixtures/goldens/beam5.json';
import greedy from '../fixtures/goldens/greedy.json';
import { encodeOnce, type Once } from '../once';

const recordings = import.meta.glob<string>('../fixtures/audio/*.flac', {
  query: '?url',
  import: 'default',
  eager: true,
});
/** The others of up to 30 s, minutes each: `VITE_ALL_GOLDENS=1 npm run test:browser` runs them too. */
const LONGER = [
  'fr_short.flac',
  'de_short.flac',
  'es_short.flac',
  'en_window.flac',
  'fr_window.flac',
  'es_noisy.flac',
  'noise_only.flac',
] as const;
type Results = typeof greedy.results;
/** Options, and the reference's answers under them. */
type GoldenSet = readonly [Partial<DecodingOptions>, Results];
const BOTH: readonly GoldenSet[] = [
  [{}, greedy.results],
  [{ beamSize: 5, bestOf: 5 }, beam5.results],
];
const SLOW_MS = 900_000;
const ignore = (): void => undefined;
let model: WhisperModel;
let tokenizer: WhisperTokenizer;
const { Suspending } = WebAssembly as { Suspending?: unknown };
let encoded: Once<Tensor>;

// The engine itself rather than its worker, whose jobs share nothing.
async function openModel(canWait: boolean): Promise<void> {
  const folder = new ServedFolder(new URL('/models/sotto-demo/', location.origin).href);
  const description = await readDescription(folder);
  const { config, generation } = description;
  if (!canWait) delete (WebAssembly as { Suspending?: unknown }).Suspending;
  const runtime = await openRuntime('webgpu', null);
  Object.assign(WebAssembly, { Suspending });
  expect(runtime.streams).toBe(canWait);
  const reader = new GraphReader(folder, { encoder: 'fp32', decoder: 'fp32' }, runtime, ignore);
  model = await WhisperModel.open(runtime, description, reader.read);
  tokenizer = new WhisperTokenizer(
    description.tokenizer,
    description.tokenizerConfig,
    config,
    generation,
  );
  encoded = encodeOnce(model);
}
afterEach(() => model.release());

// One window on each of onnxruntime's builds: on the software adapter the encoder alone takes 10 to 40 s.
it(
  'en_short.flac on WebGPU, with JSPI: the goldens greedy and beam5',
  () => compare('en_short.flac'),
  SLOW_MS,
);
// The language is given, since hearing it is one more window.
it(
  'fr_short.flac on WebGPU, without JSPI: the golden greedy',
  () => compare('fr_short.flac', false, [[{ language: 'fr' }, greedy.results]]),
  SLOW_MS,
);
it.skipIf(!import.meta.env['VITE_ALL_GOLDENS']).each(LONGER)(
  '%s on WebGPU: the goldens greedy and beam5',
  (file) => compare(file),
  SLOW_MS,
);

async function compare(file: keyof Results, canWait = true, sets = BOTH): Promise<void> {
  await openModel(canWait);
  const audio = await (await fetch(recordings[`../fixtures/audio/${file}`]!)).blob();
  const recording = new Recording(new MelSpectrum(model.config.num_mel_bins));
  const { signal } = new AbortController();
  for await (const block of decodeFile(signal, audio, {}, ignore)) await recording.push(block);
  await recording.finish();
  for (const [options, results] of sets)
    expect(essence(await decode(recording, options))).toEqual(
      results[file].segments.map(({ tokens, start, end }) => rounded(tokens, start, end)),
    );
  for (const features of await encoded.take()) features.dispose();
}

function decode(recording: Recording, options: Partial<DecodingOptions>): Promise<Transcript> {
  const job = {
    model,
    tokenizer,
    options: resolveDecoding(options),
    audio: DEFAULT_AUDIO,
    onEvent: ignore,
    checkpoint: () => Promise.resolve(),
  };
  // No speech is detected here: second tries are no part of the goldens.
  const unheard = { speechProbabilities: new Float32Array(0), peaks: new Float32Array(0) };
  return transcribe(job, { recording, ...unheard });
}

function essence({ segments }: Transcript): unknown[] {
  return segments.map(({ tokens, startSec, endSec }) => rounded(tokens, startSec, endSec));
}

function rounded(tokens: readonly number[], startSec: number, endSec: number): unknown {
  return { tokens, startSec: startSec.toFixed(2), endSec: endSec.toFixed(2) };
}
