import type { ErrorCode } from '../../src/core/errors';
import { SottoError } from '../../src/core/errors';

/** A failure that may pass: the request is made again after a wait, and becomes an ordinary error when tries run out. */
export class Interruption extends Error {
  constructor(
    readonly code: ErrorCode,
    /** For people, once tries have run out. */
    message: string,
    readonly details: string,
    /** What the server asked for; null where it did not. */
    readonly retryAfterMs: number | null = null,
  ) {
    super(message);
    this.name = 'Interruption';
  }

  toError(): SottoError {
    return new SottoError(this.code, this.message, this.details);
  }
}

/** A fetch that failed before an answer: no network, no such host, a refused connection or a refused CORS check. */
export function unreachable(url: string, cause: unknown): Interruption {
  const host = new URL(url).host;
  const message = `${host} cannot be reached. Check the internet connection; what has arrived is kept.`;
  return new Interruption('offline', message, `${url}\n${String(cause)}`);
}

/** A connection that sends nothing. */
export function hung(url: string, idleMs: number): Interruption {
  const message = `${new URL(url).host} stopped sending. Try again later; what has arrived is kept.`;
  return new Interruption('offline', message, `${url}\nnothing for ${String(idleMs)} ms`);
}
