import type { Device } from './asr-api';

/** What a page tells the service worker. */
export type PageMessage =
  /** The person agreed to the new version: it takes over now. (workbox-window's own message.) */
  | { readonly type: 'SKIP_WAITING' }
  /** A model runs on this device: what it needs is kept for a start without a network. */
  | {
      readonly type: 'keep';
      readonly device: Device;
      /** Files of the app that were loaded before the service worker listened; absolute URLs. */
      readonly urls: readonly string[];
    }
  /** The offline lock: from now on nothing is asked of the network, or again. Answered on the port that comes along. */
  | { readonly type: 'lock'; readonly locked: boolean };

/** Name of the cache in which the service worker leaves shared files for the page. */
export const SHARE_CACHE = 'sotto-shared-files';
/** Where other apps post files to, beside index.html. The manifest says the same. */
export const SHARE_PATH = 'share';
/** Query of the page that is to look into the cache. */
export const SHARED_QUERY = 'shared';
