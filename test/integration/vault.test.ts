/** The vault on a real disk: made, opened, locked, re-keyed, damaged, backed up, restored. */
import { spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, copyFileSync, createWriteStream, existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { describe, expect, test } from 'vitest';
import yazl from 'yazl';
import type { Core } from '../../electron/core/core.ts';
import { MIGRATIONS } from '../../electron/core/migrations/index.ts';
import { canonicalJson, hkdf32, hmac } from '../../electron/core/platform/crypto/keys.ts';
import { openDatabase } from '../../electron/core/platform/sqlite/database.ts';
import { migrate } from '../../electron/core/platform/sqlite/migrate.ts';
import { writeBackup } from '../../electron/core/vault/backup.ts';
import { openUnder, unlockVault, vaultPaths } from '../../electron/core/vault/vault.ts';
import { temporaryFolder } from '../support/database.ts';
import type { WritableDb } from '../../electron/core/platform/sqlite/types.ts';
import { call, openedCore, PASSPHRASE, testClock, testCore, testPorts } from '../support/ports.ts';

const code = (expected: string): Error => expect.objectContaining({ code: expected }) as Error;

describe('creating', () => {
  test('makes a private folder, and the vault is open', async () => {
    const { core, created, ports } = await openedCore();
    expect(created.recoveryPhrase).toHaveLength(24);
    expect(await call(core, 'vault.status')).toMatchObject({ state: 'unlocked', recoveryConfirmed: false, vaultId: created.vaultId });
    expect(statSync(ports.dataDir).mode & 0o777).toBe(0o700);
    for (const file of readdirSync(ports.dataDir)) expect(statSync(join(ports.dataDir, file)).mode & 0o077, file).toBe(0);
  });

  test.each(['short', 'password1234', 'aaaaaaaaaaaaaaaaaaaa', 'qwertyuiop123'])('refuses %j and leaves nothing behind', async (passphrase) => {
    const core = testCore();
    await expect(call(core, 'vault.create', { passphrase })).rejects.toThrow(code('ERR_PASSPHRASE_WEAK'));
    expect(existsSync(core.ports.dataDir)).toBe(false);
  });

  test('refuses a second vault in the same place', async () => {
    const { core, ports } = await openedCore();
    await expect(call(core, 'vault.create', { passphrase: PASSPHRASE })).rejects.toThrow(code('ERR_VAULT_EXISTS'));
    await core.close();
    await expect(call(testCore(ports), 'vault.create', { passphrase: PASSPHRASE })).rejects.toThrow(code('ERR_VAULT_EXISTS'));
  });

  test('moves a database without a key file aside rather than deleting it', async () => {
    const ports = testPorts();
    const first = await openedCore(ports);
    await first.core.close();
    const header = vaultPaths(ports.dataDir).header;
    copyFileSync(header, `${header}.saved`);
    rmSync(header);
    const again = testCore(ports);
    await call(again, 'vault.create', { passphrase: PASSPHRASE });
    expect(readdirSync(ports.dataDir).some((name) => name.startsWith('vault.db.without-key-'))).toBe(true);
  });
});

describe('unlocking', () => {
  test('with the passphrase, however composed, and with the recovery phrase', async () => {
    const ports = testPorts();
    const core = testCore(ports);
    const created = await call(core, 'vault.create', { passphrase: 'café über straße vier' });
    await core.close();
    const decomposed = testCore(ports);
    expect(await call(decomposed, 'vault.unlock', { passphrase: 'café über straße vier'.normalize('NFD') })).toMatchObject({ state: 'unlocked' });
    await decomposed.close();
    const recovered = testCore(ports);
    expect(await call(recovered, 'vault.unlock', { recoveryPhrase: created.recoveryPhrase.map((w, i) => `${i + 1}. ${w}`).join('\n') })).toMatchObject({ state: 'unlocked' });
    await call(recovered, 'vault.changePassphrase', { proof: { recoveryPhrase: created.recoveryPhrase.join(' ') }, next: 'an entirely different sentence' });
    await recovered.close();
    const changed = testCore(ports);
    await expect(call(changed, 'vault.unlock', { passphrase: 'café über straße vier' })).rejects.toThrow(code('ERR_VAULT_SECRET_WRONG'));
    expect(await call(changed, 'vault.unlock', { passphrase: 'an entirely different sentence' })).toMatchObject({ state: 'unlocked' });
  });

  test('a wrong secret is refused and changes no byte, also while the vault is open', async () => {
    const { core, ports } = await openedCore();
    await expect(call(core, 'vault.unlock', { passphrase: 'wrong but long enough' })).rejects.toThrow(code('ERR_VAULT_SECRET_WRONG'));
    await core.close();
    const before = readdirSync(ports.dataDir).map((name) => [name, statSync(join(ports.dataDir, name)).isFile() ? readFileSync(join(ports.dataDir, name), 'base64') : '']);
    const locked = testCore(ports);
    await expect(call(locked, 'vault.unlock', { passphrase: 'wrong but long enough' })).rejects.toThrow(code('ERR_VAULT_SECRET_WRONG'));
    await expect(call(locked, 'vault.unlock', { recoveryPhrase: `${'zoo '.repeat(23)}vote` })).rejects.toThrow(code('ERR_VAULT_SECRET_WRONG'));
    expect(readdirSync(ports.dataDir).map((name) => [name, statSync(join(ports.dataDir, name)).isFile() ? readFileSync(join(ports.dataDir, name), 'base64') : ''])).toEqual(before);
  });

  test('where there is none says so', async () => {
    await expect(call(testCore(), 'vault.unlock', { passphrase: PASSPHRASE })).rejects.toThrow(code('ERR_VAULT_MISSING'));
  });

  test('a second program on the same vault is told that it is in use, and the first is undisturbed', async () => {
    const { core, ports } = await openedCore();
    await expect(call(testCore(ports), 'vault.unlock', { passphrase: PASSPHRASE })).rejects.toThrow(code('ERR_VAULT_IN_USE'));
    expect(await call(core, 'audit.verify')).toMatchObject({ ok: true });
    await core.close();
    expect(await call(testCore(ports), 'vault.unlock', { passphrase: PASSPHRASE })).toMatchObject({ state: 'unlocked' });
  });

  test('without activity the vault locks itself, and activity puts it off', async () => {
    const clock = testClock();
    const { core } = await openedCore(testPorts({ clock }));
    const locked = new Promise<void>((resolve) => { core.onLocked(resolve); });
    await call(core, 'settings.set', { autoLockMinutes: 5 });
    clock.advance(4 * 60_000);
    expect(await call(core, 'vault.touch')).toEqual({ locksAtMs: clock.nowMs() + 5 * 60_000 });
    clock.advance(4 * 60_000);
    await new Promise((resolve) => setTimeout(resolve, 1_200));
    expect(await call(core, 'vault.status')).toMatchObject({ state: 'unlocked' });
    clock.advance(61_000);
    await locked;
    expect(await call(core, 'vault.status')).toMatchObject({ state: 'locked' });
  });
});

describe('locking when the person goes', () => {
  const TICK_MS = 1_300;
  const tick = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, TICK_MS));
  const stateOf = async (core: Parameters<typeof call>[0]): Promise<string> => (await call(core, 'vault.status')).state;

  test.each([['screen-locked', 'lockOnScreenLock'], ['asleep', 'lockOnSleep'], ['closed', 'lockOnClose']] as const)('%s locks as the vault’s own setting says', async (why, setting) => {
    const { core } = await openedCore();
    await call(core, 'settings.set', { [setting]: false });
    expect(await call(core, 'vault.away', { why })).toEqual({ locked: false });
    expect(await stateOf(core)).toBe('unlocked');
    await call(core, 'settings.set', { [setting]: true });
    expect(await call(core, 'vault.away', { why })).toEqual({ locked: true });
    expect(await stateOf(core)).toBe('locked');
    // Nobody is there to be away.
    expect(await call(core, 'vault.away', { why })).toEqual({ locked: false });
  });

  test('sleep nobody told of is noticed by the clock of the wall running ahead, and locks', async () => {
    const clock = testClock(), steady = { ms: 0 };
    const { core } = await openedCore(testPorts({ clock, steadyMs: () => steady.ms }));
    // Stopped or busy: both clocks went on.
    clock.advance(45_000);
    steady.ms += 45_000;
    await tick();
    expect(await stateOf(core)).toBe('unlocked');
    clock.advance(45_000);
    await tick();
    expect(await stateOf(core)).toBe('locked');
  });

  test('a clock set back or forth keeps no vault open beyond its time, loses nothing, and the log still adds up', async () => {
    const clock = testClock(), steady = { ms: 0 };
    const ports = testPorts({ clock, steadyMs: () => steady.ms });
    const { core } = await openedCore(ports);
    await call(core, 'settings.set', { autoLockMinutes: 15, lockOnSleep: false });
    await call(core, 'profile.declare', { claim: 'brand', value: 'Before' });
    clock.advance(-400 * 86_400_000);
    await call(core, 'profile.declare', { claim: 'brand', value: 'Set back' });
    steady.ms += 14 * 60_000;
    await tick();
    expect(await stateOf(core)).toBe('unlocked');
    steady.ms += 60_000;
    await tick();
    expect(await stateOf(core)).toBe('locked');
    await call(core, 'vault.unlock', { passphrase: PASSPHRASE });
    clock.advance(4_000 * 86_400_000);
    await tick();
    expect(await stateOf(core)).toBe('locked');
    await call(core, 'vault.unlock', { passphrase: PASSPHRASE });
    await call(core, 'profile.declare', { claim: 'brand', value: 'Set forward' });
    expect((await call(core, 'profile.list')).preferences.map(({ label }) => label).sort()).toEqual(['Before', 'Set back', 'Set forward']);
    expect(await call(core, 'audit.verify')).toMatchObject({ ok: true });
    expect(await call(core, 'vault.backup')).toMatchObject({ sizeBytes: expect.any(Number) as number });
  });
});

describe('recovery phrase', () => {
  test('is confirmed by the right words at the right places only', async () => {
    const { core, created } = await openedCore();
    const words = created.confirmPositions.map((position) => ({ position, word: created.recoveryPhrase[position - 1] ?? '' }));
    const swapped = words.map((w, i) => ({ position: w.position, word: words[(i + 1) % 3]?.word ?? '' }));
    await expect(call(core, 'vault.confirmRecovery', { words: swapped })).rejects.toThrow(code('ERR_RECOVERY_WORDS_WRONG'));
    const first = words[0];
    if (!first) throw new Error('no words');
    await expect(call(core, 'vault.confirmRecovery', { words: [first, first, first] })).rejects.toThrow(code('ERR_RECOVERY_WORDS_WRONG'));
    expect(await call(core, 'vault.confirmRecovery', { words })).toEqual({ confirmed: true });
    expect(await call(core, 'vault.status')).toMatchObject({ recoveryConfirmed: true });
  });

  test('a renewed phrase replaces the old one', async () => {
    const { core, created, ports } = await openedCore();
    const renewed = await call(core, 'vault.renewRecovery', { proof: { passphrase: PASSPHRASE } });
    await core.close();
    const next = testCore(ports);
    await expect(call(next, 'vault.unlock', { recoveryPhrase: created.recoveryPhrase.join(' ') })).rejects.toThrow(code('ERR_VAULT_SECRET_WRONG'));
    expect(await call(next, 'vault.unlock', { recoveryPhrase: renewed.recoveryPhrase.join(' ') })).toMatchObject({ state: 'unlocked' });
  });
});

describe('a key file that was tampered with', () => {
  const edits: readonly (readonly [string, (header: Record<string, unknown>) => unknown, string])[] = [
    ['not JSON', () => undefined, 'ERR_VAULT_HEADER_INVALID'],
    ['weaker derivation', (h) => patchKdf(h, { memoryKiB: 8192 }), 'ERR_VAULT_HEADER_INVALID'],
    ['absurd derivation', (h) => patchKdf(h, { memoryKiB: 64 * 1024 * 1024 }), 'ERR_VAULT_HEADER_INVALID'],
    ['other, allowed derivation', (h) => patchKdf(h, { passes: 4 }), 'ERR_VAULT_SECRET_WRONG'],
    ['other cipher', (h) => ({ ...h, cipher: 'chacha20' }), 'ERR_VAULT_HEADER_INVALID'],
    ['confirmation forged', (h) => ({ ...h, recoveryConfirmed: true }), 'ERR_VAULT_HEADER_INVALID'],
    ['slot removed', (h) => ({ ...h, slots: (h['slots'] as unknown[]).slice(0, 1) }), 'ERR_VAULT_HEADER_INVALID'],
    ['later version', (h) => ({ ...h, version: 3 }), 'ERR_VAULT_NEWER'],
    ['earlier version', (h) => ({ ...h, version: 1 }), 'ERR_VAULT_HEADER_INVALID'],
    ['another generation', (h) => ({ ...h, generation: 1 }), 'ERR_VAULT_HEADER_INVALID'],
    ['surprise field', (h) => ({ ...h, extra: 1 }), 'ERR_VAULT_HEADER_INVALID'],
  ];
  function patchKdf(header: Record<string, unknown>, change: Record<string, unknown>) {
    const slots = header['slots'] as { kind: string; kdf: Record<string, unknown> }[];
    return { ...header, slots: slots.map((slot) => (slot.kind === 'passphrase' ? { ...slot, kdf: { ...slot.kdf, ...change } } : slot)) };
  }

  test.each(edits)('%s', async (_name, edit, expected) => {
    const { core, ports } = await openedCore();
    await core.close();
    const path = vaultPaths(ports.dataDir).header;
    // By somebody who knows that the sum is for accidents: they leave it out, or make it anew.
    const { sum: _sum, ...header } = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>;
    const edited = edit(header);
    writeFileSync(path, edited === undefined ? '{"format":"penchant-va' : JSON.stringify(edited));
    await expect(call(testCore(ports), 'vault.unlock', { passphrase: PASSPHRASE })).rejects.toThrow(code(expected));
  });
});

describe('a damaged database', () => {
  /** Bytes 16 to 23 of the file stay in clear, so that it can be known for a database at all: page size and format, no content. */
  const CLEAR = { from: 16, to: 24 };

  test('200 random flipped bytes: each is detected, none is silently wrong', async () => {
    const { good, contents, judge } = await damaged();
    for (let i = 0; i < 200; i++) {
      let at = randomBytes(4).readUInt32BE() % good.length;
      if (at < CLEAR.to) at += CLEAR.to;
      expect(judge(at, i % 8), `byte ${at}`).toBe('detected');
    }
    // What is in clear is noticed or changes nothing; before it stands the salt of a derivation that a key of its own does without.
    for (let at = 0; at < CLEAR.to; at++) for (let bit = 0; bit < 8; bit++) expect(['detected', contents], `byte ${at}`).toContain(judge(at, bit));
  });

  /** A locked vault and what one flipped bit in its database leads to: `detected`, or everything that is then read. */
  async function damaged() {
    const { core, ports } = await openedCore();
    await core.close();
    const good = readFileSync(vaultPaths(ports.dataDir).database);
    // The key is rebuilt the way unlocking does, so that the copies can be opened without 200 derivations.
    const { openSlots, parseHeader, passphraseBytes } = await import('../../electron/core/vault/header.ts');
    const header = parseHeader(readFileSync(vaultPaths(ports.dataDir).header, 'utf8'));
    const masterKey = await openSlots(header, 'passphrase', passphraseBytes(PASSPHRASE));
    if (!masterKey) throw new Error('the slot did not open');
    const copy = join(temporaryFolder(), 'vault.db');
    const readAll = (bytes: Buffer): string => {
      for (const suffix of ['-wal', '-shm']) rmSync(`${copy}${suffix}`, { force: true });
      writeFileSync(copy, bytes);
      const db = openUnder(masterKey, copy, header.cipher, true);
      try {
        if (db.integrityProblems().length > 0) return 'detected';
        const tables = db.query<{ name: string }>("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name").all();
        return JSON.stringify(tables.map(({ name }) => [name, db.query(`SELECT * FROM "${name}"`).all()]));
      } finally {
        db.close();
      }
    };
    const judge = (at: number, bit: number): string => {
      const bad = Buffer.from(good);
      bad[at] = (bad[at] ?? 0) ^ (1 << bit);
      try {
        return readAll(bad);
      } catch (error) {
        expect(error).toMatchObject({ code: 'ERR_VAULT_CORRUPT' });
        return 'detected';
      }
    };
    return { good, contents: readAll(good), judge };
  }

  test('a missing database says so', async () => {
    const { core, ports } = await openedCore();
    await core.close();
    rmSync(vaultPaths(ports.dataDir).database);
    await expect(call(testCore(ports), 'vault.unlock', { passphrase: PASSPHRASE })).rejects.toThrow(code('ERR_VAULT_CORRUPT'));
  });
});

describe('an older or emptied copy put back', () => {
  /** A vault locked twice; `older` is the database as it was the first time. */
  async function twiceUsed() {
    const clock = testClock();
    const ports = testPorts({ clock });
    const first = await openedCore(ports);
    await first.core.close();
    const paths = vaultPaths(ports.dataDir);
    const older = readFileSync(paths.database);
    const second = testCore(ports);
    await call(second, 'vault.unlock', { passphrase: PASSPHRASE });
    await call(second, 'settings.set', { autoLockMinutes: 5 });
    await second.close();
    clock.advance(60_000);
    return { ports, paths, older };
  }
  const reopened = async (ports: ReturnType<typeof testPorts>) => {
    const core = testCore(ports);
    const status = await call(core, 'vault.unlock', { passphrase: PASSPHRASE });
    return { core, status };
  };

  test('is told at unlocking, stays told, and is over only when the person says so', async () => {
    const { ports, paths, older } = await twiceUsed();
    writeFileSync(paths.database, older);
    const { core, status } = await reopened(ports);
    expect(status.logProblem).toBe('rolled-back');
    // Long enough for the anchor to have moved on, had it been let.
    await call(core, 'settings.set', { autoLockMinutes: 15 });
    await new Promise((resolve) => setTimeout(resolve, 2_300));
    expect((await call(core, 'audit.verify')).ok).toBe(false);
    await core.close();
    const again = await reopened(ports);
    expect(again.status.logProblem).not.toBe('none');
    expect(await call(again.core, 'audit.accept')).toEqual({ accepted: true });
    expect(await call(again.core, 'audit.verify')).toMatchObject({ ok: true });
    await again.core.close();
    const after = await reopened(ports);
    expect(after.status.logProblem).toBe('none');
    expect(await call(after.core, 'audit.accept')).toEqual({ accepted: false });
  });

  test.each(['deleted', 'of another vault'])('with the mark %s is told too', async (how) => {
    const { ports, paths, older } = await twiceUsed();
    writeFileSync(paths.database, older);
    if (how === 'deleted') rmSync(paths.anchor);
    else writeFileSync(paths.anchor, readFileSync((await twiceUsed()).paths.anchor));
    const { core, status } = await reopened(ports);
    expect(status.logProblem).toBe('unanchored');
    expect(await call(core, 'audit.verify')).toMatchObject({ ok: false, problem: 'unanchored' });
  });

  test('an emptied database is refused, not taken for a new one', async () => {
    const { ports, paths } = await twiceUsed();
    writeFileSync(paths.database, '');
    await expect(call(testCore(ports), 'vault.unlock', { passphrase: PASSPHRASE })).rejects.toThrow(code('ERR_VAULT_CORRUPT'));
    expect(statSync(paths.database).size).toBe(0);
  });

  test('a header with two slots of a kind or an absurd amount of work is refused before any work', async () => {
    const { core, ports } = await openedCore();
    await core.close();
    const path = vaultPaths(ports.dataDir).header;
    const header = JSON.parse(readFileSync(path, 'utf8')) as { slots: { kind: string; kdf: Record<string, unknown> }[] };
    const slot = header.slots.find(({ kind }) => kind === 'passphrase');
    for (const slots of [[...header.slots, slot], header.slots.map((s) => (s.kind === 'passphrase' ? { ...s, kdf: { ...s.kdf, memoryKiB: 2 * 1024 * 1024, passes: 64 } } : s))]) {
      writeFileSync(path, JSON.stringify({ ...header, slots }));
      await expect(call(testCore(ports), 'vault.unlock', { passphrase: PASSPHRASE })).rejects.toThrow(code('ERR_VAULT_HEADER_INVALID'));
    }
  });
});

describe('migrations', () => {
  test('a database from a later program and one with another history are refused', () => {
    const key = randomBytes(32);
    const path = join(temporaryFolder(), 'x.db');
    const db = openDatabase(path, key);
    migrate(db, MIGRATIONS, { nowMs: 1 });
    db.command("INSERT INTO schema_history VALUES (99999, 'future', 'x', 1)").run();
    expect(() => migrate(db, MIGRATIONS, { nowMs: 2 })).toThrow(code('ERR_VAULT_NEWER'));
    db.exec("DELETE FROM schema_history WHERE version = 99999; UPDATE schema_history SET sha256 = 'x' WHERE version = 10");
    expect(() => migrate(db, MIGRATIONS, { nowMs: 2 })).toThrow(code('ERR_VAULT_HISTORY_REWRITTEN'));
    db.close();
  });

  test('a failing migration leaves the database as it was, and a copy was made before', () => {
    const db = openDatabase(join(temporaryFolder(), 'x.db'), randomBytes(32));
    migrate(db, MIGRATIONS, { nowMs: 1 });
    let copied = 0;
    const bad = { version: 90_000, name: 'bad', up: (d: WritableDb) => { d.exec('CREATE TABLE half (x) '); d.exec('CREATE TABLE half (x)'); } };
    expect(() => migrate(db, [...MIGRATIONS, bad], { nowMs: 2, beforeChange: () => { copied++; } })).toThrow('already exists');
    expect(copied).toBe(1);
    expect(db.query("SELECT 1 FROM sqlite_master WHERE name = 'half'").get()).toBeUndefined();
    expect(migrate(db, MIGRATIONS, { nowMs: 3 })).toBe(0);
    db.close();
  });
});

test('unlocking an older vault copies it first, then brings it up to date', async () => {
  const { core, ports } = await openedCore();
  await core.close();
  const { openSlots, parseHeader, passphraseBytes } = await import('../../electron/core/vault/header.ts');
  const header = parseHeader(readFileSync(vaultPaths(ports.dataDir).header, 'utf8'));
  const masterKey = await openSlots(header, 'passphrase', passphraseBytes(PASSPHRASE));
  if (!masterKey) throw new Error('the slot did not open');
  // The same vault as the program before the newest migration left it.
  const newest = MIGRATIONS.at(-1)?.version ?? 0;
  rmSync(vaultPaths(ports.dataDir).database);
  rmSync(vaultPaths(ports.dataDir).anchor);
  const older = openUnder(masterKey, vaultPaths(ports.dataDir).database, header.cipher, false);
  migrate(older, MIGRATIONS.slice(0, -1), { nowMs: 0 });
  older.command("INSERT INTO settings (key, value) VALUES ('theme', '\"dark\"')").run();
  older.close();

  const next = testCore(ports);
  expect(await call(next, 'vault.unlock', { passphrase: PASSPHRASE })).toMatchObject({ state: 'unlocked' });
  expect(await call(next, 'settings.get')).toMatchObject({ theme: 'dark' });
  expect(await call(next, 'grants.list')).toEqual({ grants: [] });
  const copies = readdirSync(vaultPaths(ports.dataDir).backups);
  expect(copies).toHaveLength(1);
  const copy = openUnder(masterKey, join(vaultPaths(ports.dataDir).backups, copies[0] ?? ''), header.cipher, true);
  expect(copy.query<{ version: number }>('SELECT max(version) AS version FROM schema_history').get()?.version).toBeLessThan(newest);
  copy.close();
});

describe('backup and restore', () => {
  test('a backup carries the checkpoint of the log, which the restored log extends', async () => {
    const { core } = await openedCore();
    const file = join(temporaryFolder(), 'a.backup');
    const { checkpoint } = await call(core, 'audit.checkpoint');
    await core.backupTo(file);
    const manifest = JSON.parse(/\{"format":"penchant-backup".*?"mac":"[^"]*"\}/su.exec(readFileSync(file, 'latin1'))?.[0] ?? '{}') as Record<string, unknown>;
    expect(manifest['version']).toBe(2);
    expect(Buffer.from(String(manifest['checkpoint']), 'latin1').toString('utf8')).toBe(checkpoint);
    const restored = testCore();
    await restored.restoreFrom(file, { passphrase: PASSPHRASE });
    expect(await call(restored, 'audit.compare', { checkpoint })).toMatchObject({ extends: true, olderSize: 1, size: 2 });
    const other = await openedCore();
    await expect(call(other.core, 'audit.compare', { checkpoint })).rejects.toThrow(code('ERR_CHECKPOINT_INVALID'));
  });

  test('a backup from before the log was a tree is still read, and its log carried over', async () => {
    const { core, ports } = await openedCore();
    await core.close();
    const header = readFileSync(vaultPaths(ports.dataDir).header, 'utf8');
    const { openSlots, parseHeader, passphraseBytes, unwrapIdentity } = await import('../../electron/core/vault/header.ts');
    const stored = parseHeader(header);
    const masterKey = await openSlots(stored, 'passphrase', passphraseBytes(PASSPHRASE));
    const identity = masterKey && stored.version === 2 ? unwrapIdentity(stored, masterKey) : null;
    if (!masterKey || !identity) throw new Error('the slot did not open');
    // The same vault as that program wrote it: one entry in a keyed chain.
    const path = join(temporaryFolder(), 'old.db');
    const older = openUnder(masterKey, path, parseHeader(header).cipher, false);
    migrate(older, MIGRATIONS.filter(({ version }) => version < 60), { nowMs: 0 });
    const fields = [1, 1_000, 'vault.created', 'ok', null, null, '{"reason":null,"companyName":null,"requestId":null,"importId":null,"claims":[],"purpose":null,"counts":{}}'] as const;
    const hash = hmac(hkdf32(identity, 'vault/v1/audit-chain'), Buffer.concat([Buffer.alloc(32), Buffer.from(JSON.stringify(fields))]));
    older.command('INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?, ?)').run(...fields, hash);
    older.checkpoint();
    older.close();
    const database = readFileSync(path);
    const unsigned = {
      format: 'penchant-backup', version: 1, vaultId: parseHeader(header).vaultId, createdAtMs: 1, databaseSha256: createHash('sha256').update(database).digest('hex'), databaseBytes: database.length,
      keysSha256: createHash('sha256').update(header).digest('hex'), auditHead: { seq: 1, hash: hash.toString('base64url') },
    };
    const manifest = { ...unsigned, mac: hmac(hkdf32(identity, 'vault/v1/backup-mac'), canonicalJson(unsigned)).toString('base64url') };
    const zip = new yazl.ZipFile();
    for (const [name, bytes] of [['manifest.json', Buffer.from(JSON.stringify(manifest))], ['vault.keys', Buffer.from(header)], ['vault.db', database]] as const) zip.addBuffer(bytes, name, { compress: false });
    zip.end();
    const file = join(temporaryFolder(), 'old.backup');
    await pipeline(zip.outputStream, createWriteStream(file));
    const restored = testCore();
    await restored.restoreFrom(file, { passphrase: PASSPHRASE });
    expect(await call(restored, 'audit.verify')).toMatchObject({ ok: true, entries: 3 });
    expect((await call(restored, 'audit.list', { limit: 3 })).entries.map(({ type }) => type)).toEqual(['vault.restored', 'audit.carried', 'vault.created']);
  });

  test('a backup restores elsewhere with the same contents, by passphrase or recovery phrase', async () => {
    const { core, created } = await openedCore();
    await call(core, 'settings.set', { theme: 'dark' });
    const file = join(temporaryFolder(), 'a.backup');
    await core.backupTo(file);
    await expect(core.backupTo(file)).rejects.toThrow(code('ERR_FILE_EXISTS'));
    for (const secret of [{ passphrase: PASSPHRASE }, { recoveryPhrase: created.recoveryPhrase.join(' ') }]) {
      const restored = testCore();
      await restored.restoreFrom(file, secret);
      expect(await call(restored, 'settings.get')).toMatchObject({ theme: 'dark' });
      expect(await call(restored, 'audit.verify')).toMatchObject({ ok: true });
    }
  });

  test('refuses a wrong secret, a folder in use and any flipped byte, and leaves nothing behind', async () => {
    const { core } = await openedCore();
    const file = join(temporaryFolder(), 'a.backup');
    await core.backupTo(file);
    await expect(core.restoreFrom(file, { passphrase: PASSPHRASE })).rejects.toThrow(code('ERR_VAULT_EXISTS'));
    const target = testCore();
    await expect(target.restoreFrom(file, { passphrase: 'wrong but long enough' })).rejects.toThrow(code('ERR_VAULT_SECRET_WRONG'));
    expect(existsSync(target.ports.dataDir)).toBe(false);
    const good = readFileSync(file);
    let harmless = 0;
    for (let i = 0; i < 60; i++) {
      const bad = Buffer.from(good);
      const at = Math.floor((i / 60) * bad.length);
      bad[at] = (bad[at] ?? 0) ^ 0x10;
      const path = join(temporaryFolder(), 'bad.backup');
      writeFileSync(path, bad);
      const fresh = testCore();
      await fresh.restoreFrom(path, { passphrase: PASSPHRASE }).then(
        () => { harmless++; },
        (error: unknown) => { expect(error).toMatchObject({ code: expect.stringMatching(/^ERR_(BACKUP_INVALID|VAULT_NEWER)$/) as string }); },
      );
    }
    // Dates and permission bits inside the zip's own directory carry nothing that is used.
    expect(harmless).toBeLessThan(10);
  });
});

test.skipIf(process.platform !== 'linux')('a place where no folder can be says so, and at once', async () => {
  await expect(call(testCore(testPorts({ dataDir: '/proc/penchant/vault' })), 'vault.create', { passphrase: PASSPHRASE })).rejects.toThrow(code('ERR_VAULT_UNREADABLE'));
});

test('a folder that cannot be written says so', async () => {
  if (process.getuid?.() === 0) return;
  const folder = temporaryFolder();
  chmodSync(folder, 0o500);
  await expect(call(testCore(testPorts({ dataDir: join(folder, 'v') })), 'vault.create', { passphrase: PASSPHRASE })).rejects.toThrow(code('ERR_VAULT_UNREADABLE'));
});

describe('a backup while the vault is in use', () => {
  test('is the vault of one moment, whatever is written meanwhile, and keeps every other program out as before', async () => {
    const { core, ports } = await openedCore();
    const file = join(temporaryFolder(), 'busy.backup');
    const writing = core.backupTo(file);
    for (let i = 0; i < 20; i++) {
      await call(core, 'profile.declare', { claim: 'language', value: ['de', 'fr', 'it', 'es'][i % 4] ?? '' });
    }
    await writing;
    // Another process is asked: the locks of one process do not keep it out of its own file.
    const other = spawnSync(process.execPath, [join(import.meta.dirname, '../../electron/cli/penchant.mjs'), 'log', '--json'], { encoding: 'utf8', env: { ...process.env, PENCHANT_VAULT: ports.dataDir, PENCHANT_PASSPHRASE: PASSPHRASE } });
    expect(JSON.parse(other.stderr)).toMatchObject({ code: 'ERR_VAULT_IN_USE' });
    const restored = testCore();
    await restored.restoreFrom(file, { passphrase: PASSPHRASE });
    expect(await call(restored, 'audit.verify')).toMatchObject({ ok: true });
    expect((await call(restored, 'profile.list')).preferences.length).toBeLessThanOrEqual((await call(core, 'profile.list')).preferences.length);
    expect(await call(core, 'audit.verify')).toMatchObject({ ok: true });
  });

  test('is not reported when the copy inside it cannot be opened, and nothing of it stays', async () => {
    const { core, ports } = await openedCore();
    await core.close();
    // One flipped bit in a page that unlocking does not read, looked for from the end: the file is whole, what it holds is not.
    const path = vaultPaths(ports.dataDir).database;
    const whole = readFileSync(path);
    const unlocked = async (at: number): Promise<Core | null> => {
      const bytes = Buffer.from(whole);
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      writeFileSync(path, bytes);
      const again = testCore(ports);
      if ((await again.dispatch('vault.unlock', { passphrase: PASSPHRASE })).ok) return again;
      await again.close();
      return null;
    };
    let again: Pick<Core, 'backupTo'> | null = null;
    for (let at = whole.length - 2_000; again === null && at > 0; at -= 4_096) again = await unlocked(at);
    if (again === null) throw new Error('unlocking reads every page');
    const folder = temporaryFolder();
    await expect(again.backupTo(join(folder, 'a.backup'))).rejects.toThrow(code('ERR_BACKUP_INVALID'));
    expect(readdirSync(folder)).toEqual([]);
  });

  test('that was stopped leaves nothing, and the next one is made', async () => {
    const vault = await unlockVault(await lockedVault(), { passphrase: PASSPHRASE });
    const folder = temporaryFolder();
    const stop = new AbortController();
    const workerUrl = testPorts().workerUrl;
    await expect(writeBackup(vault, '', join(folder, 'a.backup'), 1, { workerUrl, signal: stop.signal, onProgress: () => { stop.abort(); } })).rejects.toThrow(code('ERR_CANCELLED'));
    expect(readdirSync(folder)).toEqual([]);
    const phases = new Set<string>();
    await writeBackup(vault, '', join(folder, 'a.backup'), 1, { workerUrl, onProgress: (phase) => phases.add(phase) });
    expect([...phases]).toEqual(['copying', 'checking']);
    expect(readdirSync(folder)).toEqual(['a.backup']);
    expect(statSync(join(folder, 'a.backup')).mode & 0o077).toBe(0);
    vault.close();
  });

  async function lockedVault() {
    const { core, ports } = await openedCore();
    await core.close();
    return ports;
  }
});
