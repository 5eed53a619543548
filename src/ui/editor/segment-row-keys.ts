import { assertNever } from '../../core/errors';
import { regionOf } from '../../core/edit-region';
import { wordsOf } from '../../core/edit-words';
import type { Editor } from '../../state/editor.svelte';
import { stretchAt, type Player } from '../../state/player.svelte';

/** What a key does on a segment. */
export type RowAction =
  | { readonly kind: 'step'; readonly by: number; readonly extend: boolean }
  | { readonly kind: 'word'; readonly by: 1 | -1 }
  | { readonly kind: 'toggle' | 'edit' | 'panel' | 'remove' | 'merge' | 'loop' };

const KEYS: Readonly<Record<string, RowAction>> = {
  ' ': { kind: 'toggle' },
  ArrowLeft: { kind: 'word', by: -1 },
  ArrowRight: { kind: 'word', by: 1 },
  F2: { kind: 'edit' },
  '.': { kind: 'panel' },
  Delete: { kind: 'remove' },
  m: { kind: 'merge' },
};
const STEPS: Readonly<Record<string, number>> = {
  ArrowUp: -1,
  ArrowDown: 1,
  Home: -Infinity,
  End: Infinity,
};

/** What this key does on the button of a segment; null where it does what it always does. */
export function rowAction(event: KeyboardEvent): RowAction | null {
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  const by = STEPS[event.key];
  if (by !== undefined) return { kind: 'step', by, extend: event.shiftKey };
  if (event.shiftKey) return event.key === 'L' ? { kind: 'loop' } : null;
  return KEYS[event.key] ?? null;
}

/** Does it to the focused segment. */
export function runRowAction(
  action: RowAction,
  target: { editor: Editor; player: Player | null; id: number; open: () => void },
): void {
  const { editor, player, id, open } = target;
  switch (action.kind) {
    case 'step':
      return step(editor, id, action.by, action.extend);
    case 'word':
      return stepWord(editor, player, id, action.by);
    case 'toggle':
      return player?.toggle();
    case 'edit':
      return editor.startDraft(id);
    case 'panel':
      return open();
    case 'remove':
      return editor.removeSelected();
    case 'merge':
      return editor.mergeSelected();
    case 'loop':
      return player?.setLoop(player.loop ? null : regionOf(editor.selected));
    default:
      return assertNever(action);
  }
}

function step(editor: Editor, id: number, by: number, extend: boolean): void {
  const { shown } = editor;
  const index = shown.findIndex((segment) => segment.id === id) + by;
  const next = shown[Math.min(Math.max(0, index), shown.length - 1)];
  if (next) editor.focus(next.id, extend);
}

/** Seeks to the word before or after the one that is heard. */
function stepWord(editor: Editor, player: Player | null, id: number, by: 1 | -1): void {
  const segment = editor.segment(id);
  if (!player || !segment) return;
  const words = wordsOf(segment);
  const next = words[stretchAt(words, player.currentSec) + by];
  player.seek((next ?? words[by > 0 ? 0 : words.length - 1])?.startSec ?? segment.startSec);
}
