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
  navigation: 'Sections',
  aboutModels:
    'Bigger models hear better and take longer; Base is a good first choice. A model is downloaded once, checked, and kept on this device.',
  modelHost: 'Model host',
  aboutModelHost:
    'A mirror of the hub, or your own server; empty for the hub itself. Whoever serves Sotto must allow it (SOTTO_MODEL_HOSTS).',
  save: 'Save',
  preload: 'Load the model at the start',
  aboutPreload: 'The first recording starts sooner. When off, the model loads with it.',
  unloadAfter: 'Unload the model when idle, minutes',
  aboutUnloadAfter: 'It leaves memory, not this device, and loads again when needed.',
  never: 'never',
  anyLanguage: 'Detect automatically',
  searchLanguage: 'Search languages',
  noSuchLanguage: 'The model in use knows no language of this name.',
  modelLacksLanguage: (model: string) =>
    `${model} does not know this language: recordings will fail. Choose another language, or another model.`,
  modelCannotTranslate: (model: string) =>
    `${model} knows English only and cannot translate: recordings will fail. Choose another model.`,
  appliesToNext: 'What you choose here holds for recordings that you add from now on.',
  sound: 'Sound of a recording',
  speech: 'Detection of speech',
  limits: 'Limits',
  maxMegabytes: 'Largest file, MB',
  maxMinutes: 'Longest recording, minutes',
  aboutLimits: 'Larger or longer recordings are refused, and you are told why.',
  anySize: 'any',
  microphone: 'Microphone',
  echoCancellation: 'Remove echo',
  noiseSuppression: 'Reduce noise',
  autoGainControl: 'Even out the microphone’s loudness',
  theme: 'Theme',
  themes: { system: 'Match system', light: 'Light', dark: 'Dark' } satisfies Record<Theme, string>,
  textSize: 'Size of transcripts’ text',
  textSizes: { normal: 'Normal', large: 'Large', larger: 'Larger' } satisfies Record<
    TextSize,
    string
  >,
  sampleText: 'The walls have ears, and they take notes.',
  reduceMotion: 'Reduce motion',
  aboutReduceMotion: 'Nothing slides, fades or pulses, whatever the system says.',
  language: 'Language of this page',
  languageOfBrowser: 'Match browser',
  resetSettings: 'Reset all settings',
  aboutReset: 'Models, transcripts, recordings and your presets stay.',
  wasReset: 'All settings are back at their defaults.',
  undo: 'Undo',
  shortcutsOn: 'Keyboard shortcuts',
  aboutShortcuts: 'These keys work everywhere except while you type.',
  changeKeys: (command: string) => `Change the keys for “${command}”`,
  pressKeys: 'Press the new keys. Backspace removes them, Esc cancels.',
  noKeys: 'no keys',
  resetKeys: (command: string) => `Default keys for “${command}”`,
  taken: (keys: string, other: string) => `${keys} is taken by “${other}”. Press other keys.`,
  resetAllKeys: 'Restore all default keys',
};

export const settings: Messages<typeof en> = {
  en,
  de: {
    title: 'Einstellungen',
    close: 'Einstellungen schließen',
    sections: {
      model: 'Modell',
      transcription: 'Transkription',
      audio: 'Ton',
      appearance: 'Darstellung',
      shortcuts: 'Tastenkürzel',
      storage: 'Speicher',
      privacy: 'Privatsphäre',
      device: 'Dieses Gerät',
    },
    navigation: 'Bereiche',
    aboutModels:
      'Größere Modelle hören besser und brauchen länger; Base ist ein guter Anfang. Ein Modell wird einmal heruntergeladen, geprüft und bleibt auf diesem Gerät.',
    modelHost: 'Modell-Server',
    aboutModelHost:
      'Ein Mirror des Hubs oder dein eigener Server; leer für den Hub selbst. Wer Sotto ausliefert, muss ihn erlauben (SOTTO_MODEL_HOSTS).',
    save: 'Speichern',
    preload: 'Modell beim Start laden',
    aboutPreload: 'Die erste Aufnahme startet schneller. Sonst lädt das Modell erst mit ihr.',
    unloadAfter: 'Modell im Leerlauf entladen, Minuten',
    aboutUnloadAfter:
      'Es verlässt den Arbeitsspeicher, nicht das Gerät, und lädt bei Bedarf wieder.',
    never: 'nie',
    anyLanguage: 'Automatisch erkennen',
    searchLanguage: 'Sprachen suchen',
    noSuchLanguage: 'Das gewählte Modell kennt keine Sprache mit diesem Namen.',
    modelLacksLanguage: (model) =>
      `${model} kennt diese Sprache nicht: Aufnahmen werden fehlschlagen. Wähle eine andere Sprache oder ein anderes Modell.`,
    modelCannotTranslate: (model) =>
      `${model} kann nur Englisch und nicht übersetzen: Aufnahmen werden fehlschlagen. Wähle ein anderes Modell.`,
    appliesToNext: 'Was du hier wählst, gilt für Aufnahmen, die du ab jetzt hinzufügst.',
    sound: 'Ton der Aufnahme',
    speech: 'Erkennung von Sprache',
    limits: 'Grenzen',
    maxMegabytes: 'Größte Datei, MB',
    maxMinutes: 'Längste Aufnahme, Minuten',
    aboutLimits: 'Größere oder längere Aufnahmen werden abgelehnt, und du erfährst, warum.',
    anySize: 'beliebig',
    microphone: 'Mikrofon',
    echoCancellation: 'Echo entfernen',
    noiseSuppression: 'Rauschen verringern',
    autoGainControl: 'Lautstärke des Mikrofons ausgleichen',
    theme: 'Farbschema',
    themes: { system: 'Wie System', light: 'Hell', dark: 'Dunkel' },
    textSize: 'Textgröße der Transkripte',
    textSizes: { normal: 'Normal', large: 'Groß', larger: 'Größer' },
    sampleText: 'Die Wände haben Ohren, und sie schreiben mit.',
    reduceMotion: 'Weniger Bewegung',
    aboutReduceMotion: 'Nichts gleitet, blendet oder pulsiert, egal, was das System vorgibt.',
    language: 'Sprache dieser Seite',
    languageOfBrowser: 'Wie Browser',
    resetSettings: 'Alle Einstellungen zurücksetzen',
    aboutReset: 'Modelle, Transkripte, Aufnahmen und deine Vorlagen bleiben.',
    wasReset: 'Alle Einstellungen sind auf Standard zurückgesetzt.',
    undo: 'Rückgängig',
    shortcutsOn: 'Tastenkürzel',
    aboutShortcuts: 'Diese Tasten gelten überall, außer während du tippst.',
    changeKeys: (command) => `Tasten für „${command}“ ändern`,
    pressKeys: 'Drück die neuen Tasten. Rücktaste entfernt sie, Esc bricht ab.',
    noKeys: 'keine Tasten',
    resetKeys: (command) => `Standardtasten für „${command}“`,
    taken: (keys, other) => `${keys} ist schon mit „${other}“ belegt. Drück andere Tasten.`,
    resetAllKeys: 'Alle Standardtasten wiederherstellen',
  },
};
