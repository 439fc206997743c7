/** The screens as a person finds them: by role and label, in the words of the app's own copy. */
import { expect, type Locator, type Page } from '@playwright/test';
import { appCopy } from '../../../renderer/src/copy/app.ts';
import { controls } from '../../../renderer/src/copy/controls.ts';
import { firstRunCopy } from '../../../renderer/src/copy/first-run.ts';
import { homeCopy } from '../../../renderer/src/copy/home.ts';
import { lockCopy } from '../../../renderer/src/copy/lock.ts';
import { passphraseCopy } from '../../../renderer/src/copy/passphrase.ts';
import { profileCopy, whyCopy } from '../../../renderer/src/copy/profile.ts';
import { rescueCopy } from '../../../renderer/src/copy/rescue.ts';
import { securityCopy } from '../../../renderer/src/copy/security.ts';
import { recoveryCopy } from '../../../renderer/src/copy/recovery.ts';
import { companiesCopy, requestsCopy } from '../../../renderer/src/copy/requests.ts';
import { sourcesCopy } from '../../../renderer/src/copy/sources.ts';
import { claimName } from '../../../renderer/src/copy/claims.ts';
import { PASSPHRASE } from './made-vaults.ts';
import type { Claim } from '../../../shared/protocol/vocabulary.ts';

export { PASSPHRASE } from './made-vaults.ts';

export const button = (within: Page | Locator, name: string | RegExp): Locator => within.getByRole('button', { name, exact: typeof name === 'string' });
export const heading = (within: Page | Locator, name: string | RegExp): Locator => within.getByRole('heading', { name, exact: typeof name === 'string' });

/** Opens a screen from the rail. */
export async function go(page: Page, screen: keyof typeof appCopy.nav): Promise<void> {
  await page.getByRole('link', { name: new RegExp(`^${appCopy.nav[screen]}`, 'u') }).first().click();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
}

export async function createVault(page: Page, passphrase = PASSPHRASE): Promise<void> {
  await button(page, firstRunCopy.welcome.start).click();
  await page.getByLabel(passphraseCopy.label, { exact: true }).fill(passphrase);
  await page.getByLabel(passphraseCopy.again, { exact: true }).fill(passphrase);
  await button(page, firstRunCopy.create.action).click();
  await expect(heading(page, recoveryCopy.title)).toBeVisible();
}

/** The 24 words on the screen, in order. */
export async function readRecoveryWords(page: Page): Promise<string[]> {
  const words = await page.getByRole('list', { name: recoveryCopy.gridLabel }).getByRole('listitem').allInnerTexts();
  return words.map((text) => text.replaceAll(/[^a-z]/gu, ''));
}

/** Types back the words asked for. */
export async function confirmRecovery(page: Page, words: readonly string[]): Promise<void> {
  await button(page, recoveryCopy.written).click();
  const fields = await page.getByLabel(/^Word \d+$/u).all();
  expect(fields).toHaveLength(3);
  for (const [position, word] of words.entries()) {
    const field = page.getByLabel(recoveryCopy.wordNumber(position + 1), { exact: true });
    if (await field.count() === 1) await field.fill(word);
  }
  await button(page, recoveryCopy.confirm).click();
  await expect(heading(page, firstRunCopy.imports.title)).toBeVisible();
}

/** From the preview on the screen to the finished report. */
export async function importPreviewed(page: Page): Promise<void> {
  await expect(heading(page, sourcesCopy.previewTitle)).toBeVisible();
  await button(page, sourcesCopy.importAction).click();
  await expect(heading(page, sourcesCopy.finished.done)).toBeVisible({ timeout: 60_000 });
}

export async function importSamples(page: Page): Promise<void> {
  await button(page, sourcesCopy.sample).click();
  // An account with several profiles: one of them is the person.
  await page.getByRole('group', { name: sourcesCopy.profiles }).getByRole('checkbox').first().check();
  await importPreviewed(page);
}

/** Picks files the way a person does, through the system's dialog. */
export async function pickFiles(page: Page, paths: readonly string[]): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await button(page, new RegExp(`^(?:${controls.chooseFiles}|${controls.chooseFile})$`, 'u')).click();
  await (await chooser).setFiles([...paths]);
}

/** From the locked screen of a vault the test started with to its Home. */
export async function openVault(page: Page): Promise<void> {
  await unlock(page);
  await expect(heading(page, homeCopy.title)).toBeVisible();
}

export async function lock(page: Page): Promise<void> {
  await button(page, appCopy.lock).click();
  await expect(heading(page, lockCopy.title)).toBeVisible();
}

export async function unlock(page: Page, passphrase = PASSPHRASE): Promise<void> {
  await page.getByLabel(lockCopy.passphrase, { exact: true }).fill(passphrase);
  await button(page, lockCopy.unlock).click();
}

/** Hands in a request by pasting it; ends on its decision. */
export async function pasteRequest(page: Page, text: string, companyName: string): Promise<void> {
  await go(page, 'companies');
  await page.getByRole('link', { name: new RegExp(`^${appCopy.tabs.requests}`, 'u') }).click();
  await page.getByLabel(requestsCopy.paste, { exact: true }).fill(text);
  await button(page, requestsCopy.openAction).click();
  await expect(heading(page, requestsCopy.asks(companyName))).toBeVisible();
}

/** The tick box of one claim that is asked for. */
export const askedClaim = (page: Page, claim: Claim): Locator => page.getByRole('checkbox', { name: new RegExp(`^${claimName(claim)}`, 'u') });

/** The part of the screen that shows what would leave. */
/** What stays here, and why: behind a fold of the answer. */
export const showHeld = (page: Page): Promise<void> => wouldLeave(page).locator('summary', { hasText: 'less exactly' }).click();
export const wouldLeave = (page: Page): Locator => page.getByRole('region', { name: requestsCopy.leaves });

export { appCopy, companiesCopy, firstRunCopy, homeCopy, lockCopy, passphraseCopy, profileCopy, recoveryCopy, requestsCopy, rescueCopy, securityCopy, sourcesCopy, whyCopy };

/** The token of what was just allowed, from behind the folds it lies in. */
export async function shownToken(page: Page, name: string): Promise<string> {
  await expect(heading(page, requestsCopy.allowed)).toBeVisible();
  await page.getByText(requestsCopy.notFetched(name)).click();
  await page.getByText(requestsCopy.showToken).click();
  return (await page.getByLabel(requestsCopy.token, { exact: true }).last().innerText()).trim();
}
