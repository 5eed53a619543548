import type { PageMessage } from '../../src/core/service-api';
import { keepForOffline } from './big-files';
import { respond } from './respond';
import { scope } from './scope';
import { activateShell, installShell } from './shell';

/** Starts the service worker. */
export function listen(): void {
  scope.addEventListener('install', installShell);
  scope.addEventListener('activate', (event) => event.waitUntil(activate(event)));
  scope.addEventListener('fetch', respond);
  scope.addEventListener('message', (event) => {
    const message = event.data as PageMessage;
    if (message.type === 'SKIP_WAITING') void scope.skipWaiting();
    if (message.type === 'keep') event.waitUntil(keepForOffline(message.device, message.urls));
  });
}

/** The first visit's page is served from here on, too. */
async function activate(event: ExtendableEvent): Promise<void> {
  await activateShell(event);
  await scope.clients.claim();
}
