/** What a right click offers, by mouse and by keys. */
import type { Page } from '@playwright/test';
import { controls } from '../../renderer/src/copy/controls.ts';
import { listCopy } from '../../renderer/src/copy/list-table.ts';
import { pictureCopy } from '../../renderer/src/copy/pictures.ts';
import { recordsCopy } from '../../renderer/src/copy/records.ts';
import { appCopy } from '../../renderer/src/copy/app.ts';
import { expectAccessible } from './support/accessible.ts';
import { expect, test } from './support/launch.ts';
import { go, openVault, profileCopy } from './support/screens.ts';

test.use({ startWith: 'records' });

const menu = (page: Page) => page.getByRole('menu', { name: controls.menu });
const offers = (page: Page) => menu(page).getByRole('menuitem').allTextContents();
const offer = (page: Page, name: string) => menu(page).getByRole('menuitem', { name, exact: true });

/** A right click in the middle of a slice: the corners of its box lie on others. */
async function rightClickSlice(page: Page): Promise<void> {
  const at = await page.locator('.wheel-sector').first().evaluate((slice) => {
    const { left, top, width, height } = slice.getBoundingClientRect();
    const points = Array.from({ length: 400 }, (_, index) => ({ x: left + ((index % 20) + 0.5) / 20 * width, y: top + (Math.floor(index / 20) + 0.5) / 20 * height }));
    return points.filter(({ x, y }) => slice.contains(document.elementFromPoint(x, y))).at(20) ?? null;
  });
  expect(at).not.toBeNull();
  await page.mouse.click(at?.x ?? 0, at?.y ?? 0, { button: 'right' });
}

test('a right click on a slice of the wheel offers what can be done with it, then with the picture; elsewhere the browser’s own comes', async ({ page }) => {
  await openVault(page);
  await go(page, 'profile');
  await rightClickSlice(page);
  await expect(menu(page)).toBeVisible();
  const named = (await offers(page))[0] ?? '';
  expect(await offers(page)).toEqual([expect.stringMatching(/^Show all of /u), expect.stringMatching(/^What was kept about /u), pictureCopy.copy, pictureCopy.save, pictureCopy.print]);
  await expect(menu(page).getByRole('menuitem').first()).toBeFocused();
  await expectAccessible(page, 'a menu of a right click');
  await page.emulateMedia({ colorScheme: 'dark' });
  await expectAccessible(page, 'a menu of a right click, dark');
  // A click elsewhere closes it.
  await page.mouse.click(2, 2);
  await expect(menu(page)).toHaveCount(0);
  await rightClickSlice(page);
  await offer(page, named).click();
  await expect(page).toHaveURL(/area=/u);
  // What is typed in keeps the browser's own, and so does a heading.
  await page.getByRole('searchbox', { name: profileCopy.search }).click({ button: 'right' });
  await page.getByRole('heading', { level: 1 }).click({ button: 'right' });
  await expect(menu(page)).toHaveCount(0);
});

test('the menu of a line opens, is gone through, acts and leads back by keys alone', async ({ page }) => {
  await openVault(page);
  await go(page, 'profile');
  await page.getByRole('link', { name: appCopy.tabs.records }).click();
  await page.getByRole('searchbox', { name: recordsCopy.search }).fill('bread week');
  const row = page.getByRole('button', { name: /Bread Week/u }).first();
  await row.focus();
  await page.keyboard.press('Shift+F10');
  await expect(menu(page).getByRole('menuitem').first()).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(offer(page, listCopy.copyRow)).toBeFocused();
  await page.keyboard.press('Home');
  await page.keyboard.press('t');
  await expect(offer(page, listCopy.tickRow)).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(menu(page)).toHaveCount(0);
  await expect(row).toBeFocused();
  await page.keyboard.press('Shift+F10');
  await page.keyboard.press('t');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('checkbox', { name: /Bread Week/u }).first()).toBeChecked();
  await expect(row).toBeFocused();
  await page.keyboard.press('Shift+F10');
  await expect(offer(page, listCopy.untickRow)).toBeVisible();
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await expect(page.getByText(pictureCopy.copied, { exact: true })).toBeVisible();
  // What was copied, read the only way this page may: by pasting it.
  await page.getByRole('searchbox', { name: recordsCopy.search }).fill('');
  await page.keyboard.press('Control+v');
  await expect(page.getByRole('searchbox', { name: recordsCopy.search })).toHaveValue(/Bread Week/u);
});
