import { SHARED_QUERY } from '../core/service-api';
import { takeShared } from './shared-files';

/** How the app was opened, beyond being opened. */
export type Launch =
  | { readonly kind: 'files'; readonly files: readonly File[] }
  /** Text shared from another app, which may be a link. */
  | { readonly kind: 'text'; readonly text: string }
  /** A shortcut of the app's icon. */
  | { readonly kind: 'record' }
  | { readonly kind: 'open' };

/** The part of the launch handler that is used here; TypeScript's library does not have it. */
interface LaunchQueue {
  setConsumer(
    consumer: (params: {
      readonly targetURL?: string;
      readonly files: readonly FileSystemFileHandle[];
    }) => void,
  ): void;
}

/** Query that the manifest's shortcuts carry. */
const ACTION_QUERY = 'action';

/**
 * Tells of the file, share or shortcut that opened the app, and of those that come to it while it is open. Where the
 * operating system gives files to the app, the system's own handles are read.
 */
export function watchLaunches(onLaunch: (launch: Launch) => void): void {
  const { launchQueue } = globalThis as { launchQueue?: LaunchQueue };
  // The launch that opened this page is told of, too.
  let followed: string | null = location.href;
  void followUrl(location.href, onLaunch);
  launchQueue?.setConsumer(({ targetURL, files }) => {
    if (files.length > 0) void openHandles(files, onLaunch);
    else if (targetURL && targetURL !== followed) void followUrl(targetURL, onLaunch);
    followed = null;
  });
}

async function openHandles(
  handles: readonly FileSystemFileHandle[],
  onLaunch: (launch: Launch) => void,
): Promise<void> {
  const opened = await Promise.allSettled(handles.map((handle) => handle.getFile()));
  const files = opened.flatMap((result) => (result.status === 'fulfilled' ? result.value : []));
  onLaunch({ kind: 'files', files });
}

async function followUrl(href: string, onLaunch: (launch: Launch) => void): Promise<void> {
  const { searchParams } = new URL(href);
  const action = searchParams.get(ACTION_QUERY);
  forgetQuery();
  if (action === 'record' || action === 'open') onLaunch({ kind: action });
  if (!searchParams.has(SHARED_QUERY)) return;
  const { texts, files } = await takeShared();
  for (const text of texts) onLaunch({ kind: 'text', text });
  if (files.length > 0) onLaunch({ kind: 'files', files });
}

/** A reload is not another launch. */
function forgetQuery(): void {
  const url = new URL(location.href);
  if (!url.searchParams.has(ACTION_QUERY) && !url.searchParams.has(SHARED_QUERY)) return;
  url.searchParams.delete(ACTION_QUERY);
  url.searchParams.delete(SHARED_QUERY);
  history.replaceState(history.state, '', url);
}
