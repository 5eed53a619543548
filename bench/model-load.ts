import type { Device } from '../src/core/asr-api';
import { weightPaths, type Precision } from '../src/core/precisions';
import type { InstallRequest } from '../src/core/model-store-api';
import { ModelStoreClient } from '../src/rpc/model-store-client';
import { readDescription } from '../workers/asr/model-files';
import { openModelFolder } from '../workers/asr/model-folder';
import { GraphReader, type GraphPart } from '../workers/asr/model-weights';
import { openRuntime } from '../workers/asr/runtime';
import type { GraphWeights } from '../workers/asr/split-graph';
import { WhisperModel } from '../workers/asr/whisper-model';

/** A way to load a model. */
export interface Way {
  readonly device: Device;
  /** Whether onnxruntime may use the build for JSPI. */
  readonly jspi: boolean;
  /** nothing: onnxruntime alone. inline: each graph as its file. apart: its weights as external data, as the app does. */
  readonly graphs: 'nothing' | 'inline' | 'apart';
}

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

/** Loads a stored model. @returns seconds, and the bytes of its graphs */
export async function load(
  name: string,
  dtype: 'q8' | 'fp32',
  { device, jspi, graphs }: Way,
): Promise<{ sec: number; sizeBytes: number }> {
  const precision: Precision = { encoder: dtype, decoder: dtype };
  const folder = await openModelFolder({ kind: 'stored', id: `${name} ${dtype}` });
  const description = await readDescription(folder);
  if (!jspi) delete (WebAssembly as { Suspending?: unknown }).Suspending;
  const runtime = await openRuntime(device, null);
  const reader = new GraphReader(folder, precision, runtime, ignore);
  const [encoder, decoder] = weightPaths(precision);
  const readInline = async (part: GraphPart): Promise<GraphWeights> => {
    return { graph: await folder.read({ encoder, decoder }[part]), externalData: [] };
  };
  const startMs = performance.now();
  if (graphs === 'nothing')
    await runtime.ort.InferenceSession.create(new Uint8Array(8), {
      executionProviders: ['wasm'],
    }).catch(ignore);
  else await WhisperModel.open(runtime, description, graphs === 'apart' ? reader.read : readInline);
  return { sec: (performance.now() - startMs) / 1000, sizeBytes: reader.sizeBytes };
}
