import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { createRawSnippet } from 'svelte';
import { render } from 'vitest-browser-svelte';
import { preferences } from '../../src/state/preferences.svelte';
import { shortcuts } from '../../src/state/shortcuts.svelte';
import Combobox from '../../src/ui/parts/Combobox.svelte';
import DecodingOption from '../../src/ui/settings/DecodingOption.svelte';
import Sheet from '../../src/ui/parts/Sheet.svelte';

const press = (event: KeyboardEvent): void => shortcuts.handle(event);
beforeEach(() => addEventListener('keydown', press));
afterEach(() => {
  removeEventListener('keydown', press);
  preferences.reset();
});

test('an option keeps what it can take and says why of the rest', async () => {
  await render(DecodingOption, { option: 'noSpeechThreshold' });
  const field = page.getByRole('textbox');
  await expect.element(field).toHaveValue('0.6');
  await field.fill('1,5');
  await userEvent.keyboard('{Enter}');
  await userEvent.tab();
  await expect.element(page.getByText('Write a number from 0 to 1.')).toBeVisible();
  expect(preferences.current.decoding).toEqual({});
  await field.fill('0,7');
  await userEvent.tab();
  expect(preferences.current.decoding).toEqual({ noSpeechThreshold: 0.7 });
  await field.fill('');
  await userEvent.tab();
  expect(preferences.current.decoding).toEqual({ noSpeechThreshold: null });
  await page.getByRole('button', { name: /^Reset/ }).click();
  await expect.element(field).toHaveValue('0.6');
  expect(preferences.current.decoding).toEqual({});
});

test('a choice that contradicts another one springs back and says why', async () => {
  preferences.change({
    decoding: { wordTimestamps: true, hallucinationSilenceThresholdSec: 2 },
  });
  await render(DecodingOption, { option: 'mode' });
  await page.getByText('Fast', { exact: true }).click();
  await expect.element(page.getByText(/needs the exact mode/)).toBeVisible();
  await expect.element(page.getByRole('radio', { name: 'Exact' })).toBeChecked();
  expect(preferences.current.decoding.mode).toBeUndefined();
});

test('a list is searched and chosen from by keyboard alone', async () => {
  const onPick = vi.fn();
  const items = [
    { id: 'de', name: 'German' },
    { id: 'el', name: 'Greek' },
    { id: 'fr', name: 'French' },
  ];
  const words = { label: 'Language', placeholder: 'Search', nothing: 'None.' };
  await render(Combobox, { id: 'lang', items, chosen: 'fr', ...words, onPick });
  const field = page.getByRole('combobox');
  await expect.element(field).toHaveValue('French');
  await field.click();
  await userEvent.keyboard('gr');
  await expect.element(page.getByRole('option').first()).toHaveTextContent('Greek');
  await userEvent.keyboard('{Escape}');
  await expect.element(field).toHaveValue('French');
  await userEvent.keyboard('{ArrowDown}');
  await expect.element(page.getByRole('option', { selected: true })).toHaveTextContent('French');
  await userEvent.keyboard('{ArrowDown}{Enter}');
  expect(onPick).toHaveBeenCalledWith('de');
});

test('a sheet closes on Esc and gives the focus back; a file picker that is cancelled leaves it open', async () => {
  const opener = document.body.appendChild(document.createElement('button'));
  opener.textContent = 'Open';
  opener.focus();
  const onClose = vi.fn();
  const children = createRawSnippet(() => ({ render: () => '<p>Inside<input type="file" /></p>' }));
  const words = { id: 'sheet', title: 'Sheet', closeName: 'Close' };
  const { rerender } = await render(Sheet, { ...words, open: true, onClose, children });
  const dialog = page.getByRole('dialog', { name: 'Sheet' });
  await expect.element(dialog).toBeVisible();
  const picker = document.querySelector('dialog input');
  picker?.dispatchEvent(new Event('cancel', { bubbles: true }));
  expect(onClose).not.toHaveBeenCalled();
  await userEvent.keyboard('{Escape}');
  expect(onClose).toHaveBeenCalled();
  await rerender({ open: false });
  await expect.element(opener).toHaveFocus();
  opener.remove();
  // The browser tells a moment late that it closed: what a key has opened again by then stays open.
  await rerender({ open: true });
  onClose.mockClear();
  const sheet = dialog.element() as HTMLDialogElement;
  const told = new Promise((resolve) => sheet.addEventListener('close', resolve, { once: true }));
  sheet.close();
  expect(onClose).toHaveBeenCalledOnce();
  sheet.showModal();
  await told;
  expect(onClose).toHaveBeenCalledOnce();
});

test('of two that offer a command the latest does it, until it is gone', async () => {
  const [first, second] = [vi.fn(), vi.fn()];
  const endFirst = shortcuts.register({ id: 'home', run: first });
  const endSecond = shortcuts.register({ id: 'home', run: second });
  await userEvent.keyboard('h');
  expect([first.mock.calls.length, second.mock.calls.length]).toEqual([0, 1]);
  endSecond();
  await userEvent.keyboard('h');
  expect([first.mock.calls.length, second.mock.calls.length]).toEqual([1, 1]);
  endFirst();
  await userEvent.keyboard('h');
  expect(first).toHaveBeenCalledOnce();
});

test('keys leave typing, buttons and dialogs alone', async () => {
  const [home, play, undo] = [vi.fn(), vi.fn(), vi.fn()];
  const end = shortcuts.registerAll([
    { id: 'home', run: home },
    { id: 'playPause', run: play },
    { id: 'undo', run: undo },
  ]);
  document.body.innerHTML = '<input /><button>A</button><dialog>B</dialog>';
  document.querySelector('input')?.focus();
  await userEvent.keyboard('h {Control>}z{/Control}');
  document.querySelector('button')?.focus();
  await userEvent.keyboard(' ');
  expect([home, play, undo].map((run) => run.mock.calls.length)).toEqual([0, 0, 0]);
  await userEvent.keyboard('h{Control>}z{/Control}');
  document.querySelector('dialog')?.showModal();
  await userEvent.keyboard('h');
  document.querySelector('dialog')?.close();
  (document.activeElement as HTMLElement | null)?.blur();
  await userEvent.keyboard(' ');
  expect([home, play, undo].map((run) => run.mock.calls.length)).toEqual([1, 1, 1]);
  end();
  document.body.innerHTML = '';
});
