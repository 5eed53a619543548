import { DEFAULT_AUDIO, type AudioOptions } from '../core/audio-options';
import {
  DEFAULT_DECODING,
  findDecodingProblem,
  type DecodingOptions,
  type DecodingProblemKind,
} from '../core/decoding-options';
import { DECODING_CONTROLS } from '../core/option-controls';
import { isOptionValue, withoutDefaults } from '../core/option-values';
import type { VoiceActivityOptions } from '../core/voice-activity';
import type { FileOptions } from '../pipeline/transcribe-file';
import { preferences } from './preferences.svelte';

/** How recordings are transcribed: what differs from the defaults is remembered. */
class Options {
  readonly decoding = $derived<DecodingOptions>({
    ...DEFAULT_DECODING,
    ...preferences.current.decoding,
  });
  readonly audio = $derived<AudioOptions>({ ...DEFAULT_AUDIO, ...preferences.current.audio });
  /** Names of the decoding options that differ from their defaults. */
  readonly changed = $derived(
    Object.keys(preferences.current.decoding) as readonly (keyof DecodingOptions)[],
  );

  /** Sets one option. @returns why it cannot be, null where it is */
  set<K extends keyof DecodingOptions>(
    key: K,
    value: DecodingOptions[K],
  ): DecodingProblemKind | null {
    if (!isOptionValue(DECODING_CONTROLS[key], value)) return 'range';
    const decoding = withoutDefaults(
      { ...preferences.current.decoding, [key]: value },
      DEFAULT_DECODING,
    );
    const problem = findDecodingProblem(decoding);
    if (!problem) preferences.change({ decoding });
    return problem?.kind ?? null;
  }

  /** Sets what counts as speech; undefined is the default. */
  setVoiceActivity(key: keyof VoiceActivityOptions, value: number | undefined): void {
    const changed = { ...this.decoding.voiceActivity, [key]: value };
    const voiceActivity = Object.fromEntries(
      Object.entries(changed).filter(([, number]) => number !== undefined),
    );
    this.set('voiceActivity', voiceActivity);
  }

  setAudio(change: Partial<AudioOptions>): void {
    const audio = withoutDefaults({ ...preferences.current.audio, ...change }, DEFAULT_AUDIO);
    preferences.change({ audio });
  }

  resetAll(): void {
    preferences.replace({ decoding: {} });
  }

  /** What a recording is transcribed with that is added now. */
  forJob(): Omit<FileOptions, 'model'> {
    const { decoding, audio, limits } = preferences.current;
    const { maxMegabytes, maxMinutes } = limits;
    return {
      decoding,
      audio,
      limits: {
        ...(maxMegabytes !== null && { maxBytes: maxMegabytes * 1e6 }),
        ...(maxMinutes !== null && { maxSec: maxMinutes * 60 }),
      },
    };
  }
}

export const options = new Options();
