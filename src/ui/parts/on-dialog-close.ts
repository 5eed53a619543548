import type { Attachment } from 'svelte/attachments';

/**
 * Tells in the very moment that a dialog closes. The event 'close' comes with the next frame only: until then a key
 * would meet a page that takes the dialog for open, and what the key had opened anew would be closed again.
 */
export function onDialogClose(tell: () => void): Attachment<HTMLDialogElement> {
  return (dialog) => {
    const listeners = new AbortController();
    const { signal } = listeners;
    dialog.addEventListener(
      'beforetoggle',
      ({ newState }) => {
        if (newState === 'closed') tell();
      },
      { signal },
    );
    // For browsers that tell of popovers only.
    dialog.addEventListener(
      'close',
      () => {
        if (!dialog.open) tell();
      },
      { signal },
    );
    return () => listeners.abort();
  };
}
