/** `npm start` with and without a display, with and without Electron: one line, one link, and it keeps going until told to stop. */
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from '@playwright/test';
import { projectDir } from '../../scripts/support/build.ts';

const NOBODY = 65_534;
const isRoot = process.getuid?.() === 0;
/** The desktop runtime is never started as root, so a root's test starts the app as somebody else, where somebody else may read this folder. */
const asSomebodyElse = isRoot && spawnSync(process.execPath, ['-e', ''], { cwd: projectDir, uid: NOBODY, gid: NOBODY }).status === 0;
const canTryElectron = !isRoot || asSomebodyElse;

let folder = '';
let vault = '';
let opened = '';
let launched = '';
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'penchant-start-'));
  for (const inner of ['bin', 'home', 'dist']) mkdirSync(join(folder, inner));
  for (const path of [folder, join(folder, 'home')]) chmodSync(path, 0o777);
  vault = join(folder, 'home/vault');
  opened = join(folder, 'home/opened');
  launched = join(folder, 'home/launched');
  program('bin/xdg-open', `printf '%s' "$1" > '${opened}.part' && mv '${opened}.part' '${opened}'`);
});
test.afterEach(() => { rmSync(folder, { recursive: true, force: true }); });

/** A shell script in the test's folder. */
function program(name: string, body: string): void {
  writeFileSync(join(folder, name), `#!/bin/sh\n${body}\n`);
  chmodSync(join(folder, name), 0o755);
}

type Env = Readonly<Record<string, string>>;

/** As a terminal would: a group of its own, to which Ctrl-C goes, and an opener first on the path. */
function start(env: Env, args: readonly string[] = []) {
  const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, ELECTRON_OVERRIDE_DIST_PATH: _dist, ...rest } = process.env;
  const child = spawn(process.execPath, ['scripts/start.ts', '--vault', vault, ...args], {
    cwd: projectDir, stdio: ['ignore', 'pipe', 'pipe'], detached: true, ...(asSomebodyElse ? { uid: NOBODY, gid: NOBODY } : {}),
    env: { ...rest, HOME: join(folder, 'home'), PATH: `${join(folder, 'bin')}${delimiter}${process.env['PATH'] ?? ''}`, PENCHANT_PORT: '0', PENCHANT_REDEMPTION_PORT: '0', ELECTRON_SKIP_BINARY_DOWNLOAD: '1', ...env },
  });
  const lines: string[] = [];
  const errors: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => { lines.push(line); });
  createInterface({ input: child.stderr }).on('line', (line) => { errors.push(line); });
  const ended = new Promise<number | null>((resolve) => { child.once('exit', resolve); });
  const group = -(child.pid ?? 0);
  const link = async (): Promise<string> => {
    await expect.poll(() => lines.at(-1) ?? errors.join(' ')).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?ticket=/u);
    return lines.at(-1) ?? '';
  };
  return {
    lines, errors, ended, link,
    /** Ctrl-C. */
    interrupt: () => { process.kill(group, 'SIGINT'); },
    /** Whether a program of it is still there. */
    lives: () => {
      try {
        return process.kill(group, 0);
      } catch {
        return false;
      }
    },
    kill: () => { try { process.kill(group, 'SIGKILL'); } catch { /* It has ended. */ } },
  };
}

const running: ReturnType<typeof start>[] = [];
const startOne = (env: Env, args?: readonly string[]): ReturnType<typeof start> => {
  const one = start(env, args);
  running.push(one);
  return one;
};
test.afterEach(() => { for (const one of running.splice(0)) one.kill(); });

const served = async (link: string): Promise<number> => (await fetch(new URL(link).origin)).status;

/** After Ctrl-C: no program, no port, no record, no vault nobody made. */
async function expectGone(one: ReturnType<typeof start>, link: string): Promise<void> {
  one.interrupt();
  expect(await one.ended).toBe(0);
  await expect.poll(one.lives, 'no program is left').toBe(false);
  await expect(fetch(new URL(link).origin)).rejects.toThrow();
  expect(existsSync(`${vault}.host.json`)).toBe(false);
  expect(existsSync(vault)).toBe(false);
  expect(one.errors).toEqual([]);
}

test('with a display and no Electron it says so in one line, opens the browser with the link, and ends on Ctrl-C', async ({ browser }) => {
  const one = startOne({ DISPLAY: ':0' });
  const link = await one.link();
  expect(one.lines).toHaveLength(2);
  expect(one.lines[0]).toMatch(canTryElectron ? /^The desktop runtime is not available here\. Penchant opens in your browser instead/u : /^The desktop runtime does not run as root\. Penchant opens in your browser instead/u);
  await expect.poll(() => existsSync(opened), 'the opener was called').toBe(true);
  expect(readFileSync(opened, 'utf8')).toBe(link);
  // Nobody used the link yet: looking at the page without it is refused, and the link itself still works.
  expect(await served(link)).toBe(401);
  const page = await browser.newPage();
  expect((await page.goto(link))?.status()).toBe(200);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.close();
  await expectGone(one, link);
});

test('without a display it prints the link, opens nothing and keeps serving', async ({ browser }) => {
  const one = startOne({});
  const link = await one.link();
  expect(one.lines).toHaveLength(2);
  expect(one.lines[0]).toMatch(/^There is no display here\. Open this link in a browser on this computer/u);
  const page = await browser.newPage();
  expect((await page.goto(link))?.status()).toBe(200);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.close();
  // A second start on the same vault is a new link to the first, not a second program on it.
  const second = startOne({});
  const fresh = await second.link();
  expect(await second.ended).toBe(0);
  expect(new URL(fresh).origin).toBe(new URL(link).origin);
  const other = await browser.newContext();
  expect((await (await other.newPage()).goto(fresh))?.status()).toBe(200);
  await other.close();
  await expectGone(one, link);
  expect(existsSync(opened)).toBe(false);
});

test('where the opener is missing the link is there all the same', async () => {
  rmSync(join(folder, 'bin/xdg-open'));
  program('bin/node', `exec '${process.execPath}' "$@"`);
  const one = startOne({ DISPLAY: ':0', PATH: join(folder, 'bin') }, ['--browser']);
  const link = await one.link();
  expect(one.lines[0]).toMatch(/^Not as a window of its own, as you asked\./u);
  expect(await served(link)).toBe(401);
  await expectGone(one, link);
});

test('where Electron is there it is started with the project, and Ctrl-C reaches it', async () => {
  program('dist/electron', `printf '%s' "$*" > '${launched}'; trap 'exit 0' INT; while :; do sleep 0.1; done`);
  const one = startOne({ DISPLAY: ':0', ELECTRON_OVERRIDE_DIST_PATH: join(folder, 'dist') });
  if (canTryElectron) {
    await expect.poll(() => (existsSync(launched) ? readFileSync(launched, 'utf8') : '')).toBe(projectDir);
    expect(one.lives()).toBe(true);
    one.interrupt();
    expect(await one.ended).toBe(0);
    await expect.poll(one.lives, 'no program is left').toBe(false);
    expect(one.lines).toEqual([]);
    expect(existsSync(opened)).toBe(false);
  } else {
    const link = await one.link();
    expect(one.lines[0]).toContain('does not run as root');
    await expectGone(one, link);
    expect(existsSync(launched)).toBe(false);
  }
});

test('an Electron that cannot show a window gives way to the browser', async () => {
  program('dist/electron', `printf '%s' "$*" > '${launched}'; exit 127`);
  const one = startOne({ DISPLAY: ':0', ELECTRON_OVERRIDE_DIST_PATH: join(folder, 'dist') });
  const link = await one.link();
  expect(one.lines).toHaveLength(2);
  expect(existsSync(launched)).toBe(canTryElectron);
  await expect.poll(() => existsSync(opened)).toBe(true);
  await expectGone(one, link);
});
