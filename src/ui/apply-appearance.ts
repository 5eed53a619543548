import type { Theme } from '../core/appearance';
import type { Settings } from '../state/preferences.svelte';

const DARK = '(prefers-color-scheme: dark)';

/** Shows the page as the settings say, until the function returned is called. public/theme.js did so before. */
export function applyAppearance({ theme, textSize, reduceMotion }: Settings): () => void {
  const system = matchMedia(DARK);
  const root = document.documentElement;
  const showTheme = (): void => {
    root.dataset['theme'] = isDark(theme) ? 'dark' : 'light';
    showBarColour(theme);
  };
  showTheme();
  root.dataset['text'] = textSize;
  root.dataset['motion'] = reduceMotion ? 'reduce' : 'system';
  system.addEventListener('change', showTheme);
  return () => system.removeEventListener('change', showTheme);
}

/** Whether a theme is dark here and now. */
export function isDark(theme: Theme): boolean {
  return theme === 'dark' || (theme === 'system' && matchMedia(DARK).matches);
}

/** The browser's own bars take the colour of the meta element whose query holds. */
function showBarColour(theme: Theme): void {
  for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name=theme-color]')) {
    const own = (meta.dataset['scheme'] ??= meta.media.includes('dark') ? 'dark' : 'light');
    const chosen = theme === own ? 'all' : 'not all';
    meta.media = theme === 'system' ? `(prefers-color-scheme: ${own})` : chosen;
  }
}
