import { AsrClient } from '../rpc/asr-client';

let client: AsrClient | null = null;

/** The page's one speech worker: two would hold the model twice. */
export function sharedAsrClient(): AsrClient {
  return (client ??= new AsrClient());
}

/** Ends the speech worker with the model that it holds. The next recording starts another. */
export function freeEngine(): void {
  client?.dispose();
}
