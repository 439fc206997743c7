/** Pictures for the README and for looking at: run by `npm run screenshots` only. */
import { closeSync, mkdirSync, openSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { controls } from '../../renderer/src/copy/controls.ts';
import { firstStepsCopy } from '../../renderer/src/copy/first-steps.ts';
import { recordsCopy } from '../../renderer/src/copy/records.ts';
import { expect, test } from './support/launch.ts';
import { askedClaim, button, go, lock, lockCopy, openVault, PASSPHRASE, pasteRequest, requestsCopy, rescueCopy, securityCopy, unlock, wouldLeave } from './support/screens.ts';
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
    for (const screen of ['home', 'profile', 'sources', 'companies', 'breathing', 'activity', 'learn', 'settings'] as const) {
      await go(page, screen);
      await expect(page.getByRole('main').getByText(controls.loading, { exact: true })).toHaveCount(0);
      await shoot(page, `${screen}-${colorScheme}`);
      // As it is once the first steps are known.
      if (screen === 'home') {
        await button(page, firstStepsCopy.hide).click();
        await button(page, controls.dismiss).first().click();
        await expect(page.locator('.home .wheel').first()).toBeInViewport();
        await shoot(page, `${screen}-${colorScheme}`);
      }
      if (screen === 'profile') await page.locator('.profile-wheel').screenshot({ path: join(folder, `picture-wheel-${colorScheme}.png`) });
      if (screen === 'activity') await page.locator('.time').first().screenshot({ path: join(folder, `picture-timeline-${colorScheme}.png`) });
    }
    for (const tab of ['permissions', 'known', 'patterns', 'opinions'] as const) {
      await page.evaluate((to) => { window.location.hash = `#/${to}`; }, tab);
      await page.waitForTimeout(200);
      await expect(page.getByRole('main').getByText(controls.loading, { exact: true })).toHaveCount(0);
      await shoot(page, `${tab}-${colorScheme}`);
      if (tab === 'known') await page.locator('.crowd').first().screenshot({ path: join(folder, `picture-crowd-${colorScheme}.png`) });
    }
    await page.keyboard.press('/');
    await expect(page.getByRole('list', { name: recordsCopy.list }).getByRole('listitem').first()).toBeVisible();
    await shoot(page, `records-${colorScheme}`);
  });
}

/** All of it, also what is below the edge of the window. */
const shootAll = async (page: Page, name: string): Promise<void> => {
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled', fullPage: true });
};

test('@screenshots of Security and of the ways back', async ({ page, app }) => {
  await openVault(page);
  await go(page, 'security');
  await button(page, securityCopy.backupAction).click();
  await expect(page.getByText(/written and opened once to check it/u)).toBeVisible();
  await page.getByLabel(securityCopy.every).selectOption('weekly');
  await expect(page.getByText(/^The next one is due/u)).toBeVisible();
  await button(page, securityCopy.check).click();
  await expect(page.getByText(/^Last checked/u)).toBeVisible();
  for (const [width, colorScheme] of [[1280, 'light'], [900, 'dark']] as const) {
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await shootAll(page, `security-${width}-${colorScheme}`);
  }
  await lock(page);
  const path = join(app.folder, 'vault', 'vault.db');
  const file = openSync(path, 'r+');
  for (let at = 96; at * 4096 + 2_000 < statSync(path).size; at++) writeSync(file, Buffer.alloc(64, 1), 0, 64, at * 4096 + 1_000);
  closeSync(file);
  await unlock(page);
  await expect(page.getByRole('alert')).toBeVisible();
  await shootAll(page, 'damaged');
  await button(page.getByRole('alert'), rescueCopy.toRestore).click();
  await shootAll(page, 'restore');
  await button(page, rescueCopy.back).click();
  await page.getByText(rescueCopy.help, { exact: true }).click();
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.emulateMedia({ colorScheme: 'light' });
  await shootAll(page, 'locked-help');
  await button(page, rescueCopy.toRecover).first().click();
  await page.getByLabel(rescueCopy.ownPassphrase, { exact: true }).fill(PASSPHRASE);
  await shootAll(page, 'recover');
  await button(page, rescueCopy.recoverAction).click();
  await expect(page.getByText(rescueCopy.partly)).toBeVisible();
  await shootAll(page, 'recovered');
});
