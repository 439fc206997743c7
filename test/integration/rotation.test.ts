/** A new master key: what changes, what stays, what stops it, and what an interruption leaves. */
import { copyFileSync, existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openDatabase, rekeyCopy } from '../../electron/core/platform/sqlite/database.ts';
import { openSlots, parseHeader, passphraseBytes } from '../../electron/core/vault/header.ts';
import { databaseKey } from '../../electron/core/vault/open-under.ts';
import { decideRoom } from '../../electron/core/vault/rotate.ts';
import { createVault, openUnder, unlockVault, vaultPaths } from '../../electron/core/vault/vault.ts';
import type { RotationPhase } from '../../electron/core/vault/rotate.ts';
import { call, openedCore, PASSPHRASE, testCore, testPorts } from '../support/ports.ts';
import { testKeychain } from '../support/secret-store.ts';
import { temporaryFolder } from '../support/database.ts';

const code = (expected: string): Error => expect.objectContaining({ code: expected }) as Error;
const PROOF = { passphrase: PASSPHRASE };
const quiet = { onPhase: () => undefined, signal: new AbortController().signal };

async function masterKeyOf(dataDir: string): Promise<{ readonly masterKey: Buffer; readonly cipher: 'aegis' | 'chacha20'; readonly generation: number }> {
  const header = parseHeader(readFileSync(vaultPaths(dataDir).header, 'utf8'));
  const masterKey = await openSlots(header, 'passphrase', passphraseBytes(PASSPHRASE));
  if (!masterKey || header.version !== 2) throw new Error('the passphrase opens it');
  return { masterKey, cipher: header.cipher, generation: header.generation };
}
const leftovers = (dataDir: string): string[] => readdirSync(dataDir).filter((name) => name.includes('.next-'));
const types = async (core: Parameters<typeof call>[0]): Promise<string[]> => (await call(core, 'audit.list', { limit: 50 })).entries.map((entry) => entry.type);

describe('a new master key', () => {
  test('opens everything as before, by the same passphrase and a new phrase; the old key and phrase open nothing', async () => {
    const { core, created, ports } = await openedCore();
    await call(core, 'profile.declare', { claim: 'language', value: 'en' });
    await call(core, 'settings.set', { theme: 'dark' });
    const before = await masterKeyOf(ports.dataDir);
    const phases: unknown[] = [];
    core.onEvent(({ topic, payload }) => { if (topic === 'vault.rotation') phases.push((payload as { phase: string }).phase); });

    const rotated = await call(core, 'vault.rotate', { proof: PROOF });
    expect(phases).toEqual(['copying', 'encrypting', 'checking', 'switching']);
    expect(rotated.recoveryPhrase).not.toEqual(created.recoveryPhrase);
    // The vault is open again, and the new phrase can be confirmed.
    expect(await call(core, 'vault.status')).toMatchObject({ state: 'unlocked', recoveryConfirmed: false });
    expect(await call(core, 'settings.get')).toMatchObject({ theme: 'dark' });
    expect((await call(core, 'profile.list')).preferences).toHaveLength(1);
    expect(await call(core, 'vault.confirmRecovery', { words: rotated.confirmPositions.map((position) => ({ position, word: rotated.recoveryPhrase[position - 1] ?? '' })) })).toEqual({ confirmed: true });
    expect(await call(core, 'audit.verify')).toMatchObject({ ok: true });
    expect((await types(core)).slice(0, 3)).toEqual(['vault.recovery-confirmed', 'vault.rotated', 'vault.rotation-started']);
    await core.close();

    const after = await masterKeyOf(ports.dataDir);
    expect(after.masterKey).not.toEqual(before.masterKey);
    expect(after.generation).toBe(1);
    expect(() => openUnder(before.masterKey, vaultPaths(ports.dataDir).database, before.cipher, true)).toThrow(code('ERR_VAULT_CORRUPT'));
    expect(leftovers(ports.dataDir)).toEqual([]);
    const next = testCore(ports);
    await expect(call(next, 'vault.unlock', { recoveryPhrase: created.recoveryPhrase.join(' ') })).rejects.toThrow(code('ERR_VAULT_SECRET_WRONG'));
    expect(await call(next, 'vault.unlock', { recoveryPhrase: rotated.recoveryPhrase.join(' ') })).toMatchObject({ state: 'unlocked', logProblem: 'none' });
    expect((await types(next)).filter((type) => type === 'vault.rotated')).toHaveLength(1);
  });

  test('leaves every derived key as it was, over several rotations', async () => {
    const ports = testPorts();
    const { vault } = await createVault(ports, PASSPHRASE);
    const purposes = ['audit-chain', 'audit-anchor', 'consent/pseudonym', 'consent/receipt', 'consent/handle', 'backup-mac'];
    const before = purposes.map((purpose) => vault.deriveKey(purpose));
    let open = vault;
    for (let round = 0; round < 3; round++) open = (await open.rotate(PASSPHRASE, quiet)).reopen();
    expect(open.header().generation).toBe(3);
    expect(purposes.map((purpose) => open.deriveKey(purpose))).toEqual(before);
    open.close();
  });

  test('takes this computer’s keychain along, and drops another computer’s', async () => {
    const keychain = testKeychain();
    const ports = testPorts({ secretStore: keychain });
    const { core } = await openedCore(ports);
    await call(core, 'vault.addSlot', { proof: PROOF, kind: 'keychain', label: 'elsewhere' });
    keychain.forget();
    await call(core, 'vault.addSlot', { proof: PROOF, kind: 'keychain', label: 'here' });
    expect(await call(core, 'vault.rotate', { proof: PROOF })).toMatchObject({ droppedSlots: 1 });
    expect((await call(core, 'vault.slots')).slots.filter(({ kind }) => kind === 'keychain').map(({ label }) => label)).toEqual(['here']);
    await core.close();
    expect(await call(testCore(ports), 'vault.unlock', { keychain: true })).toMatchObject({ state: 'unlocked' });
  });

  test('a backup from before opens with the secrets of its day', async () => {
    const { core, created } = await openedCore();
    const file = join(temporaryFolder(), 'a.backup');
    await core.backupTo(file);
    await call(core, 'vault.rotate', { proof: PROOF });
    const later = join(temporaryFolder(), 'b.backup');
    await core.backupTo(later);
    await testCore().restoreFrom(file, { recoveryPhrase: created.recoveryPhrase.join(' ') });
    const restored = testCore();
    await restored.restoreFrom(later, PROOF);
    await restored.close();
    const again = testCore(restored.ports);
    await call(again, 'vault.unlock', PROOF);
    expect(await call(again, 'audit.verify')).toMatchObject({ ok: true });
  });
});

describe('stopped before the switch', () => {
  test.each(['copying', 'encrypting', 'checking', 'switching'] as const)('while %s, the vault is as it was', async (at) => {
    const { core, created, ports } = await openedCore();
    const before = readFileSync(vaultPaths(ports.dataDir).header, 'utf8');
    core.onEvent(({ topic, payload }) => {
      if (topic === 'vault.rotation' && (payload as { phase: string }).phase === at) void call(core, 'vault.cancelRotation');
    });
    await expect(call(core, 'vault.rotate', { proof: PROOF })).rejects.toThrow(code('ERR_CANCELLED'));
    expect(readFileSync(vaultPaths(ports.dataDir).header, 'utf8')).toBe(before);
    expect(leftovers(ports.dataDir)).toEqual([]);
    expect(await types(core)).toContain('vault.rotation-undone');
    expect(await call(core, 'vault.cancelRotation')).toEqual({ cancelling: false });
    await core.close();
    expect(await call(testCore(ports), 'vault.unlock', { recoveryPhrase: created.recoveryPhrase.join(' ') })).toMatchObject({ state: 'unlocked', logProblem: 'none' });
  });

  test('by locking, which then locks', async () => {
    const { core, ports } = await openedCore();
    let locked: Promise<unknown> = Promise.resolve();
    core.onEvent(({ topic, payload }) => { if (topic === 'vault.rotation' && (payload as { phase: string }).phase === 'encrypting') locked = call(core, 'vault.lock'); });
    await expect(call(core, 'vault.rotate', { proof: PROOF })).rejects.toThrow(code('ERR_CANCELLED'));
    await locked;
    expect(await call(core, 'vault.status')).toMatchObject({ state: 'locked' });
    expect((await masterKeyOf(ports.dataDir)).generation).toBe(0);
  });

  test('by the person going, as the settings of the vault say', async () => {
    const { core } = await openedCore();
    const seen: Promise<unknown>[] = [];
    core.onEvent(({ topic, payload }) => {
      if (topic !== 'vault.rotation' || (payload as { phase: string }).phase !== 'encrypting') return;
      seen.push(call(core, 'vault.away', { why: 'closed' }), call(core, 'vault.away', { why: 'screen-locked' }));
    });
    await expect(call(core, 'vault.rotate', { proof: PROOF })).rejects.toThrow(code('ERR_CANCELLED'));
    expect(await Promise.all(seen)).toEqual([{ locked: false }, { locked: true }]);
    expect(await call(core, 'vault.status')).toMatchObject({ state: 'locked' });
  });

  test('meanwhile other calls are told to wait, and the vault does not look locked', async () => {
    const { core } = await openedCore();
    const seen: unknown[] = [];
    core.onEvent(({ topic, payload }) => {
      if (topic !== 'vault.rotation' || (payload as { phase: string }).phase !== 'encrypting') return;
      seen.push(core.dispatch('settings.get', undefined), core.dispatch('vault.status', undefined));
    });
    await call(core, 'vault.rotate', { proof: PROOF });
    expect(await Promise.all(seen)).toMatchObject([{ ok: false, error: { code: 'ERR_VAULT_BUSY' } }, { ok: true, value: { state: 'unlocked' } }]);
  });

  test('when there is no room for a second copy', async () => {
    const ports = testPorts();
    const { vault } = await createVault(ports, PASSPHRASE);
    await expect(vault.rotate(PASSPHRASE, { ...quiet, freeBytes: () => 1_000_000 })).rejects.toThrow(code('ERR_STORAGE_FULL'));
    expect(leftovers(ports.dataDir)).toEqual([]);
    expect(vault.db.query('SELECT 1 AS one').get()).toEqual({ one: 1 });
    vault.close();
    expect([decideRoom(200e6, 100e6), decideRoom(110e6, 100e6), decideRoom(0, 0)]).toEqual([true, false, false]);
  });
});

describe('an interruption', () => {
  /** A vault rotated once, and the same vault as it was just before the switch and just after it. */
  async function around() {
    const ports = testPorts();
    const { vault } = await createVault(ports, PASSPHRASE);
    vault.db.exec("CREATE TABLE marker (x TEXT) STRICT; INSERT INTO marker VALUES ('here')");
    const paths = vaultPaths(ports.dataDir);
    const oldHeader = readFileSync(paths.header);
    const prepared = `${paths.database}.next-1`;
    const kept = join(temporaryFolder(), 'next');
    const keptOld = join(temporaryFolder(), 'old');
    let phase: RotationPhase | null = null;
    const { reopen } = await vault.rotate(PASSPHRASE, { ...quiet, onPhase: (next) => { phase = next; if (next === 'switching') { copyFileSync(prepared, kept); copyFileSync(paths.database, keptOld); } } });
    expect(phase).toBe('switching');
    const newHeader = readFileSync(paths.header);
    reopen().close();
    const put = (header: Buffer, withPrepared: boolean, database: 'old' | 'new'): void => {
      writeFileSync(paths.header, header);
      copyFileSync(database === 'old' ? keptOld : kept, paths.database);
      if (withPrepared) copyFileSync(kept, prepared);
    };
    const generation = async (): Promise<number> => {
      const again = await unlockVault(ports, PROOF);
      expect(again.db.query('SELECT x FROM marker').all()).toEqual([{ x: 'here' }]);
      const found = again.header().generation;
      again.close();
      expect(leftovers(ports.dataDir)).toEqual([]);
      return found;
    };
    return { ports, paths, prepared, kept, oldHeader, newHeader, put, generation };
  }

  test('before the switch is rolled back, after it rolled forward, and either can be interrupted again', async () => {
    const { put, oldHeader, newHeader, generation } = await around();
    put(oldHeader, true, 'old');
    expect(await generation()).toBe(0);
    put(newHeader, true, 'old');
    expect(await generation()).toBe(1);
    put(newHeader, false, 'new');
    expect(await generation()).toBe(1);
    put(newHeader, true, 'new');
    expect(await generation()).toBe(1);
  });

  test('the write-ahead log of the old database never ends up beside the new one', async () => {
    const { ports, paths, put, newHeader, generation } = await around();
    put(newHeader, true, 'old');
    writeFileSync(`${paths.database}-wal`, Buffer.alloc(40_000, 1));
    expect(await generation()).toBe(1);
    expect(existsSync(`${paths.database}-wal`)).toBe(false);
    expect(readdirSync(ports.dataDir)).toContain('vault.db');
  });

  test('a file of that name that is not the database of this header takes no place', async () => {
    const { paths, prepared, put, newHeader, ports } = await around();
    put(newHeader, false, 'new');
    writeFileSync(prepared, Buffer.alloc(8_192, 3));
    const vault = await unlockVault(ports, PROOF);
    expect(vault.db.query('SELECT x FROM marker').all()).toEqual([{ x: 'here' }]);
    vault.close();
    expect(existsSync(paths.database)).toBe(true);
    renameSync(prepared, `${prepared}.seen`);
  });

  test('by a wrong secret changes nothing on disk', async () => {
    const { ports, put, newHeader } = await around();
    put(newHeader, true, 'old');
    const before = readdirSync(ports.dataDir).sort();
    await expect(unlockVault(ports, { passphrase: 'wrong but long enough' })).rejects.toThrow(code('ERR_VAULT_SECRET_WRONG'));
    expect(readdirSync(ports.dataDir).sort()).toEqual(before);
  });
});

test('a copy under another key opens under that key only', () => {
  const folder = temporaryFolder();
  const [first, second] = [databaseKey(Buffer.alloc(32, 1)), databaseKey(Buffer.alloc(32, 2))];
  const db = openDatabase(join(folder, 'a.db'), first);
  db.exec("CREATE TABLE t (x TEXT) STRICT; INSERT INTO t VALUES ('value')");
  db.copyTo(join(folder, 'b.db'));
  db.close();
  rekeyCopy(join(folder, 'b.db'), first, second, 'aegis');
  expect(() => openDatabase(join(folder, 'b.db'), first)).toThrow(code('ERR_VAULT_CORRUPT'));
  const copy = openDatabase(join(folder, 'b.db'), second);
  expect(copy.query('SELECT x FROM t').all()).toEqual([{ x: 'value' }]);
  copy.close();
  expect(() => { rekeyCopy(join(folder, 'b.db'), first.subarray(1), second, 'aegis'); }).toThrow(RangeError);
});
