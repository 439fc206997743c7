/** The accessibility check every screen must pass with nothing to report. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
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
  const { violations } = await axe.withTags(LEVELS).analyze(), hasBar = await page.locator('.consent-decide').count() > 0;
  // What lies half under the bar of a decision is a matter of how far was scrolled.
  const isHalfUnder = (id: string, summary = ''): boolean => id === 'target-size' && summary.includes('partially obscured') && hasBar;
  const found = violations.map((violation) => ({ ...violation, nodes: violation.nodes.filter(({ failureSummary }) => !isHalfUnder(violation.id, failureSummary)) })).filter(({ nodes }) => nodes.length > 0).map(({ id, help, nodes }) => ({ id, help, where: nodes.slice(0, 5).map((node) => `${node.target.join(' ')}: ${node.failureSummary ?? ''}`) }));
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
  if (process.env['PENCHANT_SCREENSHOTS'] !== undefined) await shootState(page, what, process.env['PENCHANT_SCREENSHOTS']);
  await page.setViewportSize({ width: 1280, height: 800 });
}

/** `npm run screenshots`: the page in both themes and at both sizes, beside one another in one picture. Leaves it dark and narrow. */
async function shootState(page: Page, what: string, folder: string): Promise<void> {
  const looks: { readonly width: number; readonly data: string }[] = [];
  for (const [width, height] of [[1280, 800], [900, 700]] as const) {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.evaluate(() => document.fonts.ready.then(() => undefined));
      looks.push({ width, data: (await page.screenshot({ animations: 'disabled' })).toString('base64') });
    }
  }
  const sheet = await page.context().browser()?.newPage({ viewport: { width: 1340, height: 900 } });
  if (!sheet) return;
  await sheet.setContent(`<body style="margin:0"><div id="sheet" style="display:grid;grid-template-columns:1fr 1fr;gap:8px;width:1340px;background:#888">${looks.map(({ width, data }) => `<img style="width:${width / 1280 * 666}px" src="data:image/png;base64,${data}">`).join('')}</div>`);
  await sheet.locator('img').last().evaluate((image: HTMLImageElement) => image.decode());
  mkdirSync(join(folder, 'states'), { recursive: true });
  await sheet.locator('#sheet').screenshot({ path: join(folder, 'states', `${what.toLowerCase().replaceAll(/[^a-z0-9]+/gu, '-').replaceAll(/^-|-$/gu, '')}.jpg`), type: 'jpeg', quality: 60 });
  await sheet.close();
}
