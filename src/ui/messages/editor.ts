import type { TimeProblem } from '../../core/edit-transcript';
import { assertNever } from '../../core/errors';
import type { Messages } from '../../core/locale';

const en = {
  title: 'Title',
  transcript: 'Transcript',
  empty: 'No speech was found in this recording.',
  noAudio: 'The audio was not kept: the text can be edited, not heard.',
  unplayable: 'This browser cannot play the recording. The text can still be edited.',
  playFrom: (time: string) => `Play from ${time}`,
  more: (time: string) => `Edit segment at ${time}`,
  textOf: (time: string) => `Text at ${time}`,
  lost: (time: string) => `Speech until ${time} that no text came of. Listen to check.`,
  follow: 'Follow',
  undo: 'Undo',
  redo: 'Redo',
  find: 'Find',
  review: 'Review',
  keys: 'Keys',
  tools: 'Editing',
  close: 'Close',
  edit: 'Edit text',
  merge: 'Merge with previous',
  loop: 'Loop',
  remove: 'Delete',
  again: 'Transcribe again',
  start: 'Start',
  end: 'End',
  setTimes: 'Set times',
  selected: (count: number) => `${String(count)} segments selected`,
  translation: (title: string) => `${title} (English)`,
  /** @param time writes a number of seconds */
  problem: (problem: TimeProblem, time: (sec: number) => string): string => {
    switch (problem.kind) {
      case 'unreadable':
        return 'Write times as 1:02:07.50.';
      case 'too-short':
        return 'The end has to come after the start.';
      case 'before-start':
        return 'The recording begins at 0:00.';
      case 'after-end':
        return `The recording ends at ${time(problem.limitSec)}.`;
      case 'over-previous':
        return `The segment before ends at ${time(problem.limitSec)}. Start no earlier.`;
      case 'over-next':
        return `The next segment starts at ${time(problem.limitSec)}. End no later.`;
      default:
        return assertNever(problem);
    }
  },
};

export const editor: Messages<typeof en> = {
  en,
  de: {
    title: 'Titel',
    transcript: 'Transkript',
    empty: 'In dieser Aufnahme wurde keine Sprache gefunden.',
    noAudio: 'Der Ton wurde nicht behalten: Du kannst den Text bearbeiten, aber nicht anhören.',
    unplayable:
      'Dieser Browser kann die Aufnahme nicht abspielen. Den Text kannst du trotzdem bearbeiten.',
    playFrom: (time) => `Ab ${time} abspielen`,
    more: (time) => `Abschnitt bei ${time} bearbeiten`,
    textOf: (time) => `Text bei ${time}`,
    lost: (time) => `Sprache bis ${time}, aus der kein Text wurde. Hör nach.`,
    follow: 'Mitlaufen',
    undo: 'Rückgängig',
    redo: 'Wiederholen',
    find: 'Suchen',
    review: 'Durchsehen',
    keys: 'Tasten',
    tools: 'Bearbeiten',
    close: 'Schließen',
    edit: 'Text bearbeiten',
    merge: 'Mit vorigem verbinden',
    loop: 'Schleife',
    remove: 'Löschen',
    again: 'Neu transkribieren',
    start: 'Anfang',
    end: 'Ende',
    setTimes: 'Zeiten setzen',
    selected: (count) => `${String(count)} Abschnitte ausgewählt`,
    translation: (title) => `${title} (Englisch)`,
    problem: (problem, time) => {
      switch (problem.kind) {
        case 'unreadable':
          return 'Schreib Zeiten wie 1:02:07.50.';
        case 'too-short':
          return 'Das Ende muss nach dem Anfang kommen.';
        case 'before-start':
          return 'Die Aufnahme beginnt bei 0:00.';
        case 'after-end':
          return `Die Aufnahme endet bei ${time(problem.limitSec)}.`;
        case 'over-previous':
          return `Der Abschnitt davor endet bei ${time(problem.limitSec)}. Fang nicht früher an.`;
        case 'over-next':
          return `Der nächste Abschnitt beginnt bei ${time(problem.limitSec)}. Hör nicht später auf.`;
        default:
          return assertNever(problem);
      }
    },
  },
};
