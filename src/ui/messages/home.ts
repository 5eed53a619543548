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
    `Ready at once, ${size}. It knows a few hundred words of synthetic speech: good for trying Sotto, wrong for anything else.`,
  /** @param from size of the smallest model, with its unit @param to of the largest */
  offer: (from: string, to: string) =>
    `For real speech, choose a model from ${from} to ${to}: 99 languages or English only, downloaded once and kept on this device.`,
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
      `Sofort bereit, ${size}. Es kennt ein paar Hundert Wörter künstlicher Sprache: gut zum Ausprobieren, für alles andere falsch.`,
    offer: (from, to) =>
      `Für echte Sprache wähle ein Modell von ${from} bis ${to}: 99 Sprachen oder nur Englisch, einmal geladen und auf diesem Gerät behalten.`,
    choose: 'Modell wählen',
  },
};
