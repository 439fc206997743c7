/** Runs the end-to-end suite: finds or fetches a browser, builds what is stale, then hands over to Playwright. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuilt, projectDir } from './support/build.ts';
import { findChromium, installChromium } from './support/chromium.ts';
import { electronBinary } from './support/electron-binary.ts';
import { MADE_VAULTS } from '../test/e2e/support/made-vaults.ts';

const say = (line: string): void => { process.stdout.write(`${line}\n`); };
const screenshots = process.argv.includes('--screenshots');
const passedOn = process.argv.slice(2).filter((argument) => argument !== '--screenshots');

function run(): number {
  const browser = findChromium() ?? installChromium(say);
  if (browser === null) {
    say('The end-to-end tests need Chromium and none was found. Install the package "chromium" (or Google Chrome), or set PENCHANT_CHROMIUM to its path.');
    return 69;
  }
  if (!ensureBuilt(say)) return 70;
  say(`Browser: ${browser}. Hosts: web${electronBinary() === null ? ' (no Electron binary here)' : ' and electron'}.`);
  const selection = screenshots ? ['--grep', '@screenshots|@walk', '--workers', '1'] : [];
  const madeVaults = mkdtempSync(join(tmpdir(), 'penchant-made-'));
  try {
    return spawnSync(process.execPath, [join(projectDir, 'node_modules/@playwright/test/cli.js'), 'test', ...selection, ...passedOn], {
      cwd: projectDir, stdio: 'inherit', env: { ...process.env, PENCHANT_CHROMIUM: browser, [MADE_VAULTS]: madeVaults, ...(screenshots ? { PENCHANT_SCREENSHOTS: join(projectDir, 'docs/screenshots') } : {}) },
    }).status ?? 70;
  } finally {
    rmSync(madeVaults, { recursive: true, force: true });
  }
}

process.exitCode = run();
