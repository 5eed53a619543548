import type { Precision } from '../src/core/precisions';
import type { InstallRequest } from '../src/core/model-store-api';
import { ModelStoreClient } from '../src/rpc/model-store-client';
import { readDescription } from '../workers/asr/model-files';
import { openModelFolder } from '../workers/asr/model-folder';
import { GraphReader, type GraphPart, type GraphWeights } from '../workers/asr/model-weights';
import { openRuntime } from '../workers/asr/runtime';
import { splitGraph } from '../workers/asr/split-graph';
import { WhisperModel } from '../workers/asr/whisper-model';

/**
 * Ways to load a model.
 * - nothing: onnxruntime alone
 * - both: both graphs are read, then both sessions created, each from its file inline
 * - each: one graph at a time
 * - split: one graph at a time, its weights as external data
 */
export type Way = 'nothing' | 'both' | 'each' | 'split';

const never = new AbortController().signal;
const ignore = (): void => undefined;

/** Downloads a twin into this browser's store, unless it is there */
export async function install(hubUrl: string, name: string, dtype: 'q8' | 'fp32'): Promise<void> {
  const repository = `sotto/twin-${name}`;
  const host = `${hubUrl}/s/bench`;
  const request: InstallRequest = {
    id: `${name} ${dtype}`,
    name,
    repository,
    revision: 'main',
    precision: { encoder: dtype, decoder: dtype },
  };
  const store = new ModelStoreClient({ host });
  await store.install(never, request, ignore);
  store.dispose();
}

/** Loads a stored model on WASM. @returns seconds, and the bytes of its graphs */
export async function load(
  name: string,
  dtype: 'q8' | 'fp32',
  way: Way,
): Promise<{ sec: number; sizeBytes: number }> {
  const precision: Precision = { encoder: dtype, decoder: dtype };
  const folder = await openModelFolder({ kind: 'stored', id: `${name} ${dtype}` });
  const description = await readDescription(folder);
  const runtime = await openRuntime('wasm', null);
  const reader = new GraphReader(folder, precision, 'wasm', ignore);
  const startMs = performance.now();
  if (way === 'nothing') await runtime.ort.InferenceSession.create(new Uint8Array(8)).catch(ignore);
  else await WhisperModel.open(runtime, description, await readerOf(way, reader));
  return { sec: (performance.now() - startMs) / 1000, sizeBytes: reader.sizeBytes };
}

async function readerOf(
  way: Exclude<Way, 'nothing'>,
  reader: GraphReader,
): Promise<(part: GraphPart) => Promise<GraphWeights>> {
  const inline = reader.readWhole;
  if (way === 'each') return inline;
  if (way === 'split')
    return async (part) => {
      const whole = await inline(part);
      return splitGraph(whole.graph) ?? whole;
    };
  const both = { encoder: await inline('encoder'), decoder: await inline('decoder') };
  return async (part) => both[part];
}
