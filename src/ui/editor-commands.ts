import type { Editor } from '../state/editor.svelte';
import type { Find } from '../state/find.svelte';
import type { Player } from '../state/player.svelte';
import type { Review } from '../state/review.svelte';
import { wantsLetter, wantsSpace } from './page-events';

/** Something that a key or the command palette can do. */
export interface EditorCommand {
  readonly id: 'playPause' | 'find' | 'undo' | 'redo' | 'nextUncertain';
  readonly run: () => void;
}

/** What one transcript on the screen can do, by the names that the page's commands have. */
export function editorCommands(parts: {
  readonly editor: Editor;
  readonly find: Find;
  readonly review: Review;
  readonly player: () => Player | null;
}): readonly EditorCommand[] {
  const { editor, find, review, player } = parts;
  return [
    { id: 'playPause', run: () => player()?.toggle() },
    { id: 'undo', run: () => editor.undo() },
    { id: 'redo', run: () => editor.redo() },
    { id: 'find', run: () => openFind(find, review) },
    { id: 'nextUncertain', run: () => reviewNext(find, review) },
  ];
}

/** Opens the search; there is one bar at a time. */
export function openFind(find: Find, review: Review): void {
  review.close();
  find.open = true;
}

/** Opens the review, or goes on in it. */
export function reviewNext(find: Find, review: Review): void {
  find.close();
  if (review.open) review.step(1);
  else review.start();
}

/** The command that a key press stands for; null where something else on the page has a use for it. */
export function commandOf(event: KeyboardEvent): EditorCommand['id'] | null {
  if (wantsSpace(event)) return 'playPause';
  if (wantsLetter(event, 'u')) return 'nextUncertain';
  if (event.defaultPrevented || event.altKey || !(event.ctrlKey || event.metaKey)) return null;
  const key = event.key.toLowerCase();
  // A second press, in the search's own field, is for the browser's search.
  if (key === 'f' && !event.shiftKey) return isIn(event, '[role=search]') ? null : 'find';
  if (isIn(event, 'input, textarea, select')) return null;
  if (key === 'z') return event.shiftKey ? 'redo' : 'undo';
  return key === 'y' && !event.shiftKey ? 'redo' : null;
}

function isIn({ target }: Event, selector: string): boolean {
  return target instanceof Element && target.closest(selector) !== null;
}
