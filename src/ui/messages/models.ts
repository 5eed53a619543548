import type { Messages } from '../../core/locale';

const en = {
  comesWithSotto: 'Comes with Sotto · a few hundred words of synthetic speech',
  languages: (count: number) => `${String(count)} languages`,
  englishOnly: 'English only',
  noWordTimes: 'no word times',
  memory: (gigabytes: string) => `about ${gigabytes} GB of memory`,
  download: (size: string, host: string) => `Download: ${size} from ${host}`,
  about: (size: string) => `about ${size}`,
  sizeUnknown: 'size unknown until it starts,',
  pausedAt: (part: string) => `Paused at ${part}`,
  onDevice: (size: string) => `${size} on this device`,
  unfitDownload: (size: string, host: string) =>
    `What is here does not run well on this device. Download: ${size} from ${host}`,
  unfit: 'Its precision does not run well on this device. Delete it and add another one.',
  deleted: 'Deleted.',
  asking: 'Asking for the files',
  silence: 'nothing arrives just now',
  hitches: {
    retry: (reason: string) => `${reason}. Trying again.`,
    restart: 'The server has another file now. That file begins again.',
    elsewhere: 'Another tab downloads it.',
  },
  notices: {
    gone: (model: string) =>
      `${model} is no longer on this device. The demo model is used instead.`,
    deleted: (model: string) => `${model} was deleted. The demo model is used instead.`,
  },
  hostProblems: {
    busy: 'Pause the downloads first, then change the host.',
    invalid: 'Enter the host as a URL that begins with https://.',
  },
  addFiles: 'Add a model from a folder or zip',
  chooseFolder: 'Choose folder',
  chooseZip: 'Choose zip',
  adding: (progress: string) => `Adding: ${progress}`,
  addingElsewhere: 'Another tab adds it from files.',
  aboutFiles:
    'A Whisper model in ONNX format with config.json and tokenizer.json, or a zip that Sotto saved.',
  repository: 'Any repository',
  aboutRepository: (host: string) =>
    `Any Whisper model in ONNX format on ${host}, as owner/name. Its size shows once the download starts; you can pause it.`,
  repositoryExample: 'owner/name',
  downloadIt: 'Download',
  pause: 'Pause',
  resume: 'Resume',
  use: 'Use',
  inUse: 'In use',
  undo: 'Undo',
  delete: (model: string) => `Delete ${model}`,
  downloadOf: (model: string) => `Download of ${model}`,
  details: 'Details',
  detailsOf: (model: string) => `of ${model}`,
  from: (host: string, repository: string, commit: string) =>
    `From ${host}, ${repository}, commit ${commit}.`,
  fromZip: (host: string, repository: string, commit: string) =>
    `From a zip that was chosen on this device. It says: from ${host}, ${repository}, commit ${commit}.`,
  notTold: 'not told',
  fromFiles: 'From files that were chosen on this device.',
  hashes: {
    sha256: 'Matches the published one.',
    list: 'Matches the one in the zip.',
    size: 'None is published.',
  },
  notComplete: 'Not complete.',
  deleteUnfinished: 'Delete what is not complete',
  packing: 'Packing',
  saveZip: 'Save as zip',
  checkFiles: 'Check files',
  checking: 'Checking',
  /** @param replaced damaged pieces */
  checked: (replaced: number) =>
    replaced === 0
      ? 'Every piece is as it was stored.'
      : `${String(replaced)} damaged ${replaced === 1 ? 'piece was' : 'pieces were'} fetched anew.`,
};

export const models: Messages<typeof en> = {
  en,
  de: {
    comesWithSotto: 'Gehört zu Sotto · ein paar Hundert Wörter künstlicher Sprache',
    languages: (count) => `${String(count)} Sprachen`,
    englishOnly: 'nur Englisch',
    noWordTimes: 'ohne Wortzeiten',
    memory: (gigabytes) => `etwa ${gigabytes} GB Arbeitsspeicher`,
    download: (size, host) => `Herunterladen: ${size} von ${host}`,
    about: (size) => `etwa ${size}`,
    sizeUnknown: 'Größe erst nach dem Start bekannt,',
    pausedAt: (part) => `Pausiert bei ${part}`,
    onDevice: (size) => `${size} auf diesem Gerät`,
    unfitDownload: (size, host) =>
      `Was hier ist, läuft auf diesem Gerät nicht gut. Herunterladen: ${size} von ${host}`,
    unfit:
      'Seine Genauigkeit läuft auf diesem Gerät nicht gut. Lösche es, und füge ein anderes hinzu.',
    deleted: 'Gelöscht.',
    asking: 'Dateien werden erfragt',
    silence: 'gerade kommt nichts an',
    hitches: {
      retry: () => 'Die Verbindung stockt. Neuer Versuch.',
      restart: 'Der Server hat jetzt eine andere Datei. Sie beginnt von vorn.',
      elsewhere: 'Ein anderer Tab lädt es.',
    },
    notices: {
      gone: (model) =>
        `${model} ist nicht mehr auf diesem Gerät. Stattdessen läuft das Demo-Modell.`,
      deleted: (model) => `${model} wurde gelöscht. Stattdessen läuft das Demo-Modell.`,
    },
    hostProblems: {
      busy: 'Pausiere zuerst die Downloads, und ändere dann den Server.',
      invalid: 'Gib den Server als URL ein, die mit https:// beginnt.',
    },
    addFiles: 'Modell aus Ordner oder Zip hinzufügen',
    chooseFolder: 'Ordner wählen',
    chooseZip: 'Zip wählen',
    adding: (progress) => `Wird hinzugefügt: ${progress}`,
    addingElsewhere: 'Ein anderer Tab fügt es aus Dateien hinzu.',
    aboutFiles:
      'Ein Whisper-Modell im ONNX-Format mit config.json und tokenizer.json, oder ein Zip, das Sotto gespeichert hat.',
    repository: 'Beliebiges Repository',
    aboutRepository: (host) =>
      `Jedes Whisper-Modell im ONNX-Format auf ${host}, als owner/name. Die Größe zeigt sich, sobald der Download beginnt; du kannst ihn pausieren.`,
    repositoryExample: 'owner/name',
    downloadIt: 'Herunterladen',
    pause: 'Pausieren',
    resume: 'Fortsetzen',
    use: 'Verwenden',
    inUse: 'Aktiv',
    undo: 'Rückgängig',
    delete: (model) => `${model} löschen`,
    downloadOf: (model) => `Download von ${model}`,
    details: 'Einzelheiten',
    detailsOf: (model) => `zu ${model}`,
    from: (host, repository, commit) => `Von ${host}, ${repository}, Commit ${commit}.`,
    fromZip: (host, repository, commit) =>
      `Aus einem Zip, das auf diesem Gerät gewählt wurde. Laut Zip von ${host}, ${repository}, Commit ${commit}.`,
    notTold: 'nicht genannt',
    fromFiles: 'Aus Dateien, die auf diesem Gerät gewählt wurden.',
    hashes: {
      sha256: 'Stimmt mit der veröffentlichten überein.',
      list: 'Stimmt mit der im Zip überein.',
      size: 'Es ist keine veröffentlicht.',
    },
    notComplete: 'Nicht vollständig.',
    deleteUnfinished: 'Nicht Vollständiges löschen',
    packing: 'Wird gepackt',
    saveZip: 'Als Zip speichern',
    checkFiles: 'Dateien prüfen',
    checking: 'Wird geprüft',
    checked: (replaced) =>
      replaced === 0
        ? 'Jedes Stück ist noch, wie es kam.'
        : `${String(replaced)} ${replaced === 1 ? 'beschädigtes Stück' : 'beschädigte Stücke'} neu geladen.`,
  },
};
