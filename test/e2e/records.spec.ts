/** Everything kept: searching, narrowing, one thing, a long list by keyboard, a selection as a file. */
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { appCopy } from '../../renderer/src/copy/app.ts';
import { closedCopy } from '../../renderer/src/copy/profile.ts';
import { recordsCopy } from '../../renderer/src/copy/records.ts';
import { expectAccessibleEverywhere } from './support/accessible.ts';
import { expect, test } from './support/launch.ts';
import { button, go, heading, openVault, PASSPHRASE } from './support/screens.ts';

test.describe('with records', () => {
  test.use({ startWith: 'records' });

  test('a thing is found by its words, looked at, and saved with others as a file', async ({ page }) => {
    await openVault(page);
    await page.keyboard.press('/');
    const search = page.getByRole('searchbox', { name: recordsCopy.search });
    await expect(search).toBeFocused();
    await expect(heading(page, recordsCopy.title)).toBeVisible();
    await expectAccessibleEverywhere(page, 'everything kept');
    await search.fill('BAKING bread');
    const bread = button(page, /Bread Week/u);
    await expect(bread.first()).toBeVisible();
    const found = Number(/^\d+/u.exec(await page.locator('.records-bar').getByRole('status').innerText())?.[0]);
    expect(found).toBeGreaterThan(0);
    await bread.first().click();
    const panel = page.getByRole('dialog');
    await expect(panel.getByText(recordsCopy.about)).toBeVisible();
    await expect(panel.getByRole('link', { name: 'Baking' })).toBeVisible();
    await expectAccessibleEverywhere(page, 'one thing');
    await page.keyboard.press('Escape');
    await page.getByRole('checkbox', { name: /Bread Week/u }).first().check();
    await button(page, recordsCopy.saveChosen(1)).click();
    await expectAccessibleEverywhere(page, 'saving a selection');
    const download = page.waitForEvent('download');
    await button(page.getByRole('dialog'), recordsCopy.save).click();
    const rows: string[][] = parse(readFileSync(await (await download).path()), { bom: true });
    expect(rows[0]).toContain('title');
    expect(rows.slice(1).every((row) => row.some((cell) => /Bread Week/u.test(cell)))).toBe(true);
    await expect(page.getByText(recordsCopy.saved(1))).toBeVisible();
    await search.fill('baking');
    const profile = page.getByRole('region', { name: recordsCopy.conclusions });
    await profile.getByRole('link', { name: 'Baking', exact: true }).click();
    await expect(page.getByRole('dialog', { name: 'Baking' })).toBeVisible();
  });

  test('filters narrow the list, and what matches nothing says so', async ({ page }) => {
    await openVault(page);
    await go(page, 'profile');
    await page.getByRole('link', { name: appCopy.tabs.records }).click();
    const status = page.locator('.records-bar').getByRole('status');
    const count = async (): Promise<number> => Number((await status.innerText()).replace(',', '').match(/\d+/u)?.[0]);
    await expect(status).toBeVisible();
    const all = await count();
    await page.getByRole('combobox', { name: recordsCopy.source }).selectOption('netflix');
    await expect.poll(count).toBeLessThan(all);
    const ofNetflix = await count();
    await page.getByRole('combobox', { name: recordsCopy.time }).selectOption(recordsCopy.times.month);
    await expect.poll(count).toBeLessThan(ofNetflix);
    await page.getByRole('searchbox', { name: recordsCopy.search }).fill('no such thing at all');
    await expect(page.getByText(recordsCopy.none)).toBeVisible();
    await expectAccessibleEverywhere(page, 'nothing matches');
    await button(page, recordsCopy.clear).click();
    await expect.poll(count).toBe(all);
  });

  test('the closed part is searched while it is open, and gone from the page when it is shut', async ({ page }) => {
    await openVault(page);
    await go(page, 'profile');
    await button(page, closedCopy.action).click();
    await page.getByLabel(closedCopy.passphrase, { exact: true }).fill(PASSPHRASE);
    await button(page.getByRole('dialog'), closedCopy.action).click();
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await page.getByRole('link', { name: appCopy.tabs.records }).click();
    await page.getByRole('searchbox', { name: recordsCopy.search }).fill('clearblue');
    await expect(page.getByText(recordsCopy.none)).toBeVisible();
    await expect(heading(page, recordsCopy.opened)).toBeVisible();
    await expect(page.getByText(/Clearblue/u)).toHaveCount(1);
    await expectAccessibleEverywhere(page, 'things of the closed part');
    await go(page, 'profile');
    await button(page, closedCopy.shutAction).click();
    await expect(button(page, closedCopy.action)).toBeVisible();
    await page.getByRole('link', { name: appCopy.tabs.records }).click();
    await page.getByRole('searchbox', { name: recordsCopy.search }).fill('clearblue');
    await expect(page.getByText(recordsCopy.none)).toBeVisible();
    await expect(page.getByText(/Clearblue/u)).toHaveCount(0);
  });
});

test.describe('with nothing', () => {
  test.use({ startWith: 'vault' });

  test('says where things come from', async ({ page }) => {
    await openVault(page);
    await page.keyboard.press('/');
    await expect(heading(page, recordsCopy.empty)).toBeVisible();
    await expectAccessibleEverywhere(page, 'nothing kept');
  });
});
