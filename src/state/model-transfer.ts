import { assertNever } from '../core/errors';
import type { ModelCard } from '../core/model-cards';
import type { InstallEvent } from '../core/model-store-api';

/** A download, or files being taken in. */
export type Transfer =
  | {
      readonly kind: 'starting';
      /** Why nothing is known yet; null while the server is asked. */
      readonly hitch: Hitch | null;
    }
  | {
      readonly kind: 'downloading';
      readonly loadedBytes: number;
      readonly totalBytes: number;
      readonly bytesPerSec: number | null;
      readonly secondsLeft: number | null;
      /** Why nothing moves right now; null while something does. */
      readonly hitch: Hitch | null;
    };

/** Nothing is known yet. */
export const STARTING: Transfer = { kind: 'starting', hitch: null };

/** What holds a download up. */
export type Hitch =
  | { readonly kind: 'retry'; readonly reason: string }
  /** The server has another file now, which begins again. */
  | { readonly kind: 'restart' }
  /** Another tab downloads it. */
  | { readonly kind: 'elsewhere' };

/** What a card offers. */
export type CardStatus =
  | Transfer
  | { readonly kind: 'absent' }
  /** Another tab downloads it. */
  | { readonly kind: 'elsewhere'; readonly transfer: Transfer }
  /** It is taken in from files, by this tab or another one. */
  | { readonly kind: 'adding'; readonly isHere: boolean; readonly transfer: Transfer }
  | { readonly kind: 'paused'; readonly loadedBytes: number; readonly totalBytes: number }
  | { readonly kind: 'installed' }
  /** Complete, in a precision that is wrong or far too slow on this device. */
  | { readonly kind: 'unfit' }
  /** Gone from view, and from the device once that can no longer be undone. */
  | { readonly kind: 'deleted' };

/** Where a transfer is after an event. */
export function transferAfter(before: Transfer, event: InstallEvent): Transfer {
  switch (event.kind) {
    case 'plan': {
      const { storedBytes: loadedBytes, totalBytes } = event;
      const rate = { bytesPerSec: null, secondsLeft: null };
      return { kind: 'downloading', loadedBytes, totalBytes, ...rate, hitch: null };
    }
    case 'progress':
      return { ...event, kind: 'downloading', hitch: null };
    case 'retry':
      return { ...before, hitch: { kind: 'retry', reason: event.reason } };
    case 'restart':
    case 'elsewhere':
      return { ...before, hitch: { kind: event.kind } };
    default:
      return assertNever(event);
  }
}

/**
 * What a card says and offers.
 * @param elsewhere the same model's download in another tab, or files being taken in by any
 * @param isAddingHere whether this tab takes in files
 */
export function cardStatus(
  card: ModelCard,
  transfer: Transfer | null,
  elsewhere: Transfer | null,
  isAddingHere: boolean,
): CardStatus {
  if (transfer) return transfer;
  if (elsewhere) {
    const transfer = atLeastStored(elsewhere, card);
    return isFromFiles(card)
      ? { kind: 'adding', isHere: isAddingHere, transfer }
      : { kind: 'elsewhere', transfer };
  }
  if (card.usable) return { kind: 'installed' };
  if (!card.stored) return { kind: 'absent' };
  const { state, storedBytes, sizeBytes } = card.stored;
  if (state === 'complete') return { kind: 'unfit' };
  return { kind: 'paused', loadedBytes: storedBytes, totalBytes: sizeBytes };
}

/** A download of what a zip brought begins by noting where it is from. */
function isFromFiles({ stored }: ModelCard): boolean {
  return stored?.origin.kind === 'files' || stored?.origin.isClaimed === true;
}

/** Of a download that has said nothing yet, what is stored is known. */
function atLeastStored(transfer: Transfer, { stored }: ModelCard): Transfer {
  if (transfer.kind === 'downloading' || !stored) return transfer;
  const { storedBytes, sizeBytes: totalBytes } = stored;
  const plan = transferAfter(transfer, { kind: 'plan', storedBytes, totalBytes });
  return { ...plan, hitch: transfer.hitch };
}
