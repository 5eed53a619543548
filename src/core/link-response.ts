import { SottoError } from './errors';

/** Compressing what cannot be compressed adds up to this part to its length. */
const ENCODING_PART = 0.001;
const DOWNLOAD_YOURSELF = 'Or download the file yourself and drop it here.';

/** The part of a response that says whether it is a recording. */
export interface LinkResponse {
  readonly host: string;
  readonly status: number;
  /** Content-Type as it was sent, null where it was not. */
  readonly contentType: string | null;
}

/** Why a response is no recording; null where it may be one. */
export function refuseResponse({ host, status, contentType }: LinkResponse): SottoError | null {
  const answer = `${host} answered with status ${String(status)}`;
  if (status === 404 || status === 410)
    return new SottoError(
      'link-missing',
      `${host} has no file at this address. Check the link.`,
      answer,
    );
  if (status === 401 || status === 403)
    return new SottoError(
      'link-refused',
      `${host} does not give this file to everyone. If you may have it, download it yourself and drop it here.`,
      answer,
    );
  if (status < 200 || status > 299)
    return new SottoError(
      'link-failed',
      `${answer} instead of the file. Try again later. ${DOWNLOAD_YOURSELF}`,
      answer,
    );
  if (/^(text\/html|application\/xhtml\+xml)$/.test(essence(contentType)))
    return new SottoError(
      'link-web-page',
      'This is a web page, not a recording. Open it, copy the link of the audio or video file itself, and paste that.',
      `${host} sent ${contentType ?? ''}`,
    );
  return null;
}

/** A page cannot tell a host that is gone from one that refuses it. */
export function unreachable(host: string, details: string): SottoError {
  return new SottoError(
    'link-unreachable',
    `Sotto could not fetch from ${host}. Either it cannot be reached from here, or it does not let other websites read its files. ` +
      'Check your connection, or download the file yourself and drop it here.',
    details,
  );
}

/** The connection ended in the middle of the file. Sizes in bytes; `totalBytes` null where it was never said. */
export function cutShort(loadedBytes: number, totalBytes: number | null, details = ''): SottoError {
  const mb = (bytes: number): string => (bytes / 1e6).toFixed(1);
  const parts = totalBytes === null ? '' : ` of ${mb(totalBytes)}`;
  return new SottoError(
    'link-cut',
    `The connection ended after ${mb(loadedBytes)}${parts} MB. Try again. ${DOWNLOAD_YOURSELF}`,
    details,
  );
}

/**
 * Whether a body that ended is shorter than promised. A little less may be right: where the body was compressed on
 * its way its length is the compressed one, and the header that says so is hidden from other origins.
 */
export function endsShort(loadedBytes: number, totalBytes: number | null): boolean {
  return totalBytes !== null && loadedBytes < Math.floor(totalBytes * (1 - ENCODING_PART));
}

/** The MIME type if it is one of audio or video, else '': a wrong one keeps a player from looking for itself. */
export function mediaType(contentType: string | null): string {
  const type = essence(contentType);
  return /^(audio|video)\/|^application\/ogg$/.test(type) ? type : '';
}

/** "Text/HTML; charset=utf-8" → "text/html". */
function essence(contentType: string | null): string {
  return (contentType ?? '').split(';')[0]!.trim().toLowerCase();
}
