import { SottoError } from '../../src/core/errors';
import { Interruption } from './interruption';

/** What an answer to a request for the bytes from `offset` on means. */
export type RangeVerdict =
  /** The body goes on where we are. */
  | { readonly kind: 'continue' }
  /** The body is the whole file, or another version of it. */
  | { readonly kind: 'from-start' }
  /** The answer is of no use here: ask for the whole file. */
  | { readonly kind: 'ask-again' }
  /** We have all of it. */
  | { readonly kind: 'complete' };

export interface RangeRequest {
  readonly offset: number;
  readonly sizeBytes: number | null;
  readonly etag: string | null;
}

/** Judges 200, 206 and 416 (RFC 9110, 14 and 15.5.17). @throws Interruption for a body of another length than announced */
export function judgeRange(
  { status, headers, url }: Response,
  { offset, sizeBytes, etag }: RangeRequest,
): RangeVerdict {
  if (status === 416) {
    const total = /^bytes \*\/(\d+)$/.exec(headers.get('Content-Range') ?? '')?.[1];
    // Where the size is known, what is whole is not asked for: this server's file is another one.
    const isEnd = sizeBytes === null && total !== undefined && Number(total) === offset;
    return { kind: isEnd ? 'complete' : 'ask-again' };
  }
  if (status === 200) {
    const length = plainLength(headers);
    if (length !== null && sizeBytes !== null && length !== sizeBytes)
      throw otherLength(url, length, sizeBytes, headers.get('Content-Type'));
    return { kind: 'from-start' };
  }
  const range = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(headers.get('Content-Range') ?? '');
  const isSamePlace = range !== null && Number(range[1]) === offset;
  const isSameSize = sizeBytes === null || range?.[2] === '*' || Number(range?.[2]) === sizeBytes;
  const current = headers.get('ETag');
  const isSameVersion = etag === null || current === null || current === etag;
  return { kind: isSamePlace && isSameSize && isSameVersion ? 'continue' : 'ask-again' };
}

/** Content-Length where it counts the file's bytes; a compressed body's counts something else. */
export function plainLength(headers: Headers): number | null {
  const length = headers.get('Content-Length');
  return length === null || headers.has('Content-Encoding') ? null : Number(length);
}

/** The hub's tags of large files are their SHA-256; those of small ones are something else, and give null. */
export function publishedSha256(tag: string | null | undefined): string | null {
  return /^"?([0-9a-f]{64})"?$/.exec(tag ?? '')?.[1] ?? null;
}

/** A login page of a network, a proxy's error page, or a file replaced since it was listed. */
function otherLength(
  url: string,
  length: number,
  sizeBytes: number,
  type: string | null,
): Interruption {
  return new Interruption(
    'model-changed',
    'The server sends something else than the model that it announced. Check whether this network wants a login; else delete the model and download it again.',
    `${url}\n${String(length)} bytes of ${type ?? 'no type'} instead of ${String(sizeBytes)}`,
  );
}

/** More bytes than the file has. */
export function overlong(path: string, sizeBytes: number): SottoError {
  return new SottoError(
    'model-corrupt',
    `The server sent more of ${path} than the file has. What arrived was thrown away; download it again.`,
    `more than ${String(sizeBytes)} bytes`,
  );
}
