import type { InstallEvent, InstallRequest, StoredModel } from '../core/model-store-api';
import type { ModelStoreClient } from '../rpc/model-store-client';
import { askToPersist } from './keep-storage';

/**
 * Downloads and verifies a model that a person has agreed to download, and asks the browser to keep it.
 * Aborting stops the download; what has arrived is kept.
 * @throws SottoError as `ModelStoreApi.install` says; the signal's reason when aborted
 */
export function installModel(
  signal: AbortSignal,
  request: InstallRequest,
  onEvent: (event: InstallEvent) => void,
  client: ModelStoreClient,
): Promise<StoredModel> {
  // Not awaited: a question of the browser's that nobody answers would hold the download up.
  void askToPersist();
  return client.install(signal, request, onEvent);
}
