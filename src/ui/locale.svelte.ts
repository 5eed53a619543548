import { chooseLocale, type Locale } from '../core/locale';
import { preferences } from '../state/preferences.svelte';

/** The language of the page: the person's choice, else the browser's. */
class PageLocale {
  current = $derived<Locale>(
    preferences.current.locale ?? chooseLocale(globalThis.navigator?.languages ?? []),
  );
}

export const locale = new PageLocale();
