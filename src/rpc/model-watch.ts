import { downloadLock, messageChannel, type ModelMessage } from '../core/model-messages';
import type { InstallEvent } from '../core/model-store-api';

/** A download, or files being taken in, that some tab of this site is at, this one among them. */
export type DownloadNews =
  | {
      readonly kind: 'downloading';
      readonly model: string;
      /** null where it ran before anybody listened. */
      readonly event: InstallEvent | null;
    }
  /** Done, paused or failed, or its tab is gone. */
  | { readonly kind: 'ended'; readonly model: string };

/** What becomes of the models on this device, in whichever tab. */
export type ModelNews = DownloadNews | { readonly kind: 'changed' };

/** Follows what the tabs of this site do with their models. */
export class ModelWatch {
  readonly #signal: AbortSignal;
  readonly #databaseName: string;
  readonly #onNews: (news: ModelNews) => void;
  readonly #followed = new Set<string>();

  /** Where the browser gives no channel or no locks (pages without HTTPS, blocked storage), less is told, or nothing. */
  constructor(signal: AbortSignal, databaseName: string, onNews: (news: ModelNews) => void) {
    this.#signal = signal;
    this.#databaseName = databaseName;
    this.#onNews = onNews;
    const channel = openChannel(messageChannel(databaseName));
    channel?.addEventListener('message', ({ data }) => this.#hear(data as ModelMessage), {
      signal,
    });
    signal.addEventListener('abort', () => channel?.close(), { once: true });
    void this.#findRunning().catch(() => undefined);
  }

  #hear(message: ModelMessage): void {
    if (message.kind === 'change') this.#onNews({ kind: 'changed' });
    if (message.kind !== 'event') return;
    const { model, event } = message;
    if (this.#followed.has(model)) this.#onNews({ kind: 'downloading', model, event });
    else void this.#follow(model, event).catch(() => undefined);
  }

  /** Downloads that say nothing just now, since nothing arrives. */
  async #findRunning(): Promise<void> {
    const held = (await usableLocks()?.query())?.held ?? [];
    const prefix = downloadLock(this.#databaseName, '');
    const names = held.flatMap(({ name, mode }) => (mode === 'exclusive' && name ? [name] : []));
    const models = names.filter((name) => name.startsWith(prefix));
    await Promise.all(models.map((name) => this.#follow(name.slice(prefix.length), null)));
  }

  async #follow(model: string, event: InstallEvent | null): Promise<void> {
    const locks = usableLocks();
    if (!locks) return;
    const name = downloadLock(this.#databaseName, model);
    // The last words of a download may arrive after its end.
    const isOver = await locks.request(
      name,
      { mode: 'shared', ifAvailable: true },
      (lock) => lock !== null,
    );
    if (isOver || this.#followed.has(model)) return;
    this.#followed.add(model);
    this.#onNews({ kind: 'downloading', model, event });
    await locks.request(name, { mode: 'shared', signal: this.#signal }, () => undefined);
    this.#followed.delete(model);
    this.#onNews({ kind: 'ended', model });
  }
}

function usableLocks(): LockManager | undefined {
  return (navigator as { readonly locks?: LockManager }).locks;
}

/** Frames whose storage is blocked may not have one; their models are their own. */
function openChannel(name: string): BroadcastChannel | null {
  try {
    return new BroadcastChannel(name);
  } catch {
    return null;
  }
}
