/** The log in the app: checked, given to a company as a receipt it can check, and partly deleted. */
import { readFileSync } from 'node:fs';
import { activityCopy } from '../../renderer/src/copy/activity.ts';
import { controls } from '../../renderer/src/copy/controls.ts';
import { logTimeline } from '../../renderer/src/copy/pictures.ts';
import { verifyReceipt } from '../../sdk/src/index.ts';
import { expectAccessible } from './support/accessible.ts';
import { expect, test } from './support/launch.ts';
import { askedClaim, button, companiesCopy, go, heading, openVault, pasteRequest, requestsCopy, shownToken } from './support/screens.ts';
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
  const [table] = await Promise.all([page.waitForEvent('download'), button(page, activityCopy.save).click()]);
  const rows = readFileSync(await table.path(), 'utf8').trimEnd().split('\r\n');
  // What is filtered is what is saved, the newest first.
  expect([table.suggestedFilename(), rows.length]).toEqual([activityCopy.fileName, 3]);
  expect(rows.slice(1).map((row) => row.split('","').slice(1, 4))).toEqual([[expect.stringContaining('You allowed'), shop.name, shop.company.companyId], [expect.stringContaining('asked about'), shop.name, shop.company.companyId]]);
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

test('the timeline of the log is read by keys, looked into, and narrows the list', async ({ page, app }) => {
  const shop = await createShop();
  await openVault(page);
  await pasteRequest(page, await shop.ask(), shop.name);
  await askedClaim(page, 'interest').check();
  await button(page, requestsCopy.allow).click();
  const token = await shownToken(page, shop.name);
  for (let i = 0; i < 3; i++) await shop.company.redeem(token, { at: app.redemptionUrl, purpose: 'recommendations' });
  await go(page, 'activity');
  const plot = page.getByRole('group', { name: logTimeline.title, exact: true });
  const last = plot.getByRole('button').last();
  await expect(last).toHaveAttribute('aria-label', new RegExp(logTimeline.words.answered(3), 'u'));
  await expectAccessible(page, 'Activity with its timeline');
  // One stop for the keyboard, and the arrows within.
  await expect(plot.locator('button[tabindex="0"]')).toHaveCount(1);
  // Without answers the bar says less; the table says it all.
  await page.getByLabel(logTimeline.kinds.answered, { exact: true }).uncheck();
  await expect(last).not.toHaveAttribute('title', new RegExp(logTimeline.words.answered(3), 'u'));
  await page.getByLabel(logTimeline.kinds.answered, { exact: true }).check();
  await page.getByText(controls.asTable).click();
  await expect(page.getByRole('table', { name: logTimeline.title })).toContainText('3');
  await last.press('Enter');
  await expect(page.getByText(new RegExp('^From ', 'u'))).toBeVisible();
  await button(page, logTimeline.all).click();
  await expect(page.getByText(new RegExp('^From ', 'u'))).toHaveCount(0);
});
