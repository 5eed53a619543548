import type { RpcResult } from './errors';

/** What a host says of the file behind a link, before its first byte. */
export interface LinkInfo {
  /** Where the file came from in the end: links may lead on to other hosts. */
  readonly host: string;
  readonly fileName: string;
  /** MIME type of audio or video; '' where the host names none. */
  readonly type: string;
  /** null where the host does not say. */
  readonly totalBytes: number | null;
}

/**
 * The contract between the window and the link worker, which fetches one file in its life: `open`, then `next` until
 * it answers null. It is the only code of Sotto that may reach other hosts, and all it is ever given is a URL.
 */
export interface LinkApi {
  /** @returns 'link-unreachable', 'link-missing', 'link-refused', 'link-failed' or 'link-web-page' where there is no file */
  open(url: string): Promise<RpcResult<LinkInfo>>;

  /** The next bytes of the file; null after the last. @returns 'link-cut' where the connection ends too soon */
  next(): Promise<RpcResult<Uint8Array<ArrayBuffer> | null>>;
}
