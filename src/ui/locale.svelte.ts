import { chooseLocale, type Locale } from '../core/locale';

/** The language of the page. */
class PageLocale {
  current = $state<Locale>(chooseLocale(navigator.languages));
}

export const locale = new PageLocale();
