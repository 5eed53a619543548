import type { LoadedModel, LoadRequest } from '../core/asr-api';
import { loadSurviving, type ReadyingEvent } from './load-surviving';
import { sharedAsrClient } from './shared-client';

/** Loads a model ahead of the first recording, so that it starts without a wait. @throws SottoError */
export async function prepareModel(
  signal: AbortSignal,
  request: LoadRequest,
  onEvent: (event: ReadyingEvent) => void,
  client = sharedAsrClient(),
): Promise<LoadedModel> {
  return (await loadSurviving(signal, client, request, onEvent)).model;
}
