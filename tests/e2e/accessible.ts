import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** Axe finds nothing in what is on top, the open dialog or else the page, and nothing there is too wide for it. */
export async function expectAccessible(page: Page, what = 'what is shown'): Promise<void> {
  const axe = new AxeBuilder({ page });
  const dialog = page.locator('dialog[open]').last();
  const covered = await dialog.isVisible();
  const { violations } = await (covered ? axe.include('dialog[open]') : axe).analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((n) => n.html).join(' ')}`);
  expect(found, what).toEqual([]);
  const overflow = await (covered ? dialog : page.locator('html')).evaluate(
    (element) => element.scrollWidth - element.clientWidth,
  );
  expect(overflow, `${what}: too wide`).toBeLessThanOrEqual(0);
}
