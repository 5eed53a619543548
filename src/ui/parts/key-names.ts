import type { Locale } from '../../core/locale';

const IS_MAC = /mac|iphone|ipad/i.test(navigator.platform);
/** How keys are written on a keyboard, where not as tinykeys names them. */
const NAMES: Readonly<Record<Locale, Readonly<Record<string, string>>>> = {
  en: { space: 'Space', arrowleft: '←', arrowright: '→', arrowup: '↑', arrowdown: '↓' },
  de: {
    space: 'Leertaste',
    arrowleft: '←',
    arrowright: '→',
    arrowup: '↑',
    arrowdown: '↓',
    control: 'Strg',
    shift: 'Umschalt',
    delete: 'Entf',
  },
};
const MAC: Readonly<Record<string, string>> = {
  $mod: '⌘',
  control: '⌃',
  alt: '⌥',
  shift: '⇧',
  meta: '⌘',
};
const MODIFIERS: readonly string[] = ['Control', 'Shift', 'Alt', 'Meta', 'AltGraph', 'CapsLock'];

/** "$mod+Shift+z" → "Ctrl+Shift+Z", "⌘⇧Z". */
export function keysText(keys: string, locale: Locale): string {
  const parts = keys.split('+').map((part) => keyText(part, locale));
  return parts.join(IS_MAC ? '' : '+');
}

/** What was pressed, as tinykeys writes it; null while only Ctrl, Shift, … are down. */
export function pressedKeys(event: KeyboardEvent): string | null {
  if (MODIFIERS.includes(event.key)) return null;
  const letter = event.key.length === 1 && !event.altKey;
  const [mod, other] = IS_MAC
    ? [event.metaKey, event.ctrlKey && 'Control']
    : [event.ctrlKey, event.metaKey && 'Meta'];
  const parts = [mod && '$mod', other, event.altKey && 'Alt', event.shiftKey && 'Shift'];
  const key = event.key === ' ' || !letter ? event.code : event.key.toLowerCase();
  return [...parts.filter(Boolean), key].join('+');
}

function keyText(part: string, locale: Locale): string {
  const key = part.toLowerCase();
  if (IS_MAC && MAC[key]) return MAC[key];
  const name = NAMES[locale][key === '$mod' ? 'control' : key];
  if (name) return name;
  if (key === '$mod' || key === 'control') return 'Ctrl';
  return part.replace(/^(Key|Digit)(?=.$)/, '').replace(/^./, (first) => first.toUpperCase());
}
