import type { Messages } from '../../core/locale';

const en = {
  review: 'Uncertain words',
  previous: 'Previous uncertain word',
  next: 'Next uncertain word',
  play: 'Play again',
  edit: 'Edit',
  fine: 'Fine',
  close: 'Close review',
  done: 'Nothing left to check.',
  position: (at: number, count: number) => `${String(at)} of ${String(count)}`,
  sure: (percent: number) => `${String(percent)} % sure`,
};

export const reviewBar: Messages<typeof en> = {
  en,
  de: {
    review: 'Unsichere Wörter',
    previous: 'Vorheriges unsicheres Wort',
    next: 'Nächstes unsicheres Wort',
    play: 'Noch einmal hören',
    edit: 'Bearbeiten',
    fine: 'Stimmt',
    close: 'Durchsicht schließen',
    done: 'Nichts mehr zu prüfen.',
    position: (at, count) => `${String(at)} von ${String(count)}`,
    sure: (percent) => `zu ${String(percent)} % sicher`,
  },
};
