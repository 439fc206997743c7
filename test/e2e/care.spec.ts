/** Looking after decisions as a person does: later, always no, taken back, templates, pausing, versions, many at once. */
import { readFileSync } from 'node:fs';
import { appCopy } from '../../renderer/src/copy/app.ts';
import { listCopy } from '../../renderer/src/copy/list-table.ts';
import { careCopy } from '../../renderer/src/copy/care.ts';
import { controls } from '../../renderer/src/copy/controls.ts';
import { expectAccessible, expectAccessibleEverywhere } from './support/accessible.ts';
import { expect, test } from './support/launch.ts';
import { askedClaim, button, companiesCopy, go, heading, openVault, pasteRequest, requestsCopy, shownToken, wouldLeave } from './support/screens.ts';
import { createShop, refusalOf } from './support/shop.ts';

test.use({ startWith: 'records' });

test('a request is put off, comes back, is told no, and the no is taken back', async ({ page }) => {
  const shop = await createShop();
  await openVault(page);
  await pasteRequest(page, await shop.ask(), shop.name);
  await expect(page.getByRole('navigation', { name: appCopy.navLabel }).getByRole('link', { name: new RegExp(`^${appCopy.nav.companies}`, 'u') })).toContainText('1');
  await button(page, careCopy.tomorrow).click();
  await expect(heading(page, careCopy.later)).toBeVisible();
  await expect(page.getByText(careCopy.comesBack('tomorrow')).first()).toBeVisible();
  await expect(page.getByRole('navigation', { name: appCopy.navLabel }).getByRole('link', { name: new RegExp(`^${appCopy.nav.companies}`, 'u') })).not.toContainText('1');
  await expectAccessible(page, 'a request put off');
  await page.getByRole('link', { name: `${requestsCopy.look}: ${shop.name}` }).click();
  await expect(page.getByText(careCopy.putOff('tomorrow'))).toBeVisible();
  await button(page, careCopy.bringBack).click();
  await expect(page.getByText(careCopy.putOff('tomorrow'))).toHaveCount(0);
  await button(page, requestsCopy.deny).click();
  await button(page, careCopy.takeBack).click();
  await expect(button(page, requestsCopy.allow)).toBeVisible();
});

test('a company is always told no, and can ask again when the person says so', async ({ page, app }) => {
  const shop = await createShop();
  await openVault(page);
  await pasteRequest(page, await shop.ask(), shop.name);
  await button(page, careCopy.always).click();
  await expect(page.getByText(careCopy.alwaysText(shop.name))).toBeVisible();
  await expectAccessible(page, 'always no?');
  await button(page, careCopy.alwaysAction).click();
  await expect(page.getByText(careCopy.refusedNow(shop.name))).toBeVisible();
  // What it hands in now, nobody sees.
  const handIn = async () => fetch(new URL('/v1/requests', app.redemptionUrl), { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ request: await shop.ask() }) });
  expect((await handIn()).status).toBe(202);
  await go(page, 'companies');
  await expect(page.getByText(careCopy.refusedBadge)).toBeVisible();
  await page.getByRole('link', { name: new RegExp(`^${appCopy.tabs.requests}`, 'u') }).click();
  await expect(heading(page, requestsCopy.waiting)).toHaveCount(0);
  await page.getByRole('link', { name: appCopy.tabs.companies, exact: true }).last().click();
  await page.getByRole('link', { name: shop.name }).click();
  await expectAccessible(page, 'a company that is always told no');
  await button(page, careCopy.hear).click();
  await expect(page.getByText(careCopy.refusedNow(shop.name))).toHaveCount(0);
  await handIn();
  await expect(page.getByText(companiesCopy.openRequests)).toBeVisible();
});

test('choices are kept as a template and made again on the next request', async ({ page }) => {
  const shop = await createShop(), other = await createShop('Other Shop', 'other.example');
  await openVault(page);
  await pasteRequest(page, await shop.ask(), shop.name);
  await askedClaim(page, 'interest').check();
  await page.getByText('Broad areas', { exact: true }).click();
  await page.getByLabel(requestsCopy.duration).selectOption('7');
  await button(page, careCopy.keepTemplate).click();
  await page.getByRole('textbox', { name: careCopy.templateName }).fill('Shops, a week');
  await expectAccessible(page, 'keeping a template');
  await button(page.getByRole('dialog'), careCopy.templateSave).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await pasteRequest(page, await other.ask(), other.name);
  await askedClaim(page, 'genre').check();
  await page.getByLabel(careCopy.template).selectOption('Shops, a week');
  await expect(page.getByText(careCopy.templateApplied('Shops, a week'))).toBeVisible();
  await expect(askedClaim(page, 'interest')).toBeChecked();
  await expect(askedClaim(page, 'genre')).not.toBeChecked();
  await expect(page.getByLabel(requestsCopy.duration)).toHaveValue('7');
  await expect(wouldLeave(page).getByText('Broad areas')).toBeVisible();
  await page.getByLabel(careCopy.template).selectOption('Sizes and price range, nothing else');
  await expect(askedClaim(page, 'interest')).not.toBeChecked();
  await expect(askedClaim(page, 'price_band')).toBeChecked();
  // It speaks of no time, so the week stays; and it is taken back with one press.
  await expect(page.getByLabel(requestsCopy.duration)).toHaveValue('7');
  await button(page.getByRole('main'), controls.undo).click();
  await expect(askedClaim(page, 'interest')).toBeChecked();
  await page.getByRole('link', { name: requestsCopy.backToList }).click();
  await expect(heading(page, careCopy.templates)).toBeVisible();
  await expectAccessible(page, 'templates');
  await button(page, `${careCopy.templateDelete}: Shops, a week`).click();
  await expect(button(page, `${careCopy.templateDelete}: Shops, a week`)).toHaveCount(0);
  await button(page, controls.undo).click();
  await expect(button(page, `${careCopy.templateDelete}: Shops, a week`)).toBeVisible();
});

test('a permission is paused, goes on, says how it changed, and many are ended at once', async ({ page, app }) => {
  const redeeming = { at: app.redemptionUrl, purpose: 'recommendations' } as const;
  const shops = [await createShop(), await createShop('Other Shop', 'other.example')];
  const tokens: string[] = [];
  await openVault(page);
  for (const shop of shops) {
    await pasteRequest(page, await shop.ask(), shop.name);
    await askedClaim(page, 'interest').check();
    // The first one fades at once.
    if (shop === shops[0]) await page.getByLabel(careCopy.fade).selectOption('1');
    await button(page, requestsCopy.allow).click();
    tokens.push(await shownToken(page, shop.name));
  }
  const [first, second] = shops, [token = '', otherToken = ''] = tokens;
  if (!first || !second) throw new Error('there are two shops');
  await go(page, 'companies');
  await page.getByRole('link', { name: first.name }).click();
  await button(page, careCopy.pause).click();
  await expect(page.getByText(careCopy.pausedText(first.name))).toBeVisible();
  await expectAccessible(page, 'a permission on pause');
  expect(await refusalOf(() => first.company.redeem(token, redeeming))).toBe('ERR_SLOW_DOWN');
  await button(page, careCopy.resume).click();
  await expect(page.getByText(careCopy.pausedText(first.name))).toHaveCount(0);
  expect((await first.company.redeem(token, redeeming)).claims.interest?.length).toBeGreaterThan(0);
  // Given for as long as it asked: nothing to make longer, until it is made shorter.
  await expect(button(page, careCopy.extend)).toHaveCount(0);
  await button(page, companiesCopy.narrow).click();
  await page.getByRole('dialog').getByLabel(companiesCopy.ends).selectOption('7');
  await button(page.getByRole('dialog'), companiesCopy.narrowAction).click();
  await button(page, careCopy.extend).click();
  await expectAccessible(page, 'lasting longer');
  // The shortest step is on offer first; taken back, and then as long as it asked for.
  await button(page.getByRole('dialog'), careCopy.extend).click();
  await button(page, controls.undo).click();
  await button(page, careCopy.extend).click();
  await page.getByRole('dialog').getByLabel(careCopy.extendUntil).selectOption({ index: 4 });
  await button(page.getByRole('dialog'), careCopy.extend).click();
  await expect(button(page, careCopy.extend)).toHaveCount(0);
  expect((await first.company.redeem(token, redeeming)).claims.interest?.length).toBeGreaterThan(0);
  await expect(page.getByText(careCopy.fades(1, 2))).toBeVisible();
  await button(page, careCopy.renew).click();
  await expect(page.getByText(careCopy.fades(1, 0))).toBeVisible();
  await page.getByRole('link', { name: careCopy.openGrant }).click();
  await expect(heading(page, careCopy.versions(8))).toBeVisible();
  for (const change of ['given', 'paused', 'resumed', 'narrowed', 'extended', 'renewed'] as const) await expect(page.getByText(careCopy.changes[change], { exact: true }).first()).toBeVisible();
  await page.getByText(careCopy.shown).last().click();
  await expect(page.getByText('Only what you tick leaves', { exact: false }).last()).toBeVisible();
  await expectAccessible(page, 'how a permission changed');

  await go(page, 'companies');
  await page.getByRole('link', { name: appCopy.tabs.permissions, exact: true }).click();
  await expect(heading(page, careCopy.title)).toBeVisible();
  await expect(button(page, careCopy.endTicked)).toBeDisabled();
  const [table] = await Promise.all([page.waitForEvent('download'), button(page, listCopy.save).click()]);
  expect(readFileSync(await table.path(), 'utf8').trimEnd().split('\r\n')).toHaveLength(1 + await page.getByRole('table', { name: careCopy.title }).getByRole('rowheader').count());
  await button(page, listCopy.tickAll).click();
  await expect(page.getByText(careCopy.ticked(2))).toBeVisible();
  await button(page, careCopy.pauseTicked).click();
  await expect(page.getByText(careCopy.pausedBadge, { exact: true })).toHaveCount(2);
  await expectAccessibleEverywhere(page, 'Permissions');
  expect(await refusalOf(() => second.company.redeem(otherToken, redeeming))).toBe('ERR_SLOW_DOWN');
  await page.getByRole('checkbox', { name: new RegExp(second.name, 'u') }).check();
  await button(page, careCopy.endTicked).click();
  await expect(heading(page, careCopy.endTitle(1))).toBeVisible();
  await button(page, careCopy.endAction).click();
  await expect(page.getByRole('checkbox', { name: new RegExp(second.name, 'u') })).toHaveCount(0);
  await expect(page.getByRole('checkbox', { name: new RegExp(first.name, 'u') })).toBeVisible();
  expect(await refusalOf(() => second.company.redeem(otherToken, redeeming))).toBe('ERR_REFUSED_TOKEN');
});
