/** The decision in its full form, the page of one permission and the balance, with the sums on the screen checked against the core's own. */
import { appCopy } from '../../renderer/src/copy/app.ts';
import { answerCopy } from '../../renderer/src/copy/answer.ts';
import { balanceCopy } from '../../renderer/src/copy/balance.ts';
import { breathingCopy } from '../../renderer/src/copy/breathing.ts';
import { careCopy } from '../../renderer/src/copy/care.ts';
import { claimName } from '../../renderer/src/copy/claims.ts';
import { controls } from '../../renderer/src/copy/controls.ts';
import { crowdCopy, crowdWords } from '../../renderer/src/copy/crowd.ts';
import { learnCopy } from '../../renderer/src/copy/learn.ts';
import { noiseCopy } from '../../renderer/src/copy/noise.ts';
import { addCopy, profileCopy } from '../../renderer/src/copy/profile.ts';
import { factsOf } from '../../electron/core/anonymizer/crowd.ts';
import { loadTaxonomy } from '../../electron/core/enrichment/taxonomy.ts';
import { loadCrowdReckoner } from '../../electron/core/exposure/crowd-tables.ts';
import { buildCatalogue, createTrial } from '../../electron/core/anonymizer/balance.ts';
import type { Preference } from '../../shared/domain/preference.ts';
import type { Claim } from '../../shared/protocol/vocabulary.ts';
import { RESOURCES } from '../support/enrichment.ts';
import { expectAccessible } from './support/accessible.ts';
import { expect, test } from './support/launch.ts';
import { askedClaim, button, companiesCopy, go, heading, openVault, pasteRequest, requestsCopy, shownToken, wouldLeave } from './support/screens.ts';
import { createShop } from './support/shop.ts';
import type { Page } from '@playwright/test';

test.use({ startWith: 'records' });

const taxonomy = loadTaxonomy(RESOURCES), reckoner = loadCrowdReckoner(RESOURCES);
const peopleOf = (claims: object) => {
  const { fewest, most } = reckoner.crowd(Object.entries(claims).flatMap(([claim, value]) => factsOf(claim as Claim, value)), null);
  return { fewest: Math.floor(fewest + 1e-6), most: Math.floor(most + 1e-6) };
};
/** The profile as the page itself is given it over its socket: what a trial of this test judges by. */
function listening(page: Page): () => readonly Preference[] {
  let found: readonly Preference[] = [];
  page.on('websocket', (socket) => {
    socket.on('framereceived', ({ payload }) => {
      const text = payload.toString(), at = text.indexOf('"preferences":[');
      if (at >= 0) found = (JSON.parse(text) as { value?: { preferences?: readonly Preference[] } }).value?.preferences ?? found;
    });
  });
  return () => found;
}
async function declare(page: Page, claim: Claim, fill: () => Promise<void>): Promise<void> {
  await button(page, profileCopy.add).click();
  await page.getByRole('dialog').getByLabel(addCopy.kind).selectOption({ label: claimName(claim) });
  await fill();
  await button(page.getByRole('dialog'), addCopy.action).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
}

test('a company that asks for much: what it promises, what is too much, what each thing adds, and purposes one by one', async ({ page, app }) => {
  const shop = await createShop();
  await openVault(page);
  const profile = listening(page);
  await page.reload();
  await go(page, 'profile');
  await declare(page, 'age', async () => { await page.getByRole('dialog').getByLabel(addCopy.value, { exact: true }).selectOption({ index: 4 }); });
  await declare(page, 'avoid', async () => { await page.getByRole('dialog').getByRole('searchbox').fill('Motor racing'); await page.getByRole('dialog').getByRole('radio').first().check(); });
  await pasteRequest(page, await shop.askMuch(), shop.name);
  // What it gives beside what it learns, and the three kinds of promise apart.
  await expect(wouldLeave(page).getByText('Fewer things you do not want')).toBeVisible();
  for (const kind of ['enforced', 'declared', 'claimed'] as const) await expect(heading(page, requestsCopy.kinds[kind].title)).toBeVisible();
  await expect(page.getByText('own published document does not mention this purpose')).toBeVisible();
  // Its document speaks of interests at topics and of price ranges: an age, sizes and what to avoid are more, and so are exact topics.
  await expect(page.getByText(requestsCopy.overAsking)).toHaveCount(4);
  await expect(page.getByText(requestsCopy.quietNone)).toBeVisible();
  // Two ways to decide that look and weigh the same, and neither is where the keyboard stands.
  const [allow, deny] = [button(page, requestsCopy.allow), button(page, requestsCopy.deny)];
  const look = (one: typeof allow) => one.evaluate((element) => { const { width, height } = element.getBoundingClientRect(), style = getComputedStyle(element); return [Math.round(width), Math.round(height), style.color, style.backgroundColor, style.borderColor, style.fontWeight, style.fontSize, style.boxShadow]; });
  expect(await look(allow)).toEqual(await look(deny));
  expect(await page.evaluate(() => document.activeElement?.textContent ?? '')).not.toMatch(/Allow|Say no/u);

  for (const claim of ['interest', 'age', 'price_band'] as const) await askedClaim(page, claim).check();
  await expect(page.getByText(requestsCopy.ticked(3))).toBeVisible();
  // What was chosen is still there after a lesson, and after another screen.
  await button(page, learnCopy.lessons.find(({ id }) => id === 'required')?.title ?? '').click();
  await expectAccessible(page, 'a lesson over a request');
  await button(page.getByRole('dialog'), controls.close).last().click();
  await page.getByRole('link', { name: requestsCopy.quietChange }).click();
  await expect(heading(page, breathingCopy.title)).toBeVisible();
  await page.goBack();
  for (const claim of ['interest', 'age', 'price_band'] as const) await expect(askedClaim(page, claim)).toBeChecked();
  await expect(askedClaim(page, 'avoid')).not.toBeChecked();

  // How good each is for the company, as a trial of our own reckons it from what the screen says would leave.
  const balance = wouldLeave(page).getByRole('region', { name: balanceCopy.title });
  await expect(balance.getByText(claimName('age'), { exact: true })).toBeVisible();
  await expect(balance.getByText('adds nothing', { exact: false }).first()).toBeVisible();
  const raw = async () => JSON.parse(await wouldLeave(page).locator('pre.raw').innerText()) as Record<string, unknown>;
  await wouldLeave(page).getByText(answerCopy.raw).click();
  const said = await raw();
  const preferences = profile();
  expect(preferences.length).toBeGreaterThan(20);
  const trial = createTrial(buildCatalogue(taxonomy.nodes), preferences, ['interest', 'age', 'size', 'avoid', 'price_band']);
  const useful = trial.usefulness(Object.entries(said).map(([claim, value]) => ({ claim: claim as Claim, value: value as never })));
  await expect(balance.getByText(balanceCopy.useful(shop.name, useful, 'asked'))).toBeVisible();
  // The point is dragged: past the middle there are more people, and the note says that it is for this company.
  const point = balance.getByRole('slider');
  await point.scrollIntoViewIfNeeded();
  const box = await point.boundingBox();
  if (!box) throw new Error('the slider has a place');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + (box.width * 5) / 6, box.y + box.height / 2, { steps: 6 });
  await page.mouse.up();
  await expect(point).toHaveValue('5');
  await expect(balance.getByText(balanceCopy.counts(shop.name))).toBeVisible();
  await expect(wouldLeave(page).getByText(crowdCopy.floor(100_000)).first()).toBeVisible();
  await point.focus();
  for (let i = 0; i < 2; i++) await page.keyboard.press('ArrowLeft');
  await expect(point).toHaveValue('3');

  // Of two purposes one is kept, and what is avoided is told.
  await askedClaim(page, 'age').uncheck();
  await askedClaim(page, 'avoid').check();
  await page.getByRole('checkbox', { name: /recommend/iu }).first().check();
  await expect(wouldLeave(page).getByText('Motor racing').first()).toBeVisible();
  await button(page, requestsCopy.allow).click();
  const token = await shownToken(page, shop.name);
  const answer = await shop.company.redeem(token, { at: app.redemptionUrl, purpose: 'recommendations' });
  expect(answer.claims.avoid?.map(({ label }) => label)).toContain('Motor racing');
  expect(answer.claims.age).toBeUndefined();

  // Asked again, the screen says what it knows already.
  await pasteRequest(page, await shop.askMuch(), shop.name);
  await expect(page.getByText(requestsCopy.already(1))).toBeVisible();
  await askedClaim(page, 'interest').check();
  const crowd = wouldLeave(page).getByRole('region', { name: crowdCopy.title });
  await crowd.getByText(crowdCopy.steps).click();
  await expect(crowd.getByText(crowdCopy.before(shop.name))).toBeVisible();
  await expect(crowd.getByText(crowdWords(peopleOf(answer.claims))).first()).toBeVisible();
});

test('one permission has a page of its own: what it says, what it gains and costs, and made smaller with two presses', async ({ page, app }) => {
  const redeeming = { at: app.redemptionUrl, purpose: 'recommendations' } as const;
  const shop = await createShop();
  await openVault(page);
  await pasteRequest(page, await shop.ask(), shop.name);
  await askedClaim(page, 'interest').check();
  await askedClaim(page, 'price_band').check();
  await button(page, requestsCopy.allow).click();
  const token = await shownToken(page, shop.name);
  await page.getByRole('link', { name: requestsCopy.toCompany(shop.name) }).click();
  await expect(heading(page, careCopy.grantPage(shop.name))).toBeVisible();
  const before = (await shop.company.redeem(token, redeeming)).claims;
  await expect(page.getByRole('region', { name: crowdCopy.title }).getByRole('img')).toHaveAttribute('aria-label', crowdCopy.lead(shop.name, peopleOf(before)));
  await expectAccessible(page, 'one permission');
  // The point is moved here as well; it holds when that is said, and at the next question.
  const balance = page.getByRole('region', { name: balanceCopy.title }), point = balance.getByRole('slider');
  await point.focus();
  await page.keyboard.press('End');
  await expect(balance.getByText(balanceCopy.standing(shop.name))).toBeVisible();
  await page.keyboard.press('Home');
  await expect(balance.getByText(crowdCopy.loosen(1_000, 0))).toBeVisible();
  expect((await shop.company.redeem(token, redeeming)).claims).toEqual(before);
  await button(page, balanceCopy.set).click();
  await expect(page.getByText(crowdCopy.changed)).toBeVisible();
  // What it would get now is what it gets now.
  const now = (await shop.company.redeem(token, redeeming)).claims;
  expect(now.interest?.length ?? 0).toBeGreaterThan(before.interest?.length ?? 0);
  await expect(page.getByText(now.interest?.at(-1)?.label ?? '').first()).toBeVisible();
  // Two presses gave it (a tick and "Allow this"); two make it smaller.
  await button(page, companiesCopy.narrow).click();
  await button(page.getByRole('dialog'), careCopy.coarser).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  expect((await shop.company.redeem(token, redeeming)).claims.interest?.every(({ node }) => !node.includes('.'))).toBe(true);
  await expect(heading(page, careCopy.versions(2))).toBeVisible();
  await button(page, careCopy.pause).click();
  await expect(page.getByText(careCopy.pausedBadge, { exact: true })).toBeVisible();
  for (const screen of ['home', 'companies'] as const) {
    await go(page, screen);
    await expect(page.getByText(careCopy.pausedBadge, { exact: true }).first()).toBeVisible();
  }
  await page.getByRole('link', { name: appCopy.tabs.known }).click();
  await expect(page.getByText(crowdCopy.useHint, { exact: false })).toBeVisible();
  await expect(page.getByText(crowdCopy.stepHome)).toBeVisible();
  await expectAccessible(page, 'Balance');
});

test('deniable is the company: the next request of it says so, and the budget shows what was used', async ({ page, app }) => {
  const shop = await createShop();
  await openVault(page);
  await pasteRequest(page, await shop.ask(), shop.name);
  await askedClaim(page, 'interest').check();
  await page.getByLabel(noiseCopy.make).click();
  await expect(page.getByText(noiseCopy.broad, { exact: false })).toBeVisible();
  await button(page, requestsCopy.allow).click();
  const token = await shownToken(page, shop.name);
  await shop.company.redeem(token, { at: app.redemptionUrl, purpose: 'recommendations' });
  await pasteRequest(page, await shop.ask(), shop.name);
  await askedClaim(page, 'interest').check();
  await expect(page.getByText(noiseCopy.already(shop.name))).toBeVisible();
  await expect(wouldLeave(page).getByText(noiseCopy.badge(6))).toBeVisible();
  await page.getByLabel(noiseCopy.make).click();
  await expect(page.getByText(noiseCopy.budget(Math.log(6), 12, Math.log(6), 48))).toBeVisible();
});
