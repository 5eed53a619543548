import type {
  Device,
  DeviceLost,
  LoadedModel,
  LoadEvent,
  LoadRequest,
  TranscribeEvent,
} from '../core/asr-api';
import { SottoError, toSottoError, type ErrorCode } from '../core/errors';
import type { GpuCheckEvent, GpuRefused } from '../core/gpu-check';
import { precisionKey, PRECISION_ORDER, type Precision } from '../core/precisions';
import type { AsrClient } from '../rpc/asr-client';
import { loadRepaired } from './load-repaired';
import { locateModel } from './locate-model';
import { proveGpu } from './prove-gpu';

/** A model that is ready, and the request that it answers to. */
export interface ReadyModel {
  readonly request: LoadRequest;
  readonly model: LoadedModel;
}

/** What happens until a model is ready. */
export type ReadyingEvent = LoadEvent | DeviceLost | GpuCheckEvent;

export type SurvivalEvent = LoadEvent | TranscribeEvent | DeviceLost;

/** Failures to start that may be WebGPU's fault rather than the model's. */
const PERHAPS_GPU: ReadonlySet<ErrorCode> = new Set(['engine-failed', 'device-lost']);

/**
 * Makes a model ready. Where nobody insists on WebGPU, and it fails, is not known to write the right text or cannot be
 * checked, WASM takes its place, for this page from then on.
 * @throws SottoError; the signal's reason when aborted
 */
export async function loadSurviving(
  signal: AbortSignal,
  client: AsrClient,
  asked: LoadRequest,
  onEvent: (event: ReadyingEvent) => void,
): Promise<ReadyModel> {
  const request = await locateModel(signal, asked);
  let ready: ReadyModel | null = null;
  let refusal: GpuRefused['why'];
  try {
    ready = { request, model: await loadRepaired(signal, client, request, onEvent) };
    if (request.device !== 'auto' || ready.model.device !== 'webgpu') return ready;
    const trust = await proveGpu(signal, client, ready, onEvent);
    if (trust === 'right') return ready;
    refusal = trust;
  } catch (thrown) {
    signal.throwIfAborted();
    const failure = toSottoError(thrown);
    const gpuFailed = client.device === 'webgpu' && PERHAPS_GPU.has(failure.code);
    if (request.device !== 'auto' || !gpuFailed) throw thrown;
    const ran = ready?.model.precision ?? null;
    // A broken model fails on both, and says nothing about WebGPU.
    const onWasm = await loadOnWasm(signal, client, request, ran, onEvent);
    client.giveUpGpu(failure.details);
    onEvent(describeLoss('webgpu', failure));
    return onWasm;
  }
  client.giveUpGpu(`WebGPU was found ${refusal} before its first recording.`);
  onEvent({ kind: 'gpu-refused', why: refusal });
  return loadOnWasm(signal, client, request, ready.model.precision, onEvent);
}

/**
 * Makes a model ready on WASM, in a precision that is right there; where none is on this device, in the one that ran
 * before, which is slow but right.
 * @param before what ran on the device that was lost; null where nothing did
 * @throws SottoError 'device-lost' where the model is here in no precision that WASM can run
 */
export async function loadOnWasm(
  signal: AbortSignal,
  client: AsrClient,
  request: LoadRequest,
  before: Precision | null,
  onEvent: (event: LoadEvent) => void,
): Promise<ReadyModel> {
  const load = async (precision: Precision | 'auto'): Promise<ReadyModel> => {
    const onWasm: LoadRequest = { ...request, device: 'wasm', precision };
    return { request: onWasm, model: await loadRepaired(signal, client, onWasm, onEvent) };
  };
  const { precision } = request;
  const isRight = precision !== 'auto' && PRECISION_ORDER.wasm.includes(precisionKey(precision));
  try {
    return await load(isRight ? precision : 'auto');
  } catch (thrown) {
    signal.throwIfAborted();
    if (toSottoError(thrown).code !== 'model-missing' || before === null) throw thrown;
    return await load(before).catch((failure: unknown) => {
      signal.throwIfAborted();
      throw unfitForWasm(failure);
    });
  }
}

/** The event that tells of a loss. */
export function describeLoss(from: Device, { message, details }: SottoError): DeviceLost {
  return { kind: 'device-lost', from, to: 'wasm', reason: details || message };
}

function unfitForWasm(failure: unknown): SottoError {
  const { message, details } = toSottoError(failure);
  return new SottoError(
    'device-lost',
    'The graphics processor cannot be used, and this model is not here in a form that the main processor can run. Download it again for this device, or reload the page to try again. The text so far is kept.',
    `${message}\n${details}`,
  );
}
