/** Bringing files in, seeing what they hold first, and taking them back. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { strikeCopy } from '../../renderer/src/copy/strike-out.ts';
import { issueName } from '../../renderer/src/copy/sources.ts';
import { chromeDatabase } from '../support/browser-database.ts';
import { MARKER } from '../support/marker.ts';
import { expectAccessible, expectAccessibleEverywhere } from './support/accessible.ts';
import { writeNetflixHistory } from './support/exports.ts';
import { expect, test } from './support/launch.ts';
import { button, go, heading, importPreviewed, openVault, pickFiles, sourcesCopy } from './support/screens.ts';

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
  await expect(page.getByText(sourcesCopy.states.undone, { exact: true }).last()).toBeVisible();
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
    // What can still be told of stays until it is put away.
    if (file === path) await button(page, sourcesCopy.discard).click();
  }
  await expect(page.getByRole('row').filter({ hasText: /holiday|broken/u })).toHaveCount(0);
  await go(page, 'activity');
  await expect(page.getByText(/^An import/u)).toHaveCount(0);
});

test('sample data fits the window, is marked as such and removed with one decision', async ({ page }) => {
  await openVault(page);
  await go(page, 'sources');
  await button(page, sourcesCopy.sample).click();
  await expect(heading(page, sourcesCopy.previewTitle)).toBeVisible();
  await expectAccessibleEverywhere(page, 'preview of the samples');
  await page.getByRole('group', { name: sourcesCopy.profiles }).getByRole('checkbox').first().check();
  await importPreviewed(page);
  await go(page, 'home');
  await go(page, 'sources');
  await expect(page.getByText(sourcesCopy.sampleNote)).toBeVisible();
  await button(page, /^Remove sample data/u).click();
  await button(page.getByRole('dialog'), /^Delete [\d,]+ records$/u).click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByText(sourcesCopy.sampleNote)).toHaveCount(0);
});

test('rows are looked through and struck out before anything is kept; what touches closed parts of life is struck already', async ({ page, app }) => {
  const path = join(app.folder, 'orders.csv');
  const rows = [['Stand mixer', '29.00', '2024-03-01'], ['Rolling pin', '9.00', '2024-03-02'], ['Rolling pin', '9.00', '2024-04-02'], ['Pregnancy test', '5.00', '2024-05-01'], ['Tent for two', '99.00', '2019-05-01'], ['Head torch', '19.00', '2024-06-01']];
  writeFileSync(path, `Order ID,Order Date,Currency,Unit Price,Unit Price Tax,Total Owed,Quantity,Order Status,Product Name,Gift Message\n${rows.map(([title, price, day], i) => `${i},${day ?? ''}T10:00:00Z,EUR,${price ?? ''},0,${price ?? ''},1,Closed,${title ?? ''},`).join('\n')}\n`);
  await openVault(page);
  await go(page, 'sources');
  await pickFiles(page, [path]);
  await button(page, strikeCopy.open).click();
  const table = page.getByRole('table', { name: strikeCopy.table });
  await expect(table.getByRole('row')).toHaveCount(rows.length + 1);
  await expect(table.getByRole('row').nth(1)).toContainText('Pregnancy test');
  await expectAccessible(page, 'rows before anything is kept');
  await table.getByRole('button', { name: strikeCopy.allOfLong('Rolling pin') }).first().click();
  await expect(page.getByRole('list', { name: strikeCopy.struck })).toContainText('Rolling pin');
  await table.getByLabel(/^Keep Head torch/u).uncheck();
  await expect(table.getByLabel(/^Keep Pregnancy test/u)).not.toBeChecked();
  await page.getByLabel(strikeCopy.from, { exact: true }).fill('2024-01-01');
  await page.getByLabel(strikeCopy.to, { exact: true }).fill('2023-01-01');
  await expect(page.getByText(strikeCopy.reversed).first()).toBeVisible();
  await expect(button(page, sourcesCopy.importAction)).toBeDisabled();
  await page.getByLabel(strikeCopy.to, { exact: true }).fill('');
  // Looking at another screen loses nothing of it.
  await go(page, 'profile');
  await go(page, 'sources');
  await button(page, strikeCopy.open).click();
  await expect(page.getByRole('list', { name: strikeCopy.struck })).toContainText('Rolling pin');
  await expect(table.getByLabel(/^Keep Head torch/u)).not.toBeChecked();
  await expect(page.getByLabel(strikeCopy.from, { exact: true })).toHaveValue('2024-01-01');
  await page.getByRole('searchbox', { name: strikeCopy.search }).fill('mixer');
  await expect(table.getByRole('row')).toHaveCount(2);
  await page.getByLabel('What it cost').uncheck();
  await importPreviewed(page);
  await expect(page.getByText(sourcesCopy.report(1, 0, 5, 6))).toBeVisible();
  await page.getByText(sourcesCopy.issues).first().click();
  await expect(page.getByText(issueName('SKIPPED_SENSITIVE'))).toBeVisible();
  // Changed their mind: the rest comes with a second import, and nothing twice.
  await button(page, sourcesCopy.another).click();
  await pickFiles(page, [path]);
  await page.getByLabel(strikeCopy.sensitive).uncheck();
  await importPreviewed(page);
  await expect(page.getByText(sourcesCopy.report(5, 1, 0, 6))).toBeVisible();
});

test('a long import waits when it is told to, goes on, and once stopped goes on from there with the same file', async ({ page, app }) => {
  test.setTimeout(240_000);
  const path = join(app.folder, 'StreamingHistory_music_0.json');
  writeFileSync(path, JSON.stringify(Array.from({ length: 400_000 }, (_, i) => ({ endTime: new Date(Date.UTC(2020, 0, 1) + i * 120_000).toISOString().slice(0, 16).replace('T', ' '), artistName: `Artist ${i % 900}`, trackName: `Track ${i % 9_000}`, msPlayed: 60_000 }))));
  await openVault(page);
  await go(page, 'sources');
  const begin = async (): Promise<void> => {
    await pickFiles(page, [path]);
    await expect(heading(page, sourcesCopy.previewTitle)).toBeVisible({ timeout: 60_000 });
    await button(page, sourcesCopy.importAction).click();
  };
  await begin();
  await button(page, sourcesCopy.pause).click();
  await expect(page.getByText(sourcesCopy.paused)).toBeVisible();
  await expectAccessible(page, 'an import that waits');
  await button(page, sourcesCopy.goOn).click();
  await button(page, sourcesCopy.stop).click();
  await expect(page.getByText(sourcesCopy.stoppedHint)).toBeVisible({ timeout: 60_000 });
  await button(page, sourcesCopy.another).click();
  await pickFiles(page, [path]);
  await expect(page.getByText(/stopped after [\d,]+ rows?\. Chosen the same way/u)).toBeVisible({ timeout: 60_000 });
  await button(page, sourcesCopy.importAction).click();
  await expect(page.getByText(sourcesCopy.report(400_000, 0, 0, 400_000))).toBeVisible({ timeout: 120_000 });
});

test('the history of a browser is left out until the person ticks it, and of it only sites are kept', async ({ page, app }) => {
  const path = join(app.folder, 'History');
  const at = Date.UTC(2024, 2, 1, 8);
  writeFileSync(path, chromeDatabase([[`https://www.chefkoch.de/${MARKER}`, at, 1], [`https://www.bbc.co.uk/${MARKER}`, at, 1], [`https://www.cancer.org/${MARKER}`, at, 1]]));
  await openVault(page);
  await go(page, 'sources');
  await pickFiles(page, [path]);
  await expect(page.getByText(sourcesCopy.caution)).toBeVisible();
  await expect(button(page, sourcesCopy.importAction)).toBeDisabled();
  await expectAccessible(page, 'preview of a history');
  await page.getByRole('checkbox', { name: /Chrome, Edge/u }).check();
  await button(page, strikeCopy.open).click();
  const table = page.getByRole('table', { name: strikeCopy.table });
  await expect(table.getByRole('row').nth(1)).toContainText('cancer.org');
  await expect(page.getByText(MARKER)).toHaveCount(0);
  await importPreviewed(page);
  await expect(page.getByText(sourcesCopy.report(2, 0, 1, 3))).toBeVisible();
});

test('whose rows are theirs the person says once for all files of an account', async ({ page, app }) => {
  const ratings = join(app.folder, 'Ratings.csv'), list = join(app.folder, 'MyList.csv');
  writeFileSync(ratings, 'Profile Name,Title Name,Thumbs Value,Event Utc Ts\nAda,Alien,2,2024-03-01 10:00:00\nBob,Dune,2,2024-03-01 10:00:00\n');
  writeFileSync(list, 'Profile Name,Title Name,Country,Utc Title Add Date\nAda,Dark,DE,2024-03-01\nBob,Heat,DE,2024-03-01\nCem,Jaws,DE,2024-03-01\n');
  await openVault(page);
  await go(page, 'sources');
  await pickFiles(page, [ratings, list]);
  await page.getByRole('checkbox', { name: 'Ada' }).first().check();
  await expect(page.getByRole('checkbox', { name: 'Ada' }).last()).toBeChecked();
  await page.getByRole('checkbox', { name: 'Cem' }).check();
  await page.getByRole('checkbox', { name: 'Bob' }).first().check();
  // Those of the list were told apart by then, and stay.
  await expect(page.getByRole('checkbox', { name: 'Bob' }).last()).not.toBeChecked();
  await importPreviewed(page);
  await expect(page.getByText(sourcesCopy.report(2, 0, 0, 2))).toBeVisible();
  await expect(page.getByText(sourcesCopy.report(2, 0, 1, 3))).toBeVisible();
});
