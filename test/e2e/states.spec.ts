/** Every state a person can meet, not only the screens as they open: each readable by everyone, in both themes, wide and narrow. */
import { firstStepsCopy } from '../../renderer/src/copy/first-steps.ts';
import { spawn } from 'node:child_process';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { projectDir } from '../../scripts/support/build.ts';
import { appCopy } from '../../renderer/src/copy/app.ts';
import { activityCopy } from '../../renderer/src/copy/activity.ts';
import { claimName } from '../../renderer/src/copy/claims.ts';
import { controls } from '../../renderer/src/copy/controls.ts';
import { errorWords } from '../../renderer/src/copy/errors.ts';
import { addCopy } from '../../renderer/src/copy/profile.ts';
import { keysCopy } from '../../renderer/src/copy/keys.ts';
import { securityCopy } from '../../renderer/src/copy/security.ts';
import { settingsCopy } from '../../renderer/src/copy/settings.ts';
import { SOURCE_GUIDES } from '../../renderer/src/copy/sources.ts';
import { topicsCopy } from '../../renderer/src/copy/topics.ts';
import { wheelCopy } from '../../renderer/src/copy/wheel.ts';
import { expectAccessibleEverywhere } from './support/accessible.ts';
import { writeNetflixHistory } from './support/exports.ts';
import { expect, test } from './support/launch.ts';
import { PASSPHRASE } from './support/made-vaults.ts';
import { strikeCopy } from '../../renderer/src/copy/strike-out.ts';
import { askedClaim, button, companiesCopy, confirmRecovery, createVault, firstRunCopy, go, heading, homeCopy, importPreviewed, lock, lockCopy, openVault, passphraseCopy, pasteRequest, pickFiles, profileCopy, readRecoveryWords, recoveryCopy, requestsCopy, sourcesCopy, unlock, whyCopy, wouldLeave, shownToken } from './support/screens.ts';
import { createShop } from './support/shop.ts';

// Each state is looked at four times; a busy computer takes its time with that.
test.setTimeout(300_000);

test.describe('from nothing', () => {
  test.use({ startWith: 'nothing' });

  test('the steps of the first run', async ({ page, app }) => {
    await expectAccessibleEverywhere(page, 'welcome');
    await button(page, firstRunCopy.welcome.start).click();
    await expectAccessibleEverywhere(page, 'choosing a passphrase, empty');
    await button(page, passphraseCopy.suggest).click();
    await expect(page.getByText(passphraseCopy.suggestionHint)).toBeVisible();
    await page.getByLabel(passphraseCopy.again, { exact: true }).fill('x');
    await expect(page.getByText(passphraseCopy.different)).toBeVisible();
    await expectAccessibleEverywhere(page, 'a suggested passphrase, typed differently again');
    await page.getByLabel(passphraseCopy.label, { exact: true }).fill('password12');
    await expect(page.getByText(/easy to guess|not enough/iu).first()).toBeVisible();
    await expectAccessibleEverywhere(page, 'a weak passphrase');
    await page.reload();
    await createVault(page);
    const words = await readRecoveryWords(page);
    await expectAccessibleEverywhere(page, 'recovery phrase');
    await button(page, recoveryCopy.written).click();
    for (const field of await page.getByLabel(/^Word \d+$/u).all()) await field.fill('zebra');
    await button(page, recoveryCopy.confirm).click();
    await expect(page.getByRole('alert')).toBeVisible();
    await expectAccessibleEverywhere(page, 'wrong recovery words');
    await button(page, recoveryCopy.showAgain).click();
    await confirmRecovery(page, words);
    await expectAccessibleEverywhere(page, 'first import');
    const path = join(app.folder, 'holiday.csv');
    writeFileSync(path, 'colour,number\nblue,1\n');
    await pickFiles(page, [path]);
    await expect(page.getByText('holiday.csv').or(page.getByRole('alert')).first()).toBeVisible();
    await expectAccessibleEverywhere(page, 'first import, a file nobody can read');
  });

  test('locked, and back in by the recovery phrase', async ({ page }) => {
    await createVault(page);
    const words = await readRecoveryWords(page);
    await button(page, recoveryCopy.written).click();
    await button(page, recoveryCopy.later).click();
    await button(page, firstRunCopy.imports.skip).click();
    // Among the first steps it is the first; without them it stands by itself.
    await expect(page.getByText(firstStepsCopy.steps.phrase.title)).toBeVisible();
    await expect(page.getByText(homeCopy.reminderTitle)).toHaveCount(0);
    await button(page, firstStepsCopy.hide).click();
    await expect(page.getByText(homeCopy.reminderTitle)).toBeVisible();
    await expectAccessibleEverywhere(page, 'Home of an empty vault, phrase not checked');
    await lock(page);
    await expectAccessibleEverywhere(page, 'locked');
    await unlock(page, 'another passphrase entirely');
    await expect(page.getByRole('alert')).toBeVisible();
    await expectAccessibleEverywhere(page, 'wrong passphrase');
    await button(page, lockCopy.byPhrase).click();
    await expectAccessibleEverywhere(page, 'recovery phrase asked for');
    await page.getByLabel(lockCopy.phrase, { exact: true }).fill('zebra zebra');
    await button(page, lockCopy.unlock).click();
    await expect(page.getByText(errorWords('ERR_RECOVERY_PHRASE_INVALID').title)).toBeVisible();
    await expectAccessibleEverywhere(page, 'wrong recovery phrase');
    await page.getByLabel(lockCopy.phrase, { exact: true }).fill(words.join(' '));
    await button(page, lockCopy.unlock).click();
    await expect(heading(page, lockCopy.newTitle)).toBeVisible();
    await expectAccessibleEverywhere(page, 'a new passphrase after recovery');
  });
});

test.describe('an empty vault', () => {
  test.use({ startWith: 'vault' });

  test('open in another program, it says so', async ({ page, app }) => {
    const other = spawn(process.execPath, [join(projectDir, 'electron/cli/penchant.mjs'), 'serve', '--port', '0', '--vault', join(app.folder, 'vault')], { cwd: projectDir, env: { ...process.env, PENCHANT_PASSPHRASE: PASSPHRASE }, stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = new Promise<number | null>((resolve) => { other.once('exit', resolve); });
    try {
      await new Promise<string>((resolve) => { createInterface({ input: other.stdout }).once('line', resolve); });
      await unlock(page);
      await expect(page.getByText(errorWords('ERR_VAULT_IN_USE').title)).toBeVisible();
      await expectAccessibleEverywhere(page, 'vault in use');
    } finally {
      other.kill('SIGINT');
    }
    expect(await ended).toBe(0);
    await openVault(page);
  });

  test('every screen of it, and what each says when something does not work', async ({ page }) => {
    await openVault(page);
    await go(page, 'profile');
    await expect(heading(page, profileCopy.empty)).toBeVisible();
    await expectAccessibleEverywhere(page, 'Profile, empty');
    await go(page, 'companies');
    await expect(heading(page, companiesCopy.empty)).toBeVisible();
    await expectAccessibleEverywhere(page, 'Companies, empty');
    await page.getByRole('link', { name: new RegExp(`^${appCopy.tabs.requests}`, 'u') }).click();
    await expect(heading(page, requestsCopy.empty)).toBeVisible();
    await expectAccessibleEverywhere(page, 'Requests, empty');
    await page.getByLabel(requestsCopy.paste, { exact: true }).fill('nonsense');
    await button(page, requestsCopy.openAction).click();
    await expect(page.getByRole('alert')).toBeVisible();
    await expectAccessibleEverywhere(page, 'a request that is none');
    await page.evaluate(() => { window.location.hash = '#/companies/nobody'; });
    await expect(heading(page, companiesCopy.notFound)).toBeVisible();
    await expectAccessibleEverywhere(page, 'no such company');
    await page.evaluate(() => { window.location.hash = '#/requests/nothing'; });
    await expect(page.getByText(errorWords('ERR_REQUEST_UNKNOWN').title)).toBeVisible();
    await expectAccessibleEverywhere(page, 'no such request');
    await page.evaluate(() => { window.location.hash = '#/no/such/place'; });
    await expectAccessibleEverywhere(page, 'nothing here');
    await go(page, 'activity');
    await page.getByRole('radio', { name: activityCopy.groups.companies, exact: true }).check({ force: true });
    await expect(page.getByText(activityCopy.emptyFiltered)).toBeVisible();
    await button(page, activityCopy.verify).click();
    await expect(page.getByText(activityCopy.verifiedLimits)).toBeVisible();
    await expectAccessibleEverywhere(page, 'Activity, nothing of this kind, checked');
  });

  test('bringing files in, and what goes wrong with it', async ({ page, app }) => {
    await openVault(page);
    await go(page, 'sources');
    for (const { name } of Object.values(SOURCE_GUIDES)) await page.getByRole('main').getByText(name, { exact: true }).click();
    await expectAccessibleEverywhere(page, 'Sources, empty, all guides open');
    const notZip = join(app.folder, 'broken.zip');
    writeFileSync(notZip, 'this is no archive');
    await pickFiles(page, [notZip]);
    await expect(page.getByText('broken.zip').or(page.getByRole('alert')).first()).toBeVisible();
    await expectAccessibleEverywhere(page, 'a broken archive');
    await go(page, 'home');
    await go(page, 'sources');
    const { path, rows } = writeNetflixHistory(app.folder);
    await pickFiles(page, [path]);
    await expect(heading(page, sourcesCopy.previewTitle)).toBeVisible();
    await button(page, strikeCopy.open).first().click();
    await expect(page.getByRole('table').first()).toBeVisible();
    await expectAccessibleEverywhere(page, 'preview, rows shown');
    // The file goes away between looking and reading: the host's own copy, or in the desktop app the person's.
    const incoming = join(app.folder, 'vault/incoming');
    if (app.link !== null) for (const name of readdirSync(incoming)) rmSync(join(incoming, name), { recursive: true });
    rmSync(path);
    await button(page, sourcesCopy.importAction).click();
    await expect(heading(page, sourcesCopy.finished.failed)).toBeVisible();
    await expectAccessibleEverywhere(page, 'failed import');
    await button(page, sourcesCopy.another).click();
    await pickFiles(page, [writeNetflixHistory(app.folder).path]);
    await importPreviewed(page);
    await expectAccessibleEverywhere(page, 'import report');
    await page.getByRole('row').filter({ hasText: String(rows) }).getByRole('button', { name: new RegExp(`^${sourcesCopy.report2}`, 'u') }).first().click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await expectAccessibleEverywhere(page, 'report in a dialog');
    await button(page.getByRole('dialog'), controls.close).click();
    await page.getByRole('row').filter({ hasText: String(rows) }).getByRole('button', { name: new RegExp(`^${sourcesCopy.remove}`, 'u') }).first().click();
    await expectAccessibleEverywhere(page, 'taking back');
  });

  test('a log that does not add up', async ({ page, app }) => {
    rmSync(join(app.folder, 'vault/audit.head'));
    await openVault(page);
    await expect(page.getByText(homeCopy.logTitle)).toBeVisible();
    await expectAccessibleEverywhere(page, 'Home, log does not add up');
    await go(page, 'activity');
    await button(page, activityCopy.verify).click();
    await expect(page.getByText(activityCopy.brokenTitle)).toBeVisible();
    await expectAccessibleEverywhere(page, 'Activity, log does not add up');
  });

  test('settings', async ({ page }) => {
    await openVault(page);
    await go(page, 'settings');
    await page.getByRole('switch', { name: new RegExp(settingsCopy.loopback, 'u') }).uncheck({ force: true });
    await expect(page.getByText(settingsCopy.notListening)).toBeVisible();
    await expectAccessibleEverywhere(page, 'Settings, not listening');
    await button(page, settingsCopy.shortcuts).click();
    await expectAccessibleEverywhere(page, 'keyboard help');
  });

  test('the keys and their dialogs', async ({ page }) => {
    await openVault(page);
    await go(page, 'security');
    await expectAccessibleEverywhere(page, 'Security, nothing made or checked yet');
    const dialog = page.getByRole('dialog');
    await button(page, securityCopy.changePassphrase).click();
    await dialog.getByLabel(keysCopy.proofPassphrase, { exact: true }).fill('another passphrase entirely');
    for (const label of [securityCopy.newPassphrase, passphraseCopy.again]) await dialog.getByLabel(label, { exact: true }).fill('nine brave herons cross the harbour');
    await button(dialog, securityCopy.change).click();
    await expect(dialog.getByText(errorWords('ERR_VAULT_SECRET_WRONG').title)).toBeVisible();
    await expectAccessibleEverywhere(page, 'changing the passphrase, the old one wrong');
    await button(dialog, controls.close).click();
    await button(page, securityCopy.renew).click();
    await expectAccessibleEverywhere(page, 'a new recovery phrase, asking');
    await dialog.getByLabel(keysCopy.proofPassphrase, { exact: true }).fill(PASSPHRASE);
    await button(dialog, securityCopy.renewAction).click();
    await expect(heading(dialog, recoveryCopy.title)).toBeVisible();
    await expectAccessibleEverywhere(page, 'a new recovery phrase, words');
    await button(dialog, securityCopy.renewDone).click();
    await expectAccessibleEverywhere(page, 'a new recovery phrase, typing back');
    await button(dialog, recoveryCopy.later).click();
    await expect(page.getByText(securityCopy.recoveryOpen)).toBeVisible();
  });
});

test.describe('a vault with records', () => {
  test.use({ startWith: 'records' });

  test('every screen of it', async ({ page }) => {
    await openVault(page);
    for (const screen of ['home', 'profile', 'sources', 'companies', 'breathing', 'activity', 'learn', 'security', 'settings'] as const) {
      await go(page, screen);
      await expect(page.getByRole('main').getByText(controls.loading, { exact: true })).toHaveCount(0);
      await expectAccessibleEverywhere(page, screen);
    }
  });

  test('the profile’s lists and panels', async ({ page }) => {
    await openVault(page);
    await go(page, 'profile');
    await page.getByText(profileCopy.explain, { exact: true }).click();
    await page.getByText(wheelCopy.asTable, { exact: true }).click();
    await expectAccessibleEverywhere(page, 'Profile, wheel as a table');
    const dialog = page.getByRole('dialog');
    const search = page.getByRole('searchbox', { name: profileCopy.search });
    await search.fill('no such thing at all');
    await expect(heading(page, profileCopy.noMatch)).toBeVisible();
    await expectAccessibleEverywhere(page, 'Profile, nothing matches');
    await search.fill('Baking');
    const item = page.getByTitle(profileCopy.whyOf('Baking'), { exact: true }).first();
    await item.click();
    await expect(heading(dialog, whyCopy.rulesTitle)).toBeVisible();
    await expectAccessibleEverywhere(page, 'why panel');
    await button(dialog, whyCopy.correct).click();
    await expectAccessibleEverywhere(page, 'putting it right');
    await button(dialog, controls.back).click();
    await button(dialog, whyCopy.reject).click();
    await expectAccessibleEverywhere(page, 'never infer this');
    await button(dialog, whyCopy.rejectAction).click();
    await expect(page.getByText(whyCopy.rejected('Baking'))).toBeVisible();
    await expect(button(page, `${profileCopy.restore}: Baking`)).toBeVisible();
    await expectAccessibleEverywhere(page, 'Profile, filtered, with a message and something ruled out');
  });

  test('adding by hand', async ({ page }) => {
    await openVault(page);
    await go(page, 'profile');
    const dialog = page.getByRole('dialog');
    await button(page, profileCopy.add).click();
    for (const claim of ['intent', 'price_band', 'region', 'units', 'size'] as const) {
      await dialog.getByLabel(addCopy.kind).selectOption({ label: claimName(claim) });
      await expectAccessibleEverywhere(page, `adding by hand: ${claim}`);
    }
    await dialog.getByLabel(addCopy.kind).selectOption({ label: claimName('interest') });
    await dialog.getByRole('searchbox', { name: topicsCopy.search }).fill('no such topic');
    await expect(dialog.getByText(topicsCopy.none)).toBeVisible();
    await expectAccessibleEverywhere(page, 'adding by hand, no topic fits');
    await dialog.getByLabel(addCopy.kind).selectOption({ label: claimName('language') });
    await dialog.getByLabel(addCopy.value, { exact: true }).selectOption('de');
    await button(dialog, addCopy.action).click();
    await page.getByTitle(profileCopy.whyOf('German'), { exact: true }).click();
    await button(dialog, whyCopy.remove).click();
    await expectAccessibleEverywhere(page, 'deleting one’s own word');
  });

  test('a request and what becomes of it', async ({ page, app }) => {
    const shop = await createShop();
    await openVault(page);
    await pasteRequest(page, await shop.ask(), shop.name);
    await button(page, requestsCopy.allow).click();
    await expect(page.getByText(requestsCopy.needRequired([`“${claimName('interest')}”`]))).toBeVisible();
    await expectAccessibleEverywhere(page, 'a request, nothing ticked, allowed too early');
    for (const claim of ['interest', 'genre', 'price_band'] as const) await askedClaim(page, claim).check();
    await expect(wouldLeave(page).getByText(requestsCopy.leavesLead)).toBeVisible();
    await expectAccessibleEverywhere(page, 'a request, all ticked');
    await go(page, 'home');
    await expect(heading(page, homeCopy.pending)).toBeVisible();
    await expectAccessibleEverywhere(page, 'Home, a request waits');
    await page.getByRole('link', { name: `${homeCopy.decide}: ${shop.name}` }).click();
    for (const claim of ['interest', 'genre'] as const) await askedClaim(page, claim).check();
    await button(page, requestsCopy.allow).click();
    await expect(heading(page, requestsCopy.allowed)).toBeVisible();
    const token = await shownToken(page, shop.name);
    await expectAccessibleEverywhere(page, 'allowed, token shown');
    await shop.company.redeem(token, { at: app.redemptionUrl, purpose: 'recommendations' });
    await pasteRequest(page, await shop.ask(), shop.name);
    await button(page, requestsCopy.deny).click();
    await expect(page.getByText(requestsCopy.denied(shop.name))).toBeVisible();
    await expectAccessibleEverywhere(page, 'said no');
    const other = await createShop('Curious Books and Everything Printed, Bound or Merely Stapled Together', 'a-very-long-name-indeed.and-a-subdomain.books.example');
    await pasteRequest(page, await other.ask(), other.name);
    await expectAccessibleEverywhere(page, 'a request under a long name');
    await page.getByRole('link', { name: requestsCopy.backToList }).click();
    await expectAccessibleEverywhere(page, 'Requests, waiting and answered');
    await go(page, 'companies');
    await expectAccessibleEverywhere(page, 'Companies');
    await page.getByRole('link', { name: shop.name, exact: true }).click();
    await expect(heading(page, companiesCopy.now)).toBeVisible();
    await expectAccessibleEverywhere(page, 'a company');
    const dialog = page.getByRole('dialog');
    await button(page, companiesCopy.token).click();
    await expect(dialog.getByText(requestsCopy.tokenSays)).toBeVisible();
    await expectAccessibleEverywhere(page, 'the token in a dialog');
    await button(dialog, controls.close).click();
    await button(page, companiesCopy.narrow).click();
    await expectAccessibleEverywhere(page, 'making it smaller');
    for (const box of await dialog.getByRole('checkbox').all()) await box.uncheck();
    await expect(dialog.getByText(companiesCopy.narrowNothing)).toBeVisible();
    await expectAccessibleEverywhere(page, 'making it smaller, nothing left');
    await button(dialog, controls.cancel).click();
    await button(page, companiesCopy.revoke).click();
    await expectAccessibleEverywhere(page, 'ending it');
    await button(dialog, companiesCopy.revokeAction(shop.name)).click();
    await expect(page.getByText(companiesCopy.noGrants)).toBeVisible();
    await expectAccessibleEverywhere(page, 'a company that may learn nothing now');
    await go(page, 'activity');
    await expectAccessibleEverywhere(page, 'Activity');
  });
});
