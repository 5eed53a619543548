const PREFIX = 'sotto-recording-';

/**
 * Says to all tabs that a recording is still running, until it is released or this tab is gone, however it went.
 * Does nothing where the browser has no locks or does not allow them, as in a cross-site iframe.
 *
 * @returns releases the lock
 */
export async function claimRecording(id: string): Promise<() => void> {
  const { promise: over, resolve: release } = Promise.withResolvers<void>();
  const held = new Promise<void>((resolve, reject) => {
    navigator.locks
      .request(PREFIX + id, () => {
        resolve();
        return over;
      })
      .catch(reject);
  });
  await held.catch(() => undefined);
  return release;
}

/** The ids of the recordings that some tab is making right now. */
export async function findClaimed(): Promise<ReadonlySet<string>> {
  try {
    const { held = [] } = await navigator.locks.query();
    return new Set(held.map(({ name = '' }) => name.replace(PREFIX, '')));
  } catch {
    return new Set();
  }
}
