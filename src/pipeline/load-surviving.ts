import type {
  Device,
  DeviceLost,
  LoadedModel,
  LoadEvent,
  LoadRequest,
  TranscribeEvent,
} from '../core/asr-api';
import { SottoError, toSottoError, type ErrorCode } from '../core/errors';
import { precisionKey, PRECISION_ORDER, type Precision } from '../core/precisions';
import type { AsrClient } from '../rpc/asr-client';
import { loadRepaired } from './load-repaired';
import { locateModel } from './locate-model';

/** A model that is ready, and the request that it answers to. */
export interface ReadyModel {
  readonly request: LoadRequest;
  readonly model: LoadedModel;
}

export type SurvivalEvent = LoadEvent | TranscribeEvent | DeviceLost;

/** Failures to start that may be WebGPU's fault rather than the model's. */
const PERHAPS_GPU: ReadonlySet<ErrorCode> = new Set(['engine-failed', 'device-lost']);

/**
 * Makes a model ready. Where nobody insists on WebGPU and it fails, WASM takes its place, for this page from then on.
 * @throws SottoError; the signal's reason when aborted
 */
export async function loadSurviving(
  signal: AbortSignal,
  client: AsrClient,
  asked: LoadRequest,
  onEvent: (event: LoadEvent | DeviceLost) => void,
): Promise<ReadyModel> {
  const request = await locateModel(signal, asked);
  try {
    return { request, model: await loadRepaired(signal, client, request, onEvent) };
  } catch (thrown) {
    signal.throwIfAborted();
    const failure = toSottoError(thrown);
    const gpuFailed = client.device === 'webgpu' && PERHAPS_GPU.has(failure.code);
    if (request.device !== 'auto' || !gpuFailed) throw thrown;
    // A broken model fails on both, and says nothing about WebGPU.
    const ready = await loadOnWasm(signal, client, request, null, onEvent);
    client.giveUpGpu(failure.details);
    onEvent(describeLoss('webgpu', failure));
    return ready;
  }
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
    'The graphics processor stopped working, and this model is not here in a form that the main processor can run. Download it again for this device, or reload the page to try again. The text so far is kept.',
    `${message}\n${details}`,
  );
}
