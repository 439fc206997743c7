/** The owner's command line on the keys of a vault: list, remove, change, renew, replace. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { temporaryFolder } from '../support/database.ts';
import { PASSPHRASE } from '../support/ports.ts';

const penchant = join(import.meta.dirname, '../../electron/cli/penchant.mjs');
const NEXT = 'an entirely different sentence';
const kit = z.object({ vaultId: z.string(), recoveryPhrase: z.string().regex(/^(?:[a-z]+ ){23}[a-z]+$/u), checkpoint: z.string().min(10) });
const list = z.object({ slots: z.array(z.object({ id: z.string(), kind: z.string(), removable: z.boolean() })) });

test('slots, passphrase, recovery renew and rotate, as one document each', { timeout: 180_000 }, () => {
  const vault = join(temporaryFolder(), 'vault');
  const run = (passphrase: string, ...args: readonly string[]) => {
    const done = spawnSync(process.execPath, [penchant, ...args, '--json'], { encoding: 'utf8', input: '', env: { ...process.env, PENCHANT_VAULT: vault, PENCHANT_PASSPHRASE: passphrase, PENCHANT_NEW_PASSPHRASE: NEXT } });
    return { exit: done.status, stdout: done.stdout, stderr: done.stderr };
  };
  const ok = <T>(schema: z.ZodType<T>, passphrase: string, ...args: readonly string[]): T => {
    const done = run(passphrase, ...args);
    expect(done.exit, done.stderr).toBe(0);
    return schema.parse(JSON.parse(done.stdout));
  };
  const { recoveryPhrase: first } = ok(z.object({ recoveryPhrase: z.string() }), PASSPHRASE, 'init');
  expect(ok(list, PASSPHRASE, 'slots').slots.map(({ kind }) => kind)).toEqual(['passphrase', 'recovery']);
  expect(ok(z.object({ changed: z.literal(true) }), PASSPHRASE, 'passphrase')).toEqual({ changed: true });
  const old = run(PASSPHRASE, 'slots');
  expect([old.exit, z.object({ code: z.string() }).parse(JSON.parse(old.stderr)).code]).toEqual([77, 'ERR_VAULT_SECRET_WRONG']);
  const renewed = ok(kit, NEXT, 'recovery', 'renew');
  const rotated = ok(kit, NEXT, 'rotate');
  expect(new Set([first, renewed.recoveryPhrase, rotated.recoveryPhrase]).size).toBe(3);
  const recovery = ok(list, NEXT, 'slots').slots.find(({ kind }) => kind === 'recovery')?.id ?? '';
  expect(ok(list, NEXT, 'slots', 'remove', recovery).slots).toMatchObject([{ kind: 'passphrase', removable: false }]);
  const last = run(NEXT, 'slots', 'remove', ok(list, NEXT, 'slots').slots[0]?.id ?? '');
  expect([last.exit, z.object({ code: z.string() }).parse(JSON.parse(last.stderr)).code]).toEqual([77, 'ERR_SLOT_NEEDED']);
});
