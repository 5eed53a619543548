/** What of the page is shown. It stands in the address, so that a reload and the back button lead there again. */
export type Route =
  { readonly kind: 'home' } | { readonly kind: 'transcript'; readonly id: string };

const TRANSCRIPT = '#t/';

/** Which screen is shown: `#` is home, `#t/<id>` a transcript. */
export class View {
  route = $state.raw<Route>(parseRoute(location.hash));
  /** The transcript shown; null at home. */
  readonly id = $derived(this.route.kind === 'transcript' ? this.route.id : null);

  /** Follows the address until aborted. */
  watch(signal: AbortSignal): void {
    const read = (): void => {
      const route = parseRoute(location.hash);
      if (routeHash(route) !== routeHash(this.route)) this.route = route;
    };
    addEventListener('popstate', read, { signal });
    addEventListener('hashchange', read, { signal });
  }

  home(): void {
    this.#go({ kind: 'home' });
  }

  open(id: string): void {
    this.#go({ kind: 'transcript', id });
  }

  #go(route: Route): void {
    if (routeHash(route) === routeHash(this.route)) return;
    this.route = route;
    // Without a hash the address would be the page's own: "#" alone would stay in it.
    history.pushState(null, '', routeHash(route) || location.pathname + location.search);
  }
}

/** The part of the address behind and with the "#"; '' for home. */
export function routeHash(route: Route): string {
  return route.kind === 'home' ? '' : TRANSCRIPT + encodeURIComponent(route.id);
}

/** What an address leads to; home where it is none of ours. */
export function parseRoute(hash: string): Route {
  if (!hash.startsWith(TRANSCRIPT) || hash.length === TRANSCRIPT.length) return { kind: 'home' };
  try {
    return { kind: 'transcript', id: decodeURIComponent(hash.slice(TRANSCRIPT.length)) };
  } catch {
    return { kind: 'home' };
  }
}
