/** What of the page is shown. It stands in the address, so that a reload and the back button lead there again. */
export type Route =
  | { readonly kind: 'home' }
  | { readonly kind: 'library' }
  /** With the time to begin at, where the address has one. */
  | { readonly kind: 'transcript'; readonly id: string; readonly startSec?: number };

const TRANSCRIPT = '#t/';
/** The check of this device, which src/ui/doctor/Doctor.svelte opens. */
export const DIALOG_HASH = '#doctor';
export const LIBRARY_HASH = '#library';

/** Which screen is shown: `#` is home, `#library` all transcripts, `#t/<id>` or `#t/<id>?t=<seconds>` one of them. */
export class View {
  route = $state.raw<Route>(parseRoute(location.hash));
  /** How often the screen has changed. */
  turns = $state(0);
  /** The transcript shown; null at home and in the library. */
  readonly id = $derived(this.route.kind === 'transcript' ? this.route.id : null);
  /** Where the transcript is to begin; null at its start. */
  readonly startSec = $derived(
    this.route.kind === 'transcript' ? (this.route.startSec ?? null) : null,
  );

  /** Follows the address until aborted. */
  watch(signal: AbortSignal): void {
    const read = (): void => {
      // A dialog over whatever is shown.
      if (location.hash === DIALOG_HASH) return;
      const route = parseRoute(location.hash);
      if (routeHash(route) === routeHash(this.route)) return;
      this.route = route;
      this.turns++;
    };
    // Links, the back button and the address bar: browsers tell all of them by this one.
    addEventListener('popstate', read, { signal });
    addEventListener('click', (event) => this.#follow(event), { signal });
  }

  home(): void {
    this.#go({ kind: 'home' });
  }

  open(id: string): void {
    this.#go({ kind: 'transcript', id });
  }

  /** A link to a screen is gone to as by a button: to its top, and without the browser looking for an anchor. */
  #follow(event: MouseEvent): void {
    const link = event.target instanceof Element ? event.target.closest('a[href^="#"]') : null;
    const route = parseRoute(link?.getAttribute('href') ?? '');
    // Another tab or window is the browser's business.
    const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    if (route.kind === 'home' || elsewhere || event.defaultPrevented) return;
    event.preventDefault();
    this.#go(route);
  }

  #go(route: Route): void {
    if (routeHash(route) === routeHash(this.route)) return;
    this.route = route;
    this.turns++;
    // Without a hash the address would be the page's own: "#" alone would stay in it.
    history.pushState(null, '', routeHash(route) || location.pathname + location.search);
    scrollTo(0, 0);
  }
}

/** The part of the address behind and with the "#"; '' for home. */
export function routeHash(route: Route): string {
  if (route.kind === 'home') return '';
  if (route.kind === 'library') return LIBRARY_HASH;
  return transcriptHash(route.id, route.startSec ?? null);
}

/** The address of a transcript. @param startSec where to begin, null at its start */
export function transcriptHash(id: string, startSec: number | null): string {
  return TRANSCRIPT + encodeURIComponent(id) + (startSec === null ? '' : `?t=${String(startSec)}`);
}

/** What an address leads to; home where it is none of ours. */
export function parseRoute(hash: string): Route {
  if (hash === LIBRARY_HASH) return { kind: 'library' };
  if (!hash.startsWith(TRANSCRIPT) || hash.length === TRANSCRIPT.length) return { kind: 'home' };
  try {
    const [id = '', query] = hash.slice(TRANSCRIPT.length).split('?');
    const time = /^t=(\d+(?:\.\d+)?)$/.exec(query ?? '')?.[1];
    const startSec = time === undefined ? {} : { startSec: Number(time) };
    return { kind: 'transcript', id: decodeURIComponent(id), ...startSec };
  } catch {
    return { kind: 'home' };
  }
}
