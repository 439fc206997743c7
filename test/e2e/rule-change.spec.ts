/** New rules are looked at before they apply. */
import { rulesCopy } from '../../renderer/src/copy/profile.ts';
import { expectAccessible } from './support/accessible.ts';
import { expect, test } from './support/launch.ts';
import { button, go, openVault, profileCopy } from './support/screens.ts';

test.use({ startWith: 'older' });

test('the difference is shown first, and then is what happens', async ({ page }) => {
  await openVault(page);
  await page.getByRole('link', { name: rulesCopy.home }).click();
  await expect(page.getByText(rulesCopy.title)).toBeVisible();
  await page.getByRole('searchbox', { name: profileCopy.search }).fill('Indie rock');
  const indie = page.getByTitle(profileCopy.whyOf('Indie rock'), { exact: true });
  await expect(page.getByText(profileCopy.noMatch)).toBeVisible();
  await expect(indie).toHaveCount(0);
  await button(page, rulesCopy.see).click();
  const dialog = page.getByRole('dialog', { name: rulesCopy.dialogTitle });
  await expect(dialog.getByRole('heading', { name: /^New \d+$/u })).toBeVisible();
  await expectAccessible(page, 'what the rules change');
  await button(dialog, rulesCopy.later).click();
  await expect(page.getByText(rulesCopy.title)).toBeVisible();
  await go(page, 'home');
  await go(page, 'profile');
  await button(page, rulesCopy.see).click();
  await expect(dialog.getByText('Indie rock')).toBeVisible();
  await button(dialog, rulesCopy.apply).click();
  await expect(dialog).toHaveCount(0);
  await expect(page.getByText(rulesCopy.see)).toHaveCount(0);
  await page.getByRole('searchbox', { name: profileCopy.search }).fill('Indie rock');
  await expect(indie).toBeVisible();
});
