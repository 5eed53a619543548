import { DEFAULT_HUB } from '../core/hub';

/** What this browser remembers of a person's choices. */
export interface Settings {
  /** The chosen model of the store; null is the one that comes with the app. The name is for the time until it loads. */
  readonly model: { readonly id: string; readonly name: string } | null;
  /** Where models are downloaded from. */
  readonly modelHost: string;
}

const KEY = 'sotto-settings';
const DEFAULTS: Settings = { model: null, modelHost: DEFAULT_HUB };

/** The settings as last written; defaults where nothing usable is there or the browser refuses storage. */
export function readSettings(): Settings {
  try {
    const value = JSON.parse(localStorage.getItem(KEY) ?? '{}') as Partial<Settings> | null;
    const { model, modelHost } = value ?? {};
    const isModel = typeof model?.id === 'string' && typeof model.name === 'string';
    return {
      model: isModel ? { id: model.id, name: model.name } : DEFAULTS.model,
      modelHost: typeof modelHost === 'string' ? modelHost : DEFAULTS.modelHost,
    };
  } catch {
    return DEFAULTS;
  }
}

/** Remembers some settings. Where the browser refuses storage they last as long as the page. */
export function writeSettings(change: Partial<Settings>): void {
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...readSettings(), ...change }));
  } catch {
    // Nothing to say: the page works on, and asks anew next time.
  }
}
