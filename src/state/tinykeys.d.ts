// The package has types but does not export them.
declare module 'tinykeys' {
  export type KeyBindingPress = [mods: string[], key: string | RegExp];
  /** Source: tinykeys' tinykeys.d.ts. */
  export function parseKeybinding(keys: string): KeyBindingPress[];
  export function matchKeyBindingPress(event: KeyboardEvent, press: KeyBindingPress): boolean;
}
