import type { TimeProblem } from '../../core/edit-transcript';
import { assertNever } from '../../core/errors';
import type { Messages } from '../../core/locale';

type WriteTime = (sec: number) => string;

const en = {
  edit: 'Edit text',
  loop: 'Loop',
  merge: 'Merge up',
  mergeAll: 'Merge',
  remove: 'Delete',
  again: 'Transcribe again',
  chosen: (count: number) => `${String(count)} segments`,
  speaker: 'Speaker',
  assign: 'Assign',
  renameAll: (name: string) => `Rename ${name} everywhere`,
  nobody: 'No name',
  start: 'Start',
  end: 'End',
  setTimes: 'Set times',
  problem: (problem: TimeProblem, time: WriteTime): string => {
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

export const segmentPanel: Messages<typeof en> = {
  en,
  de: {
    edit: 'Text bearbeiten',
    loop: 'Schleife',
    merge: 'Mit vorigem verbinden',
    mergeAll: 'Verbinden',
    remove: 'Löschen',
    again: 'Neu transkribieren',
    chosen: (count) => `${String(count)} Abschnitte`,
    speaker: 'Wer spricht',
    assign: 'Zuweisen',
    renameAll: (name) => `${name} überall umbenennen`,
    nobody: 'Kein Name',
    start: 'Anfang',
    end: 'Ende',
    setTimes: 'Zeiten setzen',
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
          return `Der Abschnitt davor endet bei ${time(problem.limitSec)}. Beginne nicht früher.`;
        case 'over-next':
          return `Der nächste Abschnitt beginnt bei ${time(problem.limitSec)}. Ende nicht später.`;
        default:
          return assertNever(problem);
      }
    },
  },
};
