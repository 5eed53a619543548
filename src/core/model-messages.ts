import type { InstallEvent } from './model-store-api';

/** What the tabs of this site tell each other about models. */
export type ModelMessage =
  | { readonly kind: 'event'; readonly model: string; readonly event: InstallEvent }
  /** Whoever downloads this model is asked to stop. */
  | { readonly kind: 'pause'; readonly model: string }
  /** Models have come or gone. */
  | { readonly kind: 'change' };

/** Name of the BroadcastChannel for these messages, by the name of the models' database. */
export function messageChannel(databaseName: string): string {
  return `sotto-models ${databaseName}`;
}

/**
 * Name of the Web Lock that is held exclusively as long as a model is downloaded or taken in. A tab that dies says
 * nothing, but it loses its locks: whoever wants to know waits for a shared one.
 * @param model '' gives what all these names begin with
 */
export function downloadLock(databaseName: string, model: string): string {
  return `sotto-download ${databaseName} ${model}`;
}
