import type { CommandId } from '../../core/commands';
import type { Messages } from '../../core/locale';

interface Words {
  readonly names: Readonly<Record<CommandId, string>>;
  /** Of the palette and its field. */
  readonly title: string;
  readonly search: string;
  readonly nothing: string;
}

const en: Words = {
  names: {
    commands: 'Commands',
    home: 'Go home',
    openFile: 'Open files',
    record: 'Record',
    export: 'Export',
    settings: 'Settings',
    playPause: 'Play or pause',
    back5: 'Back 5 seconds',
    forward5: 'Forward 5 seconds',
    slower: 'Play slower',
    faster: 'Play faster',
    previousSegment: 'Previous segment',
    nextSegment: 'Next segment',
    nextUncertain: 'Next uncertain word',
    find: 'Find in the transcript',
    undo: 'Undo',
    redo: 'Redo',
    theme: 'Switch between light and dark',
  },
  title: 'Commands',
  search: 'What do you want to do?',
  nothing: 'No command of this name.',
};

export const commands: Messages<Words> = {
  en,
  de: {
    names: {
      commands: 'Befehle',
      home: 'Zur Startseite',
      openFile: 'Dateien öffnen',
      record: 'Aufnehmen',
      export: 'Exportieren',
      settings: 'Einstellungen',
      playPause: 'Abspielen oder pausieren',
      back5: '5 Sekunden zurück',
      forward5: '5 Sekunden vor',
      slower: 'Langsamer abspielen',
      faster: 'Schneller abspielen',
      previousSegment: 'Vorheriger Abschnitt',
      nextSegment: 'Nächster Abschnitt',
      nextUncertain: 'Nächstes unsicheres Wort',
      find: 'Im Transkript suchen',
      undo: 'Rückgängig',
      redo: 'Wiederholen',
      theme: 'Zwischen Hell und Dunkel wechseln',
    },
    title: 'Befehle',
    search: 'Was möchtest du tun?',
    nothing: 'Kein Befehl mit diesem Namen.',
  },
};
