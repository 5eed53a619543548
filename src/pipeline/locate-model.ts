import type { FileInMemory, LoadRequest } from '../core/asr-api';
import type { ModelStoreClient } from '../rpc/model-store-client';
import { modelLibrary } from './model-library';

/**
 * The request with a source that the engine can read: where the browser refuses storage, a stored model is in the
 * memory of the store's worker, and its files go along as Blobs.
 * @throws SottoError 'model-missing', 'storage-failed'; the signal's reason when aborted
 */
export async function locateModel(
  signal: AbortSignal,
  request: LoadRequest,
  store: () => ModelStoreClient = modelLibrary,
): Promise<LoadRequest> {
  const { source } = request;
  if (source.kind !== 'stored') return request;
  const library = store();
  const { place } = await library.storage(signal);
  const model =
    place === 'memory' && (await library.list(signal)).find(({ id }) => id === source.id);
  // A model that is nowhere is for the engine to say.
  if (!model) return request;
  const complete = model.files.filter(({ state }) => state === 'complete');
  const files: FileInMemory[] = [];
  for (const { path, sha256 } of complete)
    files.push({ path, sha256, blob: await library.readFile(signal, model.id, path) });
  return { ...request, source: { kind: 'blobs', id: model.id, files } };
}
