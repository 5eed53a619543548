import type { AudioOptions } from '../../core/audio-options';
import type { DecodingProblemKind } from '../../core/decoding-options';
import type { Messages } from '../../core/locale';
import type { VoiceActivityOptions } from '../../core/voice-activity';
import type { OptionWords } from './decoding-options';

interface Words {
  readonly on: string;
  readonly off: string;
  readonly nothing: string;
  readonly byDefault: (value: string) => string;
  readonly emptyMeans: (what: string) => string;
  readonly reset: string;
  readonly resetAll: string;
  readonly advanced: string;
  readonly changed: (count: number) => string;
  /** What a field takes. `max` is null where there is none. */
  readonly numberRange: (min: string, max: string | null) => string;
  readonly wholeRange: (min: string, max: string | null) => string;
  readonly listRange: (one: string) => string;
  readonly problems: Readonly<Record<Exclude<DecodingProblemKind, 'range'>, string>>;
  readonly values: Readonly<Record<'transcribe' | 'translate' | 'parity' | 'fast', string>>;
  readonly groups: Readonly<Record<'text' | 'search' | 'checks' | 'times' | 'parts', string>>;
  readonly voice: Readonly<Record<keyof VoiceActivityOptions, OptionWords>>;
  readonly audio: Readonly<Record<keyof AudioOptions, OptionWords>>;
}

const en: Words = {
  on: 'on',
  off: 'off',
  nothing: 'none',
  byDefault: (value) => `Default: ${value}.`,
  emptyMeans: (what) => `Empty: ${what}.`,
  reset: 'Reset',
  resetAll: 'Reset all options',
  advanced: 'Advanced',
  changed: (count) => (count === 0 ? 'all at their defaults' : `${String(count)} changed`),
  numberRange: (min, max) =>
    max === null ? `Write a number from ${min}.` : `Write a number from ${min} to ${max}.`,
  wholeRange: (min, max) =>
    max === null
      ? `Write a whole number from ${min}.`
      : `Write a whole number from ${min} to ${max}.`,
  listRange: (one) => `Separate with commas: ${one}`,
  problems: {
    'silence-needs-parity':
      'Skipping silence around improbable words needs the exact mode. Empty that field under Advanced, or keep the exact mode.',
    'silence-needs-words':
      'Skipping silence around improbable words needs timed words. Switch “Time every word” on first, or empty that field.',
    'patience-needs-beams': 'Patience needs a number of beams. Set beams first, or empty patience.',
    'few-beams': 'Patience × beams is 1 at least. Choose a higher patience.',
  },
  values: {
    transcribe: 'Transcribe',
    translate: 'Translate',
    parity: 'Exact',
    fast: 'Fast',
  },
  groups: {
    text: 'Context',
    search: 'Search for the likeliest text',
    checks: 'Checks and second tries',
    times: 'Times',
    parts: 'What is decoded',
  },
  voice: {
    threshold: {
      name: 'Speech threshold',
      meaning: 'Sound counts as speech from this probability. Higher takes less for speech.',
    },
    minSpeechDurationMs: { name: 'Shortest speech, ms', meaning: 'Shorter bursts are dropped.' },
    maxSpeechDurationSec: {
      name: 'Longest speech, seconds',
      meaning: 'Longer speech is cut at a pause.',
    },
    minSilenceDurationMs: {
      name: 'Shortest silence, ms',
      meaning: 'Shorter pauses count as speech. Fast mode takes 160 unless you set another.',
    },
    speechPadMs: { name: 'Margin around speech, ms', meaning: 'Kept before and after.' },
  },
  audio: {
    normalizeLoudness: {
      name: 'Even out loudness',
      meaning: 'Makes a quiet recording louder as a whole, as far as its peaks allow.',
    },
    trimSilence: {
      name: 'Trim silence at both ends',
      meaning:
        'Decoding begins at the first speech and ends after the last. Times stay those of the recording.',
    },
  },
};

const de: Words = {
  on: 'an',
  off: 'aus',
  nothing: 'nichts',
  byDefault: (value) => `Standard: ${value}.`,
  emptyMeans: (what) => `Leer: ${what}.`,
  reset: 'Zurücksetzen',
  resetAll: 'Alle Optionen zurücksetzen',
  advanced: 'Erweitert',
  changed: (count) => (count === 0 ? 'alles auf Standard' : `${String(count)} geändert`),
  numberRange: (min, max) =>
    max === null ? `Gib eine Zahl ab ${min} ein.` : `Gib eine Zahl von ${min} bis ${max} ein.`,
  wholeRange: (min, max) =>
    max === null
      ? `Gib eine ganze Zahl ab ${min} ein.`
      : `Gib eine ganze Zahl von ${min} bis ${max} ein.`,
  listRange: (one) => `Mit Komma getrennt: ${one}`,
  problems: {
    'silence-needs-parity':
      'Stille um unwahrscheinliche Wörter lässt sich nur im genauen Modus überspringen. Leere das Feld unter „Erweitert“, oder bleib beim genauen Modus.',
    'silence-needs-words':
      'Stille um unwahrscheinliche Wörter lässt sich nur mit Wortzeiten überspringen. Schalte zuerst „Zeit für jedes Wort“ ein, oder leere das Feld.',
    'patience-needs-beams':
      'Geduld gilt nur mit Beams. Gib zuerst die Zahl der Beams ein, oder leere die Geduld.',
    'few-beams': 'Geduld × Beams muss mindestens 1 sein. Wähle mehr Geduld.',
  },
  values: {
    transcribe: 'Transkribieren',
    translate: 'Übersetzen',
    parity: 'Genau',
    fast: 'Schnell',
  },
  groups: {
    text: 'Kontext',
    search: 'Suche nach dem wahrscheinlichsten Text',
    checks: 'Prüfungen und neue Versuche',
    times: 'Zeiten',
    parts: 'Was dekodiert wird',
  },
  voice: {
    threshold: {
      name: 'Schwelle für Sprache',
      meaning: 'Ab dieser Wahrscheinlichkeit gilt Ton als Sprache. Höher lässt weniger gelten.',
    },
    minSpeechDurationMs: { name: 'Kürzeste Sprache, ms', meaning: 'Kürzere Laute fallen weg.' },
    maxSpeechDurationSec: {
      name: 'Längste Sprache, Sekunden',
      meaning: 'Längeres wird an einer Pause geteilt.',
    },
    minSilenceDurationMs: {
      name: 'Kürzeste Stille, ms',
      meaning:
        'Kürzere Pausen gelten als Sprache. Der schnelle Modus nimmt 160, wenn du nichts anderes einträgst.',
    },
    speechPadMs: { name: 'Rand um Sprache, ms', meaning: 'Wird davor und danach mitgenommen.' },
  },
  audio: {
    normalizeLoudness: {
      name: 'Lautstärke ausgleichen',
      meaning: 'Macht eine leise Aufnahme im Ganzen lauter, so weit ihre Spitzen es erlauben.',
    },
    trimSilence: {
      name: 'Stille an beiden Enden weglassen',
      meaning:
        'Dekodiert wird vom ersten bis zum letzten gesprochenen Wort. Zeiten bleiben die der Aufnahme.',
    },
  },
};

export const options: Messages<Words> = { en, de };
