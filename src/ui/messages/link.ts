import type { Messages } from '../../core/locale';

const en = {
  label: 'Link to an audio or video file',
  fetch: 'Fetch',
  note: 'Sotto asks that website for the file, as a download would. Your audio still goes nowhere.',
  paste: 'Paste a link',
};

export const link: Messages<typeof en> = {
  en,
  de: {
    label: 'Link zu einer Audio- oder Videodatei',
    fetch: 'Holen',
    note: 'Sotto fragt diese Website nach der Datei, wie beim Herunterladen. Deine Aufnahmen gehen nirgendwohin.',
    paste: 'Link einfügen',
  },
};
