/** `npm start` where there is no display: one line, one link, and it keeps serving until told to stop. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from '@playwright/test';
import { projectDir } from '../../scripts/support/build.ts';

test('without a display npm start prints the link, serves it, and ends on Ctrl-C', async ({ browser }) => {
  const folder = mkdtempSync(join(tmpdir(), 'penchant-start-'));
  const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, ...env } = process.env;
  // A group of its own, as a terminal has: Ctrl-C there reaches every program in it.
  const child = spawn(process.execPath, ['scripts/start.ts', '--browser', '--vault', join(folder, 'vault')], { cwd: projectDir, env: { ...env, PENCHANT_REDEMPTION_PORT: '0' }, stdio: ['ignore', 'pipe', 'inherit'], detached: true });
  try {
    const lines: string[] = [];
    const link = await new Promise<string>((resolve, reject) => {
      createInterface({ input: child.stdout }).on('line', (line) => {
        lines.push(line);
        if (line.startsWith('http://127.0.0.1:')) resolve(line);
      });
      child.once('exit', (code) => { reject(new Error(`ended with ${code ?? 'no code'} after: ${lines.join(' / ')}`)); });
    });
    const page = await browser.newPage();
    expect((await page.goto(link))?.status()).toBe(200);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await page.close();
    // A second start on the same vault is a new link to the first, not a second program on it.
    const second = spawnSync(process.execPath, ['scripts/start.ts', '--browser', '--vault', join(folder, 'vault')], { cwd: projectDir, env, encoding: 'utf8', timeout: 30_000 });
    expect(second.status).toBe(0);
    const fresh = second.stdout.split('\n').find((line) => line.startsWith('http')) ?? '';
    expect(new URL(fresh).origin).toBe(new URL(link).origin);
    const other = await browser.newContext();
    expect((await (await other.newPage()).goto(fresh))?.status()).toBe(200);
    await other.close();
    const ended = new Promise<number | null>((resolve) => { child.once('exit', resolve); });
    process.kill(-(child.pid ?? 0), 'SIGINT');
    expect(await ended).toBe(0);
  } finally {
    child.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
});
