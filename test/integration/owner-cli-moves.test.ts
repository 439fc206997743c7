/** Copies and moves from the command line, as processes: schedule, restore over a vault, recover, export, adopt. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { afterAll, expect, test } from 'vitest';
import { z } from 'zod';
import { lighten } from '../support/light-vault.ts';
import { onDisk } from '../support/portability.ts';
import { PASSPHRASE } from '../support/ports.ts';

const root = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'penchant-moves-'));
afterAll(() => { rmSync(folder, { recursive: true, force: true }); });

function run(vault: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const done = spawnSync(process.execPath, [join(root, 'electron/cli/penchant.mjs'), ...args, '--json'], { encoding: 'utf8', env: { ...process.env, PENCHANT_VAULT: join(folder, vault), PENCHANT_PASSPHRASE: PASSPHRASE, ...env }, input: '' });
  return { exit: done.status, out: done.status === 0 ? (JSON.parse(done.stdout) as unknown) : null, code: done.status === 0 ? null : z.object({ code: z.string() }).parse(JSON.parse(done.stderr)).code };
}
const did = (vault: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): unknown => {
  const done = run(vault, args, env);
  expect(done.code, args.join(' ')).toBeNull();
  return done.out;
};

test('a vault is backed up, put back over itself, recovered, exported and adopted', async () => {
  const { recoveryPhrase } = z.object({ recoveryPhrase: z.string() }).parse(did('a', ['init']));
  await lighten(join(folder, 'a'));
  did('a', ['import', join(root, 'resources/samples')]);
  did('a', ['declare', 'region', 'DE-BY']);
  const file = join(folder, 'a.backup');
  did('a', ['backup', file]);
  expect(did('a', ['backup', 'status'])).toMatchObject({ last: { place: file, error: null }, dueAtMs: null });
  expect(did('a', ['backup', 'schedule', '--every', 'weekly', '--keep', '3'])).toMatchObject({ schedule: { every: 'weekly', keep: 3, folder: null } });
  expect(run('a', ['backup', 'schedule', '--every', 'hourly'])).toMatchObject({ exit: 64, code: 'ERR_USAGE' });
  expect(run('a', ['backup', 'schedule', '--folder', join(folder, 'nowhere')])).toMatchObject({ exit: 66, code: 'ERR_BACKUP_FOLDER' });

  expect(run('a', ['restore', file])).toMatchObject({ exit: 77, code: 'ERR_VAULT_EXISTS' });
  expect(run('a', ['restore', file, '--set-aside'])).toMatchObject({ exit: 77, code: 'ERR_BACKUP_OLDER' });
  expect(did('a', ['restore', file, '--set-aside', '--older', '--recovery'], { PENCHANT_PASSPHRASE: recoveryPhrase })).toMatchObject({ setAside: expect.stringContaining('a.replaced-') as string });
  expect(readdirSync(folder).filter((name) => name.startsWith('a.replaced-'))).toHaveLength(1);

  const database = join(folder, 'a/vault.db');
  const bytes = readFileSync(database);
  writeFileSync(database, bytes.map((byte, at) => (at === bytes.length - 3_000 ? byte ^ 4 : byte)));
  expect(run('a', ['recover'])).toMatchObject({ exit: 64, code: 'ERR_USAGE' });
  expect(run('a', ['recover', '--into', join(folder, 'a')])).toMatchObject({ exit: 77, code: 'ERR_VAULT_EXISTS' });
  expect(did('a', ['recover', '--into', join(folder, 'b')])).toMatchObject({ vault: join(folder, 'b'), tables: expect.arrayContaining([expect.objectContaining({ table: 'records' })]) as unknown });
  expect(did('b', ['profile'])).toMatchObject({ preferences: expect.any(Array) as unknown });
  writeFileSync(database, bytes);

  const identity = await generateX25519Identity();
  const keys = join(folder, 'keys.txt');
  writeFileSync(keys, `# created: today\n${identity}\n`);
  const all = join(folder, 'all.age');
  expect(did('a', ['export', all, '--recipient', await identityToRecipient(identity)])).toMatchObject({ file: all });
  expect(run('a', ['export', all, '--recipient', await identityToRecipient(identity)])).toMatchObject({ exit: 77, code: 'ERR_FILE_EXISTS' });
  expect(run('a', ['export', join(folder, 'x.age')])).toMatchObject({ exit: 64, code: 'ERR_USAGE' });
  did('c', ['init']);
  await lighten(join(folder, 'c'));
  expect(run('c', ['adopt', all], { PENCHANT_EXPORT_PASSPHRASE: 'not how it was locked' })).toMatchObject({ exit: 77, code: 'ERR_EXPORT_SECRET_WRONG' });
  expect(did('c', ['adopt', all, '--identity', keys])).toMatchObject({ imports: 3, statements: 1 });
  const strengths = (vault: string) => z.object({ preferences: z.array(z.object({ id: z.string(), origin: z.string() })) }).parse(did(vault, ['profile'])).preferences.map(({ id, origin }) => `${id} ${origin}`).sort();
  expect(strengths('c')).toEqual(strengths('a'));
}, 300_000);

test('restoring says how far it is, and Ctrl-C stops it with everything as it was', async () => {
  did('from', ['init']);
  did('from', ['backup', join(folder, 'from.backup')]);
  did('here', ['init']);
  const before = onDisk(folder);
  const child = spawn(process.execPath, [join(root, 'electron/cli/penchant.mjs'), 'restore', join(folder, 'from.backup'), '--set-aside'], { env: { ...process.env, PENCHANT_VAULT: join(folder, 'here'), PENCHANT_PASSPHRASE: PASSPHRASE }, stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    if (said === '') child.kill('SIGINT');
    said += text;
  });
  const [exit] = await once(child, 'close') as [number | null];
  expect(said).toMatch(/^copying/u);
  expect(said).toContain('ERR_CANCELLED');
  expect(exit).toBe(75);
  expect(onDisk(folder)).toEqual(before);
}, 120_000);
