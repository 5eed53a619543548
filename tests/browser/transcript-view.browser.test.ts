import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { page, userEvent, type Locator } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { TranscriptDocument } from '../../src/core/transcript-document';
import { Player } from '../../src/state/player.svelte';
import { shortcuts } from '../../src/state/shortcuts.svelte';
import TranscriptView from '../../src/ui/editor/TranscriptView.svelte';
import '../../src/ui/app.css';
import '../../src/ui/tokens.css';
import { makeDocument, makeSegment } from '../made-documents';
import { wavFile } from './wav-file';

const segments = [
  makeSegment(0, [
    [' The', 0.2, 0.4],
    [' old', 0.4, 0.7, 0.2],
    [' man', 0.7, 1],
    [' speaks.', 1, 1.5],
  ]),
  makeSegment(1, [
    [' Very', 2, 2.3],
    [' slowly.', 2.3, 3],
  ]),
  makeSegment(2, [
    [' The', 3.5, 3.7],
    [' end.', 3.7, 4],
  ]),
];

// As src/ui/PageShell.svelte does.
addEventListener('keydown', (event) => shortcuts.handle(event));

let changes: TranscriptDocument[] = [];
let player: Player | null = null;
const onChange = (document: TranscriptDocument): void => void changes.push(document);

async function open(more: Partial<TranscriptDocument> = {}, audio: File | null = null) {
  const document = makeDocument(segments, { durationSec: 5, ...more });
  player = audio && new Player(audio);
  return await render(TranscriptView, { document, audio, player, onChange });
}

const texts = (): string[] =>
  page
    .getByTestId('segment-text')
    .elements()
    .map((element) => element.textContent.trim());
const row = (index: number): Locator => page.getByTestId('segment').nth(index);
const field = (): Locator => page.getByTestId('segment-field');
const saved = (): string[] => changes.at(-1)?.segments.map(({ text }) => text.trim()) ?? [];

async function type(index: number): Promise<HTMLTextAreaElement> {
  await row(index)
    .getByRole('button', { name: /^Segment at/ })
    .click();
  await userEvent.keyboard('{F2}');
  await expect.element(field()).toHaveFocus();
  return field().element() as HTMLTextAreaElement;
}

beforeEach(() => {
  changes = [];
});
afterEach(() => {
  vi.useRealTimers();
  player?.dispose();
});

describe('editing', () => {
  test('typed words are kept, the others keep their times, and it is saved a moment later', async () => {
    await open();
    await type(0);
    await userEvent.fill(field(), 'The young man speaks.');
    await userEvent.keyboard('{Escape}');
    await vi.waitFor(() => expect(saved()[0]).toBe('The young man speaks.'));
    const [the, young, man] = changes.at(-1)!.segments[0]!.words!;
    expect(young).toEqual({ text: ' young', startSec: 0.4, endSec: 0.7, probability: 1 });
    expect([the, man]).toEqual([segments[0]!.words![0], segments[0]!.words![2]]);
    expect(texts()[0]).toBe('The young man speaks.');
  });

  test('Enter splits at the caret, Backspace at the start joins again, undo takes both back', async () => {
    await open();
    const area = await type(0);
    area.setSelectionRange(8, 8);
    await userEvent.keyboard('{Enter}');
    await expect.element(field()).toHaveValue('man speaks.');
    expect(texts()).toEqual(['The old', 'Very slowly.', 'The end.']);
    expect(row(1).element().getAttribute('data-start')).toBe('0.7');
    await userEvent.keyboard('{Backspace}');
    await expect.element(field()).toHaveValue('The old man speaks.');
    expect((field().element() as HTMLTextAreaElement).selectionStart).toBe(7);
    await userEvent.keyboard('{Control>}z{/Control}');
    await expect.poll(texts).toEqual(['The old', 'man speaks.', 'Very slowly.', 'The end.']);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(texts).toEqual(['The old man speaks.', 'Very slowly.', 'The end.']);
    await page.getByRole('button', { name: 'Redo' }).click();
    await expect.poll(texts).toHaveLength(4);
  });

  test('pasted lines become one, and it is cut where the caret is', async () => {
    await open();
    const area = await type(1);
    await userEvent.fill(field(), 'Very\n\n  slowly\n he speaks.');
    area.setSelectionRange(14, 14);
    await userEvent.keyboard('{Enter}');
    await expect.element(field()).toHaveValue('he speaks.');
    expect(texts()[1]).toBe('Very slowly');
  });

  test('several selected segments become one', async () => {
    await open();
    await row(0)
      .getByRole('button', { name: /^Segment at/ })
      .click();
    await userEvent.keyboard('{Shift>}{ArrowDown}{ArrowDown}{/Shift}m');
    await expect.poll(texts).toEqual(['The old man speaks. Very slowly. The end.']);
    await userEvent.keyboard('{Control>}z{/Control}');
    await expect.poll(texts).toHaveLength(3);
  });

  test('who types by the keyboard is back on the segment afterwards', async () => {
    await open();
    await type(1);
    await userEvent.keyboard('!{Escape}{ArrowDown}');
    await expect.element(row(2).getByRole('button', { name: /^Segment at/ })).toHaveFocus();
    expect(texts()[1]).toBe('Very slowly.!');
  });

  test('Arabic runs from the right, its full stop at the left', async () => {
    const arabic = makeSegment(0, [
      [' مرحبا', 0, 1],
      [' بكم.', 1, 2],
    ]);
    await open({ segments: [arabic], language: 'ar' });
    await expect.element(row(0)).toBeVisible();
    const text = row(0).getByTestId('segment-text').element();
    expect(getComputedStyle(text).direction).toBe('rtl');
    expect(text.getAttribute('lang')).toBe('ar');
    const [first, last] = [...text.querySelectorAll('[data-word]')].map(
      (word) => word.getBoundingClientRect().left,
    );
    expect(first).toBeGreaterThan(last!);
  });

  test('what is being typed is saved when the page is left', async () => {
    await open();
    await type(1);
    await userEvent.fill(field(), 'Very, very slowly.');
    window.dispatchEvent(new Event('pagehide'));
    expect(saved()[1]).toBe('Very, very slowly.');
  });

  test('what was typed is saved when the screen is left', async () => {
    const { unmount } = await open();
    await type(1);
    await userEvent.fill(field(), 'Not so slowly.');
    await unmount();
    expect(saved()[1]).toBe('Not so slowly.');
  });

  test('a new title is kept, an empty one is not', async () => {
    await open();
    const title = page.getByRole('textbox', { name: 'Title' });
    await userEvent.fill(title, 'Minutes');
    await userEvent.keyboard('{Enter}');
    await vi.waitFor(() => expect(changes.at(-1)?.title).toBe('Minutes'));
    await userEvent.fill(title, ' ');
    await userEvent.keyboard('{Enter}');
    await expect.element(title).toHaveValue('Minutes');
  });

  test('deleting all of it says how to get it back', async () => {
    await open();
    await row(0)
      .getByRole('button', { name: /^Segment at/ })
      .click();
    await userEvent.keyboard('{Shift>}{End}{/Shift}{Delete}');
    await expect
      .element(page.getByText('All text was deleted. Undo brings it back.'))
      .toBeVisible();
    await userEvent.keyboard('{Control>}z{/Control}');
    await expect.poll(texts).toHaveLength(3);
  });
});

describe('the panel of a segment', () => {
  test('sets times, and says why some cannot be', async () => {
    await open();
    await row(1)
      .getByRole('button', { name: /^Edit segment/ })
      .click();
    const panel = page.getByTestId('segment-panel');
    await userEvent.fill(panel.getByLabelText('End'), '0:04.50');
    await panel.getByRole('button', { name: 'Set times' }).click();
    await expect
      .element(panel.getByRole('alert'))
      .toHaveTextContent('The next segment starts at 0:03.50. End no later.');
    await userEvent.fill(panel.getByLabelText('End'), '0:03.50');
    await panel.getByRole('button', { name: 'Set times' }).click();
    await expect.poll(() => row(1).element().getAttribute('data-end')).toBe('3.5');
  });

  test('goes when another segment is chosen, and on Escape', async () => {
    await open();
    const panel = page.getByTestId('segment-panel');
    const more = row(1).getByRole('button', { name: /^Edit segment/ });
    await more.click();
    await expect.element(panel).toBeVisible();
    await page.getByText('end.', { exact: true }).click();
    await expect.element(panel).not.toBeInTheDocument();
    await more.click();
    await panel.getByLabelText('Speaker').click();
    await userEvent.keyboard('{Escape}');
    await expect.element(panel).not.toBeInTheDocument();
    await expect.element(row(1).getByRole('button', { name: /^Segment at/ })).toHaveFocus();
  });

  test('leaves everything in its place between two clicks on a text below', async () => {
    await open();
    await row(0)
      .getByRole('button', { name: /^Edit segment/ })
      .click();
    const panel = page.getByTestId('segment-panel');
    await expect.element(panel).toBeVisible();
    // However long this machine takes, it is the time of two clicks.
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const text = page.getByText('end.', { exact: true });
    const { y: before } = text.element().getBoundingClientRect();
    await text.click();
    // What moves would have moved with the next frames.
    for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
    expect(text.element().getBoundingClientRect().y).toBe(before);
    await text.dblClick();
    await expect.element(field()).toHaveValue('The end.');
    await expect.element(panel).not.toBeInTheDocument();
  });

  test('names a speaker, and renames them everywhere', async () => {
    await open({ segments: segments.map((segment) => ({ ...segment, speaker: 'Me' })) });
    await row(1)
      .getByRole('button', { name: /^Edit segment/ })
      .click();
    const panel = page.getByTestId('segment-panel');
    await userEvent.fill(panel.getByLabelText('Speaker'), 'Ann');
    await panel.getByRole('button', { name: 'Rename Me everywhere' }).click();
    const speakers = (): string[] =>
      page
        .getByTestId('speaker')
        .elements()
        .map((element) => element.textContent);
    await expect.poll(speakers).toEqual(['Ann', 'Ann', 'Ann']);
    await userEvent.fill(panel.getByLabelText('Speaker'), 'Bob');
    await panel.getByRole('button', { name: 'Assign' }).click();
    await expect.poll(speakers).toEqual(['Ann', 'Bob', 'Ann']);
  });
});

test('find and replace counts, steps, replaces one and all', async () => {
  await open();
  await userEvent.keyboard('{Control>}f{/Control}');
  const find = page.getByRole('searchbox', { name: 'Find' });
  await expect.element(find).toHaveFocus();
  await userEvent.fill(find, 'the');
  const count = page.getByTestId('find-count');
  await expect.element(count).toHaveTextContent('1 of 2');
  await userEvent.keyboard('{Enter}');
  await expect.element(count).toHaveTextContent('2 of 2');
  await userEvent.fill(page.getByRole('textbox', { name: 'Replace with' }), 'This');
  await page.getByRole('button', { name: 'Replace', exact: true }).click();
  await expect.poll(texts).toEqual(['The old man speaks.', 'Very slowly.', 'This end.']);
  await expect.element(count).toHaveTextContent('1 of 1');
  await page.getByRole('button', { name: 'Replace all' }).click();
  await expect.element(count).toHaveTextContent('1 replaced');
  expect(texts()[0]).toBe('This old man speaks.');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => texts()[0]).toBe('The old man speaks.');
});

test('the review goes through uncertain words and forgets those that are fine', async () => {
  await open();
  await page.getByRole('button', { name: 'Review uncertain words' }).click();
  const review = page.getByTestId('review');
  await expect.element(review).toHaveTextContent(/old.*20 % sure · 1 of 1/);
  expect(page.getByText('old', { exact: true }).elements().length).toBeGreaterThan(0);
  await review.getByRole('button', { name: 'Fine' }).click();
  await expect.element(review).toHaveTextContent('Nothing left to check.');
  await vi.waitFor(() => expect(changes.at(-1)!.segments[0]!.words![1]!.probability).toBe(1));
});

test('a segment without words is reviewed as a whole, and done with once it is typed into', async () => {
  const { words, ...bare } = makeSegment(1, [[' Not so sure.', 2, 3]], { avgLogprob: -2 });
  expect(words).toHaveLength(1);
  await open({ segments: [segments[0]!, bare] });
  await page.getByRole('button', { name: 'Review uncertain words' }).click();
  const review = page.getByTestId('review');
  await review.getByRole('button', { name: 'Fine' }).click();
  await expect.element(review).toHaveTextContent(/Not so sure\..*14 % sure · 1 of 1/);
  await review.getByRole('button', { name: 'Edit' }).click();
  await userEvent.keyboard(' Sure.{Escape}');
  await expect.element(review).toHaveTextContent('Nothing left to check.');
  expect(texts()[1]).toBe('Not so sure. Sure.');
});

describe('playing', () => {
  const audio = (): File => wavFile([new Int16Array(5 * 8000)], 8000);
  const media = (): HTMLElement => page.getByTestId('transport').element() as HTMLElement;

  test('a click on a word plays from it, and the word is marked while it is heard', async () => {
    await open({}, audio());
    await expect.element(page.getByTestId('transport')).toBeVisible();
    await page.getByText('slowly.', { exact: true }).click();
    await expect.element(page.getByRole('button', { name: 'Pause' })).toBeVisible();
    await expect.poll(() => document.querySelector('.spoken')?.textContent).toBe('slowly.');
    await page.getByRole('button', { name: 'Pause' }).click();
    expect(media().textContent).toMatch(/0:0[2-4]/);
  });

  test('a loop plays its segment again, to the end of the recording too', async () => {
    await open({}, wavFile([new Int16Array(4 * 8000)], 8000));
    await row(2)
      .getByRole('button', { name: /^Play from/ })
      .click();
    await userEvent.keyboard('{Shift>}L{/Shift}');
    await expect
      .element(page.getByRole('button', { name: 'Loop this segment' }))
      .toHaveAttribute('aria-pressed', 'true');
    const seen: string[] = [];
    const spoken = (): string => document.querySelector('.spoken')?.textContent ?? '';
    await expect
      .poll(
        () => {
          if (spoken() !== '' && spoken() !== seen.at(-1)) seen.push(spoken());
          return seen.join(' ');
        },
        { interval: 20 },
      )
      .toMatch(/The end\. The end\./);
  });

  test('keys make it faster and slower by what can be chosen', async () => {
    await open({}, audio());
    const speed = page.getByRole('combobox', { name: 'Speed' });
    await userEvent.selectOptions(speed, '2×');
    page.getByRole('button', { name: 'Find and replace' }).element().focus();
    await userEvent.keyboard(']');
    await expect.element(speed).toHaveValue('2.5');
    await userEvent.keyboard('[[[[');
    await expect.element(speed).toHaveValue('1.75');
  });

  test('without audio it says that the text can be edited', async () => {
    await open();
    await expect.element(page.getByText(/^The audio was not kept/)).toBeVisible();
    expect(page.getByTestId('transport').elements()).toHaveLength(0);
  });
});
