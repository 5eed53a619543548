/**
 * Runs `work` on every item, `lanes` at a time. The first failure aborts the others, and is thrown when all have ended.
 */
export async function inParallel<T>(
  signal: AbortSignal,
  lanes: number,
  items: readonly T[],
  work: (signal: AbortSignal, item: T) => Promise<unknown>,
): Promise<void> {
  const queue = [...items];
  const failed = new AbortController();
  const either = AbortSignal.any([signal, failed.signal]);
  const lane = async (): Promise<void> => {
    for (let item = queue.shift(); item !== undefined && !either.aborted; item = queue.shift())
      await work(either, item).catch((thrown: unknown) => failed.abort(thrown));
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  either.throwIfAborted();
}
