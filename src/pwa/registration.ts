import { Workbox } from 'workbox-window';
import type { PageMessage } from '../core/service-api';

/** Relative to index.html, whose folder becomes its scope. The build puts it there. */
const SCRIPT = 'service-worker.js';

/** The app's service worker, once it is registered. */
export interface Registered {
  readonly workbox: Workbox;
  readonly registration: ServiceWorkerRegistration;
}

let registered: Promise<Registered | null> | null = null;

/**
 * Starts the service worker.
 * @returns null where there can be none (no HTTPS, a private window, the dev server): the page then needs its server
 */
export function registerServiceWorker(): Promise<Registered | null> {
  return (registered ??= register());
}

/** Tells the service worker at work something; nobody hears it where there is none. */
export async function tellServiceWorker(message: PageMessage): Promise<void> {
  if (!(await registerServiceWorker())) return;
  const { active } = await navigator.serviceWorker.ready;
  active?.postMessage(message);
}

async function register(): Promise<Registered | null> {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return null;
  const workbox = new Workbox(new URL(SCRIPT, document.baseURI).href, { updateViaCache: 'none' });
  const registration = await workbox.register({ immediate: true }).catch(() => undefined);
  return registration ? { workbox, registration } : null;
}
