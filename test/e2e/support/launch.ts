/** Starts the app for one test, on whichever host the project names, with a vault of its own; specs see only `page`. */
import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { _electron, expect, test as base, type Browser, type Page } from '@playwright/test';
import { z } from 'zod';
import { projectDir } from '../../../scripts/support/build.ts';
import { electronBinary } from '../../../scripts/support/electron-binary.ts';
import { copyVault, type StartWith } from './made-vaults.ts';

export type HostKind = 'web' | 'electron';
export interface HostOptions { readonly hostKind: HostKind; readonly startWith: StartWith }

/** One running app, whichever host carries it. */
export interface AppUnderTest {
  readonly page: Page;
  /** Folder for files the test makes; deleted afterwards, with the vault in it. */
  readonly folder: string;
  /** Where companies on this computer redeem. */
  readonly redemptionUrl: string;
  /** The used one-time link; null in Electron. */
  readonly link: string | null;
  /** Ends the web host under the open page, in good order; null in Electron, where the page ends with it. */
  readonly stopHost: (() => Promise<void>) | null;
  /** What went wrong without anybody seeing it: script errors and refused loads in the page, and whatever the host wrote to its error stream. */
  readonly complaints: string[];
}

interface Running extends AppUnderTest { close(): Promise<void> }

function watch(page: Page, complaints: string[]): void {
  page.on('pageerror', (error) => { complaints.push(`script error: ${error.message}`); });
  page.on('console', (message) => { if (message.type() === 'error') complaints.push(`console: ${message.text()}`); });
}

/**
 * A port nobody listens on, and none of those the system gives to connections going out (32768 and up here, 49152 and up elsewhere):
 * the vault takes it only when it is opened, and until then a connection of the browser would have had it.
 */
async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(10_000, 32_000);
    const isFree = await new Promise<boolean>((resolve) => {
      const probe = createServer();
      probe.once('error', () => { resolve(false); });
      probe.listen(port, '127.0.0.1', () => { probe.close(() => { resolve(true); }); });
    });
    if (isFree) return port;
  }
}

interface WebHostProcess { readonly url: string; readonly errors: string[]; stop(): Promise<number | null> }

/** The built web host as a process of its own, on free ports. */
async function startWebHost(vaultDir: string, redemptionPort: number): Promise<WebHostProcess> {
  const child = spawn(process.execPath, [join(projectDir, 'out/main/web-host.js'), '--json', '--vault', vaultDir], { cwd: projectDir, env: { ...process.env, PENCHANT_PORT: '0', PENCHANT_REDEMPTION_PORT: String(redemptionPort) }, stdio: ['ignore', 'pipe', 'pipe'] });
  const errors: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => { errors.push(`host: ${line}`); });
  const ended = new Promise<number | null>((resolve) => { child.once('exit', (code) => { resolve(code); }); });
  const first = await Promise.race([
    new Promise<string>((resolve) => { createInterface({ input: child.stdout }).once('line', resolve); }),
    ended.then((code) => { throw new Error(`the web host ended at once, with code ${code ?? 'none'}: ${errors.join('\n')}`); }),
  ]);
  const { url } = z.strictObject({ ready: z.literal(true), url: z.url() }).parse(JSON.parse(first));
  return { url, errors, stop: () => { child.kill('SIGTERM'); return ended; } };
}

async function launchWeb(browser: Browser, folder: string, redemptionPort: number): Promise<Running> {
  const host = await startWebHost(join(folder, 'vault'), redemptionPort);
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce', permissions: ['clipboard-write', 'clipboard-read'] });
  const page = await context.newPage();
  watch(page, host.errors);
  await page.goto(host.url);
  return {
    page, folder, complaints: host.errors, link: host.url, redemptionUrl: `http://127.0.0.1:${redemptionPort}`,
    stopHost: async () => { await host.stop(); },
    async close() {
      await context.close();
      expect(await host.stop(), 'the web host ends cleanly').toBe(0);
    },
  };
}

async function launchElectron(folder: string, redemptionPort: number): Promise<Running> {
  const app = await _electron.launch({
    executablePath: electronBinary() ?? '', cwd: projectDir,
    args: [projectDir, `--user-data-dir=${join(folder, 'user-data')}`, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
    env: { ...process.env, PENCHANT_VAULT: join(folder, 'vault'), PENCHANT_REDEMPTION_PORT: String(redemptionPort) },
  });
  const page = await app.firstWindow();
  const complaints: string[] = [];
  watch(page, complaints);
  return { page, folder, complaints, link: null, stopHost: null, redemptionUrl: `http://127.0.0.1:${redemptionPort}`, close: () => app.close() };
}

export const test = base.extend<{ readonly folder: string; readonly app: AppUnderTest } & HostOptions>({
  hostKind: ['web', { option: true }],
  startWith: ['nothing', { option: true }],
  // With time of its own: making a vault is no part of the test that happens to be the first to want it.
  folder: [async ({ startWith }, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'penchant-e2e-'));
    if (startWith !== 'nothing') await copyVault(join(folder, 'vault'), startWith);
    await use(folder);
    rmSync(folder, { recursive: true, force: true });
  }, { timeout: 600_000 }],
  app: async ({ hostKind, folder, browser }, use, testInfo) => {
    const port = await freePort();
    const app = await (hostKind === 'web' ? launchWeb(browser, folder, port) : launchElectron(folder, port));
    try {
      await use(app);
      // Attached as well: the end of a long output is what gets read.
      if (app.complaints.length > 0) await testInfo.attach('complaints', { body: app.complaints.join('\n'), contentType: 'text/plain' });
      expect(app.complaints, 'nothing went wrong unseen').toEqual([]);
    } finally {
      await app.close();
    }
  },
  page: async ({ app }, use) => { await use(app.page); },
});

export { expect };
