import { SottoError } from '../core/errors';
import { refuseLocked } from './offline-lock';

const SAMPLE_URL = 'samples/eight_sentences.flac';

/** The recording that comes with the app, as if somebody had dropped it. @throws SottoError 'bad-request' */
export async function fetchSample(signal: AbortSignal): Promise<File> {
  try {
    const response = await fetch(new URL(SAMPLE_URL, document.baseURI), { signal });
    if (!response.ok) throw new Error(`HTTP ${String(response.status)} for ${response.url}`);
    return new File([await response.blob()], 'Sample recording.flac', { type: 'audio/flac' });
  } catch (thrown) {
    signal.throwIfAborted();
    await refuseLocked();
    const message = 'The sample recording could not be fetched. Drop a file of your own instead.';
    throw new SottoError('bad-request', message, String(thrown));
  }
}
