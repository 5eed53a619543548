import { Workbox } from 'workbox-window';
import type { PageMessage } from '../core/service-api';

/** Relative to index.html, whose folder becomes its scope. The build puts it there. */
const SCRIPT = 'service-worker.js';

let workbox: Workbox | null = null;

/** Starts the service worker. Where there can be none (no HTTPS, a private window, the dev server) the page needs its server. */
export async function registerServiceWorker(): Promise<void> {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  workbox = new Workbox(new URL(SCRIPT, document.baseURI).href, { updateViaCache: 'none' });
  await workbox.register({ immediate: true }).catch(() => undefined);
}

/** Tells the service worker at work something; nobody hears it where there is none. */
export async function tellServiceWorker(message: PageMessage): Promise<void> {
  if (!workbox) return;
  const { active } = await navigator.serviceWorker.ready;
  active?.postMessage(message);
}
