/** Finds a Chromium for the end-to-end tests, or fetches one where that is possible without asking. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { projectDir } from './build.ts';

const KNOWN = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/usr/bin/google-chrome-stable', '/snap/bin/chromium', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium'];

/** Absolute path, or null. `PENCHANT_CHROMIUM` wins. */
export function findChromium(): string | null {
  const named = process.env['PENCHANT_CHROMIUM'];
  if (named !== undefined && named !== '') return existsSync(named) ? named : null;
  return [...KNOWN, chromium.executablePath()].find((path) => existsSync(path)) ?? null;
}

const INSTALL_TIMEOUT_MS = 300_000;

/** One bounded try: Debian's own package where we are root, else the build Playwright offers. @returns the path, or null */
export function installChromium(say: (line: string) => void): string | null {
  const run = (command: string, args: readonly string[]): boolean =>
    spawnSync(command, args, { cwd: projectDir, stdio: ['ignore', 'ignore', 'inherit'], timeout: INSTALL_TIMEOUT_MS, env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } }).status === 0;
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    say('No Chromium found; installing the package chromium with apt-get …');
    const install = ['install', '-y', '--no-install-recommends', 'chromium'];
    if (run('apt-get', install) || (run('apt-get', ['update']) && run('apt-get', install))) return findChromium();
  }
  say('No Chromium found; asking Playwright for one …');
  return run(process.execPath, ['node_modules/@playwright/test/cli.js', 'install', 'chromium']) ? findChromium() : null;
}
