import { SottoError } from '../../src/core/errors';

const busyHere = new Set<string>();

/**
 * Runs `work` while no other tab of this site does so for the same model.
 * @param onWait called once where another is at work already
 * @throws SottoError 'busy' where that other one is in this worker and the browser has no locks
 */
export async function withModelLock<T>(
  signal: AbortSignal,
  name: string,
  work: () => Promise<T>,
  onWait: () => void = () => undefined,
): Promise<T> {
  const locks = await usableLocks();
  if (!locks) return withoutLocks(name, work);
  const lockName = `sotto-model ${name}`;
  const first = await locks.request(lockName, { ifAvailable: true }, async (lock) =>
    lock ? { value: await work() } : null,
  );
  if (first) return first.value;
  onWait();
  return locks.request(lockName, { signal }, work);
}

/** Pages without HTTPS have no locks, and frames whose storage is blocked may not use them. */
async function usableLocks(): Promise<LockManager | null> {
  try {
    const { locks } = navigator as { readonly locks?: LockManager };
    await locks?.query();
    return locks ?? null;
  } catch {
    return null;
  }
}

async function withoutLocks<T>(name: string, work: () => Promise<T>): Promise<T> {
  if (busyHere.has(name))
    throw new SottoError('busy', 'This model is being downloaded already. Wait for it or stop it.');
  busyHere.add(name);
  try {
    return await work();
  } finally {
    busyHere.delete(name);
  }
}
