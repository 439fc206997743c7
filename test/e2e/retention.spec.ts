/** Keeping only what a source says, and forgetting its records. */
import { retentionCopy, sourceName } from '../../renderer/src/copy/sources.ts';
import { expectAccessible } from './support/accessible.ts';
import { expect, test } from './support/launch.ts';
import { button, go, heading, openVault, profileCopy } from './support/screens.ts';

test.use({ startWith: 'records' });

test('the records of a source go, the profile stays', async ({ page }) => {
  await openVault(page);
  await go(page, 'profile');
  await page.getByRole('searchbox', { name: profileCopy.search }).fill('Indie rock');
  const indie = page.getByTitle(profileCopy.whyOf('Indie rock'), { exact: true });
  // How it went of late goes with the times of its records.
  const said = () => indie.locator(':scope > :not(.profile-item-trend)').allTextContents();
  await expect(indie).toBeVisible();
  const before = await said();
  expect(before.join(' ')).toMatch(/from \d+ records/u);
  await go(page, 'sources');
  await expect(heading(page, retentionCopy.title)).toBeVisible();
  const choice = page.getByLabel(retentionCopy.keepOf(sourceName('spotify')));
  await choice.selectOption('conclusions');
  const dialog = page.getByRole('dialog', { name: retentionCopy.title2(sourceName('spotify')) });
  await expectAccessible(page, 'forgetting records');
  await button(dialog, /^Forget [\d,]+ records$/u).click();
  await expect(dialog).toHaveCount(0);
  await expect(choice).toHaveValue('conclusions');
  await expect(page.getByText(retentionCopy.badge, { exact: true }).first()).toBeVisible();
  await go(page, 'profile');
  await page.getByRole('searchbox', { name: profileCopy.search }).fill('Indie rock');
  await expect.poll(said).toEqual(before);
  await indie.click();
  await expect(page.getByRole('dialog').getByText('were forgotten as you asked')).toBeVisible();
});
