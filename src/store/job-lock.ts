const PREFIX = 'sotto-job-';
/** How long a page that is just being reloaded may take to let go of its jobs. */
const RELOAD_MS = 1500;

/**
 * Says to all tabs that this one works on a job, until it is released or this tab is gone, however it went.
 * Does nothing where the browser has no locks or does not allow them, as in a cross-site iframe.
 *
 * @returns releases the lock; null where another tab works on the job
 */
export async function claimJob(signal: AbortSignal, id: string): Promise<(() => void) | null> {
  const name = PREFIX + id;
  const { promise: over, resolve: release } = Promise.withResolvers<void>();
  for (;;) {
    const patience = AbortSignal.any([signal, AbortSignal.timeout(RELOAD_MS)]);
    const held = new Promise<void>((resolve, reject) => {
      navigator.locks.request(name, { signal: patience }, () => (resolve(), over)).catch(reject);
    });
    try {
      await held;
      return release;
    } catch {
      signal.throwIfAborted();
      if (!patience.aborted) return release;
      // A browser that is busy may take as long to give a lock that is free.
      if (await isHeld(name)) return null;
    }
  }
}

async function isHeld(name: string): Promise<boolean> {
  const { held = [] } = await navigator.locks.query();
  return held.some((lock) => lock.name === name);
}
