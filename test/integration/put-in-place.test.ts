/** A vault put in place of another while a second program is about to open that one: neither ever writes into a folder the other takes for gone. */
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, readlinkSync, realpathSync, renameSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { once } from 'node:events';
import { basename, dirname, join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { describe, expect, onTestFinished, test } from 'vitest';
import { topics } from '../../shared/api/contract.ts';
import { openDatabase, type Database } from '../../electron/core/platform/sqlite/database.ts';
import { restoreInPlace } from '../../electron/core/portability/restore.ts';
import { openUnder } from '../../electron/core/vault/open-under.ts';
import { openBySecret, readHeader, unlockVault, vaultPaths } from '../../electron/core/vault/vault.ts';
import { temporaryFolder } from '../support/database.ts';
import { call, openedCore, PASSPHRASE, testCore, testPorts } from '../support/ports.ts';

const secret = { passphrase: PASSPHRASE };

/** A locked vault, a backup of it elsewhere, and a way to open its database at once, as a program does that derived the key before. */
async function locked() {
  const { core, ports } = await openedCore();
  const backup = join(temporaryFolder(), 'made.backup');
  cpSync((await call(core, 'vault.backup')).place, backup);
  await call(core, 'profile.declare', { claim: 'region', value: 'DE-BY' });
  await core.close();
  const stored = readHeader(ports.dataDir);
  if (!stored) throw new Error('no header');
  const { masterKey, header } = await openBySecret(ports, stored, secret);
  const open = (): Database => {
    const db = openUnder(masterKey, vaultPaths(ports.dataDir).database, header.cipher, true);
    onTestFinished(() => { db.close(); });
    return db;
  };
  return { ports, backup, open };
}

const beside = ({ dataDir }: { readonly dataDir: string }): string[] => readdirSync(dirname(dataDir)).filter((name) => name !== basename(dataDir));

describe('a second program', () => {
  test('that opened the vault while a backup of it was unpacked keeps it: nothing is put in its place, and what it writes is there', async () => {
    const { ports, backup, open } = await locked();
    let other: Database | null = null;
    const restoring = restoreInPlace(ports, {
      file: { path: backup }, secret, setAside: true, acceptOlder: true, onRead: () => { other = open(); },
      job: { signal: new AbortController().signal, update: () => undefined },
    });
    await expect(restoring).rejects.toMatchObject({ code: 'ERR_VAULT_IN_USE' });
    expect(beside(ports)).toEqual([]);
    const held = other as Database | null;
    held?.command("INSERT INTO meta (key, value) VALUES ('written', 'after')").run();
    held?.close();
    const vault = await unlockVault(ports, secret);
    onTestFinished(() => { vault.close(); });
    expect(vault.db.query("SELECT value FROM meta WHERE key = 'written'").get()).toEqual({ value: 'after' });
  });

  test('that unlocks first what was just put in place is told apart from a failed restore', async () => {
    const { ports, backup, open } = await locked();
    const core = testCore(ports);
    core.grantFile({ id: 'backup', path: backup, name: 'made.backup', size: 1, temporary: false });
    const statuses: unknown[] = [];
    core.onEvent(({ topic, payload }) => {
      if (topic === 'vault.changed') statuses.push(payload);
      if (topic !== 'job.changed') return;
      const { kind, state } = topics['job.changed'].parse(payload);
      if (kind === 'restore' && state === 'done') open();
    });
    const outcome = await core.dispatch('vault.restore', { fileId: 'backup', secret, setAside: true, acceptOlder: true });
    const [aside] = beside(ports);
    expect(aside).toMatch(/\.replaced-/u);
    expect(outcome).toMatchObject({ ok: false, error: { code: 'ERR_PLACED_LOCKED', details: { reason: 'ERR_VAULT_IN_USE', setAside: join(dirname(ports.dataDir), aside ?? '') } } });
    expect(outcome.ok ? '' : outcome.error.message).toContain('The backup is in place');
    // A page that took it for a first run hears that there is a vault.
    await expect.poll(() => statuses).toContainEqual(expect.objectContaining({ state: 'locked' }));
  });

  test.skipIf(process.platform !== 'linux')('that waits for the vault while another takes its place stays out of the one that was renamed', async () => {
    const folder = join(temporaryFolder(), 'vault'), path = join(folder, 'vault.db'), key = randomBytes(32);
    mkdirSync(folder);
    const held = openDatabase(path, key, 'aegis', { exclusive: true });
    const source = `
      import { openDatabase } from ${JSON.stringify(join(import.meta.dirname, '../../electron/core/platform/sqlite/database.ts'))};
      try { openDatabase(${JSON.stringify(path)}, Buffer.from('${key.toString('hex')}', 'hex'), 'aegis', { mustExist: true, exclusive: true }).close(); console.log('opened'); } catch (error) { console.log(error.code); }`;
    const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', source], { stdio: ['ignore', 'pipe', 'inherit'] });
    onTestFinished(() => { child.kill(); });
    const said = once(createInterface({ input: child.stdout }), 'line');
    const real = realpathSync(path);
    const hasItOpen = (): boolean => readdirSync(`/proc/${child.pid ?? 0}/fd`).some((fd) => { try { return readlinkSync(`/proc/${child.pid ?? 0}/fd/${fd}`) === real; } catch { return false; } });
    await expect.poll(hasItOpen, { timeout: 20_000, interval: 5 }).toBe(true);
    renameSync(folder, `${folder}.replaced`);
    mkdirSync(folder);
    openDatabase(path, key, 'aegis', { exclusive: true }).close();
    held.close();
    expect((await said)[0]).toBe('ERR_VAULT_IN_USE');
  });

  test('that changed the keys while this one derived its own is not overwritten', async () => {
    const { core, ports } = await openedCore();
    const { header } = vaultPaths(ports.dataDir);
    const older = readFileSync(header, 'utf8');
    await call(core, 'vault.changePassphrase', { proof: secret, next: 'quite another sentence here for you' });
    await core.close();
    const newer = readFileSync(header, 'utf8');
    writeFileSync(header, older);
    const unlocking = unlockVault(ports, secret);
    writeFileSync(header, newer);
    await expect(unlocking).rejects.toMatchObject({ code: 'ERR_VAULT_IN_USE' });
    expect(readFileSync(header, 'utf8')).toBe(newer);
    (await unlockVault(testPorts({ dataDir: ports.dataDir }), { passphrase: 'quite another sentence here for you' })).close();
  });
});

test('uploads that lay in the vault’s folder do not stay in the one set aside', async () => {
  const { ports, backup } = await locked();
  const upload = join(ports.dataDir, 'incoming', '1234-abcdef', 'a-sealed-file');
  mkdirSync(dirname(upload), { recursive: true });
  writeFileSync(upload, 'sealed');
  const core = testCore(ports);
  const { setAside } = await core.restoreFrom(backup, secret, { setAside: true, acceptOlder: true });
  expect(setAside).not.toBeNull();
  expect(existsSync(join(setAside ?? '', 'vault.keys'))).toBe(true);
  expect(existsSync(join(setAside ?? '', 'incoming'))).toBe(false);
  expect(existsSync(join(ports.dataDir, 'incoming'))).toBe(false);
});
