import { messageChannel, type ModelMessage } from '../../src/core/model-messages';

/** One end of what the tabs of this site tell each other about models. */
export class ModelChannel {
  readonly #channel: BroadcastChannel | null;

  constructor(databaseName: string) {
    this.#channel = openChannel(messageChannel(databaseName));
  }

  send(message: ModelMessage): void {
    this.#channel?.postMessage(message);
  }

  /** Calls back for every message of another channel object, in this tab too. */
  listen(onMessage: (message: ModelMessage) => void): void {
    this.#channel?.addEventListener('message', ({ data }) => onMessage(data as ModelMessage));
  }

  close(): void {
    this.#channel?.close();
  }
}

/** Says one thing to the tabs of this site. */
export function tellTabs(databaseName: string, message: ModelMessage): void {
  const channel = new ModelChannel(databaseName);
  channel.send(message);
  channel.close();
}

/** Frames whose storage is blocked may not have one; they have no other tabs to talk to. */
function openChannel(name: string): BroadcastChannel | null {
  try {
    return new BroadcastChannel(name);
  } catch {
    return null;
  }
}
