import { SHARE_CACHE, SHARED_NAME_HEADER, SHARED_TEXT_PATH } from '../core/service-api';
import type { Launch } from './launch';

/** Hands over what another app shared, and forgets it. */
export async function takeShared(onLaunch: (launch: Launch) => void): Promise<void> {
  const cache = await caches.open(SHARE_CACHE);
  const requests = await cache.keys();
  const files: File[] = [];
  for (const request of requests) {
    const response = await cache.match(request);
    if (!response) continue;
    if (new URL(request.url).pathname.endsWith(`/${SHARED_TEXT_PATH}`)) {
      onLaunch({ kind: 'text', text: await response.text() });
      continue;
    }
    const name = decodeURIComponent(response.headers.get(SHARED_NAME_HEADER) ?? '');
    const blob = await response.blob();
    files.push(new File([blob], name || 'Shared recording', { type: blob.type }));
  }
  if (files.length > 0) onLaunch({ kind: 'files', files });
  for (const request of requests) await cache.delete(request);
}
