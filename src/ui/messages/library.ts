import type { Messages } from '../../core/locale';

const en = {
  all: 'All transcripts',
  /** @param count of transcripts */
  /** Where there are none, the screen is there to bring some. */
  allCount: (count: number) =>
    count === 0 ? 'Import transcripts' : `All transcripts (${String(count)})`,
  search: 'Search transcripts',
  tags: 'Tags',
  everything: 'All',
  none: 'Nothing found.',
  /** @param query as typed */
  noneFor: (query: string) => `Nothing found for “${query}”.`,
  clear: 'Clear search',
  found: (count: number) =>
    count === 1 ? '1 transcript found' : `${String(count)} transcripts found`,
  /** @param count of lines that are not shown */
  moreHits: (count: number) => (count === 1 ? '1 more line' : `${String(count)} more lines`),
  more: (count: number) => `Show ${String(count)} more`,
  edit: (title: string) => `Edit ${title}`,
  title: 'Title',
  tagsHint: 'Separate tags with commas.',
  save: 'Save',
  titleMissing: 'A transcript needs a title.',
  delete: 'Delete',
  deleteAudio: (size: string) => `Delete audio (${size})`,
  deleted: (title: string) => `Deleted “${title}”.`,
  undo: 'Undo',
  imported: (titles: readonly string[]) =>
    titles.length === 1
      ? `Imported “${titles[0]!}”.`
      : `Imported ${String(titles.length)} transcripts.`,
  skipped: (count: number) =>
    count === 1
      ? 'One subtitle had times that could not be read and was left out.'
      : `${String(count)} subtitles had times that could not be read and were left out.`,
  restored: (added: number, updated: number, kept: number, audio: number) =>
    [
      `Backup restored: ${String(added)} added`,
      `${String(updated)} updated`,
      `${String(kept)} already up to date`,
      ...(audio > 0 ? [`${String(audio)} with audio`] : []),
    ].join(', ') + '.',
  failed: (paths: readonly string[]) => `Could not be read: ${paths.join(', ')}`,
  wiped: 'All transcripts and recordings on this device were deleted.',
  dismiss: 'Dismiss',
  details: 'Details',
  onDevice: 'On this device',
  /** @param audio size of all that is kept; null where none is */
  use: (count: number, text: string, audio: string | null) =>
    `${count === 1 ? '1 transcript takes' : `${String(count)} transcripts take`} about ${text}${audio === null ? '' : `, their audio ${audio}`}.`,
  empty: 'What you transcribe or import is kept here, on this device.',
  keepAudio: 'Keep the audio of new transcripts',
  import: 'Import',
  importHint: 'Subtitles (srt, vtt), Whisper’s json, or a backup. You can also drop them anywhere.',
  backup: 'Back up',
  backupAudio: 'With audio',
  backupHint:
    'A zip of everything here. Import it to restore: the newer version wins, nothing is deleted.',
  working: 'Working…',
  wipe: 'Delete everything',
  wipeTitle: 'Delete everything?',
  wipeText: (count: number) =>
    `${count === 1 ? 'The transcript' : `All ${String(count)} transcripts`}, the kept audio and all recordings on this device will be gone for good. Models and settings stay.`,
  cancel: 'Cancel',
};

export const library: Messages<typeof en> = {
  en,
  de: {
    all: 'Alle Transkripte',
    allCount: (count) =>
      count === 0 ? 'Transkripte importieren' : `Alle Transkripte (${String(count)})`,
    search: 'Transkripte durchsuchen',
    tags: 'Schlagwörter',
    everything: 'Alle',
    none: 'Nichts gefunden.',
    noneFor: (query) => `Nichts gefunden für „${query}“.`,
    clear: 'Suche leeren',
    found: (count) =>
      count === 1 ? '1 Transkript gefunden' : `${String(count)} Transkripte gefunden`,
    moreHits: (count) => (count === 1 ? '1 weitere Zeile' : `${String(count)} weitere Zeilen`),
    more: (count) => `${String(count)} weitere zeigen`,
    edit: (title) => `${title} bearbeiten`,
    title: 'Titel',
    tagsHint: 'Trenne Schlagwörter mit Kommas.',
    save: 'Speichern',
    titleMissing: 'Ein Transkript braucht einen Titel.',
    delete: 'Löschen',
    deleteAudio: (size) => `Ton löschen (${size})`,
    deleted: (title) => `„${title}“ gelöscht.`,
    undo: 'Rückgängig',
    imported: (titles) =>
      titles.length === 1
        ? `„${titles[0]!}“ importiert.`
        : `${String(titles.length)} Transkripte importiert.`,
    skipped: (count) =>
      count === 1
        ? 'Ein Untertitel hatte unlesbare Zeiten und wurde ausgelassen.'
        : `${String(count)} Untertitel hatten unlesbare Zeiten und wurden ausgelassen.`,
    restored: (added, updated, kept, audio) =>
      [
        `Sicherung eingespielt: ${String(added)} hinzugefügt`,
        `${String(updated)} aktualisiert`,
        `${String(kept)} schon aktuell`,
        ...(audio > 0 ? [`${String(audio)} mit Ton`] : []),
      ].join(', ') + '.',
    failed: (paths) => `Nicht lesbar: ${paths.join(', ')}`,
    wiped: 'Alle Transkripte und Aufnahmen auf diesem Gerät wurden gelöscht.',
    dismiss: 'Ausblenden',
    details: 'Einzelheiten',
    onDevice: 'Auf diesem Gerät',
    use: (count, text, audio) =>
      `${count === 1 ? '1 Transkript belegt' : `${String(count)} Transkripte belegen`} etwa ${text}${audio === null ? '' : `, der Ton dazu ${audio}`}.`,
    empty: 'Was du transkribierst oder importierst, bleibt hier, auf diesem Gerät.',
    keepAudio: 'Den Ton neuer Transkripte behalten',
    import: 'Importieren',
    importHint:
      'Untertitel (srt, vtt), JSON von Whisper oder eine Sicherung. Du kannst sie auch überall auf der Seite ablegen.',
    backup: 'Sicherung anlegen',
    backupAudio: 'Mit Ton',
    backupHint:
      'Ein Zip mit allem, was hier ist. Importiere es zum Wiederherstellen: Das Neuere gewinnt, gelöscht wird nichts.',
    working: 'Einen Moment…',
    wipe: 'Alles löschen',
    wipeTitle: 'Alles löschen?',
    wipeText: (count) =>
      `${count === 1 ? 'Das Transkript' : `Alle ${String(count)} Transkripte`}, der gespeicherte Ton und alle Aufnahmen auf diesem Gerät sind danach endgültig weg. Modelle und Einstellungen bleiben.`,
    cancel: 'Abbrechen',
  },
};
