import type { DecisionReason } from '../../core/decide-device';
import type { Messages } from '../../core/locale';

/** Where models run: the choice, and what is to be said of it. */
const en = {
  device: 'Where models run',
  auto: 'Automatic (recommended)',
  webgpu: 'WebGPU: the graphics processor',
  wasm: 'WASM: the main processor',
  /** @param device that the address names */
  asked: (device: string) => `The address of this page asks for ${device}.`,
  threads: 'Threads on WASM',
  /** @param count of threads */
  recommended: (count: number) => `${String(count)} (recommended)`,
  noThreads:
    'This page is not isolated, so the browser allows one thread. Reloading may help; a host that sends the isolation headers does.',
  threadsNote: 'More threads are faster and leave less for other programs.',
  threadsAsked: 'The address of this page asks for this number.',
  about: 'About this device',
  aboutNote: 'What it offers, and whether every model here writes the right text on it.',
  /** How fast a model was here. @param speed "12×" @param device "WASM" */
  speed: (speed: string, device: string) => `${speed} real time here, on ${device}`,
};

export const device: Messages<typeof en> = {
  en,
  de: {
    device: 'Wo Modelle laufen',
    auto: 'Automatisch (empfohlen)',
    webgpu: 'WebGPU: der Grafikprozessor',
    wasm: 'WASM: der Hauptprozessor',
    asked: (name) => `Die Adresse dieser Seite verlangt ${name}.`,
    threads: 'Threads auf WASM',
    recommended: (count) => `${String(count)} (empfohlen)`,
    noThreads:
      'Diese Seite ist nicht isoliert, deshalb erlaubt der Browser nur einen Thread. Neu laden kann helfen; ein Server, der die Isolations-Header sendet, hilft sicher.',
    threadsNote: 'Mehr Threads sind schneller und lassen anderen Programmen weniger.',
    threadsAsked: 'Die Adresse dieser Seite verlangt diese Zahl.',
    about: 'Über dieses Gerät',
    aboutNote: 'Was es bietet, und ob jedes Modell hier den richtigen Text darauf schreibt.',
    speed: (speed, name) => `Hier ${speed} Echtzeit, auf ${name}`,
  },
};

/** Why a model runs where it does. @param model its name */
type Reasons = Readonly<Record<DecisionReason, (model: string) => string>>;

const reasonsEn: Reasons = {
  untested: (model) =>
    `${model} was not checked here yet. Where graphics hardware backs WebGPU, Sotto checks it before the first recording, and takes WASM if its text is wrong.`,
  checked: (model) => `${model} was checked and is right where it runs.`,
  forced: (model) => `${model} runs where you chose.`,
  'forced-untested': (model) =>
    `${model} was not checked on the device that you chose. Check it before you trust what it writes.`,
  'precision-wrong': (model) =>
    `One precision of ${model} is wrong or fails on this device. Another one that is right is used.`,
  'gpu-wrong': (model) =>
    `${model} writes wrong text on this device’s WebGPU. WASM is used instead, which is slower but right.`,
  'gpu-failed': (model) => `${model} does not run on this device’s WebGPU. WASM is used instead.`,
  'gpu-slower': (model) => `${model} is faster on WASM than on WebGPU here, so WASM is used.`,
  'gpu-suspect': (model) =>
    `Another model wrote wrong text on this device’s WebGPU, so ${model} runs on WASM until it is checked.`,
  'wasm-wrong': (model) =>
    `${model} writes wrong text on WASM here. WebGPU in software is used, which is right but slow.`,
  'all-wrong': (model) =>
    `${model} gave no right text anywhere on this device. Choose another model, or delete this one and download it again.`,
  'forced-wrong': (model) =>
    `${model} writes wrong text on the device that you chose. Choose Automatic, or do not trust what it writes.`,
  'forced-failed': (model) =>
    `${model} could not run on the device that you chose when it was checked. Choose Automatic.`,
  'forced-suspect': (model) =>
    `Another model wrote wrong text on the device that you chose. Check ${model} before you trust it.`,
};

export const reasons: Messages<Reasons> = {
  en: reasonsEn,
  de: {
    untested: (model) =>
      `${model} wurde hier noch nicht geprüft. Wo Grafikhardware hinter WebGPU steht, prüft Sotto es vor der ersten Aufnahme und nimmt WASM, wenn der Text falsch ist.`,
    checked: (model) => `${model} wurde geprüft und rechnet richtig, wo es läuft.`,
    forced: (model) => `${model} läuft, wo du es wolltest.`,
    'forced-untested': (model) =>
      `${model} wurde auf dem Gerät, das du gewählt hast, noch nicht geprüft. Prüfe es, bevor du dich auf den Text verlässt.`,
    'precision-wrong': (model) =>
      `Eine Genauigkeit von ${model} ist auf diesem Gerät falsch oder läuft nicht. Eine andere, die stimmt, wird genommen.`,
    'gpu-wrong': (model) =>
      `${model} schreibt auf dem WebGPU dieses Geräts falschen Text. Stattdessen läuft es auf WASM: langsamer, aber richtig.`,
    'gpu-failed': (model) =>
      `${model} läuft auf dem WebGPU dieses Geräts nicht. Stattdessen wird WASM genommen.`,
    'gpu-slower': (model) =>
      `${model} ist hier auf WASM schneller als auf WebGPU, also wird WASM genommen.`,
    'gpu-suspect': (model) =>
      `Ein anderes Modell schrieb auf dem WebGPU dieses Geräts falschen Text. ${model} läuft auf WASM, bis es geprüft ist.`,
    'wasm-wrong': (model) =>
      `${model} schreibt hier auf WASM falschen Text. WebGPU in Software wird genommen: richtig, aber langsam.`,
    'all-wrong': (model) =>
      `${model} schrieb auf diesem Gerät nirgends richtigen Text. Wähle ein anderes Modell, oder lösche dieses und lade es neu.`,
    'forced-wrong': (model) =>
      `${model} schreibt auf dem Gerät, das du gewählt hast, falschen Text. Wähle Automatisch, oder verlass dich nicht darauf.`,
    'forced-failed': (model) =>
      `${model} lief bei der Prüfung nicht auf dem Gerät, das du gewählt hast. Wähle Automatisch.`,
    'forced-suspect': (model) =>
      `Ein anderes Modell schrieb auf dem Gerät, das du gewählt hast, falschen Text. Prüfe ${model}, bevor du dich darauf verlässt.`,
  },
};
