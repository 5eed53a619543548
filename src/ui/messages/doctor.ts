import type { Messages } from '../../core/locale';

const en = {
  title: 'About this device',
  close: 'Close About this device',
  looking: 'Examining this device',
  graphics: 'Graphics (WebGPU)',
  gpuAbsent: 'This browser has no WebGPU. Models run on the main processor.',
  gpuNone: 'The browser offers no graphics processor. Models run on the main processor.',
  /** @param name of the adapter @param problem in the browser's words */
  gpuBroken: (name: string, problem: string) =>
    `${name} does not work: ${problem} Models run on the main processor.`,
  /** @param name of the adapter */
  gpuSoftware: (name: string) =>
    `${name}, in software: slower than the main processor, so it is used only when you choose it.`,
  /** @param name of the adapter */
  gpuWorks: (name: string) => `${name}. A test computation came out right.`,
  half: '16-bit numbers',
  hasHalf: 'Yes (shader-f16)',
  noHalf: 'No: models take 32 bits, which is slower',
  buffers: 'Largest buffer',
  /** @param binding of one computation @param whole buffer */
  bufferSizes: (binding: string, whole: string) => `${binding} in one computation, ${whole} in all`,
  threads: 'Threads (WASM)',
  /** @param used by default @param cores of the processor */
  threadCount: (used: number, cores: number) =>
    `${String(used)} of ${String(cores)} ${cores === 1 ? 'core' : 'cores'}`,
  oneThread: (cores: number) =>
    `1 of ${String(cores)}: the page is not isolated, so the browser allows no more`,
  simd: 'Vector instructions (SIMD)',
  yes: 'Yes',
  noSimd: 'No: this browser is too old to run models',
  memory: 'Memory',
  /** @param gigabytes as the browser says, which is at most what it tells anybody */
  memoryAtLeast: (gigabytes: string) => `${gigabytes} GB or more`,
  browser: 'Browser',
  unknownName: 'Unnamed graphics',

  check: 'Check',
  lead: 'Each model on this device listens to a few seconds of speech whose words are known, everywhere it can run. Models that go wrong somewhere are not used there.',
  privacy: 'Nothing leaves this device.',
  english: 'The speech is English: a model that knows only other languages is always wrong here.',
  checkAll: 'Check everything',
  stop: 'Stop',
  /** @param done of `all` */
  progress: (done: number, all: number) => `${String(done)} of ${String(all)} checked`,
  busy: 'A recording is being transcribed. Check when it is done.',
  model: 'Model',
  result: 'Result',
  action: 'Check by itself',
  checkOne: 'Check',
  idle: 'Not checked yet',
  slowIdle: 'Takes minutes in software. Check it by itself.',
  waiting: 'Waiting',
  loading: 'Loading',
  listening: 'Listening',
  correct: 'Right',
  slow: 'Right, but slower than speech',
  /** @param share of words */
  wrong: (share: string) => `Wrong: ${share} of the words`,
  failed: 'Does not run',
  /** @param speed "12×" */
  realTime: (speed: string) => `${speed} real time`,
  /** @param time "1.2 s" */
  loads: (time: string) => `loads in ${time}`,
  heard: 'What it heard',
  nothing: 'Nothing.',
  forget: 'Forget all results',
  /** For those who listen. */
  said: (model: string, way: string, result: string) => `${model}, ${way}: ${result}`,
};

export const doctor: Messages<typeof en> = {
  en,
  de: {
    title: 'Über dieses Gerät',
    close: 'Über dieses Gerät schließen',
    looking: 'Dieses Gerät wird untersucht',
    graphics: 'Grafik (WebGPU)',
    gpuAbsent: 'Dieser Browser hat kein WebGPU. Modelle laufen auf dem Hauptprozessor.',
    gpuNone: 'Der Browser bietet keinen Grafikprozessor an. Modelle laufen auf dem Hauptprozessor.',
    gpuBroken: (name, problem) =>
      `${name} funktioniert nicht: ${problem} Modelle laufen auf dem Hauptprozessor.`,
    gpuSoftware: (name) =>
      `${name}, in Software: langsamer als der Hauptprozessor, deshalb nur, wenn du es wählst.`,
    gpuWorks: (name) => `${name}. Eine Testrechnung war richtig.`,
    half: '16-Bit-Zahlen',
    hasHalf: 'Ja (shader-f16)',
    noHalf: 'Nein: Modelle nehmen 32 Bit, das ist langsamer',
    buffers: 'Größter Puffer',
    bufferSizes: (binding, whole) => `${binding} in einer Rechnung, ${whole} insgesamt`,
    threads: 'Threads (WASM)',
    threadCount: (used, cores) =>
      `${String(used)} auf ${String(cores)} ${cores === 1 ? 'Kern' : 'Kernen'}`,
    oneThread: (cores) =>
      `1 auf ${String(cores)}: Die Seite ist nicht isoliert, mehr erlaubt der Browser nicht`,
    simd: 'Vektorbefehle (SIMD)',
    yes: 'Ja',
    noSimd: 'Nein: Dieser Browser ist zu alt für Modelle',
    memory: 'Arbeitsspeicher',
    memoryAtLeast: (gigabytes) => `${gigabytes} GB oder mehr`,
    browser: 'Browser',
    unknownName: 'Grafik ohne Namen',

    check: 'Prüfung',
    lead: 'Jedes Modell auf diesem Gerät hört ein paar Sekunden Sprache mit bekanntem Wortlaut, überall, wo es laufen kann. Wo ein Modell falsch liegt, wird es nicht benutzt.',
    privacy: 'Nichts verlässt dieses Gerät.',
    english:
      'Gesprochen wird Englisch: Ein Modell, das nur andere Sprachen kann, liegt hier immer falsch.',
    checkAll: 'Alles prüfen',
    stop: 'Stopp',
    progress: (done, all) => `${String(done)} von ${String(all)} geprüft`,
    busy: 'Gerade wird eine Aufnahme transkribiert. Prüfe, sobald sie fertig ist.',
    model: 'Modell',
    result: 'Ergebnis',
    action: 'Einzeln prüfen',
    checkOne: 'Prüfen',
    idle: 'Noch nicht geprüft',
    slowIdle: 'Dauert in Software Minuten. Prüfe es einzeln.',
    waiting: 'Wartet',
    loading: 'Lädt',
    listening: 'Hört zu',
    correct: 'Richtig',
    slow: 'Richtig, aber langsamer als gesprochen',
    wrong: (share) => `Falsch: ${share} der Wörter`,
    failed: 'Läuft nicht',
    realTime: (speed) => `${speed} Echtzeit`,
    loads: (time) => `lädt in ${time}`,
    heard: 'Was es gehört hat',
    nothing: 'Nichts.',
    forget: 'Alle Ergebnisse vergessen',
    said: (model, way, result) => `${model}, ${way}: ${result}`,
  },
};
