import type { LoadedModel, LoadRequest, ModelSource } from '../core/asr-api';
import { checkFor, type Check } from '../core/check-recordings';
import type { GpuCheckEvent } from '../core/gpu-check';
import { precisionKey } from '../core/precisions';
import {
  combinationKey,
  isRight,
  judge,
  learntHere,
  notedModel,
  placeOf,
  type Combination,
  type Machine,
  type Verdict,
} from '../core/verdict';
import type { AsrClient } from '../rpc/asr-client';
import { recallDevice, rememberVerdict } from './device-notes';
import { fetchSamples, hearSamples } from './hear-recording';
import { listModels } from './model-library';
import { probeMachine } from './probe-device';

/** 'unchecked': the recording for the check could not be had. */
export type GpuTrust = 'right' | 'wrong' | 'unchecked';

/** Held while WebGPU is checked: whoever waited, in whichever tab, finds the verdict. */
const LOCK = 'sotto-gpu-check';

/**
 * Whether a model that was loaded on WebGPU writes the right text there. The first time, on this adapter and version of
 * the browser, a recording whose words are known goes through it; what comes of that is remembered.
 * @throws SottoError what the engine failed with; the signal's reason when aborted
 */
export async function proveGpu(
  signal: AbortSignal,
  client: AsrClient,
  { request, model }: { readonly request: LoadRequest; readonly model: LoadedModel },
  onEvent: (event: GpuCheckEvent) => void,
): Promise<GpuTrust> {
  const machine = await probeMachine();
  const way: Combination = {
    model: notedModel(request.source),
    device: 'webgpu',
    precision: precisionKey(model.precision),
  };
  const known = trustIn(way, machine);
  if (known) return known;
  onEvent({ kind: 'gpu-check' });
  return alone(signal, async () => {
    const found = trustIn(way, machine);
    if (found) return found;
    const { recording, maxWordErrorRate } = await checkOf(signal, request.source, model);
    const samples = await fetchSamples(signal, recording.path).catch(() => null);
    signal.throwIfAborted();
    if (!samples) return 'unchecked';
    const hearing = { request, samples, language: recording.language };
    const { text } = await hearSamples(signal, client, hearing, () => undefined);
    // Not timed: a first run compiles shaders, which would make WebGPU look slower than WASM.
    const judged = judge(recording.text, text, null, maxWordErrorRate);
    const heard = judged.wordErrorRate === 0 ? '' : text;
    const untimed = { speed: null, loadSec: null, problem: '' };
    const place = placeOf(machine, 'webgpu');
    rememberVerdict({ ...way, ...place, ...judged, ...untimed, heard, atMs: Date.now() });
    return isRight(judged) ? 'right' : 'wrong';
  });
}

/** Does some work as the only tab; beside others where the browser refuses locks, as in a cross-site iframe. */
async function alone<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  try {
    return await navigator.locks.request(LOCK, { signal }, work);
  } catch (thrown) {
    if (thrown instanceof DOMException && thrown.name === 'SecurityError') return work();
    throw thrown;
  }
}

/** What an earlier check says; null where there was none, or what failed then has been loaded now. */
function trustIn(way: Combination, machine: Machine): GpuTrust | null {
  const isOfWay = (verdict: Verdict): boolean => combinationKey(verdict) === combinationKey(way);
  const verdict = learntHere(recallDevice().verdicts, machine).find(isOfWay);
  if (!verdict || verdict.finding === 'failed') return null;
  return isRight(verdict) ? 'right' : 'wrong';
}

/** What to check a model with: as the doctor does, where the store knows its files; else by the files that were loaded. */
async function checkOf(
  signal: AbortSignal,
  source: ModelSource,
  { files }: LoadedModel,
): Promise<Check> {
  const stored = 'id' in source ? await listModels(signal).catch(() => []) : [];
  signal.throwIfAborted();
  const own = stored.find(({ id }) => id === notedModel(source));
  const loaded = files.map((file) => ({ ...file, sizeBytes: null }));
  return checkFor(own ?? { files: loaded, precisions: [] });
}
