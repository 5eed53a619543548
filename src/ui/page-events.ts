/** The files of a drop or a paste, in order. */
export function filesOf(data: DataTransfer | null): File[] {
  return [...(data?.files ?? [])];
}

/** Are files being dragged, rather than something of this page? */
export function bringsFiles(data: DataTransfer | null): boolean {
  return data?.types.includes('Files') ?? false;
}

/** The text of a paste that no field takes, else ''. */
export function textOf({ target, clipboardData }: ClipboardEvent): string {
  const taken = target instanceof Element && target.closest('input, textarea, [contenteditable]');
  return taken ? '' : (clipboardData?.getData('text/plain').trim() ?? '');
}

/** Is this a space bar that no control on the page has a use for? */
export function wantsSpace(event: KeyboardEvent): boolean {
  return isFree(event, ' ', 'button, a, input, select, textarea, summary');
}

/** Is this a letter, in lower case, typed into no field? */
export function wantsLetter(event: KeyboardEvent, letter: string): boolean {
  return isFree(event, letter, 'input, select, textarea, [contenteditable]');
}

function isFree(event: KeyboardEvent, key: string, takers: string): boolean {
  if (event.key !== key || event.defaultPrevented || event.repeat) return false;
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  return !(event.target instanceof Element && event.target.closest(takers));
}
