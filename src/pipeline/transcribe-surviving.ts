import { joinStretches } from '../core/coverage';
import { toSottoError, type ErrorCode } from '../core/errors';
import type { LoadedModel, TranscribeEvent } from '../core/asr-api';
import type { DecodedSoFar } from '../core/resume-point';
import type { Transcript } from '../core/transcript';
import type { AsrClient, TranscribeRequest } from '../rpc/asr-client';
import { describeLoss, loadOnWasm, type ReadyModel, type SurvivalEvent } from './load-surviving';

type Blocks = AsyncGenerator<Float32Array<ArrayBuffer>, void, void>;

/** The model is ready, with every "auto" decided. */
export interface ModelReady {
  readonly kind: 'model';
  readonly model: LoadedModel;
}

/** After these a fresh worker on WASM may do what this one could not. */
const SURVIVABLE: ReadonlySet<ErrorCode> = new Set(['device-lost', 'worker-crashed']);

/**
 * Transcribes, and where WebGPU is lost, runs out of memory or the engine crashes, goes on on WASM in a fresh worker
 * after the last finished window: once, not for ever.
 * @param openBlocks gives the sound from its beginning; called again for the second try
 * @returns the transcript, and the model that is in use now
 * @throws SottoError; the signal's reason when aborted
 */
export async function transcribeSurviving(
  signal: AbortSignal,
  client: AsrClient,
  ready: ReadyModel,
  openBlocks: () => Blocks,
  options: Omit<TranscribeRequest, 'model'>,
  onEvent: (event: SurvivalEvent | ModelReady) => void,
): Promise<{ transcript: Transcript; ready: ReadyModel }> {
  let soFar = options.soFar;
  let audioFailure: unknown = null;
  const listen = async function* (): Blocks {
    try {
      yield* openBlocks();
    } catch (thrown) {
      audioFailure = thrown;
      throw thrown;
    }
  };
  const tell = (event: SurvivalEvent): void => {
    if (event.kind === 'segments') soFar = extend(soFar, event);
    onEvent(event);
  };
  const attempt = async (
    on: ReadyModel,
  ): Promise<{ transcript: Transcript; ready: ReadyModel }> => {
    const request = { ...options, ...(soFar && { soFar }), model: on.request };
    return { transcript: await client.transcribe(signal, listen(), request, tell), ready: on };
  };
  try {
    return await attempt(ready);
  } catch (thrown) {
    signal.throwIfAborted();
    const failure = toSottoError(thrown);
    if (thrown === audioFailure || !SURVIVABLE.has(failure.code)) throw thrown;
    onEvent(describeLoss(ready.model.device, failure));
    const { precision } = ready.model;
    const again = await loadOnWasm(signal, client, ready.request, precision, tell);
    onEvent({ kind: 'model', model: again.model });
    return await attempt(again);
  }
}

function extend(
  soFar: DecodedSoFar | undefined,
  { segments, coverage, point }: Extract<TranscribeEvent, { kind: 'segments' }>,
): DecodedSoFar {
  return {
    segments: [...(soFar?.segments ?? []), ...segments],
    coverage: joinStretches([...(soFar?.coverage ?? []), ...coverage]),
    point,
  };
}
