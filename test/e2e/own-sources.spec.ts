/** A file no importer knows: saying what is in it, seeing it read that way, importing it, and never being asked again. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mappedFieldName, ownCopy } from '../../renderer/src/copy/own-sources.ts';
import { expectAccessible } from './support/accessible.ts';
import { expect, test } from './support/launch.ts';
import { button, go, importPreviewed, openVault, pickFiles, sourcesCopy } from './support/screens.ts';

test.use({ startWith: 'vault' });

const ROWS = 12;
const SHELF = ['Künstler;Titel;Album;Gekauft am;Preis;E-Mail;Bewertung', ...Array.from({ length: ROWS }, (_, i) => `Band ${i};Lied ${i};Platte ${i % 3};${String(i + 1).padStart(2, '0')}/03/2024;${10 + i},50 €;ada@example.org;${(i % 5) + 1}`), 'Band;;Platte;01/03/2024;1 €;;3'].join('\r\n');

test('a person says once what is in a file of their own, and it is known from then on', async ({ page, app }) => {
  const path = join(app.folder, 'platten.csv');
  writeFileSync(path, SHELF);
  await openVault(page);
  await go(page, 'sources');
  await pickFiles(page, [path]);
  await expect(page.getByText(ownCopy.offerText)).toBeVisible();
  await expectAccessible(page, 'a file that is not known');
  await button(page, ownCopy.tellLong('platten.csv')).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText(ownCopy.counts(ROWS + 1, ROWS, true))).toBeVisible();
  await expect(dialog.getByLabel(ownCopy.fieldOf('e-mail'))).toHaveValue('');
  await expect(dialog.getByRole('row').filter({ hasText: 'Lied 0' })).toContainText('Band 0');
  await expectAccessible(page, 'saying what is in it');
  // What is chosen shows at once in the rows.
  await dialog.getByLabel(ownCopy.fieldOf('künstler')).selectOption('');
  await expect(dialog.getByRole('row').filter({ hasText: 'Lied 0' })).not.toContainText('Band 0');
  await dialog.getByLabel(ownCopy.fieldOf('künstler')).selectOption(mappedFieldName('creator'));
  await button(dialog, ownCopy.save).click();
  await expect(dialog.getByText(ownCopy.needsName)).toBeVisible();
  await dialog.getByLabel(ownCopy.name).fill('Meine Platten');
  await button(dialog, ownCopy.save).click();
  await expect(dialog).toHaveCount(0);
  await importPreviewed(page);
  await expect(page.getByText(sourcesCopy.report(ROWS, 0, 1, ROWS + 1))).toBeVisible();

  await button(page, sourcesCopy.another).click();
  await pickFiles(page, [path]);
  await expect(page.getByText('Read as you said')).toBeVisible();
  await importPreviewed(page);
  await expect(page.getByText(sourcesCopy.report(0, ROWS, 1, ROWS + 1))).toBeVisible();
  await expectAccessible(page, 'Sources, with one of one’s own');

  await button(page, `${ownCopy.rename}: Meine Platten`).click();
  await page.getByRole('dialog').getByLabel(ownCopy.name).fill('Plattenregal');
  await button(page.getByRole('dialog'), ownCopy.renameSave).click();
  await expect(page.getByRole('row').filter({ hasText: 'Plattenregal' })).toHaveCount(2);
  await button(page, `${ownCopy.remove}: Plattenregal`).click();
  await button(page.getByRole('dialog'), ownCopy.remove).click();
  await expect(page.getByText(ownCopy.listHint)).toHaveCount(0);
  await expect(page.getByRole('row').filter({ hasText: 'Plattenregal' })).toHaveCount(2);
});
