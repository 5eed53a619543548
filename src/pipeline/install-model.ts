import type { InstallEvent, InstallRequest, StoredModel } from '../core/model-store-api';
import type { ModelStoreClient } from '../rpc/model-store-client';

/**
 * Downloads and verifies a model that a person has agreed to download, and asks the browser to keep it.
 * Aborting stops the download; what has arrived is kept.
 * @throws SottoError as `ModelStoreApi.install` says; the signal's reason when aborted
 */
export async function installModel(
  signal: AbortSignal,
  request: InstallRequest,
  onEvent: (event: InstallEvent) => void,
  client: ModelStoreClient,
): Promise<StoredModel> {
  await askToPersist();
  return client.install(signal, request, onEvent);
}

/** Workers cannot ask this. A refusal only means that the browser may evict the model when the disk is full. */
async function askToPersist(): Promise<void> {
  const { storage } = navigator as { readonly storage?: StorageManager };
  await storage?.persist().catch(() => false);
}
