import type { DeviceLost, LoadedModel, LoadEvent, LoadRequest } from '../core/asr-api';
import { loadSurviving } from './load-surviving';
import { sharedAsrClient } from './shared-client';

/** Loads a model ahead of the first recording, so that it starts without a wait. @throws SottoError */
export async function prepareModel(
  signal: AbortSignal,
  request: LoadRequest,
  onEvent: (event: LoadEvent | DeviceLost) => void,
  client = sharedAsrClient(),
): Promise<LoadedModel> {
  return (await loadSurviving(signal, client, request, onEvent)).model;
}
