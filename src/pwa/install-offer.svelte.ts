/** Chromium's event that says that the app can be installed; TypeScript's library does not have it. */
interface InstallEvent extends Event {
  prompt(): Promise<{ readonly outcome: 'accepted' | 'dismissed' }>;
}

/** Installing the app, where the browser offers that: kept until a person asks for it. */
export class InstallOffer {
  #event = $state.raw<InstallEvent | null>(null);
  readonly available = $derived(this.#event !== null);

  constructor() {
    // For the page's whole life: the event comes once, early, and at a time of the browser's choosing.
    addEventListener('beforeinstallprompt', (event) => {
      event.preventDefault();
      this.#event = event as InstallEvent;
    });
    addEventListener('appinstalled', () => (this.#event = null));
  }

  /** Opens the browser's own question. Call it on a click. */
  async install(): Promise<void> {
    const event = this.#event;
    // The browser takes each event once.
    this.#event = null;
    await event?.prompt();
  }
}

/** The page's one. */
export const installOffer = new InstallOffer();
