import type { Messages } from '../../core/locale';

const en = {
  text: {
    full: 'This device has no space left. Your transcripts stay on this page: export them before you close it, or free some space and try again.',
    blocked:
      'This browser does not let Sotto keep anything. Your transcripts stay on this page: export them before you close it.',
  },
  audio: {
    full: 'There is no space to keep the recording itself. Its text is kept; after a reload there is nothing to listen to, and an unfinished transcript needs the file again.',
    blocked:
      'This browser does not let Sotto keep the recording itself. After a reload there is nothing to listen to, and an unfinished transcript needs the file again.',
  },
  copy: 'The same text was changed in two tabs. Both versions are kept; the other one is here:',
  retry: 'Try again',
  close: 'Close',
};

export const storageNotice: Messages<typeof en> = {
  en,
  de: {
    text: {
      full: 'Auf diesem Gerät ist kein Platz mehr. Deine Transkripte bleiben auf dieser Seite: Exportiere sie, bevor du sie schließt, oder schaffe Platz und versuch es noch einmal.',
      blocked:
        'Dieser Browser lässt Sotto nichts speichern. Deine Transkripte bleiben auf dieser Seite: Exportiere sie, bevor du sie schließt.',
    },
    audio: {
      full: 'Für die Aufnahme selbst ist kein Platz. Ihr Text bleibt; nach einem Neuladen gibt es nichts anzuhören, und ein unfertiges Transkript braucht die Datei noch einmal.',
      blocked:
        'Dieser Browser lässt Sotto die Aufnahme selbst nicht speichern. Nach einem Neuladen gibt es nichts anzuhören, und ein unfertiges Transkript braucht die Datei noch einmal.',
    },
    copy: 'Derselbe Text wurde in zwei Tabs geändert. Beide Fassungen sind da; hier ist die andere:',
    retry: 'Erneut versuchen',
    close: 'Schließen',
  },
};
