/** What companies say about a person, beside what the vault says. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { appCopy } from '../../renderer/src/copy/app.ts';
import { opinionsCopy } from '../../renderer/src/copy/opinions.ts';
import { actName, sourceName } from '../../renderer/src/copy/sources.ts';
import { expectAccessibleEverywhere } from './support/accessible.ts';
import { expect, test } from './support/launch.ts';
import { button, go, heading, importPreviewed, openVault, pickFiles, whyCopy } from './support/screens.ts';

test.use({ startWith: 'records' });

test('an export that says what was concluded fills a page of its own, and counts for nothing in the profile', async ({ page, app }) => {
  const inferences = join(app.folder, 'Inferences.json'), advertisers = join(app.folder, 'advertisers.json');
  writeFileSync(inferences, JSON.stringify({ inferences: ['1P_Custom_Baking', '3P_Yachting_Owners', 'Pregnancy_and_birth'] }));
  writeFileSync(advertisers, JSON.stringify({ ig_custom_audiences_all_types: Array.from({ length: 80 }, (_, i) => ({ advertiser_name: `Advertiser ${i}` })) }));
  await openVault(page);
  await go(page, 'profile');
  await page.getByRole('link', { name: appCopy.tabs.opinions }).click();
  await expect(heading(page, opinionsCopy.empty)).toBeVisible();
  await expectAccessibleEverywhere(page, 'what they think, nothing yet');
  await go(page, 'sources');
  await pickFiles(page, [inferences, advertisers]);
  // What touches a closed part of life would be left out; here it is wanted.
  await page.getByLabel(/^Leave out what touches/u).first().uncheck();
  await importPreviewed(page);
  await go(page, 'profile');
  await page.getByRole('link', { name: appCopy.tabs.opinions }).click();
  await expect(heading(page, opinionsCopy.title)).toBeVisible();
  const theirs = page.getByRole('table', { name: opinionsCopy.topics(sourceName('spotify')) });
  await expect(theirs.getByRole('row', { name: /Baking/u }).getByRole('link', { name: 'Baking' })).toBeVisible();
  await expect(theirs.getByRole('row', { name: /Yachting Owners/u })).toContainText(opinionsCopy.unknown);
  await expect(page.getByText('Pregnancy')).toHaveCount(0);
  await expect(page.getByText(opinionsCopy.hidden(1))).toBeVisible();
  await expect(page.getByText('Advertiser 0', { exact: true })).toBeVisible();
  await expectAccessibleEverywhere(page, 'what they think');
  await page.getByRole('searchbox', { name: opinionsCopy.search }).fill('advertiser 79');
  await expect(page.getByText('Advertiser 79', { exact: true })).toBeVisible();
  await expect(theirs).toHaveCount(0);
  await page.getByRole('searchbox', { name: opinionsCopy.search }).fill('');
  await theirs.getByRole('link', { name: 'Baking' }).click();
  await expect(heading(page.getByRole('dialog'), 'Baking')).toBeVisible();
  await expect(page.getByRole('dialog').getByText(actName('claimed'))).toHaveCount(0);
  await expect(button(page.getByRole('dialog'), whyCopy.reject)).toBeVisible();
});
