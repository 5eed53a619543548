import type { Messages } from '../../core/locale';
import type { DocumentStatus } from '../../core/transcript-document';

const en = {
  title: 'Recent transcripts',
  empty: 'What you transcribe is kept here, on this device.',
  status: {
    working: 'In progress',
    interrupted: 'Interrupted',
    stopped: 'Stopped',
    failed: 'Failed',
    done: '',
    imported: 'Imported',
  } satisfies Record<DocumentStatus, string>,
  /** @param at how far it is, as a clock @param whole its length, as a clock */
  part: (at: string, whole: string) => `${at} of ${whole}`,
  progress: (title: string) => `Progress of ${title}`,
  noText: 'No text yet',
  noSpeech: 'No speech found',
  today: 'Today',
  yesterday: 'Yesterday',
  /** @param count of those not shown yet */
  more: (count: number) => `Show ${String(count)} more`,
};

export const recent: Messages<typeof en> = {
  en,
  de: {
    title: 'Letzte Transkripte',
    empty: 'Was du transkribierst, bleibt hier, auf diesem Gerät.',
    status: {
      working: 'In Arbeit',
      interrupted: 'Unterbrochen',
      stopped: 'Gestoppt',
      failed: 'Fehlgeschlagen',
      done: '',
      imported: 'Importiert',
    },
    part: (at, whole) => `${at} von ${whole}`,
    progress: (title) => `Fortschritt von ${title}`,
    noText: 'Noch kein Text',
    noSpeech: 'Keine Sprache gefunden',
    today: 'Heute',
    yesterday: 'Gestern',
    more: (count) => `${String(count)} weitere zeigen`,
  },
};
