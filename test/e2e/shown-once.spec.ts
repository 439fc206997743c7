/** What comes from outside of the page at the worst moment: it takes nothing away that is shown once, nothing of it is lost, and what somebody else stored opens nothing. */
import type { Page } from '@playwright/test';
import { appCopy } from '../../renderer/src/copy/app.ts';
import { controls } from '../../renderer/src/copy/controls.ts';
import { errorWords } from '../../renderer/src/copy/errors.ts';
import { keysCopy } from '../../renderer/src/copy/keys.ts';
import { settingsCopy } from '../../renderer/src/copy/settings.ts';
import { expect, test } from './support/launch.ts';
import { button, go, heading, homeCopy, lockCopy, openVault, PASSPHRASE, profileCopy, recoveryCopy, requestsCopy, securityCopy, unlock } from './support/screens.ts';
import { createShop } from './support/shop.ts';
import { standInWire } from './support/wire.ts';

test.use({ startWith: 'records' });

const words = (page: Page) => page.getByRole('list', { name: recoveryCopy.gridLabel }).getByRole('listitem');

async function askForPhrase(page: Page): Promise<void> {
  await go(page, 'security');
  await button(page, securityCopy.renew).click();
  await page.getByRole('dialog').getByLabel(keysCopy.proofPassphrase, { exact: true }).fill(PASSPHRASE);
  await button(page.getByRole('dialog'), securityCopy.renewAction).click();
}

test('a link, a notice and a language chosen elsewhere leave a recovery phrase on the screen, also while it is made, and follow when it is put away', async ({ page }) => {
  const wire = await standInWire(page), shop = await createShop();
  await page.reload();
  await openVault(page);
  // Asked for and not there yet: the old one is of no use already.
  wire.hold('vault.renewRecovery');
  await askForPhrase(page);
  await page.waitForTimeout(300);
  wire.send('screen.wanted', { screen: 'requests' });
  wire.send('link.opened', { text: `penchant://request?request=${await shop.ask()}` });
  await page.waitForTimeout(500);
  wire.release();
  await expect(words(page)).toHaveCount(24);
  wire.send('screen.wanted', { screen: 'breathing' });
  wire.rewrite('settings.get', (settings) => ({ ...settings as object, language: 'fr' }));
  wire.send('settings.changed', {});
  await page.waitForTimeout(800);
  await expect(words(page)).toHaveCount(24);
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');

  await button(page.getByRole('dialog'), controls.close).click();
  // The page starts anew in the language; the request is there.
  await expect(page.locator('html')).toHaveAttribute('lang', 'fr');
  await expect(page.getByRole('heading', { level: 1, name: new RegExp(shop.name, 'u') })).toBeVisible();
});

test('a link answered late does not take the phrase away either', async ({ page }) => {
  const wire = await standInWire(page), shop = await createShop();
  await page.reload();
  await openVault(page);
  wire.hold('requests.open');
  wire.send('link.opened', { text: `penchant://request?request=${await shop.ask()}` });
  await askForPhrase(page);
  await expect(words(page)).toHaveCount(24);
  wire.release();
  await page.waitForTimeout(500);
  await expect(words(page)).toHaveCount(24);
  await button(page.getByRole('dialog'), controls.close).click();
  await expect(heading(page, requestsCopy.asks(shop.name))).toBeVisible();
});

test('a link that came while the vault was locked outlasts a language chosen there', async ({ page }) => {
  const wire = await standInWire(page), shop = await createShop();
  await page.reload();
  const language = page.getByRole('combobox', { name: settingsCopy.language });
  await expect(language).toBeVisible();
  wire.send('link.opened', { text: `penchant://request?request=${await shop.ask()}` });
  await language.selectOption('de');
  await expect(page.locator('html')).toHaveAttribute('lang', 'de');
  await page.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: new RegExp(shop.name, 'u') })).toBeVisible();
  expect(await page.evaluate(() => window.sessionStorage.getItem('penchant.link'))).toBeNull();
});

test('what another program of the origin put where a link is kept is read once, and opens nothing that is no request', async ({ page }) => {
  await expect(heading(page, lockCopy.title)).toBeVisible();
  await page.evaluate(() => { window.sessionStorage.setItem('penchant.link', 'javascript:alert(1)'); });
  await page.reload();
  await unlock(page);
  await expect(page.getByText(errorWords('ERR_REQUEST_INVALID').title)).toBeVisible();
  await button(page.getByRole('dialog'), controls.close).click();
  await expect(heading(page, homeCopy.title)).toBeVisible();
  await page.reload();
  await expect(page.getByRole('navigation', { name: appCopy.navLabel })).toBeVisible();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  // One that would make the vault call somebody asks first, as any link does.
  await page.evaluate(() => { window.sessionStorage.setItem('penchant.link', 'penchant://request?request_uri=https%3A%2F%2Fshop.example%2Fr'); });
  await page.reload();
  await expect(heading(page, appCopy.fetchLink.title)).toBeVisible();
});

test('what was typed or opened is not there again', async ({ page }) => {
  await openVault(page);
  await go(page, 'profile');
  await page.getByLabel(profileCopy.kind).selectOption('genre');
  await page.getByRole('searchbox', { name: profileCopy.search }).fill('pregnancy');
  await page.waitForTimeout(800);
  await page.keyboard.press('Control+l');
  // Once the program that saw the vault has ended and the next one answers.
  await expect(heading(page, lockCopy.title)).toBeVisible();
  await page.evaluate(() => { window.history.replaceState(null, '', window.location.pathname); });
  await page.reload();
  await unlock(page);
  await expect(heading(page, profileCopy.title)).toBeVisible();
  await expect(page.getByLabel(profileCopy.kind)).toHaveValue('genre');
  await expect(page.getByRole('searchbox', { name: profileCopy.search })).toHaveValue('');
});
