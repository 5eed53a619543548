import { packResult, SottoError, type RpcResult } from '../../src/core/errors';
import type { LinkApi, LinkInfo } from '../../src/core/link-api';
import { linkFileName } from '../../src/core/link-name';
import {
  cutShort,
  endsShort,
  mediaType,
  refuseResponse,
  unreachable,
} from '../../src/core/link-response';

/** Nothing of the person goes along with the request, and nothing of the answer stays in the browser's cache. */
const ANONYMOUS: RequestInit = {
  mode: 'cors', // the page is isolated: no other mode gives bytes
  credentials: 'omit',
  referrerPolicy: 'no-referrer',
  cache: 'no-store',
};

/** One file behind LinkApi, read as slowly as `next` is called. */
export class LinkReader implements LinkApi {
  #body: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>> | null = null;
  #loadedBytes = 0;
  #totalBytes: number | null = null;

  open(url: string): Promise<RpcResult<LinkInfo>> {
    return packResult(async () => {
      const response = await fetchFrom(url);
      const { host, pathname } = new URL(response.url);
      const contentType = response.headers.get('Content-Type');
      const refusal = refuseResponse({ host, status: response.status, contentType });
      if (refusal) {
        await response.body?.cancel();
        throw refusal;
      }
      this.#body = (response.body ?? new Blob().stream()).getReader();
      this.#totalBytes = contentLength(response.headers);
      const fileName = linkFileName(response.headers.get('Content-Disposition'), pathname, host);
      return { host, fileName, type: mediaType(contentType), totalBytes: this.#totalBytes };
    });
  }

  next(): Promise<RpcResult<Uint8Array<ArrayBuffer> | null>> {
    return packResult(async () => {
      if (!this.#body) throw new SottoError('bad-request', 'No link is open.');
      const chunk = await this.#body.read().catch((thrown: unknown) => {
        throw cutShort(this.#loadedBytes, this.#totalBytes, String(thrown));
      });
      if (chunk.done) {
        if (endsShort(this.#loadedBytes, this.#totalBytes))
          throw cutShort(this.#loadedBytes, this.#totalBytes);
        return null;
      }
      this.#loadedBytes += chunk.value.length;
      return chunk.value;
    });
  }
}

async function fetchFrom(url: string): Promise<Response> {
  try {
    return await fetch(url, ANONYMOUS);
  } catch (thrown) {
    throw unreachable(new URL(url).host, String(thrown));
  }
}

/** null where it is not said, or is said of the compressed body. */
function contentLength(headers: Headers): number | null {
  const encoding = headers.get('Content-Encoding') ?? 'identity';
  const length = headers.get('Content-Length');
  return length !== null && encoding === 'identity' ? Number(length) : null;
}
