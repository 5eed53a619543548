/** Keeps the screen on until aborted, where the browser can: a phone that sleeps stops recording. */
export function keepAwake(signal: AbortSignal): void {
  let lock: WakeLockSentinel | null = null;
  const ask = async (): Promise<void> => {
    if (document.visibilityState !== 'visible' || signal.aborted) return;
    // Absent in some browsers; refused on low battery. The recording does not depend on it.
    const wakeLock = navigator.wakeLock as WakeLock | undefined;
    const asked = (await wakeLock?.request('screen').catch(() => null)) ?? null;
    void lock?.release();
    lock = asked;
    if (signal.aborted) await lock?.release();
  };
  // Browsers let go of it whenever the page is hidden.
  document.addEventListener('visibilitychange', () => void ask(), { signal });
  signal.addEventListener('abort', () => void lock?.release(), { once: true });
  void ask();
}
