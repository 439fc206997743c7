/** A company asks, is answered with what the person saw, and loses it again: the main job, in the app and over HTTP. */
import { appCopy } from '../../renderer/src/copy/app.ts';
import { expectAccessible } from './support/accessible.ts';
import { expect, test } from './support/launch.ts';
import { askedClaim, button, companiesCopy, go, heading, openVault, pasteRequest, requestsCopy, wouldLeave, shownToken } from './support/screens.ts';
import { createShop, refusalOf } from './support/shop.ts';

test.use({ startWith: 'records' });

test('a request is decided, redeemed over HTTP, seen in Activity, and ended', async ({ page, app }) => {
  const redeeming = { at: app.redemptionUrl, purpose: 'recommendations' } as const;
  const shop = await createShop();
  await openVault(page);
  await pasteRequest(page, await shop.ask(), shop.name);

  // Nothing is pre-ticked, and allowing nothing is not possible by accident.
  for (const claim of ['interest', 'genre', 'price_band'] as const) await expect(askedClaim(page, claim)).not.toBeChecked();
  await expect(wouldLeave(page).getByText(requestsCopy.leavesNothing)).toBeVisible();
  await expectAccessible(page, 'a request');
  await button(page, requestsCopy.allow).click();
  await expect(heading(page, requestsCopy.asks(shop.name))).toBeVisible();

  await askedClaim(page, 'interest').check();
  await expect(wouldLeave(page).getByText(requestsCopy.leavesLead)).toBeVisible();
  await expectAccessible(page, 'a request being decided');
  await button(page, requestsCopy.allow).click();
  await expect(heading(page, requestsCopy.allowed)).toBeVisible();
  await expectAccessible(page, 'allowed');
  const token = await shownToken(page, shop.name);
  expect(token.split('.')).toHaveLength(3);

  const answer = await shop.company.redeem(token, redeeming);
  expect(answer.claims.interest?.length).toBeGreaterThan(0);
  expect(answer.claims.genre).toBeUndefined();
  expect(answer.claims.price_band).toBeUndefined();
  expect((await shop.company.introspect(token, redeeming)).active).toBe(true);

  await go(page, 'activity');
  await expect(page.getByText(new RegExp(`^${shop.name} asked and got an answer`, 'u')).first()).toBeVisible();
  await expectAccessible(page, 'Activity');

  await go(page, 'companies');
  await expectAccessible(page, 'Companies');
  await page.getByRole('link', { name: new RegExp(shop.name, 'u') }).first().click();
  await expect(heading(page, shop.name)).toBeVisible();
  await expectAccessible(page, 'a company');
  await button(page, companiesCopy.revoke).click();
  await button(page.getByRole('dialog'), companiesCopy.revokeAction(shop.name)).click();
  await expect(page.getByText(companiesCopy.noGrants)).toBeVisible();

  expect(await refusalOf(() => shop.company.redeem(token, redeeming))).toBe('ERR_REFUSED_TOKEN');
  expect((await shop.company.introspect(token, redeeming)).active).toBe(false);
  await go(page, 'activity');
  await expect(page.getByText(`You ended what ${shop.name} may learn.`)).toBeVisible();
});

test('saying no ends the request, and the company learns nothing', async ({ page }) => {
  const shop = await createShop('Curious Books', 'books.example');
  await openVault(page);
  await pasteRequest(page, await shop.ask(), shop.name);
  await button(page, requestsCopy.deny).click();
  await expect(page.getByText(requestsCopy.denied(shop.name))).toBeVisible();
  await go(page, 'activity');
  await expect(page.getByText(`You said no to ${shop.name}.`)).toBeVisible();
});

test('a forged request opens nothing', async ({ page }) => {
  const shop = await createShop();
  const request = await shop.ask();
  const [head, payload, signature] = request.split('.');
  const forged = `${head ?? ''}.${payload ?? ''}.${(signature ?? '').startsWith('A') ? 'B' : 'A'}${(signature ?? '').slice(1)}`;
  await openVault(page);
  await go(page, 'companies');
  await page.getByRole('link', { name: new RegExp(`^${appCopy.tabs.requests}`, 'u') }).click();
  await expectAccessible(page, 'Requests, empty');
  for (const text of [forged, 'nonsense', 'penchant://request?request=x', `${request}x`]) {
    await page.getByLabel(requestsCopy.paste, { exact: true }).fill(text);
    await button(page, requestsCopy.openAction).click();
    await expect(page.getByRole('alert')).toBeVisible();
    await expect(heading(page, requestsCopy.asks(shop.name))).toHaveCount(0);
  }
});
