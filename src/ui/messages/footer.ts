import type { Messages } from '../../core/locale';

const en = {
  demo: 'Demo model.',
  /** @param model its name */
  aboutDemo: (model: string) =>
    `${model} was trained on a few hundred words of synthetic speech, for trying the app. Other speech will come out wrong: choose a bigger model above.`,
  about: (model: string) => `${model} runs on this device. Machines mishear: check what matters.`,
};

export const footer: Messages<typeof en> = {
  en,
  de: {
    demo: 'Demo-Modell.',
    aboutDemo: (model) =>
      `${model} kennt nur ein paar Hundert Wörter künstlicher Sprache und dient zum Ausprobieren. Anderes wird falsch erkannt: Wähle oben ein größeres Modell.`,
    about: (model) =>
      `${model} läuft auf diesem Gerät. Maschinen verhören sich: Prüfe, worauf es ankommt.`,
  },
};
