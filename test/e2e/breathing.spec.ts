/** Breathing space as a person uses it, with a company at the other end: what is said there is what the company meets. */
import { breathingCopy } from '../../renderer/src/copy/breathing.ts';
import { topicsCopy } from '../../renderer/src/copy/topics.ts';
import { wheelCopy } from '../../renderer/src/copy/wheel.ts';
import { expectAccessible } from './support/accessible.ts';
import { expect, test } from './support/launch.ts';
import { askedClaim, button, go, heading, openVault, pasteRequest, requestsCopy, shownToken } from './support/screens.ts';
import { createShop, refusalOf } from './support/shop.ts';

test.use({ startWith: 'records' });

test('a break, quiet hours, limits and quiet areas bite at once and are seen where companies are', async ({ page, app }) => {
  const redeeming = { at: app.redemptionUrl, purpose: 'recommendations' } as const;
  const shop = await createShop();
  await openVault(page);
  await pasteRequest(page, await shop.ask(), shop.name);
  await askedClaim(page, 'interest').check();
  await button(page, requestsCopy.allow).click();
  await expect(heading(page, requestsCopy.allowed)).toBeVisible();
  const token = await shownToken(page, shop.name);
  const ask = () => shop.company.redeem(token, redeeming);
  const before = (await ask()).claims.interest ?? [];
  expect(before.length).toBeGreaterThan(1);

  await go(page, 'breathing');
  await expect(page.getByText(breathingCopy.today(1, [{ name: shop.name, answers: 1 }]))).toBeVisible();
  await expectAccessible(page, 'breathing space');

  await button(page, breathingCopy.pauseFor.open).click();
  await expect(page.getByText(breathingCopy.paused)).toBeVisible();
  expect(await refusalOf(ask)).toBe('ERR_SLOW_DOWN');
  await go(page, 'home');
  await expect(page.getByText(breathingCopy.paused)).toBeVisible();
  await page.getByRole('link', { name: breathingCopy.look }).click();
  await button(page, breathingCopy.endPause).click();
  await expect(button(page, breathingCopy.pauseFor.open)).toBeVisible();
  await ask();

  await go(page, 'companies');
  await page.getByRole('link', { name: new RegExp(shop.name, 'u') }).first().click();
  // With a second permission, holding the company is more than pausing one.
  await expect(button(page, breathingCopy.holdAll)).toHaveCount(0);
  await pasteRequest(page, await shop.ask(), shop.name);
  await askedClaim(page, 'interest').check();
  await button(page, requestsCopy.allow).click();
  await page.getByRole('link', { name: requestsCopy.toCompany(shop.name) }).click();
  await page.getByRole('link', { name: shop.name, exact: true }).click();
  await button(page, breathingCopy.holdAll).click();
  await expect(page.getByText(breathingCopy.held(shop.name))).toBeVisible();
  expect(await refusalOf(ask)).toBe('ERR_SLOW_DOWN');
  await expectAccessible(page, 'a company on hold');
  await go(page, 'breathing');
  await button(page, `${breathingCopy.release}: ${shop.name}`).click();
  await expect(page.getByText(breathingCopy.holds)).toHaveCount(0);
  await ask();

  const hours = page.getByRole('switch', { name: breathingCopy.hoursSwitch });
  await hours.click();
  await page.getByLabel(breathingCopy.from, { exact: true }).fill('00:00');
  await page.getByLabel(breathingCopy.to, { exact: true }).fill('00:00');
  await expect(page.getByText(breathingCopy.allDay)).toBeVisible();
  await button(page, breathingCopy.saveHours).click();
  await expect(page.getByText(breathingCopy.quietNow)).toBeVisible();
  expect(await refusalOf(ask)).toBe('ERR_SLOW_DOWN');
  await hours.click();
  await expect(page.getByText(breathingCopy.quietNow)).toBeHidden();

  await button(page, breathingCopy.add).click();
  const dialog = page.getByRole('dialog');
  const area = before[0];
  await dialog.getByRole('searchbox', { name: topicsCopy.search }).fill(area?.label ?? '');
  await dialog.getByRole('radio', { name: new RegExp(`^${area?.label ?? ''}`, 'u') }).first().check();
  await dialog.getByLabel(breathingCopy.howLong).selectOption({ label: breathingCopy.until.date });
  await dialog.getByLabel(breathingCopy.untilDay).fill('2020-01-01');
  await expect(dialog.getByText(breathingCopy.dayPast)).toBeVisible();
  await expect(button(dialog, breathingCopy.addAction)).toBeDisabled();
  await dialog.getByLabel(breathingCopy.howLong).selectOption({ label: breathingCopy.until.month });
  await expectAccessible(page, 'keeping an area quiet');
  await button(dialog, breathingCopy.addAction).click();
  await expect(dialog).toBeHidden();
  expect((await ask()).claims.interest?.map(({ node }) => node)).not.toContain(area?.node);
  await button(page, new RegExp(`^${breathingCopy.again}`, 'u')).click();
  await expect(page.getByText(breathingCopy.noAreas)).toBeVisible();
  expect((await ask()).claims.interest?.map(({ node }) => node)).toContain(area?.node);

  await page.getByLabel(breathingCopy.perCompanyDay).selectOption({ label: breathingCopy.answers(5) });
  await expect(page.getByText(breathingCopy.today(5, [{ name: shop.name, answers: 5 }]))).toBeVisible();
  expect(await refusalOf(ask)).toBe('ERR_SLOW_DOWN');
  await go(page, 'activity');
  await expect(page.getByText('it had got as many answers that day as you allow one company', { exact: false }).first()).toBeVisible();
});

test('an area kept quiet is striped in the wheel, and says so there and in its table', async ({ page }) => {
  await openVault(page);
  await go(page, 'breathing');
  await button(page, breathingCopy.add).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('searchbox', { name: topicsCopy.search }).fill('Food and drink');
  await dialog.getByRole('radio', { name: /^Food and drink/u }).first().check();
  await button(dialog, breathingCopy.addAction).click();
  await expect(dialog).toBeHidden();
  await go(page, 'profile');
  await expect(page.getByRole('link', { name: /^Food and drink: \d+ known, .*Kept quiet now/u })).toBeVisible();
  await expect(page.locator('.wheel-muted').first()).toBeVisible();
  await expectAccessible(page, 'a wheel with an area kept quiet');
  await page.getByText(wheelCopy.asTable, { exact: true }).click();
  await expect(page.getByRole('row', { name: /Food and drink/u })).toContainText('Kept quiet');
});
