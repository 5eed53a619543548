import type { Messages } from '../../core/locale';

const en = {
  back: 'Home',
  add: 'Add recordings',
  stopped: 'Stopped.',
  stoppedKept: 'Stopped. The text so far is kept.',
  /** @param at how far it is decided, as a clock */
  goOn: (at: string) => `Continue from ${at}`,
  again: 'Start again',
  keep: 'Edit what is there',
  /** @param name of the file */
  missing: (name: string) =>
    `This was interrupted, and the file itself could not be kept. Choose ${name} again to go on.`,
  chooseAgain: (name: string) => `Choose ${name} again to go on.`,
  wrongFile: (name: string) => `That is another file. Choose ${name}.`,
  choose: 'Choose the file',
  loading: 'Opening the transcript',
  gone: 'There is no such transcript on this device. It may have been deleted, or made in another browser.',
  elsewhere: 'Another tab is transcribing this. Its text appears here, too.',
  gpuLost:
    'The graphics processor failed on the way. The recording went on without it, from the last finished part; nothing was lost.',
  gpuRefused: {
    wrong: 'The graphics processor gave wrong text in a short test, so the main processor is used.',
    unchecked:
      'The graphics processor could not be tested just now, so the main processor is used.',
  },
  engineCrashed:
    'The engine stopped on the way, usually because it ran out of memory. It was started again and went on from the last finished part; nothing was lost.',
  interrupted:
    'This was interrupted. The text so far is kept; transcribe the recording again for the rest.',
};

export const transcriptScreen: Messages<typeof en> = {
  en,
  de: {
    back: 'Start',
    add: 'Aufnahmen hinzufügen',
    stopped: 'Gestoppt.',
    stoppedKept: 'Gestoppt. Der bisherige Text bleibt.',
    goOn: (at) => `Weiter ab ${at}`,
    again: 'Von vorn beginnen',
    keep: 'Vorhandenes bearbeiten',
    missing: (name) =>
      `Die Arbeit wurde unterbrochen, und die Datei selbst ließ sich nicht speichern. Wähle ${name} noch einmal, dann geht es weiter.`,
    chooseAgain: (name) => `Wähle ${name} noch einmal, dann geht es weiter.`,
    wrongFile: (name) => `Das ist eine andere Datei. Wähle ${name}.`,
    choose: 'Datei wählen',
    loading: 'Das Transkript wird geöffnet',
    gone: 'Dieses Transkript gibt es auf diesem Gerät nicht. Vielleicht wurde es gelöscht oder in einem anderen Browser gemacht.',
    elsewhere: 'Ein anderer Tab transkribiert das gerade. Der Text erscheint auch hier.',
    gpuLost:
      'Der Grafikprozessor ist unterwegs ausgefallen. Ohne ihn ging es nach dem letzten fertigen Teil weiter; nichts ging verloren.',
    gpuRefused: {
      wrong:
        'Der Grafikprozessor schrieb in einem kurzen Test falschen Text, deshalb rechnet der Hauptprozessor.',
      unchecked:
        'Der Grafikprozessor ließ sich gerade nicht prüfen, deshalb rechnet der Hauptprozessor.',
    },
    engineCrashed:
      'Die Spracherkennung ist unterwegs abgestürzt, meist aus Mangel an Speicher. Sie wurde neu gestartet und machte nach dem letzten fertigen Teil weiter; nichts ging verloren.',
    interrupted:
      'Die Arbeit wurde unterbrochen. Der bisherige Text ist da; transkribiere die Aufnahme noch einmal für den Rest.',
  },
};
