/** Ways back: a backup put in place on a new computer and over a vault, a damaged database, a damaged key file. */
import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync, readdirSync, readFileSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { errorWords } from '../../renderer/src/copy/errors.ts';
import { projectDir } from '../../scripts/support/build.ts';
import { controls } from '../../renderer/src/copy/controls.ts';
import { expectAccessible } from './support/accessible.ts';
import { expect, test } from './support/launch.ts';
import { copyVault, PASSPHRASE } from './support/made-vaults.ts';
import { button, go, heading, homeCopy, lock, lockCopy, openVault, pickFiles, rescueCopy, securityCopy, unlock } from './support/screens.ts';

/** A backup of a vault with the sample records, made elsewhere. */
async function backupOf(folder: string): Promise<string> {
  const vault = join(folder, 'elsewhere'), file = join(folder, 'from-the-old-computer.backup');
  await copyVault(vault, 'records');
  const run = spawnSync(process.execPath, [join(projectDir, 'electron/cli/penchant.mjs'), 'backup', file, '--vault', vault, '--json'], { encoding: 'utf8', timeout: 120_000, env: { ...process.env, PENCHANT_PASSPHRASE: PASSPHRASE } });
  expect(run.stderr).toBe('');
  return file;
}

const siblings = (folder: string, part: string): string[] => readdirSync(folder).filter((name) => name.startsWith(`vault.${part}`));

test.describe('on a new computer', () => {
  test.use({ startWith: 'nothing' });

  test('the first run takes a backup instead of making a vault; a wrong passphrase costs nothing', async ({ page, app }) => {
    const file = await backupOf(app.folder);
    await button(page, rescueCopy.firstRun).click();
    await expect(heading(page, rescueCopy.restoreTitle)).toBeVisible();
    await expectAccessible(page, 'putting back a backup');
    await pickFiles(page, [file]);
    await expect(page.getByText(controls.chosen('from-the-old-computer.backup'))).toBeVisible();
    await page.getByLabel(rescueCopy.passphrase, { exact: true }).fill('another passphrase entirely');
    await button(page, rescueCopy.restoreAction).click();
    await expect(page.getByText(errorWords('ERR_VAULT_SECRET_WRONG').title)).toBeVisible();
    await expectAccessible(page, 'putting back a backup, wrong passphrase');
    expect(existsSync(join(app.folder, 'vault', 'vault.db'))).toBe(false);
    await page.getByLabel(rescueCopy.passphrase, { exact: true }).fill(PASSPHRASE);
    await button(page, rescueCopy.restoreAction).click();
    await expect(heading(page, rescueCopy.restored)).toBeVisible({ timeout: 60_000 });
    await expectAccessible(page, 'a backup is back');
    await button(page, rescueCopy.go).click();
    await expect(heading(page, homeCopy.title)).toBeVisible();
    await expect(page.getByText(/concluded or said, from [\d,]+ records/u)).toBeVisible();
  });

  test('a backup on its way back can be stopped, which leaves nothing behind, and is put back after all', async ({ page, app }) => {
    const file = await backupOf(app.folder);
    await button(page, rescueCopy.firstRun).click();
    await pickFiles(page, [file]);
    await expect(page.getByText(controls.chosen('from-the-old-computer.backup'))).toBeVisible();
    const before = readdirSync(app.folder).sort();
    await page.getByLabel(rescueCopy.passphrase, { exact: true }).fill(PASSPHRASE);
    await button(page, rescueCopy.restoreAction).click();
    await expect(page.getByRole('progressbar')).toBeVisible();
    // There is time: deriving the key alone takes half a second, on purpose.
    await button(page, controls.stop).click();
    await expect(page.getByText(rescueCopy.stopped)).toBeVisible();
    await expectAccessible(page, 'putting back a backup, stopped');
    expect(readdirSync(app.folder).sort()).toEqual(before);
    expect(existsSync(join(app.folder, 'vault', 'vault.db'))).toBe(false);
    // File and passphrase are still there.
    await button(page, rescueCopy.restoreAction).click();
    await expect(heading(page, rescueCopy.restored)).toBeVisible({ timeout: 60_000 });
  });

  test('a page loaded again while a backup is put back finds it under way, and then its vault', async ({ page, app }) => {
    const file = await backupOf(app.folder);
    await button(page, rescueCopy.firstRun).click();
    await pickFiles(page, [file]);
    await page.getByLabel(rescueCopy.passphrase, { exact: true }).fill(PASSPHRASE);
    await button(page, rescueCopy.restoreAction).click();
    await expect(button(page, controls.stop)).toBeEnabled();
    await page.reload();
    await expect(heading(page, homeCopy.title)).toBeVisible({ timeout: 60_000 });
    await expect(page.getByText(/concluded or said, from [\d,]+ records/u)).toBeVisible();
  });

  test('a file that is no backup is refused, and a vault can still be made', async ({ page, app }) => {
    const file = join(app.folder, 'holiday.backup');
    writeFileSync(file, randomBytes(5_000));
    await button(page, rescueCopy.firstRun).click();
    await pickFiles(page, [file]);
    await page.getByLabel(rescueCopy.passphrase, { exact: true }).fill(PASSPHRASE);
    await button(page, rescueCopy.restoreAction).click();
    await expect(page.getByText(errorWords('ERR_BACKUP_INVALID').title)).toBeVisible();
    await button(page, rescueCopy.back).click();
    await expect(button(page, 'Create my vault')).toBeVisible();
  });
});

test.describe('over the vault that is here', () => {
  test.use({ startWith: 'records' });

  test('an older backup is put back only when that is said, and the vault that was here is kept aside', async ({ page, app }) => {
    await openVault(page);
    await go(page, 'security');
    await button(page, securityCopy.backupAction).click();
    await expect(page.getByText(/written and opened once to check it/u)).toBeVisible();
    await lock(page);
    const [name] = readdirSync(join(app.folder, 'vault', 'backups'));
    await unlock(page);
    await expect(heading(page, securityCopy.title)).toBeVisible();
    await lock(page);
    await page.getByText(rescueCopy.help, { exact: true }).click();
    await expectAccessible(page, 'locked, something is wrong');
    await button(page, rescueCopy.toRestore).click();
    await expect(page.getByText(rescueCopy.asideNote)).toBeVisible();
    await pickFiles(page, [join(app.folder, 'vault', 'backups', name ?? '')]);
    await page.getByLabel(rescueCopy.passphrase, { exact: true }).fill(PASSPHRASE);
    await button(page, rescueCopy.restoreAction).click();
    await expect(page.getByText(errorWords('ERR_BACKUP_OLDER').title)).toBeVisible();
    await expectAccessible(page, 'an older backup');
    expect(siblings(app.folder, 'replaced')).toEqual([]);
    await button(page, rescueCopy.olderAction).click();
    await expect(heading(page, rescueCopy.restored)).toBeVisible({ timeout: 60_000 });
    expect(siblings(app.folder, 'replaced')).toHaveLength(1);
    await expect(page.getByText(siblings(app.folder, 'replaced')[0] ?? 'none')).toBeVisible();
    await button(page, rescueCopy.go).click();
    await expect(heading(page, homeCopy.title)).toBeVisible();
  });

  test('a damaged database is told at unlocking, and what can be read of it is saved', async ({ page, app }) => {
    const path = join(app.folder, 'vault', 'vault.db');
    const file = openSync(path, 'r+');
    const pages = Math.floor(statSync(path).size / 4096);
    // All but the first ones, among which are those that say where everything is: unlocking reads few of the others.
    for (let at = 96; at < pages; at++) writeSync(file, randomBytes(64), 0, 64, at * 4096 + 1_000);
    closeSync(file);
    await unlock(page);
    const note = page.getByRole('alert');
    await expect(note).toContainText(errorWords('ERR_VAULT_CORRUPT').title);
    await expectAccessible(page, 'locked, damaged');
    await button(note, rescueCopy.toRecover).click();
    await expect(heading(page, rescueCopy.recoverTitle)).toBeVisible();
    await page.getByLabel(rescueCopy.ownPassphrase, { exact: true }).fill(PASSPHRASE);
    await expectAccessible(page, 'saving what can be read');
    await button(page, rescueCopy.recoverAction).click();
    await expect(heading(page, rescueCopy.recovered)).toBeVisible({ timeout: 60_000 });
    await expect(page.getByText(rescueCopy.partly)).toBeVisible();
    await expectAccessible(page, 'saved what could be read');
    expect(siblings(app.folder, 'damaged')).toHaveLength(1);
    // Until it was read it is told again: to a page loaded anew, and after unlocking.
    await page.reload();
    await expect(page.getByText(rescueCopy.partly)).toBeVisible();
    await button(page, rescueCopy.go).click();
    await expect(heading(page, homeCopy.title)).toBeVisible();
    await page.reload();
    await expect(heading(page, homeCopy.title)).toBeVisible();
    await lock(page);
    await openVault(page);
  });

  test('a damaged key file is told at once, and a backup’s copy of it stands in', async ({ page, app }) => {
    const backup = await backupOf(app.folder);
    const keys = join(app.folder, 'vault', 'vault.keys');
    await expect(heading(page, lockCopy.title)).toBeVisible();
    writeFileSync(keys, readFileSync(keys, 'utf8').slice(0, 400));
    await page.reload();
    const note = page.getByRole('alert');
    await expect(note).toContainText(errorWords('ERR_VAULT_HEADER_INVALID').title);
    await expectAccessible(page, 'the key file is damaged');
    await button(note, rescueCopy.toRecover).click();
    await expect(page.getByText(rescueCopy.keysLead)).toBeVisible();
    await pickFiles(page, [backup]);
    await page.getByLabel(rescueCopy.ownPassphrase, { exact: true }).fill(PASSPHRASE);
    await button(page, rescueCopy.recoverAction).click();
    await expect(heading(page, rescueCopy.recovered)).toBeVisible({ timeout: 60_000 });
    await expect(page.getByText(rescueCopy.whole)).toBeVisible();
    await button(page, rescueCopy.go).click();
    await expect(heading(page, homeCopy.title)).toBeVisible();
  });
});
