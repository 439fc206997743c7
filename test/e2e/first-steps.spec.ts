/** The first five minutes: from nothing to a permission that was given, looked at, made smaller and ended, led by the first steps on Home. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { careCopy } from '../../renderer/src/copy/care.ts';
import { controls } from '../../renderer/src/copy/controls.ts';
import { firstStepsCopy } from '../../renderer/src/copy/first-steps.ts';
import { paletteCopy } from '../../renderer/src/copy/palette.ts';
import { expectAccessible } from './support/accessible.ts';
import { expect, test } from './support/launch.ts';
import { askedClaim, button, companiesCopy, confirmRecovery, createVault, firstRunCopy, go, heading, homeCopy, importSamples, pasteRequest, readRecoveryWords, requestsCopy, shownToken } from './support/screens.ts';
import { createShop, refusalOf } from './support/shop.ts';

const folder = process.env['PENCHANT_SCREENSHOTS'];

test('@walk of a newcomer, each step ticked by what was done', async ({ page, app }, info) => {
  const beganMs = Date.now(), walked: string[] = [];
  const step = async (name: string): Promise<void> => {
    walked.push(`${name}: ${((Date.now() - beganMs) / 1000).toFixed(0)} s`);
    if (folder === undefined) return;
    // Pictures show the screen at rest, and none of the notes of a walk ten times as fast as a person's.
    await expect(page.getByText(controls.loading)).toHaveCount(0);
    while (await button(page, controls.dismiss).count() > 0) await button(page, controls.dismiss).first().click();
    mkdirSync(folder, { recursive: true });
    await page.screenshot({ path: join(folder, `walk-${walked.length}.png`), animations: 'disabled' });
  };
  const { steps } = firstStepsCopy;
  const link = (id: keyof typeof steps) => page.getByRole('link', { name: `${steps[id].title}: ${steps[id].action}` });
  const done = async (count: number): Promise<void> => { await go(page, 'home'); await expect(page.getByText(firstStepsCopy.done(count, 8))).toBeVisible(); };

  await step('Welcome');
  await createVault(page);
  await confirmRecovery(page, await readRecoveryWords(page));
  await step('A vault and its phrase');
  await button(page, firstRunCopy.imports.skip).click();
  await expect(heading(page, homeCopy.title)).toBeVisible();
  await expect(page.getByText(firstStepsCopy.done(1, 8))).toBeVisible();
  await expectAccessible(page, 'Home with its first steps');
  await step('Home, with the first steps');
  // Put away and brought back.
  await button(page, firstStepsCopy.hide).click();
  await expect(page.getByText(firstStepsCopy.lead)).toHaveCount(0);
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: paletteCopy.placeholder }).fill('newcomer');
  await page.keyboard.press('Enter');
  await expect(page.getByText(firstStepsCopy.lead)).toBeVisible();

  await link('import').click();
  await importSamples(page);
  await done(2);
  await link('look').click();
  await expect(page.locator('.profile-wheel')).toBeVisible();
  await expect(page.getByText(controls.loading)).toHaveCount(0);
  await step('The wheel');
  await done(3);
  await link('ask').click();
  const shop = await createShop('Lantern & Oak', 'shop.example');
  await pasteRequest(page, await shop.ask(), shop.name);
  await done(4);
  await link('allow').click();
  await askedClaim(page, 'interest').check();
  await askedClaim(page, 'price_band').check();
  await expect(page.getByText(requestsCopy.ticked(2))).toBeVisible();
  await step('The decision');
  await button(page, requestsCopy.allow).click();
  const token = await shownToken(page, shop.name);
  const redeeming = { at: app.redemptionUrl, purpose: 'recommendations' } as const;
  expect((await shop.company.redeem(token, redeeming)).claims.interest?.length).toBeGreaterThan(0);
  await done(6);
  await link('narrow').click();
  await button(page, companiesCopy.narrow).click();
  await button(page.getByRole('dialog'), careCopy.coarser).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await step('The permission, made smaller');
  await done(7);
  await link('end').click();
  await button(page, companiesCopy.revoke).click();
  await button(page.getByRole('dialog'), companiesCopy.revokeAction(shop.name)).click();
  expect(await refusalOf(() => shop.company.redeem(token, redeeming))).toBe('ERR_REFUSED_TOKEN');
  await go(page, 'home');
  // All done: the card is gone by itself.
  await expect(page.getByText(firstStepsCopy.lead)).toHaveCount(0);
  await expect(page.getByText(`You ended what ${shop.name} may learn.`)).toBeVisible();
  await step('Ended');
  await info.attach('walk', { body: walked.join('\n'), contentType: 'text/plain' });
  if (folder !== undefined) process.stdout.write(`${walked.join('\n')}\n`);
});
