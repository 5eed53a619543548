import type { StoreSettings } from '../../src/core/model-store-api';
import { retryDelayMs } from '../../src/core/retry';
import { Interruption } from './interruption';

/**
 * Runs `work` until it succeeds, with growing waits between tries.
 * @param progressOf a number that grows while there is progress; tries are counted from the last progress on
 * @throws SottoError when tries run out or the failure is final; the signal's reason when aborted
 */
export async function retrying<T>(
  signal: AbortSignal,
  settings: Pick<StoreSettings, 'attempts' | 'baseRetryMs' | 'maxRetryMs'>,
  work: () => Promise<T>,
  onWait: (interruption: Interruption, waitMs: number) => void,
  progressOf: () => number = () => 0,
): Promise<T> {
  let best = progressOf();
  for (let failures = 0; ; failures++) {
    try {
      return await work();
    } catch (thrown) {
      signal.throwIfAborted();
      if (!(thrown instanceof Interruption)) throw thrown;
      if (progressOf() > best) failures = 0;
      best = Math.max(best, progressOf());
      if (failures + 1 >= settings.attempts) throw thrown.toError();
      const waitMs = retryDelayMs(failures, settings, thrown.retryAfterMs, Math.random());
      onWait(thrown, waitMs);
      await sleep(signal, waitMs);
    }
  }
}

function sleep(signal: AbortSignal, ms: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', onAbort);
      resolve();
    }, ms);
    signal.addEventListener('abort', onAbort, { once: true });
  });
}
