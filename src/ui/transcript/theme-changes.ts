const QUERIES = [
  '(prefers-color-scheme: dark)',
  '(prefers-contrast: more)',
  '(forced-colors: active)',
];

/** Calls back whenever the page's colours may have changed. @returns ends it */
export function onThemeChange(callback: () => void): () => void {
  const listeners = new AbortController();
  for (const query of QUERIES)
    matchMedia(query).addEventListener('change', callback, { signal: listeners.signal });
  // A theme of the person's own choice stands on the root element.
  const root = new MutationObserver(callback);
  root.observe(document.documentElement, { attributes: true });
  return () => {
    listeners.abort();
    root.disconnect();
  };
}
