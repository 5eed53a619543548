import type { LoadedModel, LoadEvent, LoadRequest } from '../core/asr-api';
import { sharedAsrClient } from './shared-client';

/** Loads a model ahead of the first recording, so that it starts without a wait. @throws SottoError */
export function prepareModel(
  signal: AbortSignal,
  request: LoadRequest,
  onEvent: (event: LoadEvent) => void,
  client = sharedAsrClient(),
): Promise<LoadedModel> {
  return client.load(signal, request, onEvent);
}
