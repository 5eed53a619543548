/** The global scope, which the library of all workers does not name. */
export const scope = self as unknown as ServiceWorkerGlobalScope;

/** The URL that a path of the app has. @param path relative to index.html */
export function urlOf(path: string): string {
  return new URL(path, scope.registration.scope).href;
}

/** Path of a URL of the app relative to index.html, without its query; null for any other URL. */
export function pathOf(url: string): string | null {
  const { origin, pathname } = new URL(url);
  const full = origin + pathname;
  const base = scope.registration.scope;
  return full.startsWith(base) ? full.slice(base.length) : null;
}
