/** What the vault believes about a person, why, and the person's say in it. */
import { claimName } from '../../renderer/src/copy/claims.ts';
import { addCopy } from '../../renderer/src/copy/profile.ts';
import { expectAccessible } from './support/accessible.ts';
import { expect, test } from './support/launch.ts';
import { button, go, heading, openVault, profileCopy, whyCopy } from './support/screens.ts';

test.use({ startWith: 'records' });

test('a conclusion says why, can be ruled out for good and allowed again', async ({ page }) => {
  const label = 'Baking';
  await openVault(page);
  await go(page, 'profile');
  await page.getByRole('searchbox', { name: profileCopy.search }).fill(label);
  const item = page.getByTitle(profileCopy.whyOf(label), { exact: true });
  await item.first().click();
  const panel = page.getByRole('dialog');
  await expect(heading(panel, label)).toBeVisible();
  await expect(heading(panel, whyCopy.rulesTitle)).toBeVisible();
  await expect(panel.getByRole('list', { name: whyCopy.examples }).first().getByRole('listitem').first()).toBeVisible();
  await expectAccessible(page, 'why panel');
  await button(panel, whyCopy.reject).click();
  await expect(heading(panel, whyCopy.rejectTitle(label))).toBeVisible();
  await expectAccessible(page, 'never infer this');
  await button(panel, whyCopy.rejectAction).click();
  await expect(item).toHaveCount(0);
  await expect(heading(page, profileCopy.rejections)).toBeVisible();
  await button(page, `${profileCopy.restore}: ${label}`).click();
  await expect(item.first()).toBeVisible();
});

test('what a person says about themselves counts, and can be deleted', async ({ page }) => {
  await openVault(page);
  await go(page, 'profile');
  await button(page, profileCopy.add).click();
  const dialog = page.getByRole('dialog');
  await expectAccessible(page, 'adding by hand');
  await dialog.getByLabel(addCopy.kind).selectOption({ label: claimName('language') });
  await dialog.getByLabel(addCopy.value, { exact: true }).selectOption('de');
  await button(dialog, addCopy.action).click();
  await expect(dialog).toHaveCount(0);
  const item = page.getByTitle(profileCopy.whyOf('German'), { exact: true });
  await item.click();
  await button(page.getByRole('dialog'), whyCopy.remove).click();
  await button(page.getByRole('dialog'), whyCopy.deleteAction).click();
  await expect(item).toHaveCount(0);
});
