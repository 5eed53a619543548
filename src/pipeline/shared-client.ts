import { AsrClient } from '../rpc/asr-client';

let client: AsrClient | null = null;

/** The page's one speech worker: two would hold the model twice. */
export function sharedAsrClient(): AsrClient {
  return (client ??= new AsrClient());
}
