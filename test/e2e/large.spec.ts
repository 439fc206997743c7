/** After a full life: thousands of records, hundreds of preferences, sixty companies, a hundred requests. Nothing overflows, nothing drowns, and the page stays light. */
import type { Page } from '@playwright/test';
import { appCopy } from '../../renderer/src/copy/app.ts';
import { activityCopy } from '../../renderer/src/copy/activity.ts';
import { controls } from '../../renderer/src/copy/controls.ts';
import { profileCopy, trendCopy } from '../../renderer/src/copy/profile.ts';
import { recordsCopy } from '../../renderer/src/copy/records.ts';
import { expectAccessibleEverywhere } from './support/accessible.ts';
import { expect, test } from './support/launch.ts';
import { button, companiesCopy, go, heading, homeCopy, openVault, sourcesCopy } from './support/screens.ts';

test.use({ startWith: 'life' });
// Sixty days are lived first, and a busy computer takes its time with them.
test.setTimeout(480_000);

/** Far above any screen of a small vault, far below one that draws everything there is. */
const MOST_NODES = 5_000;

/** What a large vault must not do to a screen. */
async function expectLight(page: Page, what: string): Promise<void> {
  await expect(page.getByRole('main').getByText(controls.loading, { exact: true })).toHaveCount(0);
  expect(await page.evaluate(() => document.getElementsByTagName('*').length), `nodes of ${what}`).toBeLessThan(MOST_NODES);
  // The page answers between two frames: nothing keeps it busy.
  const longestMs = await page.evaluate(() => new Promise<number>((resolve) => {
    let last = performance.now(), longest = 0, left = 10;
    const frame = () => {
      const now = performance.now();
      longest = Math.max(longest, now - last);
      last = now;
      if (left-- > 0) requestAnimationFrame(frame);
      else resolve(longest);
    };
    requestAnimationFrame(frame);
  }));
  expect(longestMs, `longest frame of ${what}`).toBeLessThan(2_000);
  await expectAccessibleEverywhere(page, `${what}, large`);
}

test('a vault after a full life', async ({ page }) => {
  await openVault(page);
  await expect(heading(page, homeCopy.pending)).toBeVisible();
  await expect(page.getByRole('link', { name: homeCopy.allWaiting(24), exact: true })).toBeVisible();
  await expectLight(page, 'Home');

  await go(page, 'profile');
  await expect(page.getByText(/^[34]\d\d entries from 2\d,\d{3} records$/u)).toBeVisible();
  // How areas went of late: worked out after the page is there.
  await expect(page.getByTitle(new RegExp(`^(?:${Object.values(trendCopy.directions).join('|')}): \\d+ days`, 'u')).first()).toBeVisible();
  await expectLight(page, 'Profile');
  await page.getByRole('searchbox', { name: profileCopy.search }).fill('o');
  await expect(button(page, profileCopy.clear)).toBeVisible();
  await expectLight(page, 'Profile, filtered');

  await go(page, 'companies');
  await expect(page.getByText(controls.shownOf(25, 60))).toBeVisible();
  await expectLight(page, 'Companies');
  const rows = page.getByRole('main').getByRole('row');
  await button(page, `${controls.showMore}: ${companiesCopy.title}`).click();
  await expect(rows).toHaveCount(51);
  await page.getByRole('row').nth(1).getByRole('link').click();
  await expect(heading(page, companiesCopy.history)).toBeVisible();
  await expectLight(page, 'a company with a long history');

  await go(page, 'companies');
  await page.getByRole('link', { name: new RegExp(`^${appCopy.tabs.requests}`, 'u') }).click();
  await expect(page.getByText(controls.shownOf(10, 24))).toBeVisible();
  await expect(page.getByText(controls.shownOf(10, 76))).toBeVisible();
  await expectLight(page, 'Requests');

  await go(page, 'activity');
  await expect(page.getByText(/^100 of [23],\d{3} entries$/u)).toBeVisible();
  await button(page, activityCopy.older).click();
  await expect(page.getByText(/^200 of [23],\d{3} entries$/u)).toBeVisible();
  await button(page, activityCopy.verify).click();
  await expect(page.getByText(activityCopy.verifiedLimits)).toBeVisible();
  await expectLight(page, 'Activity');

  await page.keyboard.press('/');
  const things = page.getByRole('list', { name: recordsCopy.list });
  await expect(things.getByRole('listitem').first()).toBeVisible();
  await expectLight(page, 'everything kept');
  // Down the whole list and back, by the keyboard: whatever is in sight is there, and little else.
  await things.getByRole('listitem').first().getByRole('button').focus();
  const total = Number(await things.getByRole('listitem').first().getAttribute('aria-setsize'));
  expect(total).toBeGreaterThan(10_000);
  await page.keyboard.press('End');
  await expect(page.locator(`[data-row="${total - 1}"] button`)).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(page.locator(`[data-row="${total - 2}"] button`)).toBeFocused();
  expect(await things.getByRole('listitem').count()).toBeLessThan(60);
  await page.keyboard.press('Home');
  await expect(page.locator('[data-row="0"] button')).toBeFocused();

  await go(page, 'sources');
  await expect(heading(page, sourcesCopy.list)).toBeVisible();
  await expect(button(page, `${controls.showMore}: ${sourcesCopy.list}`)).toBeVisible();
  await expectLight(page, 'Sources');
});
