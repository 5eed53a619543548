import type { Editor } from '../../state/editor.svelte';
import type { Find } from '../../state/find.svelte';
import type { Review } from '../../state/review.svelte';
import type { Command } from '../../state/shortcuts.svelte';

/** What one transcript on the screen can do, by the names that the page's commands have. */
export function editorCommands(parts: {
  readonly editor: Editor;
  readonly find: Find;
  readonly review: Review;
}): readonly Command[] {
  const { editor, find, review } = parts;
  return [
    { id: 'undo', run: () => editor.undo() },
    { id: 'redo', run: () => editor.redo() },
    // A second press, in the search's own field, is for the browser's search.
    { id: 'find', run: () => openFind(find, review), when: () => !isSearching() },
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

function isSearching(): boolean {
  return Boolean(document.activeElement?.closest('[role=search]'));
}
