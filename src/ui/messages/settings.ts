import type { TextSize, Theme } from '../../core/appearance';
import type { Messages } from '../../core/locale';

export type SectionId =
  | 'model'
  | 'transcription'
  | 'audio'
  | 'appearance'
  | 'shortcuts'
  | 'storage'
  | 'privacy'
  | 'device';

const en = {
  title: 'Settings',
  close: 'Close settings',
  sections: {
    model: 'Model',
    transcription: 'Transcription',
    audio: 'Audio',
    appearance: 'Appearance',
    shortcuts: 'Shortcuts',
    storage: 'Storage',
    privacy: 'Privacy',
    device: 'This device',
  } satisfies Record<SectionId, string>,
  navigation: 'Parts of the settings',
  aboutModels:
    'Bigger models hear better and take longer; Base is a good first choice. A model is downloaded once, checked, and kept on this device.',
  modelHost: 'Model host',
  aboutModelHost:
    'A mirror of the hub, or your own server; empty for the hub itself. Whoever serves Sotto must allow it (SOTTO_MODEL_HOSTS).',
  save: 'Save',
  preload: 'Load the model at the start',
  aboutPreload: 'The first recording begins sooner. Off, the model loads with it.',
  unloadAfter: 'Free its memory when idle, minutes',
  aboutUnloadAfter:
    'The model goes from memory, not from this device, and loads again when needed.',
  never: 'never',
  anyLanguage: 'Detect it',
  searchLanguage: 'Search languages',
  noSuchLanguage: 'The model in use knows no language of this name.',
  modelLacksLanguage: (model: string) =>
    `${model} does not know this language: recordings will fail. Choose another language, or another model.`,
  modelCannotTranslate: (model: string) =>
    `${model} knows English only and cannot translate: recordings will fail. Choose another model.`,
  appliesToNext: 'What you choose here is for recordings added from now on.',
  sound: 'Sound of a recording',
  speech: 'Detection of speech',
  limits: 'Limits',
  maxMegabytes: 'Largest file, MB',
  maxMinutes: 'Longest recording, minutes',
  aboutLimits: 'Larger or longer ones are refused, with a word about it.',
  anySize: 'any',
  microphone: 'Microphone',
  echoCancellation: 'Remove echo',
  noiseSuppression: 'Reduce noise',
  autoGainControl: 'Even out the microphone’s loudness',
  theme: 'Theme',
  themes: { system: 'As the system', light: 'Light', dark: 'Dark' } satisfies Record<Theme, string>,
  textSize: 'Text of transcripts',
  textSizes: { normal: 'Normal', large: 'Large', larger: 'Larger' } satisfies Record<
    TextSize,
    string
  >,
  sampleText: 'The walls have ears, and they take notes.',
  reduceMotion: 'Reduce motion',
  aboutReduceMotion: 'Nothing slides, fades or pulses, whatever the system says.',
  language: 'Language of this page',
  languageOfBrowser: 'As the browser',
  resetSettings: 'Reset all settings',
  aboutReset: 'Models, transcripts, recordings and your presets stay.',
  wasReset: 'All settings are as on the first visit.',
  undo: 'Undo',
  shortcutsOn: 'Keyboard shortcuts',
  aboutShortcuts: 'Keys do what is listed here, except while you type.',
  changeKeys: (command: string) => `Change the keys for “${command}”`,
  pressKeys: 'Press the keys. Backspace takes them away, Esc keeps them.',
  noKeys: 'no keys',
  resetKeys: (command: string) => `Default keys for “${command}”`,
  taken: (keys: string, other: string) => `${keys} is taken by “${other}”. Press other keys.`,
  resetAllKeys: 'Default keys for everything',
};

export const settings: Messages<typeof en> = {
  en,
  de: {
    title: 'Einstellungen',
    close: 'Einstellungen schließen',
    sections: {
      model: 'Modell',
      transcription: 'Abschrift',
      audio: 'Ton',
      appearance: 'Aussehen',
      shortcuts: 'Tasten',
      storage: 'Speicher',
      privacy: 'Privatsphäre',
      device: 'Dieses Gerät',
    },
    navigation: 'Teile der Einstellungen',
    aboutModels:
      'Größere Modelle hören besser und brauchen länger; Base ist ein guter Anfang. Ein Modell wird einmal geladen, geprüft und auf diesem Gerät behalten.',
    modelHost: 'Server der Modelle',
    aboutModelHost:
      'Ein Spiegel des Hubs oder dein eigener Server; leer für den Hub selbst. Wer Sotto ausliefert, muss ihn erlauben (SOTTO_MODEL_HOSTS).',
    save: 'Speichern',
    preload: 'Modell beim Start laden',
    aboutPreload: 'Die erste Aufnahme beginnt früher. Aus: Das Modell lädt mit ihr.',
    unloadAfter: 'Arbeitsspeicher bei Ruhe freigeben, Minuten',
    aboutUnloadAfter:
      'Das Modell verlässt den Arbeitsspeicher, nicht das Gerät, und lädt bei Bedarf neu.',
    never: 'nie',
    anyLanguage: 'Erkennen lassen',
    searchLanguage: 'Sprachen suchen',
    noSuchLanguage: 'Das gewählte Modell kennt keine Sprache dieses Namens.',
    modelLacksLanguage: (model) =>
      `${model} kennt diese Sprache nicht: Aufnahmen werden scheitern. Wähle eine andere Sprache oder ein anderes Modell.`,
    modelCannotTranslate: (model) =>
      `${model} kann nur Englisch und übersetzt nicht: Aufnahmen werden scheitern. Wähle ein anderes Modell.`,
    appliesToNext: 'Was du hier wählst, gilt für Aufnahmen, die du ab jetzt hinzufügst.',
    sound: 'Ton einer Aufnahme',
    speech: 'Erkennen von Sprache',
    limits: 'Grenzen',
    maxMegabytes: 'Größte Datei, MB',
    maxMinutes: 'Längste Aufnahme, Minuten',
    aboutLimits: 'Größere oder längere werden mit einem Hinweis abgelehnt.',
    anySize: 'beliebig',
    microphone: 'Mikrofon',
    echoCancellation: 'Echo entfernen',
    noiseSuppression: 'Rauschen mindern',
    autoGainControl: 'Lautstärke des Mikrofons ausgleichen',
    theme: 'Farben',
    themes: { system: 'Wie das System', light: 'Hell', dark: 'Dunkel' },
    textSize: 'Text der Abschriften',
    textSizes: { normal: 'Üblich', large: 'Groß', larger: 'Größer' },
    sampleText: 'Die Wände haben Ohren, und sie schreiben mit.',
    reduceMotion: 'Weniger Bewegung',
    aboutReduceMotion: 'Nichts gleitet, blendet oder pulsiert, was auch immer das System sagt.',
    language: 'Sprache dieser Seite',
    languageOfBrowser: 'Wie der Browser',
    resetSettings: 'Alle Einstellungen zurücksetzen',
    aboutReset: 'Modelle, Abschriften, Aufnahmen und deine Vorlagen bleiben.',
    wasReset: 'Alle Einstellungen sind wie beim ersten Besuch.',
    undo: 'Rückgängig',
    shortcutsOn: 'Tastenkürzel',
    aboutShortcuts: 'Tasten tun, was hier steht, außer während du tippst.',
    changeKeys: (command) => `Tasten für „${command}“ ändern`,
    pressKeys: 'Drück die Tasten. Rücktaste nimmt sie weg, Esc behält sie.',
    noKeys: 'keine Tasten',
    resetKeys: (command) => `Übliche Tasten für „${command}“`,
    taken: (keys, other) => `${keys} gehört schon zu „${other}“. Drück andere Tasten.`,
    resetAllKeys: 'Übliche Tasten für alles',
  },
};
