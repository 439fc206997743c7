/** The log in the app: checked, given to a company as a receipt it can check, and partly deleted. */
import { readFileSync } from 'node:fs';
import { activityCopy } from '../../renderer/src/copy/activity.ts';
import { verifyReceipt } from '../../sdk/src/index.ts';
import { expectAccessible } from './support/accessible.ts';
import { expect, test } from './support/launch.ts';
import { askedClaim, button, companiesCopy, go, heading, openVault, pasteRequest, requestsCopy } from './support/screens.ts';
import { createShop } from './support/shop.ts';

test.use({ startWith: 'records' });

test('a company is given a receipt, and its history is then deleted', async ({ page }) => {
  const shop = await createShop();
  await openVault(page);
  await pasteRequest(page, await shop.ask(), shop.name);
  await askedClaim(page, 'interest').check();
  await button(page, requestsCopy.allow).click();
  await expect(heading(page, requestsCopy.allowed)).toBeVisible();

  await go(page, 'companies');
  await page.getByRole('link', { name: new RegExp(shop.name, 'u') }).first().click();
  await expect(button(page, companiesCopy.receipt)).toBeVisible();
  await expectAccessible(page, 'a company with a receipt');
  const saving = page.waitForEvent('download');
  await button(page, companiesCopy.receipt).click();
  const saved = await saving;
  expect(saved.suggestedFilename()).toMatch(/^receipt-.*\.json$/u);
  const receipt = await verifyReceipt(readFileSync(await saved.path(), 'utf8'), { companyId: shop.company.companyId });
  expect(receipt.entries.map(({ type }) => type)).toEqual(['request.granted']);

  await go(page, 'activity');
  await button(page, activityCopy.verify).click();
  await expect(page.getByText(activityCopy.verifiedLimits)).toBeVisible();
  await page.getByLabel(activityCopy.company, { exact: true }).selectOption({ label: shop.name });
  await button(page, activityCopy.forget).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText(activityCopy.forgetStays)).toBeVisible();
  await expectAccessible(page, 'deleting older history');
  await button(dialog, activityCopy.forgetAction(2)).click();
  await expect(dialog).toBeHidden();
  await page.getByLabel(activityCopy.company, { exact: true }).selectOption({ label: activityCopy.allCompanies });
  await expect(page.getByText('You deleted 2 entries from the log, all about one company.')).toBeVisible();
  await button(page, activityCopy.verify).click();
  await expect(page.getByText(activityCopy.verifiedForgotten(2))).toBeVisible();

  // Nothing here is a year old: there is nothing to press.
  await button(page, activityCopy.forget).click();
  await expect(dialog.getByText(activityCopy.forgetNothing)).toBeVisible();
  await expect(button(dialog, activityCopy.forgetAction(0))).toHaveAttribute('aria-disabled', 'true');
});
