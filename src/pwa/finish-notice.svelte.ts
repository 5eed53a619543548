import { SvelteSet } from 'svelte/reactivity';

/** A recording as this needs to know it. */
export interface WatchedJob {
  readonly id: string;
  readonly name: string;
  readonly outcome: 'working' | 'done' | 'failed' | 'stopped';
}

/** What a notification says. */
export type DescribeOutcome = (
  name: string,
  outcome: 'done' | 'failed',
) => {
  readonly title: string;
  readonly body: string;
};

/** Tells a person who has turned to something else that a recording is done: where asked to, and on the app's icon. */
export class FinishNotice {
  readonly #wanted = new SvelteSet<string>();
  #working: readonly string[] = [];
  #unseen = 0;

  /** Whether this browser can notify and has not been told never to. */
  get possible(): boolean {
    return 'Notification' in globalThis && Notification.permission !== 'denied';
  }

  wants(id: string): boolean {
    return this.#wanted.has(id);
  }

  /** Asks the browser for permission, where it has to, and remembers the wish. Call it on a click. */
  async want(id: string): Promise<'granted' | 'refused'> {
    if ((await Notification.requestPermission()) !== 'granted') return 'refused';
    this.#wanted.add(id);
    return 'granted';
  }

  unwant(id: string): void {
    this.#wanted.delete(id);
  }

  /** Looks which recordings have ended since the last call. */
  observe(jobs: readonly WatchedJob[], describe: DescribeOutcome): void {
    for (const { id, name, outcome } of jobs) {
      if (!this.#working.includes(id) || outcome === 'working' || outcome === 'stopped') continue;
      const wanted = this.#wanted.delete(id);
      if (document.visibilityState === 'visible') continue;
      this.#unseen += 1;
      void setBadge(this.#unseen);
      if (wanted) void notify(id, describe(name, outcome));
    }
    this.#working = jobs.filter(({ outcome }) => outcome === 'working').map(({ id }) => id);
  }

  /** The person is back. */
  seen(): void {
    this.#unseen = 0;
    void setBadge(0);
  }
}

/** The page's one. */
export const finishNotice = new FinishNotice();

async function setBadge(count: number): Promise<void> {
  // Absent in some browsers; refused where the app is not installed.
  const { setAppBadge, clearAppBadge } = navigator as Partial<Navigator>;
  const call = count > 0 ? setAppBadge?.call(navigator, count) : clearAppBadge?.call(navigator);
  await call?.catch(() => undefined);
}

/**
 * By the service worker, because a page on a phone may not; a click brings the page back. Where there is none, by the
 * page. @param tag the recording's id
 */
async function notify(tag: string, { title, body }: ReturnType<DescribeOutcome>): Promise<void> {
  const icon = new URL('icons/sotto-192.png', document.baseURI).href;
  try {
    const registration = await navigator.serviceWorker?.getRegistration();
    if (registration?.active) await registration.showNotification(title, { body, tag, icon });
    else new Notification(title, { body, tag, icon }).onclick = () => window.focus();
  } catch {
    // A phone without a service worker: the badge and the page itself have to do.
  }
}
