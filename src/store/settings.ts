import * as v from 'valibot';
import { TEXT_SIZES, THEMES } from '../core/appearance';
import { COMMAND_IDS } from '../core/commands';
import { DEFAULT_EXPORT, EXPORT_FORMATS, WORD_MARKS } from '../core/export-options';
import { DEFAULT_HUB } from '../core/hub';
import { LOCALES } from '../core/locale';
import { usableAudio, usableDecoding } from '../core/option-values';

const DECODING = v.pipe(v.unknown(), v.transform(usableDecoding));
const AUDIO = v.pipe(v.unknown(), v.transform(usableAudio));
const PRESET = v.object({
  name: v.pipe(v.string(), v.nonEmpty()),
  decoding: DECODING,
  audio: AUDIO,
});
const KEYS = v.fallback(v.optional(v.nullable(v.pipe(v.string(), v.nonEmpty()))), undefined);
const above0 = v.fallback(v.nullable(v.pipe(v.number(), v.gtValue(0))), null);

const LIMIT = v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1)));
const EXPORT_OPTIONS = {
  times: v.boolean(),
  speakers: v.boolean(),
  provenance: v.boolean(),
  wordMarks: v.picklist(WORD_MARKS),
  maxLineWidth: LIMIT,
  maxLineCount: LIMIT,
  maxWordsPerLine: LIMIT,
};

/**
 * What this browser remembers of a person's choices: each with its check and its default. Unknown and broken values
 * become the default, one by one.
 */
const FIELDS = {
  /** The chosen model of the store; null is the one that comes with the app. The name is for the time until it loads. */
  model: v.fallback(v.nullable(v.object({ id: v.string(), name: v.string() })), null),
  /** Where models are downloaded from. */
  modelHost: v.fallback(v.string(), DEFAULT_HUB),
  /** The file of a finished transcript stays on the device, for listening. */
  keepAudio: v.fallback(v.boolean(), true),
  /** How a transcript was last exported. */
  exportFormat: v.fallback(v.picklist(EXPORT_FORMATS), 'txt'),
  exportOptions: v.fallback(v.object(EXPORT_OPTIONS), DEFAULT_EXPORT),
  /** How recordings are decoded, where other than by default. */
  decoding: DECODING,
  /** What is done to their sound first, where other than by default. */
  audio: AUDIO,
  /** Files that are larger or longer than this are refused; null takes any. */
  limits: v.fallback(v.object({ maxMegabytes: above0, maxMinutes: above0 }), {
    maxMegabytes: null,
    maxMinutes: null,
  }),
  /** What the browser does to the microphone's sound. */
  microphone: v.fallback(
    v.object({
      echoCancellation: v.fallback(v.boolean(), true),
      noiseSuppression: v.fallback(v.boolean(), true),
      autoGainControl: v.fallback(v.boolean(), true),
    }),
    { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
  ),
  /** The person's own sets of options. */
  presets: v.fallback(v.array(PRESET), []),
  /** Light, dark, or as the system. */
  theme: v.fallback(v.picklist(THEMES), 'system'),
  /** Size of a transcript's text. */
  textSize: v.fallback(v.picklist(TEXT_SIZES), 'normal'),
  /** Nothing moves, whatever the system says. */
  reduceMotion: v.fallback(v.boolean(), false),
  /** Language of the page; null is the browser's. */
  locale: v.fallback(v.nullable(v.picklist(LOCALES)), null),
  /** Keys do things. */
  shortcutsOn: v.fallback(v.boolean(), true),
  /** Keys that the person chose; null is no key for that command. */
  shortcuts: v.fallback(v.object(v.entriesFromList(COMMAND_IDS, KEYS)), {}),
};
const SCHEMA = v.object(FIELDS);

export type Settings = Readonly<v.InferOutput<typeof SCHEMA>>;

const KEY = 'sotto-settings';

/** The settings as last written; defaults where nothing usable is there or the browser refuses storage. */
export function readSettings(): Settings {
  return v.parse(SCHEMA, { ...blank(), ...readStored() });
}

/** The settings of a first visit. */
export function defaultSettings(): Settings {
  return v.parse(SCHEMA, blank());
}

/** Remembers some settings. Where the browser refuses storage they last as long as the page. */
export function writeSettings(change: Partial<Settings>): void {
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...readSettings(), ...change }));
  } catch {
    // Nothing to say: the page works on, and asks anew next time.
  }
}

/** Every field there, none usable: all become their defaults. */
function blank(): Record<string, unknown> {
  return Object.fromEntries(Object.keys(FIELDS).map((key) => [key, undefined]));
}

function readStored(): object {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}');
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
