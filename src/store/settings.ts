import * as v from 'valibot';
import { DEFAULT_HUB } from '../core/hub';

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
  /** Where models run; 'auto' follows what was found out about this device. */
  device: v.fallback(v.picklist(['auto', 'webgpu', 'wasm']), 'auto'),
  /** WASM threads; null is as many as help. */
  threads: v.fallback(v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1))), null),
  /** Idle minutes after which the model is unloaded; null keeps it as long as the page lives. */
  unloadAfterMin: v.fallback(v.nullable(v.pipe(v.number(), v.minValue(1))), 15),
  /** The chosen model is loaded when the page starts, not with the first recording. */
  preload: v.fallback(v.boolean(), true),
};
const SCHEMA = v.object(FIELDS);

export type Settings = Readonly<v.InferOutput<typeof SCHEMA>>;

const KEY = 'sotto-settings';

/** The settings as last written; defaults where nothing usable is there or the browser refuses storage. */
export function readSettings(): Settings {
  return v.parse(SCHEMA, { ...blank(), ...readStored() });
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
