/** Every failure a person can meet, by a code that callers can switch on. */
export type ErrorCode =
  | 'bad-option'
  | 'bad-request'
  | 'empty-file'
  | 'file-gone'
  | 'not-media'
  | 'no-audio'
  | 'no-samples'
  | 'no-index'
  | 'unknown-codec'
  | 'encrypted'
  | 'too-large'
  | 'too-long'
  | 'microphone-refused'
  | 'microphone-missing'
  | 'microphone-busy'
  | 'microphone-gone'
  | 'microphone-lost'
  | 'tab-refused'
  | 'tab-busy'
  | 'tab-silent'
  | 'tab-lost'
  | 'capture-unsupported'
  | 'capture-failed'
  | 'storage-full'
  | 'storage-blocked'
  | 'link-invalid'
  | 'link-insecure'
  | 'link-unreachable'
  | 'link-missing'
  | 'link-refused'
  | 'link-failed'
  | 'link-web-page'
  | 'link-too-large'
  | 'link-cut'
  | 'model-missing'
  | 'model-invalid'
  | 'model-gated'
  | 'model-changed'
  | 'model-untrusted'
  | 'model-corrupt'
  | 'hub-failed'
  | 'offline'
  | 'locked'
  | 'paused'
  | 'no-space'
  | 'storage-failed'
  | 'bad-archive'
  | 'not-a-transcript'
  | 'device-unavailable'
  | 'device-lost'
  | 'engine-failed'
  | 'worker-crashed'
  | 'busy'
  | 'aborted';

/**
 * An error with a code and a sentence that says what happened and what to do.
 * `details` is the technical text for the folded "Details" part of the screen.
 */
export class SottoError extends Error {
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly details = '',
  ) {
    super(message);
    this.name = 'SottoError';
  }
}

/** Comlink keeps only name, message and stack of an Error, so results that can fail travel as data. */
export type RpcResult<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: RpcError };

export interface RpcError {
  readonly code: ErrorCode;
  readonly message: string;
  readonly details: string;
}

/** Any thrown value as a SottoError; one that is a SottoError already is returned as it is. */
export function toSottoError(thrown: unknown, code: ErrorCode = 'engine-failed'): SottoError {
  if (thrown instanceof SottoError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  const details = thrown instanceof Error ? (thrown.stack ?? '') : '';
  return new SottoError(code, message, details);
}

/** Runs `work` and packs its value or its failure for the way through Comlink. */
export async function packResult<T>(work: () => Promise<T> | T): Promise<RpcResult<T>> {
  try {
    return { ok: true, value: await work() };
  } catch (thrown) {
    const { code, message, details } = toSottoError(thrown);
    return { ok: false, error: { code, message, details } };
  }
}

/** The value of a packed result. @throws SottoError where it holds a failure */
export function unpackResult<T>(result: RpcResult<T>): T {
  if (result.ok) return result.value;
  throw new SottoError(result.error.code, result.error.message, result.error.details);
}

/** Closes an exhaustive switch: does not compile while a case is missing. */
export function assertNever(value: never): never {
  throw new Error(`unhandled case: ${JSON.stringify(value)}`);
}
