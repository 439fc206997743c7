/** Locking, unlocking, and what a locked vault gives away: nothing. */
import { expectAccessible } from './support/accessible.ts';
import { expect, test } from './support/launch.ts';
import { appCopy, button, createVault, firstRunCopy, go, heading, homeCopy, lock, lockCopy, openVault, passphraseCopy, profileCopy, readRecoveryWords, recoveryCopy, sourcesCopy, unlock } from './support/screens.ts';

test.use({ startWith: 'vault' });

test('a locked vault opens with its passphrase and no other', async ({ page }) => {
  await expectAccessible(page, 'locked');
  await unlock(page, 'another passphrase entirely');
  await expect(page.getByRole('alert')).toBeVisible();
  await expect(heading(page, lockCopy.title)).toBeVisible();
  await expectAccessible(page, 'locked, after a wrong passphrase');
  await unlock(page);
  await expect(heading(page, homeCopy.title)).toBeVisible();
});

test('nothing of the vault can be reached by address while it is locked', async ({ page }) => {
  await openVault(page);
  await lock(page);
  for (const screen of ['profile', 'sources', 'companies', 'known', 'breathing', 'activity', 'security', 'settings']) {
    await page.evaluate((hash) => { window.location.hash = hash; }, `#/${screen}`);
    await expect(heading(page, lockCopy.title)).toBeVisible();
    await expect(page.getByRole('navigation', { name: appCopy.navLabel })).toHaveCount(0);
  }
});

test('loading the page again keeps an open vault open and a locked one locked', async ({ page }) => {
  await openVault(page);
  await page.reload();
  await expect(heading(page, homeCopy.title)).toBeVisible();
  await lock(page);
  await page.reload();
  await expect(heading(page, lockCopy.title)).toBeVisible();
});

test.describe('with records', () => {
  test.use({ startWith: 'records' });

  test('opening it again shows the screen it was left at, narrowed as it was, and an address says nothing of it', async ({ page }) => {
    await openVault(page);
    await go(page, 'profile');
    await page.getByLabel(profileCopy.kind).selectOption('genre');
    await expect(button(page, profileCopy.clear)).toBeVisible();
    // Longer than a letter of a filter is waited for.
    await page.waitForTimeout(800);
    await lock(page);
    // As a window that is opened anew has it.
    await page.evaluate(() => { window.history.replaceState(null, '', window.location.pathname); });
    await page.reload();
    await unlock(page);
    await expect(heading(page, profileCopy.title)).toBeVisible();
    await expect(page.getByLabel(profileCopy.kind)).toHaveValue('genre');
    expect(page.url()).not.toContain('genre');

    // One that names a screen is followed; what it was narrowed to is not carried over to another.
    await page.evaluate(() => { window.location.hash = '#/sources'; });
    await expect(heading(page, sourcesCopy.title)).toBeVisible();
    await page.reload();
    await expect(heading(page, sourcesCopy.title)).toBeVisible();
  });
});

test.describe('from the first run', () => {
  test.use({ startWith: 'nothing' });

  test('the recovery phrase opens the vault and a new passphrase replaces the forgotten one', async ({ page }) => {
    await createVault(page);
    const words = await readRecoveryWords(page);
    await button(page, recoveryCopy.written).click();
    await button(page, recoveryCopy.later).click();
    await button(page, firstRunCopy.imports.skip).click();
    await lock(page);
    await button(page, lockCopy.byPhrase).click();
    await page.getByLabel(lockCopy.phrase, { exact: true }).fill(words.join(' '));
    await button(page, lockCopy.unlock).click();
    await expect(heading(page, lockCopy.newTitle)).toBeVisible();
    const next = 'nine brave herons cross the harbour';
    await page.getByLabel(passphraseCopy.label, { exact: true }).fill(next);
    await page.getByLabel(passphraseCopy.again, { exact: true }).fill(next);
    await button(page, lockCopy.newAction).click();
    await expect(heading(page, homeCopy.title)).toBeVisible();
    await lock(page);
    await unlock(page);
    await expect(page.getByRole('alert')).toBeVisible();
    await unlock(page, next);
    await expect(heading(page, homeCopy.title)).toBeVisible();
  });
});
