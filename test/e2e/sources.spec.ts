/** Bringing files in, seeing what they hold first, and taking them back. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expectAccessible } from './support/accessible.ts';
import { writeNetflixHistory } from './support/exports.ts';
import { expect, test } from './support/launch.ts';
import { button, go, heading, importPreviewed, importSamples, openVault, pickFiles, sourcesCopy } from './support/screens.ts';

test.use({ startWith: 'vault' });

test('a file is previewed, imported once however often it is given, and taken back with one decision', async ({ page, app }) => {
  const { path, rows } = writeNetflixHistory(app.folder);
  await openVault(page);
  await go(page, 'sources');
  await expectAccessible(page, 'Sources, empty');
  await pickFiles(page, [path]);
  await expect(heading(page, sourcesCopy.previewTitle)).toBeVisible();
  await expectAccessible(page, 'preview');
  await importPreviewed(page);
  await expect(page.getByText(sourcesCopy.report(rows, 0, 0, rows))).toBeVisible();
  await button(page, sourcesCopy.another).click();
  await pickFiles(page, [path]);
  await importPreviewed(page);
  await expect(page.getByText(sourcesCopy.report(0, rows, 0, rows))).toBeVisible();
  await expectAccessible(page, 'Sources, with imports');
  const row = page.getByRole('row').filter({ hasText: 'NetflixViewingHistory.csv' }).filter({ hasText: String(rows) }).last();
  await button(row, new RegExp(`^${sourcesCopy.remove}`, 'u')).click();
  const dialog = page.getByRole('dialog');
  await expectAccessible(page, 'taking back');
  await button(dialog, sourcesCopy.undoAction(rows)).click();
  await expect(page.getByText(sourcesCopy.states.undone, { exact: true }).first()).toBeVisible();
});

test('a file nobody can read is named with its reason, and stores nothing', async ({ page, app }) => {
  const path = join(app.folder, 'holiday.csv');
  writeFileSync(path, 'colour,number\nblue,1\n');
  const notZip = join(app.folder, 'broken.zip');
  writeFileSync(notZip, 'this is no archive');
  await openVault(page);
  await go(page, 'sources');
  for (const file of [path, notZip]) {
    await pickFiles(page, [file]);
    await expect(page.getByText(file === path ? 'holiday.csv' : 'broken.zip').or(page.getByRole('alert')).first()).toBeVisible();
    await go(page, 'home');
    await go(page, 'sources');
  }
  await expect(page.getByRole('row').filter({ hasText: /holiday|broken/u })).toHaveCount(0);
  await go(page, 'activity');
  await expect(page.getByText(/^An import/u)).toHaveCount(0);
});

test('sample data is marked as such and removed with one click', async ({ page }) => {
  await openVault(page);
  await go(page, 'sources');
  await importSamples(page);
  await go(page, 'home');
  await go(page, 'sources');
  await expect(page.getByText(sourcesCopy.sampleNote)).toBeVisible();
  await button(page, /^Remove sample data/u).click();
  const dialog = page.getByRole('dialog');
  if (await dialog.isVisible()) await button(dialog, /^(Delete|Remove)/u).click();
  await expect(page.getByText(sourcesCopy.sampleNote)).toHaveCount(0);
});
