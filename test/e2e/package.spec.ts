/** A package as electron-builder makes it, of a stand-in for Electron's binary: its fuses, what is in it, and that the program in it runs with nothing else beside it. */
import { execFile, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { extractAll, listPackage } from '@electron/asar';
import { expect, test } from '@playwright/test';
import { projectDir } from '../../scripts/support/build.ts';
import { wrongFuses } from '../../scripts/support/fuses.ts';

const run = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'penchant-package-'));
test.afterAll(() => { rmSync(folder, { recursive: true, force: true }); });
test.skip(process.platform !== 'linux', 'the stand-in has the layout of Linux');

/** What Electron unpacks to, as far as packaging looks at it: the program with its fuses as shipped, a folder of languages, licences. */
function standIn(): string {
  const dist = join(folder, 'electron');
  for (const inner of ['locales', 'resources']) mkdirSync(join(dist, inner), { recursive: true });
  writeFileSync(join(dist, 'electron'), Buffer.concat([Buffer.from('\x7fELF'), Buffer.alloc(2_000_000, 0x41), Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'), Buffer.from([1, 9]), Buffer.from('101100011'), Buffer.from('the rest')]), { mode: 0o755 });
  for (const language of ['en-US', 'de', 'fr', 'es', 'it']) writeFileSync(join(dist, 'locales', `${language}.pak`), 'x');
  for (const name of ['version', 'LICENSE', 'LICENSES.chromium.html']) writeFileSync(join(dist, name), '45.4.1');
  return dist;
}

test('is not made for a computer whose native modules are not there', async () => {
  test.setTimeout(180_000);
  const other = process.arch === 'arm64' ? '--x64' : '--arm64';
  const failed = await run(process.execPath, [join(projectDir, 'node_modules/electron-builder/cli.js'), '--linux', 'dir', other, `-c.electronDist=${standIn()}`, `-c.directories.output=${join(folder, 'other')}`], { cwd: projectDir, maxBuffer: 10_000_000 }).then(() => '', (error: unknown) => (error as { readonly stdout: string }).stdout);
  expect(failed).toMatch(/Not in the package: @node-rs\/argon2/u);
});

test('holds all it needs and nothing else, with its fuses set', async ({ page }) => {
  test.setTimeout(180_000);
  await run(process.execPath, [join(projectDir, 'node_modules/electron-builder/cli.js'), '--linux', 'dir', `-c.electronDist=${standIn()}`, `-c.directories.output=${join(folder, 'packages')}`], { cwd: projectDir, maxBuffer: 10_000_000 });
  const unpacked = join(folder, 'packages/linux-unpacked');
  expect(await wrongFuses(join(unpacked, 'penchant'))).toEqual([]);
  expect(readdirSync(join(unpacked, 'locales')).sort()).toEqual(['de.pak', 'en-US.pak', 'es.pak', 'fr.pak']);

  const archive = join(unpacked, 'resources/app.asar');
  const files = listPackage(archive, { isPack: false });
  const tops = new Set(files.map((file) => file.split('/')[1]));
  expect([...tops].sort()).toEqual(['LICENSE', 'NOTICE', 'node_modules', 'out', 'package.json', 'resources', 'sdk']);
  // Of the SDK nothing but the page of the practice shop.
  expect(files.filter((file) => file.startsWith('/sdk/')).every((file) => '/sdk/demo-shop/public/'.startsWith(file) || file.startsWith('/sdk/demo-shop/public'))).toBe(true);
  for (const part of ['/sdk/demo-shop/public/index.html', '/out/main/practice-shop.js', '/out/main/LICENCES.txt']) expect(files).toContain(part);
  expect(files.filter((file) => /\/(?:test|scripts|docs|deno|workerd|electron|react|vite|typescript)(?:\/|$)|\/node_modules\/node\/|\.map$|\.d\.ts$|prebuilds\/(?:win32|darwin|linuxmusl)/u.test(file))).toEqual([]);
  for (const language of ['de', 'fr', 'es']) expect(files).toContain(`/resources/languages/${language}/core.json`);

  // Whoever gets the program gets the licences of what is in it.
  for (const licence of ['/node_modules/intl-messageformat/LICENSE.md', '/node_modules/zod/LICENSE', '/out/renderer/LICENCES.txt']) expect(files).toContain(licence);
  expect(files.filter((file) => /\/(?:readme|changelog)\.md$/iu.test(file))).toEqual([]);

  // The program in it, taken out and started by Node: with the page, the core, its workers and every module they load.
  const app = join(folder, 'app');
  extractAll(archive, app);
  for (const name of ['react', 'zustand', '@fontsource-variable/inter']) expect(readFileSync(join(app, 'out/renderer/LICENCES.txt'), 'utf8')).toMatch(new RegExp(`^${name} \\d`, 'mu'));
  const child = spawn(process.execPath, [join(app, 'out/main/web-host.js'), '--json', '--vault', join(folder, 'vault')], { cwd: folder, env: { ...process.env, PENCHANT_PORT: '0', PENCHANT_REDEMPTION_PORT: '0' }, stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const { url } = JSON.parse(await new Promise<string>((resolve) => { createInterface({ input: child.stdout }).once('line', resolve); })) as { url: string };
    await page.goto(url);
    await page.getByRole('button', { name: 'Create my vault' }).click();
    await page.getByLabel('Passphrase', { exact: true }).fill('seven green lanterns over the harbour');
    await page.getByLabel('The same once more', { exact: true }).fill('seven green lanterns over the harbour');
    await page.getByRole('button', { name: 'Create the vault' }).click();
    await expect(page.getByRole('heading', { name: 'Your recovery phrase' })).toBeVisible({ timeout: 60_000 });
  } finally {
    child.kill('SIGTERM');
  }
});
