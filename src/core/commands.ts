/**
 * Everything that a key or the command palette can do, with the key that does it unless the person chose another.
 * Keys as tinykeys writes them: "$mod" is ⌘ on a Mac and Ctrl elsewhere; null is no key. Whoever can do a command
 * registers it while that is so; src/ui/messages/commands.ts names it.
 */
export const DEFAULT_KEYS = {
  commands: '$mod+k',
  home: 'h',
  openFile: 'o',
  record: 'r',
  export: 'e',
  settings: ',',
  playPause: 'Space',
  back5: 'j',
  forward5: 'l',
  slower: '[',
  faster: ']',
  previousSegment: 'p',
  nextSegment: 'n',
  nextUncertain: 'u',
  find: '$mod+f',
  undo: '$mod+z',
  redo: '$mod+Shift+z',
  theme: null,
} as const satisfies Readonly<Record<string, string | null>>;

export type CommandId = keyof typeof DEFAULT_KEYS;

export const COMMAND_IDS = Object.keys(DEFAULT_KEYS) as readonly CommandId[];

/** Does a key press alone, without Ctrl, Alt or ⌘, do this? Then a field that is typed into keeps it. */
export function isBareKey(keys: string): boolean {
  return !/\$mod|control|meta|alt/i.test(keys);
}
