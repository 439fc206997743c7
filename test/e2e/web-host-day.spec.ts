/** A whole day of an owner on one disk: import, search, a grant redeemed, export, backup, a crash. Nothing of it lies anywhere in the clear afterwards. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { appendFileSync, chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { chromium, expect, test } from '@playwright/test';
import { projectDir } from '../../scripts/support/build.ts';
import { passphraseCopy } from '../../renderer/src/copy/passphrase.ts';
import { processesOf } from '../support/app-processes.ts';
import { filesBelow, markersIn } from '../support/marker-scan.ts';
import { writeNetflixHistory } from './support/exports.ts';
import { askedClaim, button, confirmRecovery, createVault, go, heading, homeCopy, lock, lockCopy, pasteRequest, pickFiles, profileCopy, importPreviewed, readRecoveryWords, requestsCopy, securityCopy, sourcesCopy, unlock } from './support/screens.ts';
import { createShop } from './support/shop.ts';

test.setTimeout(150_000);
test.skip(process.platform !== 'linux', 'processes are found by the process table of Linux');

const marker = (): string => `planted${randomBytes(10).toString('hex')}`;

test('after a day of use and a crash, what was planted is in no file but the owner’s own', async ({ launchOptions }) => {
  const folder = mkdtempSync(join(tmpdir(), 'penchant-day-'));
  const place = (name: string): string => join(folder, name);
  for (const name of ['temporary', 'browser', 'home', 'downloads']) mkdirSync(place(name));
  const planted = { title: marker(), search: marker(), brand: marker(), passphrase: `quiet herons cross ${marker()}` };
  const vault = place('vault'), exported = place('downloads/NetflixViewingHistory.csv');
  writeNetflixHistory(place('downloads'));
  appendFileSync(exported, `${Array.from({ length: 200 }, (_, i) => `"Show ${planted.title}: Season 1: Part ${i}","${1 + (i % 12)}/${1 + (i % 28)}/25"`).join('\n')}\n`);
  const log: string[] = [];
  const host = spawn(process.execPath, [join(projectDir, 'out/main/web-host.js'), '--json', '--vault', vault], {
    cwd: folder, env: { ...process.env, PENCHANT_PORT: '0', PENCHANT_REDEMPTION_PORT: '0', TMPDIR: place('temporary'), HOME: place('home') }, stdio: ['ignore', 'pipe', 'pipe'],
  });
  createInterface({ input: host.stderr }).on('line', (line) => { log.push(line); });
  const ended = new Promise((resolve) => { host.once('exit', resolve); });
  const output = createInterface({ input: host.stdout });
  const { url } = JSON.parse(await new Promise<string>((resolve) => { output.once('line', resolve); })) as { readonly url: string };
  const context = await chromium.launchPersistentContext(place('browser'), { ...launchOptions, viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce', env: { ...process.env, TMPDIR: place('temporary'), HOME: place('home') } });
  try {
    const page = context.pages()[0] ?? await context.newPage();
    await page.goto(url);

    await createVault(page, planted.passphrase);
    const words = await readRecoveryWords(page);
    await confirmRecovery(page, words);
    await pickFiles(page, [exported]);
    await importPreviewed(page);
    await button(page, sourcesCopy.toProfile).click();
    await expect(heading(page, profileCopy.title)).toBeVisible();

    await page.getByLabel(profileCopy.search, { exact: true }).fill(planted.search);
    await page.waitForTimeout(1_000);
    await page.getByLabel(profileCopy.search, { exact: true }).fill('');

    const shop = await createShop();
    await pasteRequest(page, await shop.ask(), shop.name);
    await askedClaim(page, 'interest').check();
    await button(page, requestsCopy.allow).click();
    await expect(heading(page, requestsCopy.allowed)).toBeVisible();

    await go(page, 'security');
    await button(page, securityCopy.backupAction).click();
    await expect(page.getByText(/written and opened once to check it/u)).toBeVisible({ timeout: 60_000 });
    await button(page, securityCopy.leaveAction).click();
    const dialog = page.getByRole('dialog');
    for (const label of [securityCopy.leavePassphrase, passphraseCopy.again]) await dialog.getByLabel(label, { exact: true }).fill('nine brave herons cross the harbour');
    await button(dialog, securityCopy.leaveGo).click();
    await expect(dialog.getByText(/with [\d,]+ records/u)).toBeVisible({ timeout: 60_000 });
    await button(dialog, 'Close').last().click();

    // A crash of everything but the keeper, in the middle of a second import.
    await go(page, 'sources');
    await pickFiles(page, [exported]);
    await expect(heading(page, sourcesCopy.previewTitle)).toBeVisible();
    for (const pid of processesOf(host.pid ?? 0).slice(1)) process.kill(pid, 'SIGKILL');
    await expect(heading(page, lockCopy.title)).toBeVisible({ timeout: 30_000 });
    await unlock(page, planted.passphrase);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await go(page, 'home');
    await expect(heading(page, homeCopy.title)).toBeVisible();
    await lock(page);
  } finally {
    await context.close();
    host.kill('SIGTERM');
    await ended;
  }

  const markers = Object.values(planted).map((text) => /planted[0-9a-f]+/u.exec(text)?.[0] ?? text);
  // The control: the scan does find what is in the clear.
  expect(markersIn(place('downloads'), markers).map(({ marker: found }) => found)).toEqual([markers[0]]);
  rmSync(place('downloads'), { recursive: true });
  expect(filesBelow(vault).length).toBeGreaterThan(4);
  expect(filesBelow(place('browser')).length).toBeGreaterThan(20);
  expect(markersIn(folder, markers)).toEqual([]);
  expect(log.filter((line) => markers.some((one) => line.includes(one)))).toEqual([]);
  expect(existsSync(join(vault, 'incoming'))).toBe(false);
  expect(readdirSync(join(vault, 'exports'))).toHaveLength(1);

  expect(statSync(vault).mode & 0o777).toBe(0o700);
  for (const name of readdirSync(vault, { recursive: true, encoding: 'utf8' })) {
    const { mode } = statSync(join(vault, name));
    expect(`${name} ${(mode & 0o777).toString(8)}`).toBe(`${name} ${(mode & 0o040_000) === 0 ? '600' : '700'}`);
  }
  expect(readFileSync(join(vault, 'vault.db')).length).toBeGreaterThan(100_000);
  chmodSync(folder, 0o700);
  rmSync(folder, { recursive: true });
});
