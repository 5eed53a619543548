/** Says that this tab has tried. */
const TRIED = 'sotto-isolation-tried';

/**
 * Isolation, which threads need. On a host that cannot set headers the first page is not isolated; the next one comes
 * from the service worker, which adds them. So the page is loaded anew, once, and by itself only if that disturbs nobody.
 */
export class Isolation {
  /** The page is not isolated, and would be if it were loaded anew. */
  reloadHelps = $state(false);

  /** @param undisturbed whether a reload would lose nothing right now */
  watch(signal: AbortSignal, undisturbed: () => boolean): void {
    const container = navigator.serviceWorker as ServiceWorkerContainer | undefined;
    // What came from the service worker gains nothing by coming from it again. A frame isolates as its page says.
    if (crossOriginIsolated || !container || container.controller || window !== window.top) return;
    const onchange = (): void => {
      if (!canTry()) return;
      this.reloadHelps = true;
      if (undisturbed()) this.reload();
    };
    container.addEventListener('controllerchange', onchange, { signal, once: true });
    void this.#offerAfterHardReload(container);
  }

  /** A page that a person loaded past the service worker, which is there already, never hears of it. */
  async #offerAfterHardReload(container: ServiceWorkerContainer): Promise<void> {
    const registration = await container.getRegistration().catch(() => undefined);
    if (registration?.active && !container.controller) this.reloadHelps = true;
  }

  reload(): void {
    sessionStorage.setItem(TRIED, 'yes');
    location.reload();
  }
}

/** The page's one. */
export const isolation = new Isolation();

/** @returns false where this tab has tried before, or cannot remember that it has */
function canTry(): boolean {
  try {
    return sessionStorage.getItem(TRIED) === null;
  } catch {
    return false;
  }
}
