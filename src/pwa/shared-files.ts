import { SHARE_CACHE, SHARED_NAME_HEADER, SHARED_TEXT_PATH } from '../core/service-api';

/** What another app shared. Text may be a link. */
export interface Shared {
  readonly texts: readonly string[];
  readonly files: readonly File[];
}

/** Takes what another app shared: asked again, it is gone. */
export async function takeShared(): Promise<Shared> {
  const cache = await caches.open(SHARE_CACHE);
  const requests = await cache.keys();
  const texts: string[] = [];
  const files: File[] = [];
  for (const request of requests) {
    const response = await cache.match(request);
    if (!response) continue;
    if (new URL(request.url).pathname.endsWith(`/${SHARED_TEXT_PATH}`)) {
      texts.push(await response.text());
      continue;
    }
    const name = decodeURIComponent(response.headers.get(SHARED_NAME_HEADER) ?? '');
    const blob = await response.blob();
    files.push(new File([blob], name || 'Shared recording', { type: blob.type }));
  }
  for (const request of requests) await cache.delete(request);
  return { texts, files };
}
