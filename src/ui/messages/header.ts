import type { Messages } from '../../core/locale';

const en = {
  model: 'Model:',
  settings: 'Settings',
  notLoaded: 'could not be loaded',
  loading: (part: string | null) => (part === null ? 'loading' : `loading ${part}`),
  checking: 'checking the graphics processor',
  threads: (count: number) => (count === 1 ? '1 thread' : `${String(count)} threads`),
};

export const header: Messages<typeof en> = {
  en,
  de: {
    model: 'Modell:',
    settings: 'Einstellungen',
    notLoaded: 'ließ sich nicht laden',
    loading: (part) => (part === null ? 'lädt' : `lädt ${part}`),
    checking: 'Grafikprozessor wird geprüft',
    threads: (count) => (count === 1 ? '1 Thread' : `${String(count)} Threads`),
  },
};
