import { isSameAudio, isSameDecoding } from '../core/option-values';
import { builtInOptions, type BuiltInPreset, type Preset } from '../core/presets';
import { preferences } from './preferences.svelte';

/** What was just done with presets, which can be undone. */
export type PresetEvent =
  | { readonly kind: 'built-in'; readonly id: BuiltInPreset }
  | { readonly kind: 'applied' | 'deleted'; readonly name: string };

/** Why a name cannot be taken. */
export type PresetNameProblem = 'empty' | 'taken';

/** Sets of options by name: those that come with Sotto, and the person's own. */
export class Presets {
  readonly own = $derived<readonly Preset[]>(preferences.current.presets);
  #event = $state.raw<PresetEvent | null>(null);
  /** null once something else was changed. */
  readonly event = $derived(preferences.undoable ? this.#event : null);

  isBuiltInUsed(id: BuiltInPreset): boolean {
    const { decoding, audio } = preferences.current;
    return isSameDecoding(decoding, builtInOptions(id, decoding)) && isSameAudio(audio, {});
  }

  isUsed({ decoding, audio }: Preset): boolean {
    const { current } = preferences;
    return isSameDecoding(current.decoding, decoding) && isSameAudio(current.audio, audio);
  }

  useBuiltIn(id: BuiltInPreset): void {
    const decoding = builtInOptions(id, preferences.current.decoding);
    preferences.replace({ decoding, audio: {} });
    this.#event = { kind: 'built-in', id };
  }

  use({ name, decoding, audio }: Preset): void {
    preferences.replace({ decoding, audio });
    this.#event = { kind: 'applied', name };
  }

  /** Keeps the options as they are under a name. @returns why not, null where they are kept */
  save(text: string): PresetNameProblem | null {
    const name = text.trim();
    const problem = this.#findNameProblem(name);
    if (problem) return problem;
    const { decoding, audio } = preferences.current;
    preferences.change({ presets: [...this.own, { name, decoding, audio }] });
    return null;
  }

  /** @returns why the name cannot be taken, null where it is */
  rename(preset: Preset, text: string): PresetNameProblem | null {
    const name = text.trim();
    const problem = name === preset.name ? null : this.#findNameProblem(name);
    if (problem) return problem;
    const rename = (one: Preset): Preset => (one.name === preset.name ? { ...one, name } : one);
    preferences.change({ presets: this.own.map(rename) });
    return null;
  }

  delete({ name }: Preset): void {
    preferences.replace({ presets: this.own.filter((one) => one.name !== name) });
    this.#event = { kind: 'deleted', name };
  }

  undo(): void {
    preferences.undo();
  }

  #findNameProblem(name: string): PresetNameProblem | null {
    if (name === '') return 'empty';
    return this.own.some((preset) => preset.name === name) ? 'taken' : null;
  }
}
