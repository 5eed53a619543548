import { SHARE_PATH } from '../../src/core/service-api';
import { answerBigFile, bigFileAt, forgetOldBigFiles, matchOldBigFile } from './big-files';
import { withHeaders } from './added-headers';
import { isLocked, lockIfKnown } from './offline-lock';
import { passOrRefuse } from './passing-requests';
import { pathOf, scope } from './scope';
import { takeShare } from './share-target';
import { forgetOldShells, matchShell } from './shell';

/** Every request of the app's pages and workers passes here. What it leaves alone, the browser does. */
export function respond(event: FetchEvent): void {
  const { request } = event;
  const path = pathOf(request.url);
  if (path === SHARE_PATH && request.method === 'POST') {
    event.respondWith(takeShare(request));
    return;
  }
  // Other hosts are for the asker's own policy to refuse. Ranges are of files that are not the app's.
  if (path === null || request.method !== 'GET' || request.headers.has('range'))
    passOrRefuse(event, lockIfKnown() ?? false);
  else event.respondWith(answer(event, path));
}

async function answer(event: FetchEvent, path: string): Promise<Response> {
  const { request } = event;
  if (request.mode === 'navigate') event.waitUntil(forgetOldVersions());
  const file = bigFileAt(path);
  const response = file
    ? await answerBigFile(event, file)
    : ((await matchShell(path)) ?? (await matchOldBigFile(path)) ?? (await fetch(request)));
  return withHeaders(response, request.url, await isLocked());
}

async function forgetOldVersions(): Promise<void> {
  const tabs = await scope.clients.matchAll({ type: 'window', includeUncontrolled: true });
  // A tab that is open may run an older version.
  if (tabs.length > 0) return;
  await Promise.all([forgetOldShells(), forgetOldBigFiles()]);
}
