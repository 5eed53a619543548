import type { Messages } from '../../core/locale';
import type { BuiltInPreset } from '../../core/presets';

const en = {
  title: 'Presets',
  builtIn: {
    exact: { name: 'Exact', about: 'Like openai/whisper, with its defaults.' },
    fast: { name: 'Fast', about: 'Packs speech together, several windows at once.' },
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
  noName: 'Enter a name.',
  nameTaken: 'There is a preset of this name. Enter another one.',
};

export const presets: Messages<typeof en> = {
  en,
  de: {
    title: 'Vorlagen',
    builtIn: {
      exact: { name: 'Genau', about: 'Wie openai/whisper, mit dessen Standardwerten.' },
      fast: { name: 'Schnell', about: 'Packt Sprache zusammen, mehrere Fenster zugleich.' },
      subtitles: { name: 'Untertitel', about: 'Genau, mit einer Zeit für jedes Wort.' },
    },
    own: 'Deine eigenen',
    use: 'Verwenden',
    inUse: 'Aktiv',
    applied: (name) => `${name} ist jetzt aktiv.`,
    deleted: (name) => `${name} wurde gelöscht.`,
    undo: 'Rückgängig',
    saveAs: 'Diese Optionen als Vorlage speichern',
    aboutSave: 'Alle Optionen für Transkription und Ton, wie sie jetzt sind.',
    save: 'Speichern',
    rename: (name) => `${name} umbenennen`,
    newName: 'Neuer Name',
    delete: (name) => `${name} löschen`,
    noName: 'Gib einen Namen ein.',
    nameTaken: 'Eine Vorlage heißt schon so. Gib einen anderen Namen ein.',
  },
};
