import type { Editor } from '../state/editor.svelte';

/** Saves what is being typed when the page is hidden or left. @returns ends it */
export function saveOnLeave(editor: Editor): () => void {
  const listeners = new AbortController();
  const { signal } = listeners;
  // Captured: before the page's own listener, which notes what is not on the device yet.
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
