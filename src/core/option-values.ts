import { DEFAULT_AUDIO, type AudioOptions } from './audio-options';
import { DEFAULT_DECODING, findDecodingProblem, type DecodingOptions } from './decoding-options';
import { assertNever } from './errors';
import {
  AUDIO_CONTROLS,
  DECODING_CONTROLS,
  VOICE_ACTIVITY_CONTROLS,
  type NumberControl,
  type OptionControl,
} from './option-controls';
import type { VoiceActivityOptions } from './voice-activity';

/** Is this a value that the option can have, whatever the other options are? */
export function isOptionValue(control: OptionControl, value: unknown): boolean {
  switch (control.kind) {
    case 'switch':
      return typeof value === 'boolean';
    case 'choice':
      return typeof value === 'string' && control.values.includes(value);
    case 'number':
      return isNumber(control, value);
    case 'text':
      return typeof value === 'string' || (value === null && control.nullable === true);
    case 'numbers':
      return (
        Array.isArray(value) &&
        value.length >= control.least &&
        value.every((one) => isNumber(control.each, one))
      );
    case 'language':
      return value === null || (typeof value === 'string' && /^[a-z]{2,3}$/.test(value));
    case 'voice-activity':
      return isRecord(value);
    default:
      return assertNever(control);
  }
}

/** What is usable of decoding options that were kept: unknown and broken ones are left out, one by one. */
export function usableDecoding(kept: unknown): Partial<DecodingOptions> {
  const usable = keepUsable<DecodingOptions>(DECODING_CONTROLS, kept);
  const voiceActivity = usableVoiceActivity(usable.voiceActivity);
  const entries = Object.entries({ ...usable, ...(voiceActivity && { voiceActivity }) });
  // One that contradicts those before it goes.
  return entries.reduce<Partial<DecodingOptions>>((before, [key, value]) => {
    const after = { ...before, [key]: value as unknown };
    return findDecodingProblem(after) ? before : after;
  }, {});
}

/** What is usable of audio options that were kept. */
export function usableAudio(kept: unknown): Partial<AudioOptions> {
  return keepUsable<AudioOptions>(AUDIO_CONTROLS, kept);
}

/** Options without those that are as by default, which a later version may have changed. */
export function withoutDefaults<T extends object>(options: Partial<T>, defaults: T): Partial<T> {
  const differs = ([key, value]: [string, unknown]): boolean =>
    !isSame(value, defaults[key as keyof T]);
  return Object.fromEntries(Object.entries(options).filter(differs)) as Partial<T>;
}

/** Do two sets of options mean the same? */
export function isSameDecoding(a: Partial<DecodingOptions>, b: Partial<DecodingOptions>): boolean {
  return isSame({ ...DEFAULT_DECODING, ...a }, { ...DEFAULT_DECODING, ...b });
}

/** Do two sets of options mean the same? */
export function isSameAudio(a: Partial<AudioOptions>, b: Partial<AudioOptions>): boolean {
  return isSame({ ...DEFAULT_AUDIO, ...a }, { ...DEFAULT_AUDIO, ...b });
}

function usableVoiceActivity(kept: unknown): Partial<VoiceActivityOptions> | null {
  const usable = keepUsable<VoiceActivityOptions>(VOICE_ACTIVITY_CONTROLS, kept);
  return Object.keys(usable).length > 0 ? usable : null;
}

function keepUsable<T extends object>(
  controls: Readonly<Record<keyof T, OptionControl>>,
  kept: unknown,
): Partial<T> {
  if (!isRecord(kept)) return {};
  const usable = (key: string): boolean =>
    key in kept && isOptionValue(controls[key as keyof T], kept[key]);
  const keys = Object.keys(controls).filter(usable);
  return Object.fromEntries(keys.map((key) => [key, kept[key]])) as Partial<T>;
}

function isNumber({ min, max = Infinity, step, nullable }: NumberControl, value: unknown): boolean {
  if (value === null) return nullable === true;
  if (typeof value !== 'number' || !(value >= min && value <= max)) return false;
  return step < 1 || Number.isInteger(value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Options are plain data whose keys come in one order. */
function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
