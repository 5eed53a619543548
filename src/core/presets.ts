import type { AudioOptions } from './audio-options';
import type { DecodingOptions } from './decoding-options';

/** A named set of options. */
export interface Preset {
  readonly name: string;
  readonly decoding: Partial<DecodingOptions>;
  readonly audio: Partial<AudioOptions>;
}

export type BuiltInPreset = 'exact' | 'fast' | 'subtitles';

/** What differs from the defaults of openai/whisper. */
export const BUILT_IN_PRESETS: Readonly<Record<BuiltInPreset, Partial<DecodingOptions>>> = {
  exact: {},
  fast: { mode: 'fast' },
  subtitles: { wordTimestamps: true },
};

/** Options about what is said rather than about how to decode: presets that come with Sotto leave them alone. */
const ABOUT_CONTENT = [
  'language',
  'task',
  'multilingual',
  'initialPrompt',
  'carryInitialPrompt',
  'prefix',
  'hotwords',
  'clipTimestampsSec',
] as const satisfies readonly (keyof DecodingOptions)[];

/** The options of a preset that comes with Sotto, on top of what is said in the recordings at hand. */
export function builtInOptions(
  id: BuiltInPreset,
  current: Partial<DecodingOptions>,
): Partial<DecodingOptions> {
  const kept = ABOUT_CONTENT.filter((key) => key in current).map((key) => [key, current[key]]);
  return { ...(Object.fromEntries(kept) as Partial<DecodingOptions>), ...BUILT_IN_PRESETS[id] };
}
