import type { Messages } from '../../core/locale';

const en = {
  back: 'Home',
  add: 'Add recordings',
  /** @param times faster than real time, with a digit where it is small */
  speed: (times: string) => `${times}× real time on this device`,
  stopped: 'Stopped.',
  stoppedKept: 'Stopped. The text so far is kept.',
  /** @param at how far it is decided, as a clock */
  goOn: (at: string) => `Continue from ${at}`,
  again: 'Start again',
  /** @param name of the file */
  missing: (name: string) =>
    `This was interrupted, and the file itself could not be kept. Choose ${name} again to go on.`,
  wrongFile: (name: string) => `That is another file. Choose ${name}.`,
  choose: 'Choose the file',
  noSpeech: 'No speech was found in this recording.',
  loading: 'Opening the transcript',
  gone: 'There is no such transcript on this device. It may have been deleted, or made in another browser.',
  elsewhere: 'Another tab is transcribing this. Its text appears here, too.',
  interrupted:
    'This was interrupted. The text so far is kept; transcribe the recording again for the rest.',
  audioNotKept: 'The recording was not kept, so there is nothing to listen to.',
};

export const transcriptScreen: Messages<typeof en> = {
  en,
  de: {
    back: 'Start',
    add: 'Aufnahmen hinzufügen',
    speed: (times) => `${times}× Echtzeit auf diesem Gerät`,
    stopped: 'Angehalten.',
    stoppedKept: 'Angehalten. Der Text bis hierher bleibt.',
    goOn: (at) => `Weiter ab ${at}`,
    again: 'Von vorn',
    missing: (name) =>
      `Das wurde unterbrochen, und die Datei selbst konnte nicht behalten werden. Wähle ${name} noch einmal, dann geht es weiter.`,
    wrongFile: (name) => `Das ist eine andere Datei. Wähle ${name}.`,
    choose: 'Datei wählen',
    noSpeech: 'In dieser Aufnahme wurde keine Sprache gefunden.',
    loading: 'Das Transkript wird geöffnet',
    gone: 'Dieses Transkript gibt es auf diesem Gerät nicht. Vielleicht wurde es gelöscht oder in einem anderen Browser gemacht.',
    elsewhere: 'Ein anderer Tab transkribiert das gerade. Der Text erscheint auch hier.',
    interrupted:
      'Das wurde unterbrochen. Der Text bis hierher ist da; transkribiere die Aufnahme noch einmal für den Rest.',
    audioNotKept: 'Die Aufnahme wurde nicht behalten, daher gibt es nichts anzuhören.',
  },
};
