/** A folder the person lets the vault look at. */
import { mkdirSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { watchedCopy } from '../../renderer/src/copy/sources.ts';
import { expectAccessibleEverywhere } from './support/accessible.ts';
import { writeNetflixHistory } from './support/exports.ts';
import { expect, test } from './support/launch.ts';
import { button, go, heading, importPreviewed, openVault, sourcesCopy } from './support/screens.ts';

test.use({ startWith: 'vault' });

test('an export that lies in the folder is offered, looked into and imported; nothing of it is read in before', async ({ page, app }) => {
  const folder = join(app.folder, 'Downloads');
  mkdirSync(folder);
  const { path, rows } = writeNetflixHistory(folder);
  utimesSync(path, 1, 1);
  await openVault(page);
  await go(page, 'sources');
  await page.getByText(watchedCopy.title).click();
  const field = page.getByLabel(watchedCopy.folder, { exact: true });
  await field.fill('/no/such/folder');
  await button(page, watchedCopy.save).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await field.fill(folder);
  await button(page, watchedCopy.save).click();
  await expect(page.getByText(watchedCopy.found(1))).toBeVisible();
  await expectAccessibleEverywhere(page, 'an export that arrived');
  await button(page, `${watchedCopy.look}: NetflixViewingHistory.csv`).click();
  await expect(heading(page, sourcesCopy.previewTitle)).toBeVisible();
  await importPreviewed(page);
  await expect(page.getByText(sourcesCopy.report(rows, 0, 0, rows))).toBeVisible();
  await button(page, sourcesCopy.another).click();
  await expect(page.getByText(watchedCopy.found(1))).toHaveCount(0);
  await button(page, watchedCopy.stop).click();
  await expect(page.getByText(watchedCopy.off, { exact: true })).toBeVisible();
});
