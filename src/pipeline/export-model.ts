import { makeZip } from 'client-zip';
import { SottoError } from '../core/errors';
import { MANIFEST_NAME, manifestOf } from '../core/model-manifest';
import type { ModelStoreClient } from '../rpc/model-store-client';

/**
 * A stored model as a zip, to carry to a machine without a network. Files are read one by one as the stream is, each
 * verified; the stream fails where one is damaged.
 * @throws SottoError 'model-missing' where nothing of the model is complete
 */
export async function exportModel(
  signal: AbortSignal,
  id: string,
  client: ModelStoreClient,
): Promise<ReadableStream<Uint8Array>> {
  const model = (await client.list(signal)).find((stored) => stored.id === id);
  const manifest = model && manifestOf(model);
  if (!manifest || manifest.files.length === 0)
    throw new SottoError('model-missing', 'This model is not here. Download it first.');
  const folder = id.replaceAll('/', '_');
  return makeZip(
    (async function* () {
      const text = JSON.stringify(manifest, null, 2);
      yield { name: `${folder}/${MANIFEST_NAME}`, input: text };
      for (const { path } of manifest.files)
        yield { name: `${folder}/${path}`, input: await client.readFile(signal, id, path) };
    })(),
  );
}
