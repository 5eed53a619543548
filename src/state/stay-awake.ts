import { keepAwake } from '../pipeline/keep-awake';

/** Keeps the screen on, where the browser can. @returns what lets go of it */
export function stayAwake(): () => void {
  const working = new AbortController();
  keepAwake(working.signal);
  return () => working.abort();
}
