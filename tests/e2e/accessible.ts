import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** The rules of axe that a theme can break; all others see the same in both. */
const RULES_OF_COLOUR = ['color-contrast', 'link-in-text-block'];

/**
 * Axe finds nothing in what is on top, the open dialog or else the page, light and dark, and nothing there is too wide for
 * it. Motion is reduced and the theme light afterwards.
 */
export async function expectAccessible(page: Page, what = 'what is shown'): Promise<void> {
  const dialog = page.locator('dialog[open]').last();
  const covered = await dialog.isVisible();
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const axe = new AxeBuilder({ page });
    if (covered) axe.include('dialog[open]');
    if (colorScheme === 'dark') axe.withRules(RULES_OF_COLOUR);
    const { violations } = await axe.analyze();
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((n) => n.html).join(' ')}`);
    expect(found, `${what}, ${colorScheme}`).toEqual([]);
  }
  const overflow = await (covered ? dialog : page.locator('html')).evaluate(
    (element) => element.scrollWidth - element.clientWidth,
  );
  expect(overflow, `${what}: too wide`).toBeLessThanOrEqual(0);
}
