/** Rejects with the signal's reason as soon as it aborts, whether or not `work` has settled. */
export function orAbort<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason as Error);
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    work
      .then(resolve, (thrown: unknown) => {
        reject((signal.aborted ? signal.reason : thrown) as Error);
      })
      .finally(() => signal.removeEventListener('abort', onAbort));
  });
}
