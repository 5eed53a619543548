import { assertNever } from '../../core/errors';
import type { Segment } from '../../core/transcript';
import type { Editor } from '../../state/editor.svelte';
import type { Player } from '../../state/player.svelte';

/** What a key does in the field of a segment, besides typing. */
export type FieldAction =
  'split' | 'merge-up' | 'merge-down' | 'leave' | 'undo' | 'redo' | 'up' | 'down' | 'play';

/**
 * What this key does here; null where the field itself knows.
 * @param untouched nothing was typed: undo is the transcript's, not the field's
 */
export function fieldAction(
  event: KeyboardEvent,
  { selectionStart, selectionEnd, value }: HTMLTextAreaElement,
  untouched: boolean,
): FieldAction | null {
  if (event.isComposing || event.altKey) return null;
  const caret = selectionStart === selectionEnd ? selectionStart : -1;
  const command = event.ctrlKey || event.metaKey;
  const key = event.key.toLowerCase();
  if (command) {
    if (key === 'enter') return 'play';
    if (key === 'z' && untouched) return event.shiftKey ? 'redo' : 'undo';
    return key === 'y' && untouched ? 'redo' : null;
  }
  if (key === 'escape') return 'leave';
  if (event.shiftKey) return null;
  if (key === 'enter') return 'split';
  if (caret === 0 && key === 'backspace') return 'merge-up';
  if (caret === 0 && key === 'arrowup') return 'up';
  if (caret === value.length && key === 'delete') return 'merge-down';
  if (caret === value.length && key === 'arrowdown') return 'down';
  return null;
}

/** Does it. @param caret in characters of the field's text */
export function runFieldAction(
  action: FieldAction,
  editor: Editor,
  player: Player | null,
  { id }: Segment,
  caret: number,
): void {
  const { shown } = editor;
  const index = shown.findIndex((segment) => segment.id === id);
  switch (action) {
    case 'split':
      return editor.splitDraft(caret);
    case 'merge-up':
      return void editor.mergeUp(id);
    case 'merge-down':
      return editor.mergeDown(id);
    case 'leave':
      return editor.leaveDraft(id);
    case 'undo':
      return editor.undo();
    case 'redo':
      return editor.redo();
    case 'up':
      return index > 0 ? editor.startDraft(shown[index - 1]!.id) : undefined;
    case 'down':
      return index + 1 < shown.length ? editor.startDraft(shown[index + 1]!.id, 0) : undefined;
    case 'play':
      return player?.toggle();
    default:
      return assertNever(action);
  }
}
