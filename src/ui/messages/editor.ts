import type { Messages } from '../../core/locale';

const en = {
  title: 'Title',
  transcript: 'Transcript',
  empty: 'No speech was found in this recording.',
  emptied: 'All text was deleted. Undo brings it back.',
  noAudio: 'The audio was not kept: the text can be edited, but not heard or transcribed again.',
  unplayable: 'This browser cannot play the recording. The text can still be edited.',
  playFrom: (time: string) => `Play from ${time}`,
  segmentAt: (time: string) => `Segment at ${time}`,
  more: (time: string) => `Edit segment at ${time}`,
  textOf: (time: string) => `Text at ${time}`,
  lost: (time: string) => `Speech until ${time} without any text. Listen to check.`,
  follow: 'Follow',
  tools: 'Editing',
  undo: 'Undo',
  redo: 'Redo',
  find: 'Find and replace',
  review: 'Review uncertain words',
  translate: 'Translate into English',
  keys: 'Keys',
  close: 'Close',
  translation: (title: string) => `${title} (English)`,
};

export const editor: Messages<typeof en> = {
  en,
  de: {
    title: 'Titel',
    transcript: 'Transkript',
    empty: 'In dieser Aufnahme wurde keine Sprache gefunden.',
    emptied: 'Der ganze Text wurde gelöscht. „Rückgängig“ bringt ihn zurück.',
    noAudio:
      'Der Ton wurde nicht behalten: Du kannst den Text bearbeiten, aber nicht anhören oder neu transkribieren.',
    unplayable:
      'Dieser Browser kann die Aufnahme nicht abspielen. Den Text kannst du trotzdem bearbeiten.',
    playFrom: (time) => `Ab ${time} abspielen`,
    segmentAt: (time) => `Abschnitt bei ${time}`,
    more: (time) => `Abschnitt bei ${time} bearbeiten`,
    textOf: (time) => `Text bei ${time}`,
    lost: (time) => `Sprache bis ${time} ohne Text. Hör nach.`,
    follow: 'Mitlaufen',
    tools: 'Bearbeiten',
    undo: 'Rückgängig',
    redo: 'Wiederholen',
    find: 'Suchen und ersetzen',
    review: 'Unsichere Wörter durchsehen',
    translate: 'Ins Englische übersetzen',
    keys: 'Tasten',
    close: 'Schließen',
    translation: (title) => `${title} (Englisch)`,
  },
};
