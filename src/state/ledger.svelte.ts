import { toSottoError, type SottoError } from '../core/errors';
import { ledgerCsv, ledgerJson } from '../core/ledger-files';
import type { Ledger as Records, LedgerEntry } from '../core/network-ledger';
import { reopenLibrary } from '../pipeline/model-library';
import { clearLedger, readLedger, recordNetwork } from '../pipeline/network-ledger';
import {
  probeLockSupport,
  readLock,
  switchLock,
  watchLock,
  type LockSupport,
} from '../pipeline/offline-lock';

export type { LedgerEntry, LockSupport };

/** How often an open ledger looks for new requests. */
const REFRESH_MS = 2000;

/** What the app has asked the network for, and whether it may. */
class NetworkLedger {
  /** null until read, and where it cannot be. */
  records = $state.raw<Records | null>(null);
  /** Why it cannot be read or the lock cannot be switched. */
  problem = $state.raw<SottoError | null>(null);
  locked = $state(false);
  lockSupport = $state<LockSupport>('none');
  /** The lock is being switched. */
  switching = $state(false);
  /** Its page is shown. */
  open = $state(false);
  /** The list was cleared, which can be taken back until the page is closed. */
  cleared = $state(false);
  /** Hosts other than the app's own that were asked for anything. */
  readonly others = $derived(
    (this.records?.totals ?? []).filter(({ host }) => host !== location.host),
  );
  readonly sentBytes = $derived(
    (this.records?.totals ?? []).reduce((sum, { sentBytes }) => sum + sentBytes, 0),
  );
  #restore: (() => Promise<void>) | null = null;

  /** Records from now on, and follows the lock. */
  start(signal: AbortSignal): void {
    recordNetwork(signal);
    watchLock(signal, (locked) => {
      this.locked = locked;
      reopenLibrary();
    });
    const reprobe = (): void => void this.#probe(signal);
    const container = navigator.serviceWorker as ServiceWorkerContainer | undefined;
    container?.addEventListener('controllerchange', reprobe, { signal });
    reprobe();
    void this.refresh(signal);
  }

  /** Reads the ledger again and again, until the signal aborts. */
  follow(signal: AbortSignal): void {
    this.cleared = false;
    const refresh = (): void => void this.refresh(signal);
    const timer = setInterval(refresh, REFRESH_MS);
    signal.addEventListener('abort', () => clearInterval(timer), { once: true });
    refresh();
    void this.#probe(signal);
  }

  async refresh(signal: AbortSignal): Promise<void> {
    try {
      this.records = await readLedger(signal);
    } catch (thrown) {
      if (!signal.aborted) this.problem = toSottoError(thrown, 'storage-blocked');
    }
  }

  async switchLock(signal: AbortSignal, locked: boolean): Promise<void> {
    this.problem = null;
    this.switching = true;
    try {
      await switchLock(signal, locked);
    } catch (thrown) {
      if (!signal.aborted) this.problem = toSottoError(thrown);
    }
    this.locked = await readLock();
    this.switching = false;
  }

  /** Forgets every request. */
  async clear(signal: AbortSignal): Promise<void> {
    this.#restore = await clearLedger(signal);
    this.cleared = true;
    await this.refresh(signal);
  }

  async undoClear(signal: AbortSignal): Promise<void> {
    await this.#restore?.();
    this.#restore = null;
    this.cleared = false;
    await this.refresh(signal);
  }

  asJson(): string {
    return ledgerJson(this.records ?? { entries: [], totals: [] });
  }

  asCsv(): string {
    return ledgerCsv(this.records ?? { entries: [], totals: [] });
  }

  async #probe(signal: AbortSignal): Promise<void> {
    const [support, locked] = await Promise.all([probeLockSupport(), readLock()]);
    if (signal.aborted) return;
    this.lockSupport = support;
    this.locked = locked;
  }
}

/** The page's one. */
export const ledger = new NetworkLedger();
