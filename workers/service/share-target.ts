import {
  SHARE_CACHE,
  SHARE_FIELDS,
  SHARED_NAME_HEADER,
  SHARED_QUERY,
  SHARED_TEXT_PATH,
} from '../../src/core/service-api';
import { urlOf } from './scope';

/** Keeps what another app shared until the page takes it, and opens the page. The files never leave the device. */
export async function takeShare(request: Request): Promise<Response> {
  const form = await request.formData();
  const cache = await caches.open(SHARE_CACHE);
  for (const file of form.getAll(SHARE_FIELDS.files))
    if (file instanceof File)
      await cache.put(urlOf(`shared/${crypto.randomUUID()}`), asResponse(file));
  const text = sharedText(form);
  if (text) await cache.put(urlOf(SHARED_TEXT_PATH), new Response(text));
  return Response.redirect(urlOf(`?${SHARED_QUERY}`), 303);
}

function asResponse(file: File): Response {
  return new Response(file, {
    headers: {
      'Content-Type': file.type || 'application/octet-stream',
      [SHARED_NAME_HEADER]: encodeURIComponent(file.name),
    },
  });
}

/** The link among the texts, wherever the other app put it; null where there is none. */
function sharedText(form: FormData): string | null {
  const texts = SHARE_FIELDS.texts.map((name) => form.get(name)).filter((text) => text !== null);
  return /https?:\/\/\S+/.exec(texts.join(' '))?.[0] ?? null;
}
