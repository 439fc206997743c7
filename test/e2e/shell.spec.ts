/** The built desktop program where there is no Electron binary: started, used and ended over a stand-in, with a real core process. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { projectDir } from '../../scripts/support/build.ts';

test('the desktop program opens its page, answers it alone, locks with the screen and ends cleanly', () => {
  const folder = mkdtempSync(join(tmpdir(), 'penchant-shell-'));
  try {
    const run = spawnSync(process.execPath, [join(projectDir, 'test/e2e/support/fake-electron/drive.ts')], {
      cwd: projectDir, encoding: 'utf8', timeout: 60_000, env: { ...process.env, FAKE_userData: folder, PENCHANT_VAULT: join(folder, 'vault'), PENCHANT_REDEMPTION_PORT: '0' },
    });
    expect(run.stderr).toBe('');
    expect(run.status).toBe(0);
    const seen = JSON.parse(run.stdout) as Record<string, unknown>;
    expect(seen).toMatchObject({
      members: ['kind', 'invoke', 'subscribe', 'offerFile', 'copySecret'],
      copied: [expect.stringContaining('"text/plain":"abandon ability"')],
      first: { ok: true, value: { state: 'none', place: join(folder, 'vault') } },
      created: true,
      // What the page reads and writes goes past the main program, which lives on after a lock; the control is that something does pass.
      declared: { ok: true }, listed: true, passedBy: [],
      foreign: { ok: false, error: { code: 'ERR_ORIGIN_FOREIGN' } },
      offered: { name: 'package.json' },
      madeUp: { code: 'ERR_INPUT_INVALID' },
      locked: { ok: false, error: { code: 'ERR_VAULT_LOCKED' } },
      links: [{ text: 'penchant://request?request=abc' }, { text: 'penchant://request?request=def' }],
    });
    expect(seen['did']).toEqual(expect.arrayContaining(['sandbox before ready', 'single instance', 'new windows denied', 'permissions guarded', 'menu set', 'tray menu set', 'window shown']));
    expect(seen['tips']).toEqual(expect.arrayContaining(['Penchant: no vault yet', 'Penchant: vault unlocked', 'Penchant: vault locked']));
    const [window] = seen['windows'] as { readonly webPreferences: object; readonly loaded: { readonly url: string; readonly status: number; readonly policy: string; readonly html: string } }[];
    expect(window?.webPreferences).toMatchObject({ sandbox: true, contextIsolation: true, nodeIntegration: false, preload: join(projectDir, 'out/preload/preload.cjs') });
    expect(window?.loaded).toMatchObject({ url: 'app://penchant/', status: 200 });
    expect(window?.loaded.policy).toContain("connect-src 'none'");
    expect(window?.loaded.html).toContain('<div id="root">');
    expect(seen['passed']).toBeGreaterThan(5);
    expect(seen['did']).toEqual(expect.arrayContaining(['renderer ended', 'page loaded again']));
    expect(seen['topics']).toEqual(expect.arrayContaining(['vault.changed', 'profile.changed', 'link.opened']));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
