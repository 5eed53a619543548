import { registerServiceWorker, type Registered } from './registration';

/** Why this page should be loaded anew. */
export type ReloadReason =
  /** A newer version has been fetched and waits. */
  | 'new-version'
  /** A person let it take over in another tab; this one still runs the older version. */
  | 'updated-elsewhere'
  /** A part of this page could not be loaded: the server has another version. */
  | 'part-missing';

/** A tab that stays open for days asks this often whether there is a new version. */
const CHECK_EVERY_MS = 60 * 60 * 1000;

/** New versions of the app: found in the background, taken only when a person agrees. */
export class AppUpdate {
  reason = $state<ReloadReason | null>(null);
  #registered: Registered | null = null;
  #leaving = false;
  /** The version that a person does not want yet. */
  #declined: ServiceWorker | null = null;

  /**
   * Looks for new versions until aborted.
   * @param mayAsk whether the server may be asked: under the offline lock it may not
   */
  async watch(signal: AbortSignal, mayAsk: () => boolean): Promise<void> {
    addEventListener('vite:preloadError', () => (this.reason = 'part-missing'), { signal });
    let first = navigator.serviceWorker?.controller === null;
    this.#registered = await registerServiceWorker();
    if (!this.#registered || signal.aborted) return;
    const { workbox } = this.#registered;
    workbox.addEventListener('waiting', () => this.#look());
    this.#look();
    const onchange = (): void => {
      this.#change(first);
      first = false;
    };
    navigator.serviceWorker.addEventListener('controllerchange', onchange, { signal });
    const check = (): void => void (mayAsk() && this.#check());
    const timer = setInterval(check, CHECK_EVERY_MS);
    signal.addEventListener('abort', () => clearInterval(timer), { once: true });
    document.addEventListener('visibilitychange', check, { signal });
  }

  /** Lets the new version take over and loads the page anew with it. */
  reload(): void {
    const waiting = this.#registered?.registration.waiting;
    this.#leaving = true;
    if (waiting) waiting.postMessage({ type: 'SKIP_WAITING' });
    else location.reload();
  }

  /** Not now: asked again for the next version, or when the page is opened next. */
  dismiss(): void {
    this.#declined = this.#registered?.registration.waiting ?? null;
    this.reason = null;
  }

  async #check(): Promise<void> {
    if (document.visibilityState !== 'visible') return;
    // Fails without a network, which is no news.
    await this.#registered?.registration.update().catch(() => undefined);
    this.#look();
  }

  #look(): void {
    const waiting = this.#registered?.registration.waiting ?? null;
    if (waiting && waiting !== this.#declined) this.reason ??= 'new-version';
  }

  /** @param first the page had no service worker: this is its first one */
  #change(first: boolean): void {
    if (this.#leaving) location.reload();
    else if (!first) this.reason = 'updated-elsewhere';
  }
}

/** The page's one. */
export const appUpdate = new AppUpdate();
