import type { Messages } from '../../core/locale';

/** Keys with what they do, by where. "mod" is ⌘ on a Mac and Ctrl elsewhere. */
const en = {
  title: 'Keys of the editor',
  anywhere: 'Anywhere',
  onSegment: 'On a segment (its time has the focus)',
  inText: 'While typing',
  keys: {
    onSegment: [
      ['↑ ↓', 'Segment before or after'],
      ['Shift+↑ ↓', 'Select several'],
      ['← →', 'Word before or after'],
      ['Enter', 'Play from here'],
      ['F2', 'Edit the text'],
      ['.', 'Times, speaker and more'],
      ['M', 'Merge with the segment before'],
      ['Shift+L', 'Loop'],
      ['Delete', 'Delete'],
    ],
    inText: [
      ['Enter', 'Split the segment here'],
      ['Backspace', 'At the start: merge with the segment before'],
      ['Esc', 'Done'],
      ['↑ ↓', 'At the start or end: the segment before or after'],
      ['mod+Enter', 'Play or pause'],
    ],
  },
} as const;

type KeyList = readonly (readonly [keys: string, what: string])[];
interface KeyHelp {
  readonly title: string;
  readonly anywhere: string;
  readonly onSegment: string;
  readonly inText: string;
  readonly keys: Readonly<Record<'onSegment' | 'inText', KeyList>>;
}

export const editorKeys: Messages<KeyHelp> = {
  en,
  de: {
    title: 'Tasten des Editors',
    anywhere: 'Überall',
    onSegment: 'Auf einem Abschnitt (der Fokus ist auf seiner Zeit)',
    inText: 'Beim Schreiben',
    keys: {
      onSegment: [
        ['↑ ↓', 'Abschnitt davor oder danach'],
        ['Umschalt+↑ ↓', 'Mehrere auswählen'],
        ['← →', 'Wort davor oder danach'],
        ['Eingabe', 'Von hier abspielen'],
        ['F2', 'Text bearbeiten'],
        ['.', 'Zeiten, Sprecher und mehr'],
        ['M', 'Mit dem Abschnitt davor verbinden'],
        ['Umschalt+L', 'Schleife'],
        ['Entf', 'Löschen'],
      ],
      inText: [
        ['Eingabe', 'Abschnitt hier teilen'],
        ['Rücktaste', 'Am Anfang: mit dem Abschnitt davor verbinden'],
        ['Esc', 'Fertig'],
        ['↑ ↓', 'Am Anfang oder Ende: Abschnitt davor oder danach'],
        ['mod+Eingabe', 'Abspielen oder Pause'],
      ],
    },
  },
};
