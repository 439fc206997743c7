/** A small disk of its own that is really full, or really read-only: nothing is lost, it is said, and what ends or deletes still works. */
import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, rmSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { lifePorts, nothingKnown, openLife, type Line } from '../support/life.ts';
import { createVault, unlockVault } from '../../electron/core/vault/vault.ts';
import { checkLog } from '../support/lived-vault.ts';
import { PASSPHRASE } from '../support/ports.ts';

const disk = mkdtempSync(join(tmpdir(), 'penchant-disk-'));
const mount = (...args: string[]): boolean => spawnSync('mount', args).status === 0;
const canMount = process.platform === 'linux' && process.getuid?.() === 0 && mount('-t', 'tmpfs', '-o', 'size=40m,mode=0700', 'tmpfs', disk);
if (!canMount) process.stdout.write('a full disk is not tried here: mounting one needs root on Linux\n');
afterAll(() => {
  if (canMount) spawnSync('umount', ['-l', disk]);
  rmSync(disk, { recursive: true, force: true });
});

const filler = join(disk, 'filler');
function fill(): void {
  const file = openSync(filler, 'a');
  try {
    for (const piece of [1 << 20, 4_096]) {
      const bytes = Buffer.alloc(piece, 7);
      try { for (;;) writeSync(file, bytes); } catch (error) { expect(error).toMatchObject({ code: 'ENOSPC' }); }
    }
  } finally {
    closeSync(file);
  }
}

const dataDir = join(disk, 'vault');
const known = nothingKnown({ passphrase: PASSPHRASE, phrase: null });
beforeAll(async () => {
  if (canMount) (await createVault(lifePorts(dataDir), PASSPHRASE)).vault.close();
});

it.skipIf(!canMount)('on a full disk adding is refused in plain words, while ending, deleting and locking work', async () => {
  const said: Line[] = [];
  const life = await openLife(lifePorts(dataDir), known.secrets, (line) => { said.push(line); });
  const told: boolean[] = [];
  life.core.onEvent(({ topic, payload }) => { if (topic === 'vault.changed') told.push((payload as { readonly diskFull: boolean }).diskFull); });
  await life.live('grant');
  await life.live('declare');
  const { id } = (await life.call('profile.list')).preferences[0] ?? { id: '' };
  const { grantId } = (await life.call('grants.list')).grants[0] ?? { grantId: '' };
  expect(statSync(join(dataDir, 'reserve'))).toMatchObject({ size: 4 * 1024 * 1024 });
  expect(statSync(join(dataDir, 'reserve')).mode & 0o777).toBe(0o600);
  expect((await life.call('vault.status')).diskFull).toBe(false);

  fill();
  const refused = async (): Promise<void> => { for (let i = 0; i < 2_000; i++) await life.call('profile.declare', { claim: 'brand', value: `Filler ${i}` }); };
  await expect(refused()).rejects.toMatchObject({ code: 'ERR_STORAGE_FULL', message: expect.stringContaining('disk is full') as string });
  expect(existsSync(join(dataDir, 'reserve')), 'adding does not use up what is kept for deleting').toBe(true);

  expect(await life.call('grants.revoke', { grantId })).toMatchObject({ state: 'revoked' });
  expect(existsSync(join(dataDir, 'reserve'))).toBe(false);
  expect((await life.call('vault.status')).diskFull).toBe(true);
  expect(told).toContain(true);
  await life.call('profile.delete', { id });
  await life.core.close();

  // What is left is full to the last byte: opening and looking still work, and closing loses nothing.
  fill();
  const full = await unlockVault(lifePorts(dataDir), { passphrase: PASSPHRASE });
  expect(full.db.integrityProblems()).toEqual([]);
  full.close();

  rmSync(filler);
  const again = await openLife(lifePorts(dataDir), known.secrets, () => undefined);
  expect((await again.call('grants.list')).grants).toMatchObject([{ grantId, state: 'revoked' }]);
  expect((await again.call('profile.list')).preferences.map((preference) => preference.id)).not.toContain(id);
  expect((await again.call('vault.status'))).toMatchObject({ diskFull: false, logProblem: 'none' });
  expect(await again.call('audit.verify')).toMatchObject({ ok: true });
  await again.core.close();
  expect(existsSync(join(dataDir, 'reserve')), 'kept back anew as soon as there is room').toBe(true);
});

it.skipIf(!canMount)('in a folder that cannot be written to, the vault says so and is unharmed', async () => {
  expect(mount('-o', 'remount,ro', disk)).toBe(true);
  try {
    await expect(openLife(lifePorts(dataDir), known.secrets, () => undefined)).rejects.toMatchObject({ code: 'ERR_VAULT_UNREADABLE', message: expect.stringContaining('write') as string });
  } finally {
    expect(mount('-o', 'remount,rw', disk)).toBe(true);
  }
  const vault = await unlockVault(lifePorts(dataDir), { passphrase: PASSPHRASE });
  expect(vault.db.integrityProblems()).toEqual([]);
  expect(await checkLog(dataDir, vault)).toMatchObject({ ok: true });
  vault.close();
});
