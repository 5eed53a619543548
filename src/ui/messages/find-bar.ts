import type { Messages } from '../../core/locale';

const en = {
  find: 'Find',
  replacement: 'Replace with',
  previous: 'Previous match',
  next: 'Next match',
  matchCase: 'Match case',
  wholeWord: 'Whole words',
  replace: 'Replace',
  replaceAll: 'Replace all',
  close: 'Close find',
  /** @param at counts from 1; 0 before the first. @param count of all */
  position: (at: number, count: number) =>
    count === 0 ? 'Nothing found' : `${String(at)} of ${String(count)}`,
  replaced: (count: number) => `${String(count)} replaced`,
};

export const findBar: Messages<typeof en> = {
  en,
  de: {
    find: 'Suchen',
    replacement: 'Ersatztext',
    previous: 'Vorheriger Treffer',
    next: 'Nächster Treffer',
    matchCase: 'Groß- und Kleinschreibung',
    wholeWord: 'Ganze Wörter',
    replace: 'Ersetzen',
    replaceAll: 'Alle ersetzen',
    close: 'Suche schließen',
    position: (at, count) =>
      count === 0 ? 'Nichts gefunden' : `${String(at)} von ${String(count)}`,
    replaced: (count) => `${String(count)} ersetzt`,
  },
};
