/** The crowd: shown before it leaves, held when it leaves, added up afterwards, and made larger or smaller by the person. */
import { appCopy } from '../../renderer/src/copy/app.ts';
import { balanceCopy } from '../../renderer/src/copy/balance.ts';
import { claimName, WITHHELD_WORDS } from '../../renderer/src/copy/claims.ts';
import { crowdCopy } from '../../renderer/src/copy/crowd.ts';
import { learnCopy } from '../../renderer/src/copy/learn.ts';
import { noiseCopy } from '../../renderer/src/copy/noise.ts';
import { addCopy } from '../../renderer/src/copy/profile.ts';
import { factsOf } from '../../electron/core/anonymizer/crowd.ts';
import { loadCrowdReckoner } from '../../electron/core/exposure/crowd-tables.ts';
import type { Claim } from '../../shared/protocol/vocabulary.ts';
import { RESOURCES } from '../support/enrichment.ts';
import { expectAccessible, expectAccessibleEverywhere } from './support/accessible.ts';
import { expect, test } from './support/launch.ts';
import { askedClaim, button, go, heading, openVault, pasteRequest, requestsCopy, shownToken, showHeld, wouldLeave } from './support/screens.ts';
import { createShop } from './support/shop.ts';

test.use({ startWith: 'records' });

const reckoner = loadCrowdReckoner(RESOURCES);
/** As the core would reckon what came out over HTTP. */
function crowdOf(claims: object): { fewest: number; most: number } {
  const { fewest, most } = reckoner.crowd(Object.entries(claims).flatMap(([claim, value]) => factsOf(claim as Claim, value)), null);
  return { fewest: Math.floor(fewest + 1e-6), most: Math.floor(most + 1e-6) };
}

test('what the screen says of the crowd is what left, and the floor bites at the next question', async ({ page, app }) => {
  const redeeming = { at: app.redemptionUrl, purpose: 'recommendations' } as const;
  const shop = await createShop();
  await openVault(page);
  await pasteRequest(page, await shop.ask(), shop.name);
  await askedClaim(page, 'interest').check();
  const crowd = wouldLeave(page).getByRole('region', { name: crowdCopy.title });
  await expect(crowd.getByRole('img')).toBeVisible();
  await askedClaim(page, 'price_band').check();
  await crowd.getByText(crowdCopy.steps).click();
  const steps = crowd.getByRole('list', { name: crowdCopy.steps }).getByRole('listitem');
  await expect(steps).toHaveCount(3);
  await expectAccessible(page, 'a request with its crowd');
  const promised = await crowd.getByRole('img').getAttribute('aria-label');
  // Every interest at topics would be too much for a crowd of a thousand: it says so.
  await showHeld(page);
  await expect(wouldLeave(page).getByText(/too few people would fit/u).first()).toBeVisible();
  await button(page, requestsCopy.allow).click();
  await expect(heading(page, requestsCopy.allowed)).toBeVisible();
  const token = await shownToken(page, shop.name);

  const first = (await shop.company.redeem(token, redeeming)).claims;
  expect(crowdOf(first).fewest).toBeGreaterThanOrEqual(1_000);
  expect(promised).toBe(crowdCopy.lead(shop.name, crowdOf(first)));

  // On the page of all companies, and of this one.
  await go(page, 'companies');
  await page.getByRole('link', { name: appCopy.tabs.known }).click();
  await expect(heading(page, appCopy.tabs.known)).toBeVisible();
  await expectAccessibleEverywhere(page, 'Balance');
  await expect(page.getByText(crowdCopy.pooledText(crowdOf(first), 1)).first()).toBeVisible();
  await expect(page.getByText(crowdCopy.homeUnknown)).toBeVisible();
  await expect(page.getByText(crowdCopy.stepHome)).toBeVisible();
  await expectAccessible(page, 'What they know');
  await page.getByRole('link', { name: shop.name, exact: true }).click();
  await expect(page.getByText(crowdCopy.toldFits(crowdOf(first))).first()).toBeVisible();
  await expect(page.getByText(crowdCopy.closeness.acquainted, { exact: true })).toBeVisible();
  await page.getByText(crowdCopy.showTold).click();
  await expect(page.getByRole('listitem').filter({ hasText: `${claimName('price_band')}:` }).first()).toBeVisible();
  await expectAccessible(page, 'what one company knows');

  // A larger crowd is asked for at once, a smaller one after saying what it means.
  const floor = page.getByLabel(crowdCopy.smallestOf(shop.name));
  await floor.selectOption(crowdCopy.floorWords(100_000));
  await expect(page.getByText(crowdCopy.changed)).toBeVisible();
  const second = (await shop.company.redeem(token, redeeming)).claims;
  expect(second).toEqual(first);
  await floor.selectOption(crowdCopy.floorWords(0));
  await expect(page.getByText(crowdCopy.loosen(100_000, 0))).toBeVisible();
  await expectAccessible(page, 'a smaller crowd?');
  await button(page, crowdCopy.keep).click();
  await expect(floor).toHaveValue('100000');
  expect((await shop.company.redeem(token, redeeming)).claims).toEqual(first);
  await floor.selectOption(crowdCopy.floorWords(0));
  await button(page, crowdCopy.set).click();
  await expect(floor).toHaveValue('0');
  const third = (await shop.company.redeem(token, redeeming)).claims;
  expect(third.interest?.length ?? 0).toBeGreaterThan(first.interest?.length ?? 0);
  await expect(page.getByText(crowdCopy.toldFits(crowdOf({ ...third }))).first()).toBeVisible();
  await go(page, 'activity');
  await expect(page.getByText(new RegExp(`fit what ${shop.name} knows about you: any number`, 'u'))).toBeVisible();
});

test('a floor for everybody holds for a company that asks for the first time', async ({ page }) => {
  await openVault(page);
  await go(page, 'companies');
  await page.getByRole('link', { name: appCopy.tabs.known }).click();
  await expectAccessible(page, 'What they know, nobody yet');
  await page.getByLabel(crowdCopy.smallestFor).selectOption(crowdCopy.floorWords(100_000));
  await expect(page.getByText(crowdCopy.changed)).toBeVisible();
  const shop = await createShop();
  await pasteRequest(page, await shop.ask(), shop.name);
  await askedClaim(page, 'interest').check();
  await expect(wouldLeave(page).getByText(crowdCopy.floor(100_000))).toBeVisible();
  await showHeld(page);
  await expect(wouldLeave(page).getByText(new RegExp(WITHHELD_WORDS['too-few-alike'](2).slice(3), 'u')).first()).toBeVisible();

  // Where somebody lives makes the crowd a truer one.
  await go(page, 'companies');
  await page.getByRole('link', { name: appCopy.tabs.known }).click();
  await page.getByRole('link', { name: `${crowdCopy.stepGo}: ${crowdCopy.stepHome}` }).click();
  await page.getByRole('dialog').getByLabel(addCopy.country).selectOption('DE');
  await button(page.getByRole('dialog'), addCopy.action).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await go(page, 'companies');
  await page.getByRole('link', { name: appCopy.tabs.known }).click();
  await expect(page.getByText(crowdCopy.home('Germany'))).toBeVisible();
});

test('the point between exact and hidden is moved, shows what it would do, and holds once it is allowed', async ({ page, app }) => {
  const shop = await createShop();
  await openVault(page);
  await pasteRequest(page, await shop.ask(), shop.name);
  await askedClaim(page, 'interest').check();
  await askedClaim(page, 'price_band').check();
  const balance = wouldLeave(page).getByRole('region', { name: balanceCopy.title });
  const point = balance.getByRole('slider', { name: balanceCopy.curve(shop.name) });
  // Any crowd, 10, 100, 1,000 …
  await expect(point).toHaveValue('3');
  const useful = async (): Promise<number> => Number(/(\d+)\s?%/u.exec(await balance.getByRole('status').innerText())?.[1]);
  const shipped = await useful();
  await expect(balance.getByText(balanceCopy.useful(shop.name, shipped / 100, 'asked'))).toBeVisible();
  await expectAccessible(page, 'a request with its balance');
  await point.focus();
  await page.keyboard.press('Home');
  await expect(balance.getByText(crowdCopy.loosen(1_000, 0))).toBeVisible();
  expect(await useful()).toBeGreaterThan(shipped);
  for (let i = 0; i < 5; i++) await page.keyboard.press('ArrowRight');
  await expect(point).toHaveValue('5');
  expect(await useful()).toBeLessThanOrEqual(shipped);
  await expect(wouldLeave(page).getByText(crowdCopy.floor(100_000))).toBeVisible();
  const promised = await wouldLeave(page).getByRole('region', { name: crowdCopy.title }).getByRole('img').getAttribute('aria-label');
  await button(page, requestsCopy.allow).click();
  await expect(heading(page, requestsCopy.allowed)).toBeVisible();
  const token = await shownToken(page, shop.name);
  const { claims } = await shop.company.redeem(token, { at: app.redemptionUrl, purpose: 'recommendations' });
  expect(crowdOf(claims).fewest).toBeGreaterThanOrEqual(100_000);
  expect(promised).toBe(crowdCopy.lead(shop.name, crowdOf(claims)));
});

test('lessons are marked as read, and stay so', async ({ page }) => {
  await openVault(page);
  await go(page, 'learn');
  const count = learnCopy.lessons.length;
  await expect(page.getByText(learnCopy.progress(0, count))).toBeVisible();
  const lesson = page.getByRole('article').filter({ has: page.getByRole('heading', { name: learnCopy.lessons[2]?.title ?? '' }) });
  await lesson.getByLabel(learnCopy.read).click();
  await expect(page.getByText(learnCopy.progress(1, count))).toBeVisible();
  await expectAccessible(page, 'Learn, one read');
  await page.reload();
  await expect(page.getByText(learnCopy.progress(1, count))).toBeVisible();
  await lesson.getByLabel(learnCopy.read).click();
  await expect(page.getByText(learnCopy.progress(0, count))).toBeVisible();
});

test('interests are made deniable: the screen says so, the answer says so, and it is the same again', async ({ page, app }) => {
  const redeeming = { at: app.redemptionUrl, purpose: 'recommendations' } as const;
  const shop = await createShop();
  await openVault(page);
  await pasteRequest(page, await shop.ask(), shop.name);
  await askedClaim(page, 'interest').check();
  await page.getByLabel(noiseCopy.make).click();
  await expect(wouldLeave(page).getByText(noiseCopy.badge(6))).toBeVisible();
  await expect(page.getByText(noiseCopy.budget(0, 12, 0, 48))).toBeVisible();
  await expectAccessible(page, 'a request made deniable');
  await page.getByText(noiseCopy.often[18], { exact: true }).click();
  await expect(wouldLeave(page).getByText(noiseCopy.badge(18))).toBeVisible();
  await button(page, requestsCopy.allow).click();
  await expect(heading(page, requestsCopy.allowed)).toBeVisible();
  const token = await shownToken(page, shop.name);
  const first = await shop.company.redeem(token, redeeming);
  expect(first.noise.interest).toMatchObject({ levels: 3, truth: 18 });
  const areas = first.noise.interest?.areas ?? [];
  expect(areas.length).toBeGreaterThan(0);
  for (const { node } of first.claims.interest ?? []) expect(areas).toContain(node);
  const second = await shop.company.redeem(token, redeeming);
  expect([second.claims, second.noise]).toEqual([first.claims, first.noise]);
  await go(page, 'companies');
  await page.getByRole('link', { name: shop.name, exact: true }).click();
  await expect(page.getByText(noiseCopy.granted(18))).toBeVisible();
  await expectAccessible(page, 'a company that is told deniably');
});
