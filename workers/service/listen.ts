import type { PageMessage } from '../../src/core/service-api';
import { keepForOffline } from './big-files';
import { reportTimings } from '../network-reports';
import { lockOwnRequests, setLock } from './offline-lock';
import { respond } from './respond';
import { scope, urlOf } from './scope';
import { activateShell, installShell } from './shell';

/** Starts the service worker. */
export function listen(): void {
  lockOwnRequests();
  reportTimings('service-worker');
  scope.addEventListener('install', installShell);
  scope.addEventListener('activate', (event) => event.waitUntil(activate(event)));
  scope.addEventListener('fetch', respond);
  scope.addEventListener('notificationclick', (event) => event.waitUntil(comeBack(event)));
  scope.addEventListener('message', (event) => {
    const message = event.data as PageMessage;
    if (message.type === 'SKIP_WAITING') void scope.skipWaiting();
    if (message.type === 'keep') event.waitUntil(keepForOffline(message.device, message.urls));
    if (message.type === 'lock') event.waitUntil(switchLock(message.locked, event.ports[0]));
  });
}

/**
 * The first visit's page is served from here on, too. That is not waited for: Firefox asks every worker of the page,
 * and one that waits for its threads waits for their script, which waits for this.
 */
async function activate(event: ExtendableEvent): Promise<void> {
  await activateShell(event);
  void scope.clients.claim();
}

/** Answers on the port once the lock holds. */
async function switchLock(locked: boolean, port: MessagePort | undefined): Promise<void> {
  await setLock(locked);
  port?.postMessage(locked);
}

/** A click on "is done" shows the page, or, where that was closed, the transcript whose id the notification has. */
async function comeBack({ notification }: NotificationEvent): Promise<void> {
  notification.close();
  const [page] = await scope.clients.matchAll({ type: 'window', includeUncontrolled: true });
  if (page) await page.focus();
  else await scope.clients.openWindow(urlOf(`#t/${notification.tag}`));
}
