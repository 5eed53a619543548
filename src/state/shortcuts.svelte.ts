import { matchKeyBindingPress, parseKeybinding } from 'tinykeys';
import { COMMAND_IDS, DEFAULT_KEYS, isBareKey, type CommandId } from '../core/commands';
import { preferences } from './preferences.svelte';

/** Something that can be done right now. */
export interface Command {
  readonly id: CommandId;
  readonly run: () => void;
  /** Whether it can be done at this moment; absent means as long as it is registered. */
  readonly when?: () => boolean;
}

/** Where typing is typing, and where Space and Enter press what has the focus. */
const TYPES = 'input, select, textarea, [contenteditable=""], [contenteditable="true"]';
const PRESSES = `${TYPES}, button, a, summary, [role=button]`;

/** The commands of this page: who can do them, and by which keys. */
class Shortcuts {
  #commands = $state.raw<readonly Command[]>([]);
  /** What can be done now, in the order of the list of commands; of two that do the same, the latest. */
  readonly available = $derived(
    COMMAND_IDS.map((id) => this.#find(id)).filter((command) => command !== undefined),
  );

  /** Offers a command until the function returned is called. */
  register(command: Command): () => void {
    this.#commands = [...this.#commands, command];
    return () => (this.#commands = this.#commands.filter((other) => other !== command));
  }

  /** Offers several at once. */
  registerAll(commands: readonly Command[]): () => void {
    const ends = commands.map((command) => this.register(command));
    return () => ends.forEach((end) => end());
  }

  /** The keys of a command as tinykeys writes them; null where it has none. */
  keysOf(id: CommandId): string | null {
    const chosen = preferences.current.shortcuts[id];
    return chosen === undefined ? DEFAULT_KEYS[id] : chosen;
  }

  /** The other command that these keys do already; null where none does. */
  clash(id: CommandId, keys: string): CommandId | null {
    const same = (other: CommandId): boolean =>
      other !== id && this.keysOf(other)?.toLowerCase() === keys.toLowerCase();
    return COMMAND_IDS.find(same) ?? null;
  }

  /** Does what the pressed key stands for, unless whatever has the focus has a use for it. */
  handle(event: KeyboardEvent): void {
    if (!preferences.current.shortcutsOn || event.defaultPrevented || event.isComposing) return;
    const id = COMMAND_IDS.find((id) => matches(event, this.keysOf(id)));
    const command = id && this.#find(id);
    // A dialog keeps the keys to itself.
    if (!command || document.querySelector('dialog:modal')) return;
    event.preventDefault();
    if (!event.repeat) command.run();
  }

  #find(id: CommandId): Command | undefined {
    return this.#commands.findLast((one) => one.id === id && (one.when?.() ?? true));
  }
}

export const shortcuts = new Shortcuts();

function matches(event: KeyboardEvent, keys: string | null): boolean {
  const [press] = keys === null ? [] : parseKeybinding(keys);
  if (!keys || !press || !matchKeyBindingPress(event, press)) return false;
  if (!isBareKey(keys) || !(event.target instanceof Element)) return true;
  return !event.target.closest(/^(space|enter)$/i.test(keys) ? PRESSES : TYPES);
}
