/** Opens the page's file picker; where the browser wants a click for that, its button is one key press away. */
export function openFilePicker(): void {
  const input = document.querySelector<HTMLInputElement>('input[type=file]');
  try {
    input?.showPicker();
  } catch {
    // FilePicker.svelte: the button stands before its input, which nobody sees.
    const button = input?.previousElementSibling;
    if (button instanceof HTMLElement) button.focus();
  }
}
