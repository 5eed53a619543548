import { changesChannel, type InstallEvent } from '../../src/core/model-store-api';

export type ChannelMessage =
  | { readonly kind: 'event'; readonly model: string; readonly event: InstallEvent }
  /** Whoever downloads this model is asked to stop. */
  | { readonly kind: 'pause'; readonly model: string };

/** What the tabs of this site tell each other about downloads. */
export class ModelChannel {
  readonly #channel: BroadcastChannel | null;

  constructor(name: string) {
    this.#channel = openChannel(`sotto-models ${name}`);
  }

  send(message: ChannelMessage): void {
    this.#channel?.postMessage(message);
  }

  /** Calls back for every message of another channel object, in this tab too. */
  listen(onMessage: (message: ChannelMessage) => void): void {
    this.#channel?.addEventListener('message', ({ data }) => onMessage(data as ChannelMessage));
  }

  close(): void {
    this.#channel?.close();
  }
}

/** Tells the pages of this site that models have come or gone. */
export function announceChange(databaseName: string): void {
  const channel = openChannel(changesChannel(databaseName));
  channel?.postMessage(null);
  channel?.close();
}

/** Frames whose storage is blocked may not have one; they have no other tabs to talk to. */
function openChannel(name: string): BroadcastChannel | null {
  try {
    return new BroadcastChannel(name);
  } catch {
    return null;
  }
}
