import type { Device } from './asr-api';

/** What a page tells the service worker. */
export type PageMessage =
  /** The person agreed to the new version: it takes over now. (workbox-window's own message.) */
  | { readonly type: 'SKIP_WAITING' }
  /** A model runs on this device: what it needs is kept for a start without a network. */
  | {
      readonly type: 'keep';
      readonly device: Device;
      /** Files that were loaded before the service worker listened; absolute URLs. Those of the app are kept. */
      readonly urls: readonly string[];
    }
  /** The offline lock: from now on nothing is asked of the network, or again. Answered on the port that comes along. */
  | { readonly type: 'lock'; readonly locked: boolean };

/** Where other apps post files to, beside index.html. The manifest says the same. */
export const SHARE_PATH = 'share';
/** Names of the fields of such a post. The manifest says the same. */
export const SHARE_FIELDS = { files: 'files', texts: ['title', 'text', 'url'] } as const;
/** Cache in which the service worker leaves for the page what was shared. */
export const SHARE_CACHE = 'sotto-shared-files';
/** Path, in that cache, of a text or link. */
export const SHARED_TEXT_PATH = 'shared-text';
/** Header with a file's name, percent-encoded. */
export const SHARED_NAME_HEADER = 'X-Sotto-File-Name';
/** Query of the page that is to look into the cache. */
export const SHARED_QUERY = 'shared';
