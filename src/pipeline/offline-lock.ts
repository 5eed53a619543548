import { SottoError } from '../core/errors';
import { LOCK_CHANNEL } from '../core/network-report';
import type { PageMessage } from '../core/service-api';
import { readLock } from '../store/network';

/** Whether the lock can be switched, and if not, why. */
export type LockSupport =
  /** A service worker serves this page. */
  | 'ready'
  /** There is one, but this page came past it: it will after a reload. */
  | 'after-reload'
  /** No service worker here: no HTTPS, a private window, storage blocked, or the development server. */
  | 'none';

/** Time in which a service worker, once asked, must have answered. */
const ANSWER_MS = 10_000;

/** Aborted when the lock is switched on, replaced when it is switched off. */
let unlocked = new AbortController();

/**
 * Follows the lock, whichever tab switches it, until the signal aborts.
 * @param onChange restarts the workers that reach other hosts: each obeys the policy that it was started with
 */
export function watchLock(signal: AbortSignal, onChange: (locked: boolean) => void): void {
  const channel = new BroadcastChannel(LOCK_CHANNEL);
  channel.onmessage = ({ data }: MessageEvent<boolean>) => {
    if (data) unlocked.abort(lockedError());
    else unlocked = new AbortController();
    onChange(data);
  };
  signal.addEventListener('abort', () => channel.close(), { once: true });
}

export { readLock };

export async function probeLockSupport(): Promise<LockSupport> {
  const container = navigator.serviceWorker as ServiceWorkerContainer | undefined;
  if (container?.controller) return 'ready';
  const registration = await container?.getRegistration().catch(() => undefined);
  return registration ? 'after-reload' : 'none';
}

/**
 * Switches the lock. Resolves when it holds.
 * @throws SottoError 'storage-failed' where the service worker does not do it
 */
export async function switchLock(signal: AbortSignal, locked: boolean): Promise<void> {
  const controller = navigator.serviceWorker.controller;
  const { port1, port2 } = new MessageChannel();
  const late = AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS)]);
  try {
    const answered = new Promise<void>((resolve, reject) => {
      port1.onmessage = () => resolve();
      late.addEventListener('abort', () => reject(late.reason as Error), { once: true });
    });
    controller?.postMessage({ type: 'lock', locked } satisfies PageMessage, [port2]);
    await answered;
  } catch (thrown) {
    signal.throwIfAborted();
    const message = 'The offline lock could not be switched. Reload the page and try again.';
    throw new SottoError('storage-failed', message, String(thrown));
  } finally {
    port1.close();
  }
}

/**
 * Runs what needs the network, and stops it when the lock is switched on.
 * @throws SottoError 'locked'; what `work` throws
 */
export async function whileUnlocked<T>(
  signal: AbortSignal,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  await refuseLocked();
  const { signal: off } = unlocked;
  try {
    return await work(AbortSignal.any([signal, off]));
  } catch (thrown) {
    signal.throwIfAborted();
    off.throwIfAborted();
    throw thrown;
  }
}

/** @throws SottoError 'locked' where the lock is on */
export async function refuseLocked(): Promise<void> {
  if (await readLock()) throw lockedError();
}

function lockedError(): SottoError {
  return new SottoError(
    'locked',
    'The offline lock is on, so nothing is fetched. Switch it off in the settings, under Privacy.',
  );
}
