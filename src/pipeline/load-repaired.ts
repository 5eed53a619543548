import type { LoadedModel, LoadEvent, LoadRequest } from '../core/asr-api';
import { SottoError, toSottoError } from '../core/errors';
import type { AsrClient } from '../rpc/asr-client';
import { repairModel } from './model-library';

/**
 * Loads a model. Where a stored piece turns out to be damaged, it alone is fetched anew from where the model came from.
 * @throws SottoError; the signal's reason when aborted
 */
export async function loadRepaired(
  signal: AbortSignal,
  client: AsrClient,
  request: LoadRequest,
  onEvent: (event: LoadEvent) => void,
): Promise<LoadedModel> {
  try {
    return await client.load(signal, request, onEvent);
  } catch (thrown) {
    signal.throwIfAborted();
    const { source } = request;
    if (source.kind !== 'stored' || toSottoError(thrown).code !== 'model-corrupt') throw thrown;
    await repairModel(signal, source.id).catch((failure: unknown) => {
      signal.throwIfAborted();
      throw explain(toSottoError(failure));
    });
    return await client.load(signal, request, onEvent);
  }
}

/** The connection is not what the person asked about: says first what it was needed for. */
function explain({ code, message, details }: SottoError): SottoError {
  if (code === 'model-corrupt' || code === 'model-changed')
    return new SottoError(code, message, details);
  const what = 'A stored piece of this model is damaged, and it could not be fetched anew.';
  return new SottoError(code, `${what} ${message}`, details);
}
