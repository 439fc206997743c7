/** The practice shop: started from the app, it asks, is answered and is ended like any company; gone with the open vault. */
import { careCopy } from '../../renderer/src/copy/care.ts';
import { ERROR_WORDS } from '../../renderer/src/copy/errors.ts';
import { firstStepsCopy } from '../../renderer/src/copy/first-steps.ts';
import { learnCopy } from '../../renderer/src/copy/learn.ts';
import { practiceCopy } from '../../renderer/src/copy/practice.ts';
import { settingsCopy } from '../../renderer/src/copy/settings.ts';
import { expectAccessibleEverywhere } from './support/accessible.ts';
import { expect, test } from './support/launch.ts';
import { askedClaim, button, companiesCopy, go, heading, importSamples, lock, requestsCopy, unlock } from './support/screens.ts';

test.use({ startWith: 'vault' });

test('a newcomer lets the practice shop ask, narrows what it gets, and ends it', async ({ page }) => {
  await unlock(page);
  await go(page, 'sources');
  await importSamples(page);
  await go(page, 'home');
  await page.getByRole('link', { name: `${firstStepsCopy.steps.ask.title}: ${firstStepsCopy.steps.ask.action}` }).click();
  await expectAccessibleEverywhere(page, 'Requests with nothing but the practice shop');
  await button(page, practiceCopy.start).click();
  const link = page.getByRole('link', { name: practiceCopy.go });
  await expect(link).toBeFocused();
  const [shop] = await Promise.all([page.context().waitForEvent('page'), link.click()]);
  await button(shop, 'Ask my vault').click();
  await button(shop, 'Send to the vault on this computer').click();

  await page.getByRole('link', { name: `${requestsCopy.look}: Lantern & Oak` }).click();
  await askedClaim(page, 'interest').check();
  await askedClaim(page, 'price_band').check();
  await button(page, requestsCopy.allow).click();
  await expect(shop.getByText('Your shelves are sorted for you.')).toBeVisible({ timeout: 30_000 });
  await expect(shop.getByText(/^We know \d+ things? about you/u)).toBeVisible();

  await go(page, 'companies');
  await page.getByRole('link', { name: /Lantern & Oak/u }).first().click();
  await button(page, companiesCopy.narrow).click();
  await button(page.getByRole('dialog'), careCopy.coarser).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await button(page, companiesCopy.revoke).click();
  await button(page.getByRole('dialog'), companiesCopy.revokeAction('Lantern & Oak')).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await button(shop, 'Ask again').click();
  await expect(shop.getByText('This has ended')).toBeVisible();

  // It is found again, and is closed when the vault is.
  await go(page, 'learn');
  await expect(heading(page, learnCopy.title)).toBeVisible();
  await button(page, practiceCopy.start).click();
  const again = page.getByRole('link', { name: practiceCopy.go }), url = await again.getAttribute('href') ?? '';
  expect((await fetch(url)).status).toBe(200);
  await lock(page);
  await expect.poll(() => fetch(url).then(() => 'open', () => 'closed')).toBe('closed');
});

test('where programs may not ask, the practice shop says why it does not open', async ({ page }) => {
  await unlock(page);
  await go(page, 'settings');
  await page.getByRole('switch', { name: settingsCopy.loopback }).click();
  await page.evaluate(() => { window.location.hash = '#/requests'; });
  await button(page, practiceCopy.start).click();
  await expect(page.getByText(ERROR_WORDS.ERR_LOOPBACK_OFF.title)).toBeVisible();
});
