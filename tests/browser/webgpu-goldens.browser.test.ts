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
import { joinRows } from '../../workers/asr/tensor-rows';
import { WhisperTokenizer } from '../../workers/asr/tokenizer';
import { transcribe } from '../../workers/asr/transcribe';
import { WhisperModel } from '../../workers/asr/whisper-model';
import beam5 from '../fixtures/goldens/beam5.json';
import greedy from '../fixtures/goldens/greedy.json';

const recordings = import.meta.glob<string>('../fixtures/audio/*.flac', {
  query: '?url',
  import: 'default',
  eager: true,
});
/**
 * One window each, and one for each of onnxruntime's builds: on the software adapter the encoder alone takes 10 to 40 s.
 */
const SHORT = [
  ['en_short.flac', true],
  ['fr_short.flac', false],
] as const;
/** The others of up to 30 s, minutes each: `VITE_ALL_GOLDENS=1 npm run test:browser` runs them too. */
const LONGER = [
  'de_short.flac',
  'es_short.flac',
  'en_window.flac',
  'fr_window.flac',
  'es_noisy.flac',
  'noise_only.flac',
] as const;
const SETS: readonly [Partial<DecodingOptions>, typeof greedy.results][] = [
  [{}, greedy.results],
  [{ beamSize: 5, bestOf: 5 }, beam5.results],
];
const ignore = (): void => undefined;
let model: WhisperModel;
let tokenizer: WhisperTokenizer;
const { Suspending } = WebAssembly as { Suspending?: unknown };
/** Encoder outputs by what was encoded, so that both searches of a recording share one run. */
const encoded = new Map<string, Tensor>();

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
  const encode = model.encode.bind(model);
  model.encode = async (mel) => {
    const key = mel.join();
    const master = encoded.get(key) ?? (await encode(mel));
    encoded.set(key, master);
    return joinRows(runtime, [master]);
  };
}
afterEach(() => model.release());

it.each(SHORT)('%s on WebGPU: the goldens greedy and beam5 (JSPI: %s)', compare, 400_000);
it.skipIf(!import.meta.env['VITE_ALL_GOLDENS']).each(LONGER)(
  '%s on WebGPU: the goldens greedy and beam5',
  (file) => compare(file, true),
  900_000,
);

async function compare(
  file: (typeof SHORT)[number][0] | (typeof LONGER)[number],
  canWait: boolean,
): Promise<void> {
  await openModel(canWait);
  const audio = await (await fetch(recordings[`../fixtures/audio/${file}`]!)).blob();
  const recording = new Recording(new MelSpectrum(model.config.num_mel_bins));
  const { signal } = new AbortController();
  for await (const block of decodeFile(signal, audio, {}, ignore)) await recording.push(block);
  await recording.finish();
  for (const [options, results] of SETS)
    expect(essence(await decode(recording, options))).toEqual(
      results[file].segments.map(({ tokens, start, end }) => rounded(tokens, start, end)),
    );
  for (const features of encoded.values()) features.dispose();
  encoded.clear();
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
