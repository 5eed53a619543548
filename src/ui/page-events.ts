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
