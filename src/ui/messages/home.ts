import type { Messages } from '../../core/locale';

const en = {
  headline: 'Speech to text, in a low voice.',
  promise: 'Runs in this tab. Your audio never leaves it.',
  drop: 'Drop recordings here, or choose files',
  letGo: 'Let go to transcribe',
  hint: 'Audio or video, one or many. Transcribing starts at once.',
  nothing: 'Nothing at hand?',
  sample: 'Try a sample',
  demo: 'Demo model.',
  /** @param size of the model, with its unit */
  aboutDemo: (size: string) =>
    `Ready at once (${size}), for trying Sotto: it knows a few hundred words of synthetic speech.`,
  /** @param from size of the smallest model, with its unit @param to of the largest */
  offer: (from: string, to: string) =>
    `For real speech there are models from ${from} to ${to}, for 99 languages or English only.`,
  choose: 'Choose a model',
};

export const home: Messages<typeof en> = {
  en,
  de: {
    headline: 'Aus Sprache wird Text, ganz leise.',
    promise: 'Läuft in diesem Tab. Deine Aufnahmen verlassen ihn nie.',
    drop: 'Aufnahmen hier ablegen oder Dateien wählen',
    letGo: 'Loslassen zum Transkribieren',
    hint: 'Audio oder Video, eine oder viele Dateien. Es geht sofort los.',
    nothing: 'Nichts zur Hand?',
    sample: 'Beispiel probieren',
    demo: 'Demo-Modell.',
    aboutDemo: (size) =>
      `Sofort bereit (${size}), zum Ausprobieren: Es kennt ein paar Hundert Wörter künstlicher Sprache.`,
    offer: (from, to) =>
      `Für echte Sprache gibt es Modelle von ${from} bis ${to}, für 99 Sprachen oder nur Englisch.`,
    choose: 'Modell wählen',
  },
};
