import { expectAccessible } from './accessible';
import { expect, test, type Locator, type Page } from './test';
import { readFileSync } from 'node:fs';
import { recording } from './goldens';
import { SITES } from './sites';

/** Five sentences with up to 25 s of silence between them. */
const FILE = 'en_sparse.flac';
const truth = JSON.parse(readFileSync(recording('truth.json'), 'utf8')) as Record<
  string,
  { readonly segments: readonly { readonly start: number; readonly end: number }[] }
>;
const said = truth[FILE]!.segments;

async function open(page: Page): Promise<Locator> {
  await page.goto(`${SITES.isolated}?device=wasm&dtype=q8`);
  await page.locator('input[type=file]').first().setInputFiles(recording(FILE));
  const waveform = page.getByRole('slider', { name: 'Waveform' });
  await expect(waveform).toBeVisible();
  return waveform;
}

test('speech is drawn apart from silence, in the colours of the theme', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  const waveform = await open(page);
  const durationSec = Number(await waveform.getAttribute('aria-valuemax'));
  const firstEnd = said[0]!.end;
  const speech = (said[0]!.start + firstEnd) / 2 / durationSec;
  const silence = (firstEnd + said[1]!.start) / 2 / durationSec;
  const bars = waveform.locator('.canvases canvas').first();
  const wash = waveform.getByTestId('speech');
  const expectApart = async () => {
    await expect.poll(async () => (await columnAt(bars, speech)).inked).toBeGreaterThan(0);
    await expect
      .poll(
        async () =>
          (await columnAt(bars, speech)).inked / ((await columnAt(bars, silence)).inked || 1),
      )
      .toBeGreaterThan(4);
    await expect
      .poll(async () => String((await columnAt(wash, speech)).edge))
      .not.toBe(String((await columnAt(wash, silence)).edge));
  };
  await expectApart();
  const light = await columnAt(wash, speech);
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect.poll(async () => (await columnAt(wash, speech)).edge).not.toEqual(light.edge);
  await page.setViewportSize({ width: 390, height: 844 });
  await expect.poll(async () => (await columnAt(wash, speech)).fits).toBe(true);
  await expectApart();
});

test('a click, a drag and the keys seek', async ({ page }) => {
  const waveform = await open(page);
  const durationSec = Number(await waveform.getAttribute('aria-valuemax'));
  const box = (await waveform.boundingBox())!;
  const expectAt = (sec: number) =>
    expect
      .poll(async () => Math.abs(Number(await waveform.getAttribute('aria-valuenow')) - sec))
      .toBeLessThan(0.3);
  await page.mouse.click(box.x + box.width / 4, box.y + 20);
  await expectAt(durationSec / 4);
  await page.mouse.move(box.x + box.width / 4, box.y + 20);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2, box.y + 20, { steps: 4 });
  await page.mouse.up();
  await expectAt(durationSec / 2);
  await page.mouse.move(box.x + 10, box.y + 20);
  await waveform.focus();
  for (const [key, sec] of [
    ['ArrowRight', durationSec / 2 + 5],
    ['ArrowLeft', durationSec / 2],
    ['PageUp', durationSec / 2 + 30],
    ['End', durationSec],
    ['Home', 0],
  ] as const) {
    await page.keyboard.press(key);
    await expectAt(sec);
  }
  await page.keyboard.press('ArrowUp');
  await expect(waveform).toHaveAttribute('aria-valuetext', /^0:05 of \d+:\d\d$/);
});

test('axe finds nothing', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await open(page);
  await expectAccessible(page);
});

interface Column {
  /** How many pixels differ from that one. */
  readonly inked: number;
  /** The colour at the upper edge, in the middle of the strip: what is behind the wave. */
  readonly edge: readonly number[];
  /** Whether the canvas has one pixel for each of the screen. */
  readonly fits: boolean;
}

/** What is drawn in a strip of 9 pixels at `part` of a canvas' width. */
function columnAt(drawing: Locator, part: number): Promise<Column> {
  return drawing.evaluate((element, at) => {
    const canvas = element as HTMLCanvasElement;
    const x = Math.round(at * canvas.width) - 4;
    const { data } = canvas.getContext('2d')!.getImageData(x, 0, 9, canvas.height);
    const edge = [...data.slice(4 * 4, 5 * 4)];
    let inked = 0;
    for (let i = 0; i < data.length; i += 4)
      if (edge.some((value, channel) => value !== data[i + channel])) inked++;
    const fits = canvas.width === Math.round(canvas.clientWidth * devicePixelRatio);
    return { inked, edge, fits };
  }, part);
}
