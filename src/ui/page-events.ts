/** The files of a drop or a paste, in order. */
export function filesOf(data: DataTransfer | null): File[] {
  return [...(data?.files ?? [])];
}

/** The text of a paste that no field takes, else ''. */
export function textOf({ target, clipboardData }: ClipboardEvent): string {
  const taken = target instanceof Element && target.closest('input, textarea, [contenteditable]');
  return taken ? '' : (clipboardData?.getData('text/plain').trim() ?? '');
}

/** Is this a space bar that no control on the page has a use for? */
export function wantsSpace(event: KeyboardEvent): boolean {
  if (event.key !== ' ' || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey)
    return false;
  const target = event.target;
  return !(
    target instanceof Element && target.closest('button, a, input, select, textarea, summary')
  );
}
