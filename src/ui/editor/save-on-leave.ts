import type { Editor } from '../../state/editor.svelte';

/** Saves what is being typed when the page is hidden or left. @returns ends it */
export function saveOnLeave(editor: Editor): () => void {
  const listeners = new AbortController();
  const { signal } = listeners;
  // Captured: before the page's own listener, which notes what is not on the device yet. A page that is isolated is
  // hidden only after the next one has begun; on a phone nothing but that may be told.
  window.addEventListener('beforeunload', () => editor.save(), { capture: true, signal });
  window.addEventListener('pagehide', () => editor.flush(), { capture: true, signal });
  document.addEventListener(
    'visibilitychange',
    () => {
      if (document.hidden) editor.save();
    },
    { signal },
  );
  return () => listeners.abort();
}
