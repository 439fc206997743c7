/** An export taken over into a new vault: from Security, from the first run, and refused where something is already. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { controls } from '../../renderer/src/copy/controls.ts';
import { errorWords } from '../../renderer/src/copy/errors.ts';
import { takeOverCopy } from '../../renderer/src/copy/take-over.ts';
import { projectDir } from '../../scripts/support/build.ts';
import { expectAccessible, expectAccessibleEverywhere } from './support/accessible.ts';
import { expect, test } from './support/launch.ts';
import { copyVault, PASSPHRASE } from './support/made-vaults.ts';
import { appCopy, button, confirmRecovery, createVault, go, lock, openVault, pickFiles, readRecoveryWords } from './support/screens.ts';

const EXPORT_PASSPHRASE = 'nine brave herons cross the harbour';

const penchant = (vault: string, ...args: readonly string[]): string => {
  const run = spawnSync(process.execPath, [join(projectDir, 'electron/cli/penchant.mjs'), ...args, '--vault', vault, '--json'], { encoding: 'utf8', timeout: 120_000, env: { ...process.env, PENCHANT_PASSPHRASE: PASSPHRASE, PENCHANT_EXPORT_PASSPHRASE: EXPORT_PASSPHRASE } });
  expect(run.stderr, args.join(' ')).toBe('');
  return run.stdout;
};

/** What the vault concludes, apart from the day it was looked at. */
const profileIn = (vault: string): unknown => {
  const { preferences } = JSON.parse(penchant(vault, 'profile')) as { readonly preferences: readonly { readonly id: string; readonly origin: string; readonly evidence: number }[] };
  return preferences.map(({ id, origin, evidence }) => ({ id, origin, evidence })).sort((a, b) => (a.id < b.id ? -1 : 1));
};

/** An export of a vault with the sample records and something said, made elsewhere. */
async function exportOf(folder: string): Promise<{ readonly file: string; readonly vault: string }> {
  const vault = join(folder, 'elsewhere'), file = join(folder, 'everything.age');
  await copyVault(vault, 'records');
  penchant(vault, 'declare', 'region', 'DE-BY');
  penchant(vault, 'export', file);
  return { file, vault };
}

test.describe('into a new vault', () => {
  test.use({ startWith: 'vault' });

  test('one sees what is in it, can stop, takes it over, and has an equal profile', async ({ page, app }) => {
    const { file, vault } = await exportOf(app.folder);
    await openVault(page);
    await page.getByRole('link', { name: takeOverCopy.home }).click();
    const card = page.getByRole('main');
    await expect(page.getByRole('heading', { level: 1, name: appCopy.takeOver.title })).toBeVisible();
    await pickFiles(page, [file]);
    await expectAccessible(page, 'taking over, the file chosen');
    await card.getByLabel(takeOverCopy.passphrase, { exact: true }).fill('another passphrase entirely');
    await button(card, takeOverCopy.look).click();
    await expect(page.getByText(errorWords('ERR_EXPORT_SECRET_WRONG').title)).toBeVisible();
    await card.getByLabel(takeOverCopy.passphrase, { exact: true }).fill(EXPORT_PASSPHRASE);
    await button(card, takeOverCopy.look).click();
    await expect(card.getByText(takeOverCopy.comes, { exact: true })).toBeVisible({ timeout: 60_000 });
    await expect(card.getByText(/^1 thing you said yourself$/u)).toBeVisible();
    await expectAccessibleEverywhere(page, 'what is in an export');
    await button(card, takeOverCopy.go).click();
    // There is time: opening it derives a key, which takes a second on purpose.
    await button(card, controls.stop).click();
    await expect(card.getByText(takeOverCopy.stopped)).toBeVisible();
    await button(card, takeOverCopy.go).click();
    await expect(card.getByText(takeOverCopy.came, { exact: true })).toBeVisible({ timeout: 60_000 });
    await expectAccessibleEverywhere(page, 'an export was taken over');
    await go(page, 'security');
    await expect(card.getByText(takeOverCopy.notNew)).toBeVisible();
    await expectAccessible(page, 'a vault that is not new any more');
    await lock(page);
    expect(profileIn(join(app.folder, 'vault'))).toEqual(profileIn(vault));
  });
});

test.describe('on the first run', () => {
  test.use({ startWith: 'nothing' });

  test('the first import can be an export of another vault', async ({ page, app }) => {
    const { file } = await exportOf(app.folder);
    await createVault(page);
    await confirmRecovery(page, await readRecoveryWords(page));
    await button(page, appCopy.takeOver.firstRun).click();
    await pickFiles(page, [file]);
    await page.getByLabel(takeOverCopy.passphrase, { exact: true }).fill(EXPORT_PASSPHRASE);
    await expectAccessible(page, 'an export on the first run');
    await button(page, takeOverCopy.look).click();
    await button(page, takeOverCopy.go).click();
    await expect(page.getByText(takeOverCopy.came, { exact: true })).toBeVisible({ timeout: 60_000 });
    await button(page, appCopy.takeOver.toProfile).click();
    await expect(page.getByRole('heading', { level: 1, name: appCopy.nav.profile })).toBeVisible();
    expect(existsSync(file)).toBe(true);
  });
});

test.describe('into a vault that holds something', () => {
  test.use({ startWith: 'records' });

  test('is refused before a file is chosen, and the way is said', async ({ page }) => {
    await openVault(page);
    await go(page, 'security');
    await expect(page.getByText(takeOverCopy.notNew)).toBeVisible();
    await expect(page.getByText(takeOverCopy.notNewHow)).toBeVisible();
    await expect(page.getByRole('link', { name: takeOverCopy.action })).toHaveCount(0);
  });
});
