import type { Messages } from '../../core/locale';

const en = {
  title: 'Queue',
  allDone: 'Just transcribed',
  cancelAll: 'Cancel all',
  retryAll: 'Try all again',
  /** @param name of the recording, here and below */
  up: (name: string) => `Move ${name} up`,
  down: (name: string) => `Move ${name} down`,
  cancel: (name: string) => `Cancel ${name}`,
  retry: (name: string) => `Try ${name} again`,
  dismiss: (name: string) => `Take ${name} off the list`,
  moved: (name: string, place: number, of: number) =>
    `${name} is number ${String(place)} of ${String(of)} waiting.`,
};

export const queue: Messages<typeof en> = {
  en,
  de: {
    title: 'Warteschlange',
    allDone: 'Gerade transkribiert',
    cancelAll: 'Alle abbrechen',
    retryAll: 'Alle noch einmal',
    up: (name) => `${name} nach oben`,
    down: (name) => `${name} nach unten`,
    cancel: (name) => `${name} abbrechen`,
    retry: (name) => `${name} noch einmal versuchen`,
    dismiss: (name) => `${name} von der Liste nehmen`,
    moved: (name, place, of) =>
      `${name} ist jetzt Nummer ${String(place)} von ${String(of)} wartenden.`,
  },
};
