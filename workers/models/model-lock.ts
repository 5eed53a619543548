/** Where the browser has no locks: the end of the last work under each name in this worker. */
const tails = new Map<string, Promise<void>>();

/**
 * Runs `work` while no other tab of this site does so under the same name.
 * @param onWait called once where another is at work already
 */
export async function withModelLock<T>(
  signal: AbortSignal,
  name: string,
  work: () => Promise<T>,
  onWait: () => void = () => undefined,
): Promise<T> {
  const locks = await usableLocks();
  if (!locks) return withoutLocks(name, work, onWait);
  const first = await locks.request(name, { ifAvailable: true }, async (lock) =>
    lock ? { value: await work() } : null,
  );
  if (first) return first.value;
  onWait();
  return locks.request(name, { signal }, work);
}

/** Names of the locks that some tab of this site holds; none where the browser has no locks. */
export async function heldLocks(): Promise<string[]> {
  const held = (await (await usableLocks())?.query())?.held ?? [];
  return held.flatMap(({ name }) => name ?? []);
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

async function withoutLocks<T>(
  name: string,
  work: () => Promise<T>,
  onWait: () => void,
): Promise<T> {
  const before = tails.get(name);
  if (before) onWait();
  const turn = (before ?? Promise.resolve()).then(work);
  const tail = turn.then(
    () => undefined,
    () => undefined,
  );
  tails.set(name, tail);
  try {
    return await turn;
  } finally {
    if (tails.get(name) === tail) tails.delete(name);
  }
}
