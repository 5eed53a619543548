import type { Messages } from '../../core/locale';
import type { BuiltInPreset } from '../../core/presets';

const en = {
  title: 'Presets',
  builtIn: {
    exact: { name: 'Exact', about: 'Like openai/whisper: its own defaults.' },
    fast: { name: 'Fast', about: 'Speech packed together, several windows at once.' },
    subtitles: { name: 'Subtitles', about: 'Exact, with a time for every word.' },
  } satisfies Record<BuiltInPreset, { name: string; about: string }>,
  own: 'Your own',
  use: 'Use',
  inUse: 'In use',
  applied: (name: string) => `${name} is in use now.`,
  deleted: (name: string) => `${name} was deleted.`,
  undo: 'Undo',
  saveAs: 'Save these options as a preset',
  aboutSave: 'All options of transcription and sound, as they are now.',
  save: 'Save',
  rename: (name: string) => `Rename ${name}`,
  newName: 'New name',
  delete: (name: string) => `Delete ${name}`,
  noName: 'Write a name for it.',
  nameTaken: 'There is a preset of this name. Write another one.',
};

export const presets: Messages<typeof en> = {
  en,
  de: {
    title: 'Vorlagen',
    builtIn: {
      exact: { name: 'Genau', about: 'Wie openai/whisper, mit dessen Vorgaben.' },
      fast: { name: 'Schnell', about: 'Sprache zusammengepackt, mehrere Fenster zugleich.' },
      subtitles: { name: 'Untertitel', about: 'Genau, mit einer Zeit für jedes Wort.' },
    },
    own: 'Deine eigenen',
    use: 'Verwenden',
    inUse: 'In Gebrauch',
    applied: (name) => `${name} ist jetzt in Gebrauch.`,
    deleted: (name) => `${name} wurde gelöscht.`,
    undo: 'Rückgängig',
    saveAs: 'Diese Optionen als Vorlage speichern',
    aboutSave: 'Alle Optionen für Abschrift und Ton, wie sie jetzt sind.',
    save: 'Speichern',
    rename: (name) => `${name} umbenennen`,
    newName: 'Neuer Name',
    delete: (name) => `${name} löschen`,
    noName: 'Schreib einen Namen dafür.',
    nameTaken: 'Diesen Namen hat schon eine Vorlage. Schreib einen anderen.',
  },
};
