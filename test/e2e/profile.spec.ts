/** What the vault believes about a person, why, and the person's say in it. */
import { expectAccessible } from './support/accessible.ts';
import { expect, test } from './support/launch.ts';
import { button, go, heading, openVault, profileCopy, whyCopy } from './support/screens.ts';

test.use({ startWith: 'records' });

test('every conclusion says why, can be ruled out for good and allowed again', async ({ page }) => {
  await openVault(page);
  await go(page, 'profile');
  await expectAccessible(page, 'Profile');
  const first = page.getByRole('button', { name: /^Why: /u }).first();
  const label = ((await first.getAttribute('aria-label')) ?? await first.innerText()).replace(/^Why: /u, '');
  await first.click();
  const panel = page.getByRole('dialog');
  await expect(heading(panel, whyCopy.rulesTitle)).toBeVisible();
  await expectAccessible(page, 'why panel');
  await button(panel, whyCopy.reject).click();
  await button(page.getByRole('dialog'), whyCopy.rejectAction).click();
  await expect(button(page, profileCopy.whyOf(label))).toHaveCount(0);
  await expect(heading(page, profileCopy.rejections)).toBeVisible();
  await button(page, new RegExp(`^${profileCopy.restore}`, 'u')).first().click();
  await expect(button(page, profileCopy.whyOf(label)).first()).toBeVisible();
});
