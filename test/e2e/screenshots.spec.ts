/** Pictures for the README and for looking at: run by `npm run screenshots` only. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { controls } from '../../renderer/src/copy/controls.ts';
import { expect, test } from './support/launch.ts';
import { askedClaim, button, go, lockCopy, openVault, pasteRequest, requestsCopy, wouldLeave } from './support/screens.ts';
import { createShop } from './support/shop.ts';

test.use({ startWith: 'records' });

const folder = process.env['PENCHANT_SCREENSHOTS'] ?? 'test-results/screenshots';

async function shoot(page: Page, name: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
}

for (const colorScheme of ['light', 'dark'] as const) {
  test(`@screenshots of the screens, ${colorScheme}`, async ({ page }) => {
    const shop = await createShop();
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await expect(button(page, lockCopy.unlock)).toBeVisible();
    await shoot(page, `locked-${colorScheme}`);
    await openVault(page);
    await pasteRequest(page, await shop.ask(), shop.name);
    await askedClaim(page, 'interest').check();
    await askedClaim(page, 'genre').check();
    await expect(wouldLeave(page).getByText(requestsCopy.leavesLead)).toBeVisible();
    await shoot(page, `request-${colorScheme}`);
    await button(page, requestsCopy.allow).click();
    await expect(page.getByRole('heading', { name: requestsCopy.allowed, exact: true })).toBeVisible();
    for (const screen of ['home', 'profile', 'sources', 'companies', 'activity', 'settings'] as const) {
      await go(page, screen);
      await shoot(page, `${screen}-${colorScheme}`);
    }
  });
}

test.describe('after a full life', () => {
  test.use({ startWith: 'life' });
  test.setTimeout(480_000);

  test('@screenshots of a large vault', async ({ page }) => {
    await openVault(page);
    // Nothing is pointed at in a picture.
    await page.mouse.move(0, 0);
    for (const [width, height] of [[1280, 800], [900, 700]] as const) {
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.setViewportSize({ width, height });
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
        for (const screen of ['home', 'profile', 'activity', 'companies'] as const) {
          await go(page, screen);
          await expect(page.getByRole('main').getByText(controls.loading, { exact: true })).toHaveCount(0);
          await shoot(page, `large-${screen}-${width}-${colorScheme}`);
        }
      }
    }
  });
});
