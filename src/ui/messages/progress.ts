import type { Truncation } from '../../state/jobs.svelte';
import type { Messages } from '../../core/locale';

const en = {
  queued: 'Waiting for its turn',
  /** @param host name of the website */
  fetching: (host: string) => `Fetching from ${host}`,
  reading: 'Reading the file',
  loading: 'Loading the model',
  checking: 'Checking the graphics processor',
  transcribing: 'Transcribing',
  of: (part: string, whole: string) => `${part} of ${whole}`,
  done: 'Done',
  failed: 'Failed',
  fileNeeded: 'Interrupted: choose its file again',
  stopped: 'Stopped',
  progressOf: (name: string) => `Progress of ${name}`,
  stop: 'Stop',
  truncated: {
    /** @param end until where there is sound @param whole what the file promises */
    short: (end: string, whole: string | null) =>
      `This file ends early: its sound could be read until ${end}${whole === null ? '' : ` of ${whole}`}. The transcript covers what could be read.`,
    damaged: (end: string) =>
      `Parts of this file are damaged: its sound could be read until ${end}, and what cannot be read is silence. The transcript covers what could be read.`,
    limit: (end: string) => `Cut off at your limit of ${end}.`,
  } satisfies Record<Truncation['reason'], unknown>,
  /** For the live region. @param name of the recording */
  told: {
    fetching: (name: string, host: string) => `Fetching ${name} from ${host}.`,
    reading: (name: string) => `Reading ${name}.`,
    loading: 'Loading the model.',
    checking: 'Checking the graphics processor.',
    transcribing: (percent: number) =>
      percent === 0 ? 'Transcribing.' : `Transcribing, ${String(percent)} percent done.`,
    done: (name: string) => `Transcript of ${name} is ready.`,
    failed: (name: string) => `${name} could not be transcribed.`,
    left: (count: number) => `${String(count)} left.`,
    stopped: 'Stopped.',
  },
};

export const progress: Messages<typeof en> = {
  en,
  de: {
    queued: 'Wartet, bis es dran ist',
    fetching: (host) => `Wird geholt von ${host}`,
    reading: 'Die Datei wird gelesen',
    loading: 'Das Modell wird geladen',
    checking: 'Der Grafikprozessor wird geprüft',
    transcribing: 'Wird transkribiert',
    of: (part, whole) => `${part} von ${whole}`,
    done: 'Fertig',
    failed: 'Fehlgeschlagen',
    fileNeeded: 'Unterbrochen: Datei noch einmal wählen',
    stopped: 'Gestoppt',
    progressOf: (name) => `Fortschritt von ${name}`,
    stop: 'Stopp',
    truncated: {
      short: (end, whole) =>
        `Diese Datei endet zu früh: Ihr Ton war bis ${end}${whole === null ? '' : ` von ${whole}`} lesbar. Das Transkript umfasst, was lesbar war.`,
      damaged: (end) =>
        `Teile dieser Datei sind beschädigt: Ihr Ton war bis ${end} lesbar, und was nicht lesbar ist, ist Stille. Das Transkript umfasst, was lesbar war.`,
      limit: (end) => `Abgeschnitten bei deiner Grenze von ${end}.`,
    },
    told: {
      fetching: (name, host) => `${name} wird von ${host} geholt.`,
      reading: (name) => `${name} wird gelesen.`,
      loading: 'Das Modell wird geladen.',
      checking: 'Der Grafikprozessor wird geprüft.',
      transcribing: (percent) =>
        percent === 0
          ? 'Wird transkribiert.'
          : `Wird transkribiert, ${String(percent)} Prozent fertig.`,
      done: (name) => `Das Transkript von ${name} ist fertig.`,
      failed: (name) => `${name} ließ sich nicht transkribieren.`,
      left: (count) => `Noch ${String(count)}.`,
      stopped: 'Gestoppt.',
    },
  },
};
