/** The accessibility check every screen must pass with nothing to report. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect } from './launch.ts';

/** Each size once and each theme once: colours do not depend on the width, nor the rest on the theme. */
const LOOKS = [{ width: 1280, height: 800, colorScheme: 'light' }, { width: 900, height: 700, colorScheme: 'dark' }] as const;

const LEVELS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** WCAG 2.2 A and AA, and axe's best practices. `what`: names the screen in the report. */
export async function expectAccessible(page: Page, what: string): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  // Without frames of others one run in the page itself says all, and needs no second tab; what passed is not listed, which takes half of the time.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
  const { violations } = await axe.withTags(LEVELS).analyze();
  const found = violations.map(({ id, help, nodes }) => ({ id, help, where: nodes.slice(0, 5).map((node) => `${node.target.join(' ')}: ${node.failureSummary ?? ''}`) }));
  expect.soft(found, `accessibility of ${what}`).toEqual([]);
}

/** The page as it stands: in both themes, at the size it is designed for and at the narrowest promised; and never wider than the window. Leaves it light and wide. */
export async function expectAccessibleEverywhere(page: Page, what: string): Promise<void> {
  for (const { width, height, colorScheme } of LOOKS) {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await expectAccessible(page, `${what}, ${colorScheme}, ${width} pixels`);
    expect.soft(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), `${what} scrolls sideways at ${width} pixels`).toBeLessThanOrEqual(0);
  }
  await page.setViewportSize({ width: 1280, height: 800 });
}
