import { SottoError } from '../../src/core/errors';
import { LONGEST_RETRY_AFTER_MS, parseRetryAfterMs } from '../../src/core/retry';
import { hung, Interruption, unreachable } from './interruption';
import { RequestReport } from './request-report';

const PASSING_STATUS: ReadonlySet<number> = new Set([408, 425, 429]);

/** Origins that the policy of this worker does not let it reach. */
const refusedOrigins = new Set<string>();
self.addEventListener('securitypolicyviolation', (event) => {
  const origin = URL.parse((event as SecurityPolicyViolationEvent).blockedURI)?.origin;
  if (origin !== undefined) refusedOrigins.add(origin);
});

/** An answer whose headers and body may each take `idleMs` without a byte before the request is given up. */
export interface HubAnswer {
  readonly response: Response;
  /** The body, piece by piece. @throws Interruption where it breaks off or stops */
  pieces(): AsyncGenerator<Uint8Array, void, void>;
  /** Lets go of a body that is not wanted. */
  discard(): void;
}

/**
 * Asks for a URL. Redirects to other origins are followed by the browser.
 * @throws Interruption where no answer comes; SottoError 'bad-option' for a host that this worker may not reach; the
 * signal's reason when aborted
 */
export async function askHub(
  signal: AbortSignal,
  url: string,
  init: RequestInit,
  idleMs: number,
): Promise<HubAnswer> {
  requireAllowed(url);
  const stop = new AbortController();
  const either = AbortSignal.any([signal, stop.signal]);
  const inTime = async <T>(work: Promise<T>, explain: (cause: unknown) => Error): Promise<T> => {
    const timer = setTimeout(() => stop.abort(hung(url, idleMs)), idleMs);
    try {
      return await work;
    } catch (thrown) {
      signal.throwIfAborted();
      throw stop.signal.aborted ? stop.signal.reason : explain(thrown);
    } finally {
      clearTimeout(timer);
    }
  };
  // 'no-store': the HTTP cache would keep a second copy of every model.
  const asked = fetch(url, { ...init, signal: either, cache: 'no-store', credentials: 'omit' });
  const report = new RequestReport(url, init.method);
  const response = await inTime(asked, (cause) => {
    report.failed();
    return unreachable(url, cause);
  });
  report.answered(response, 0);
  return {
    response,
    async *pieces() {
      const reader = response.body?.getReader();
      let loadedBytes = 0;
      try {
        while (reader) {
          const { done, value } = await inTime(reader.read(), (cause) => brokenOff(url, cause));
          if (done) return;
          loadedBytes += value.length;
          yield value;
        }
      } finally {
        stop.abort();
        report.answered(response, loadedBytes);
      }
    },
    discard: () => stop.abort(),
  };
}

/** The browser tells of a refusal right after the request has failed: the next try is in time to say so. */
function requireAllowed(url: string): void {
  const { host, origin } = new URL(url);
  if (!refusedOrigins.has(origin)) return;
  throw new SottoError(
    'bad-option',
    `This copy of Sotto may not fetch from ${host}. Correct the model host in the settings, or ask whoever serves Sotto to allow it (SOTTO_MODEL_HOSTS).`,
    url,
  );
}

/** The error of an answer that is not a success. 4xx is final, overload and the server's own faults may pass. */
export function statusError(response: Response, what: string): SottoError | Interruption {
  const { status } = response;
  const host = new URL(response.url).host;
  const details = `${String(status)} ${response.url}`;
  if (status === 404 || status === 410)
    return new SottoError(
      'model-missing',
      `The hub has no ${what}. Check the name and the precision.`,
      details,
    );
  if (status === 401 || status === 403)
    return new SottoError(
      'model-gated',
      `${host} does not give ${what} to everybody: the model is private, gated or does not exist. Download it with your account, and add it from its folder.`,
      details,
    );
  if (status >= 500 || PASSING_STATUS.has(status)) return overloaded(response, host, details);
  return new SottoError(
    'hub-failed',
    `${host} refused the download (${String(status)}). Try again later, or set another host.`,
    details,
  );
}

/** Does the server lack what was asked for? */
export function isMissing(thrown: unknown): thrown is SottoError {
  return thrown instanceof SottoError && thrown.code === 'model-missing';
}

function overloaded(response: Response, host: string, details: string): SottoError | Interruption {
  const retryAfterMs = parseRetryAfterMs(response.headers.get('Retry-After'), Date.now());
  const message = `${host} is overloaded or out of order (${String(response.status)}). Try again later; what has arrived is kept.`;
  if (retryAfterMs !== null && retryAfterMs > LONGEST_RETRY_AFTER_MS) {
    const wait = `asks to wait ${String(Math.round(retryAfterMs / 1000))} s`;
    return new SottoError('hub-failed', message, `${details}\n${wait}`);
  }
  return new Interruption('hub-failed', message, details, retryAfterMs);
}

function brokenOff(url: string, cause: unknown): Interruption {
  const message =
    'The connection broke off. Check the internet connection; what has arrived is kept.';
  return new Interruption('offline', message, `${url}\n${String(cause)}`);
}
