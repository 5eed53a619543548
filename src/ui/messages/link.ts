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
    label: 'Link zu einer Ton- oder Videodatei',
    fetch: 'Holen',
    note: 'Sotto fragt diese Website nach der Datei, wie beim Herunterladen. Dein Ton geht nirgendwohin.',
    paste: 'Link einfügen',
  },
};
