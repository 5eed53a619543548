import { AsrClient } from '../rpc/asr-client';
import { readSettings } from '../store/settings';

const MS_PER_MIN = 60_000;

let client: AsrClient | null = null;

/** The page's one speech worker: two would hold the model twice. It is ended after the idle time that a person chose. */
export function sharedAsrClient(): AsrClient {
  return (client ??= new AsrClient(undefined, idleMs));
}

function idleMs(): number | null {
  const { unloadAfterMin } = readSettings();
  return unloadAfterMin === null ? null : unloadAfterMin * MS_PER_MIN;
}

/** Ends the speech worker with the model that it holds. The next recording starts another. */
export function freeEngine(): void {
  client?.unload();
  // One that is just being loaded is at work, and would not be unloaded.
  client?.dispose();
}
