/** From nothing to a vault with something in it, by mouse and by keyboard alone. */
import type { Locator } from '@playwright/test';
import { expectAccessible } from './support/accessible.ts';
import { expect, test } from './support/launch.ts';
import { appCopy, button, confirmRecovery, createVault, firstRunCopy, heading, homeCopy, importSamples, PASSPHRASE, passphraseCopy, readRecoveryWords, recoveryCopy, sourcesCopy } from './support/screens.ts';

test('a person creates a vault, keeps the recovery phrase, tries the samples and arrives at Home', async ({ page }) => {
  await expect(heading(page, firstRunCopy.welcome.title)).toBeVisible();
  await expectAccessible(page, 'welcome');
  await createVault(page);
  await expectAccessible(page, 'recovery phrase');
  const words = await readRecoveryWords(page);
  expect(words).toHaveLength(24);
  expect(words.every((word) => /^[a-z]{3,8}$/u.test(word))).toBe(true);
  await confirmRecovery(page, words);
  await expectAccessible(page, 'first import');
  await importSamples(page);
  await expectAccessible(page, 'import report');
  await button(page, firstRunCopy.imports.skip).click();
  await expect(heading(page, homeCopy.title)).toBeVisible();
  await expect(page.getByText(appCopy.unlocked, { exact: true })).toBeVisible();
  await expect(page.getByText(/concluded or said, from [\d,.]+ records/u)).toBeVisible();
  await expectAccessible(page, 'Home');
});

test('a passphrase that is easy to guess creates nothing', async ({ page }) => {
  await button(page, firstRunCopy.welcome.start).click();
  await page.getByLabel(passphraseCopy.label, { exact: true }).fill('password12');
  await page.getByLabel(passphraseCopy.again, { exact: true }).fill('password12');
  await expect(page.getByText(/easy to guess|not enough/iu).first()).toBeVisible();
  await expect(button(page, firstRunCopy.create.action)).toBeDisabled();
  await page.getByLabel(passphraseCopy.label, { exact: true }).fill(PASSPHRASE);
  await expect(page.getByText(passphraseCopy.different)).toBeVisible();
  await expect(button(page, firstRunCopy.create.action)).toBeDisabled();
  await expectAccessible(page, 'choosing a passphrase');
});

test('wrong recovery words are not taken', async ({ page }) => {
  await createVault(page);
  await button(page, recoveryCopy.written).click();
  for (const field of await page.getByLabel(/^Word \d+$/u).all()) await field.fill('zebra');
  await button(page, recoveryCopy.confirm).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await expect(heading(page, recoveryCopy.confirmTitle)).toBeVisible();
});

test('the whole first run works by keyboard alone', async ({ page }) => {
  const press = (key: string) => page.keyboard.press(key);
  /** Tabs until what has focus bears this name, as a person would; fails when it is never reached. */
  const tabTo = async (what: 'button' | 'textbox' | Locator, name = ''): Promise<void> => {
    const target = typeof what === 'string' ? page.getByRole(what, { name, exact: true }) : what;
    // Sixty tabs are through in no time on a page that is not there yet.
    await expect(target).toBeVisible();
    for (let i = 0; i < 60; i++) {
      if (await target.evaluateAll((elements) => elements.some((element) => element === element.ownerDocument.activeElement))) return;
      await press('Tab');
    }
    await expect(target).toBeFocused();
  };
  await tabTo('button', firstRunCopy.welcome.start);
  await press('Enter');
  await expect(page.getByLabel(passphraseCopy.label, { exact: true })).toBeFocused();
  await page.keyboard.type(PASSPHRASE);
  await tabTo('textbox', passphraseCopy.again);
  await page.keyboard.type(PASSPHRASE);
  await expect(button(page, firstRunCopy.create.action)).toBeEnabled();
  await press('Enter');
  await expect(heading(page, recoveryCopy.title)).toBeVisible();
  const words = await readRecoveryWords(page);
  await tabTo('button', recoveryCopy.written);
  await press('Enter');
  for (const [position, word] of words.entries()) {
    const name = recoveryCopy.wordNumber(position + 1);
    if (await page.getByRole('textbox', { name, exact: true }).count() === 0) continue;
    await tabTo('textbox', name);
    await page.keyboard.type(word);
  }
  await press('Enter');
  await expect(heading(page, firstRunCopy.imports.title)).toBeVisible();
  await tabTo('button', sourcesCopy.sample);
  await press('Enter');
  await expect(heading(page, sourcesCopy.previewTitle)).toBeVisible();
  const mine = page.getByRole('group', { name: sourcesCopy.profiles }).getByRole('checkbox').first();
  await tabTo(mine);
  await press('Space');
  await expect(mine).toBeChecked();
  await tabTo('button', sourcesCopy.importAction);
  await press('Enter');
  await expect(heading(page, sourcesCopy.finished.done)).toBeVisible({ timeout: 60_000 });
  await tabTo('button', firstRunCopy.imports.skip);
  await press('Enter');
  await expect(heading(page, homeCopy.title)).toBeVisible();
});
