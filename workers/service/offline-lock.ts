import { createStore, get, set } from 'idb-keyval';
import {
  LOCK_CHANNEL,
  LOCK_KEY,
  NETWORK_DATABASE,
  NETWORK_STORE,
} from '../../src/core/network-report';
import { reportRefused } from './passing-requests';
import { scope } from './scope';

const store = createStore(NETWORK_DATABASE, NETWORK_STORE);

/** null until it was read: the browser ends and starts this worker as it likes. */
let known: boolean | null = null;
const read: Promise<void> = get<boolean>(LOCK_KEY, store).then(
  (stored) => void (known ??= stored ?? false),
  () => void (known ??= false),
);

// A new version that waits beside the one that was told is to know it when its turn comes.
const changes = new BroadcastChannel(LOCK_CHANNEL);
changes.onmessage = ({ data }: MessageEvent<boolean>) => (known = data);

/** Whether the person has forbidden all network. */
export async function isLocked(): Promise<boolean> {
  await read;
  return known ?? false;
}

/** The same at once; null in the moment before it was read. */
export function lockIfKnown(): boolean | null {
  return known;
}

/** Switches the lock, for good: pages are told when it holds. */
export async function setLock(locked: boolean): Promise<void> {
  await read;
  known = locked;
  await set(LOCK_KEY, locked, store);
  changes.postMessage(locked);
}

/** From here on the lock refuses every request that this worker makes, Workbox's own included. */
export function lockOwnRequests(): void {
  const fetchFreely = scope.fetch.bind(scope);
  scope.fetch = async (input, init) => {
    if (!(await isLocked())) return fetchFreely(input, init);
    const { url, method } = input instanceof Request ? input : new Request(input, init);
    void reportRefused(url, method, scope.location.href);
    throw new TypeError('The offline lock is on.');
  };
}
