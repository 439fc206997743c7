/** The Security screen: is all whole, backups, locking, taking everything along. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { passphraseCopy } from '../../renderer/src/copy/passphrase.ts';
import { expectAccessible } from './support/accessible.ts';
import { expect, test } from './support/launch.ts';
import { button, go, lock, openVault, securityCopy, unlock } from './support/screens.ts';

test.use({ startWith: 'records' });

test('one button says what is whole and what wants attention, before and after a backup', async ({ page }) => {
  await openVault(page);
  await go(page, 'security');
  await expect(page.getByText(`${securityCopy.never} ${securityCopy.checkText}`)).toBeVisible();
  await expect(page.getByText(securityCopy.noBackup)).toBeVisible();
  await button(page, securityCopy.check).click();
  const findings = page.getByRole('listitem');
  await expect(page.getByText(securityCopy.look).first()).toBeVisible();
  await expect(findings.filter({ hasText: `${securityCopy.parts.database}.` })).toContainText('Every page was read');
  await expect(findings.filter({ hasText: `${securityCopy.parts.backup}.` })).toContainText('There is none yet');
  await expectAccessible(page, 'Security, checked');
  await button(page, securityCopy.backupAction).click();
  await expect(page.getByText(/written and opened once to check it/u)).toBeVisible();
  await expect(page.getByText(securityCopy.backupBeside)).toBeVisible();
  await button(page, securityCopy.check).click();
  await expect(findings.filter({ hasText: `${securityCopy.parts.backup}.` })).toContainText('read to its last byte');
  await expectAccessible(page, 'Security, backup written');
  await page.reload();
  await expect(page.getByText(/^Last checked/u)).toBeVisible();
});

test('backups by themselves: how often, how many, where to, when next; a folder that cannot be used is refused in words', async ({ page, app }) => {
  await openVault(page);
  await go(page, 'security');
  await page.getByLabel(securityCopy.every).selectOption('daily');
  await expect(page.getByText(/^The next one is due/u)).toBeVisible();
  await page.getByLabel(securityCopy.keep).selectOption('3');
  await page.getByLabel(securityCopy.folder).fill(join(app.folder, 'not there'));
  await button(page, securityCopy.folderSave).click();
  await expect(page.getByRole('alert')).toContainText('The folder for backups cannot be used');
  await page.getByLabel(securityCopy.folder).fill(app.folder);
  await button(page, securityCopy.folderSave).click();
  await expect(page.getByText(securityCopy.folderSaved)).toBeVisible();
  await expectAccessible(page, 'Security, backups by themselves');
  // Due at once, for there is none.
  await expect.poll(() => readdirSync(app.folder).filter((name) => name.startsWith('penchant-auto-')).length, { timeout: 90_000 }).toBe(1);
});

test('everything can be taken along, locked with a passphrase of its own', async ({ page, app }) => {
  await openVault(page);
  await go(page, 'security');
  await button(page, securityCopy.leaveAction).click();
  const dialog = page.getByRole('dialog');
  for (const label of [securityCopy.leavePassphrase, passphraseCopy.again]) await dialog.getByLabel(label, { exact: true }).fill('nine brave herons cross the harbour');
  await expectAccessible(page, 'taking everything along');
  await button(dialog, securityCopy.leaveGo).click();
  await expect(dialog.getByText(/with [\d,]+ records/u)).toBeVisible({ timeout: 60_000 });
  await expectAccessible(page, 'everything written');
  expect(readdirSync(join(app.folder, 'vault', 'exports')).filter((name) => name.endsWith('.age'))).toHaveLength(1);
});

test('when it locks is kept with the vault', async ({ page, app }) => {
  await openVault(page);
  await go(page, 'security');
  const onClose = page.getByRole('switch', { name: new RegExp(securityCopy.onClose, 'u') });
  await expect(onClose).not.toBeChecked();
  await onClose.check({ force: true });
  await expect(onClose).toBeChecked();
  await page.getByRole('switch', { name: new RegExp(securityCopy.onSleep, 'u') }).uncheck({ force: true });
  await lock(page);
  await unlock(page);
  await expect(page.getByRole('switch', { name: new RegExp(securityCopy.onClose, 'u') })).toBeChecked();
  await expect(page.getByRole('switch', { name: new RegExp(securityCopy.onSleep, 'u') })).not.toBeChecked();
  expect(existsSync(join(app.folder, 'vault', 'vault.db'))).toBe(true);
});
