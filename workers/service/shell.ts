import { PrecacheController } from 'workbox-precaching';
import { SHELL } from './app-files';
import { urlOf } from './scope';

/** Files of versions that open tabs may still run. */
const OLD_CACHE = 'sotto-old-shell';
/** Only these names change with their content; an old tab's index.html is in that tab already. */
const HASHED = /\/assets\/[^/?]+$/;

const controller = new PrecacheController();
controller.addToCacheList([...SHELL]);

/** Fetches the shell of this version, beside that of the version at work. */
export function installShell(event: ExtendableEvent): void {
  void controller.install(event);
}

/**
 * Makes this version the one at work. Tabs that were opened with the version before go on with its files: what they
 * load late (workers, parts of the page) is on no server any more.
 */
export async function activateShell(event: ExtendableEvent): Promise<void> {
  const cache = await caches.open(controller.strategy.cacheName);
  const expected = new Set(controller.getURLsToCacheKeys().values());
  const old = await caches.open(OLD_CACHE);
  for (const request of await cache.keys()) {
    if (expected.has(request.url) || !HASHED.test(request.url)) continue;
    const response = await cache.match(request);
    if (response) await old.put(request, response);
  }
  await controller.activate(event);
}

/** A file of the shell, of this version or, for tabs that still run it, of one before. */
export async function matchShell(path: string): Promise<Response | undefined> {
  const url = urlOf(path === '' ? 'index.html' : path);
  const current = await controller.matchPrecache(url);
  if (current || !HASHED.test(url)) return current;
  return caches.match(url, { cacheName: OLD_CACHE });
}

/** Deletes what only older versions use. Call it where none runs. */
export async function forgetOldShells(): Promise<void> {
  await caches.delete(OLD_CACHE);
}
