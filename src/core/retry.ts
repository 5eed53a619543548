/** A server that wants a longer pause than this is not waited for. */
export const LONGEST_RETRY_AFTER_MS = 5 * 60_000;

/**
 * Exponential backoff with full jitter: a random wait in (0, base * 2^failures], so that many clients do not come back
 * at once. A Retry-After is a lower bound.
 * @param failures failures before this one
 * @param random in [0, 1)
 */
export function retryDelayMs(
  failures: number,
  limits: { readonly baseRetryMs: number; readonly maxRetryMs: number },
  retryAfterMs: number | null,
  random: number,
): number {
  const ceiling = Math.min(limits.maxRetryMs, limits.baseRetryMs * 2 ** failures);
  return Math.max(retryAfterMs ?? 0, ceiling * (1 - random));
}

/** Milliseconds that a Retry-After header asks for: seconds or an HTTP date (RFC 9110, 10.2.3). null for nonsense. */
export function parseRetryAfterMs(header: string | null, nowMs: number): number | null {
  if (header === null) return null;
  if (/^\s*\d+\s*$/.test(header)) return Number(header) * 1000;
  const dateMs = Date.parse(header);
  return Number.isNaN(dateMs) ? null : Math.max(0, dateMs - nowMs);
}
