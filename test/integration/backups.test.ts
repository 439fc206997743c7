/** Scheduled backups, restoring to where a vault is or was, and saving what is readable of a damaged one. */
import { copyFileSync, createReadStream, createWriteStream, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { randomBytes, randomInt } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createAuditLog } from '../../electron/core/audit/audit-log.ts';
import { newSealKey, sealing, type StoredFile } from '../../electron/core/platform/files/sealed-file.ts';
import { createJobs } from '../../electron/core/platform/jobs/jobs.ts';
import { createBackupService } from '../../electron/core/portability/backup-service.ts';
import { unlockVault, vaultPaths } from '../../electron/core/vault/vault.ts';
import { temporaryFolder } from '../support/database.ts';
import { livedInVault, onDisk, profileOf, settled, watchJob } from '../support/portability.ts';
import { call, openedCore, PASSPHRASE, testClock, testCore, testPorts } from '../support/ports.ts';

const code = (expected: string): Error => expect.objectContaining({ code: expected }) as Error;
const DAY_MS = 86_400_000;

/** The service of an open vault with a clock of its own; nothing looks by itself. */
async function scheduled() {
  const clock = testClock();
  const ports = testPorts({ clock });
  const { core } = await openedCore(ports);
  await core.close();
  const vault = await unlockVault(ports, { passphrase: PASSPHRASE });
  onTestFinished(() => { vault.close(); });
  const audit = createAuditLog({ db: vault.db, key: vault.deriveKey('audit-log'), clock, randomBytes });
  const jobs = createJobs({ clock, newId: () => `job${Math.random()}`, onChange: () => undefined, onUnexpected: (error) => { throw error; } });
  let changes = 0;
  const backups = createBackupService({ vault, audit, jobs, emit: (topic) => { if (topic === 'backup.changed') changes++; }, ports });
  const folder = temporaryFolder();
  const names = (): string[] => readdirSync(folder).sort();
  return { clock, ports, vault, audit, backups, folder, names, changes: () => changes };
}

/** As the web host stores an upload. */
async function sealedCopy(from: string, path: string): Promise<StoredFile> {
  const sealKey = newSealKey(randomBytes);
  await pipeline(createReadStream(from), sealing(sealKey), createWriteStream(path));
  return { path, sealKey };
}

/** Each backup starts a worker, each vault derives keys: slow where many tests run at once. */
const PATIENCE = { timeout: 240_000 };

describe('scheduled backups', PATIENCE, () => {
  test('are made when due, and are whole', async () => {
    const { backups, clock, folder, names, changes } = await scheduled();
    expect(await backups.runIfDue()).toBe(false);
    expect(backups.setSchedule({ every: 'daily', folder })).toMatchObject({ schedule: { every: 'daily', folder, keep: 7 }, place: folder, last: null, dueAtMs: clock.nowMs() });
    expect(await backups.runIfDue()).toBe(true);
    expect(await backups.runIfDue()).toBe(false);
    clock.advance(DAY_MS - 1);
    expect(await backups.runIfDue()).toBe(false);
    clock.advance(1);
    expect(await backups.runIfDue()).toBe(true);
    expect(names()).toHaveLength(2);
    expect(backups.status()).toMatchObject({ madeAtMs: clock.nowMs(), dueAtMs: clock.nowMs() + DAY_MS, last: { error: null, sizeBytes: expect.any(Number) as number } });
    expect(changes()).toBe(3);
    const restored = testCore();
    await restored.restoreFrom(join(folder, names()[1] ?? ''), { passphrase: PASSPHRASE });
    expect(await call(restored, 'audit.verify')).toMatchObject({ ok: true });
  });

  test('keep to their number, and never touch what is not theirs by name and by proof', async () => {
    const { backups, clock, folder, names } = await scheduled();
    backups.setSchedule({ every: 'daily', folder, keep: 2 });
    await backups.runIfDue();
    const other = await scheduled();
    other.backups.setSchedule({ every: 'daily', folder: other.folder });
    await other.backups.runIfDue();
    // Another vault's backup under one of our names, one of ours under a name of its own, one that only looks like one, and a stranger.
    copyFileSync(join(other.folder, other.names()[0] ?? ''), join(folder, 'penchant-auto-2001-01-01-000000.backup'));
    copyFileSync(join(folder, names().find((name) => !name.includes('2001')) ?? ''), join(folder, 'mine.backup'));
    writeFileSync(join(folder, 'penchant-auto-2002-01-01-000000.backup'), 'not a backup');
    writeFileSync(join(folder, 'letter.txt'), 'dear');
    writeFileSync(join(folder, 'penchant-auto-2003-01-01-000000.backup.part'), 'half');
    for (let day = 0; day < 4; day++) { clock.advance(DAY_MS); expect(await backups.runIfDue()).toBe(true); }
    expect(names().filter((name) => name.startsWith('penchant-auto-2026'))).toEqual(['penchant-auto-2026-11-26-120000.backup', 'penchant-auto-2026-11-27-120000.backup']);
    expect(names().filter((name) => !name.startsWith('penchant-auto-2026'))).toEqual(['letter.txt', 'mine.backup', 'penchant-auto-2001-01-01-000000.backup', 'penchant-auto-2002-01-01-000000.backup']);
  });

  test('made after the clock was set back stay, and stay the ones that open', async () => {
    const { backups, clock, folder, names } = await scheduled();
    backups.setSchedule({ every: 'daily', folder, keep: 2 });
    for (let day = 0; day < 3; day++) { await backups.runIfDue(); clock.advance(DAY_MS); }
    clock.advance(-300 * DAY_MS);
    for (let day = 0; day < 3; day++) { await backups.runIfDue(); clock.advance(DAY_MS); }
    const newest = names().filter((name) => name.includes('2026-01-3') || name.includes('2026-02-0')).at(-1) ?? '';
    expect(newest).not.toBe('');
    expect(names().length).toBeLessThanOrEqual(4);
    await testCore().restoreFrom(join(folder, newest), { passphrase: PASSPHRASE });
  });

  test('that fail say why, are tried again, and delete nothing', async () => {
    const { backups, clock, folder, names } = await scheduled();
    const gone = join(folder, 'stick');
    mkdirSync(gone);
    backups.setSchedule({ every: 'daily', folder: gone });
    rmSync(gone, { recursive: true });
    expect(await backups.runIfDue()).toBe(false);
    expect(backups.status()).toMatchObject({ madeAtMs: null, last: { sizeBytes: null, error: { code: 'ERR_BACKUP_FOLDER', message: expect.stringContaining('not there') as string } }, dueAtMs: clock.nowMs() + 15 * 60_000 });
    mkdirSync(gone);
    expect(await backups.runIfDue()).toBe(false);
    clock.advance(15 * 60_000);
    expect(await backups.runIfDue()).toBe(true);
    expect(backups.status()).toMatchObject({ last: { error: null } });
    expect(names()).toEqual(['stick']);
  });

  test('go to a folder that is really there, whole and not inside the vault', async () => {
    const { backups, ports, folder } = await scheduled();
    writeFileSync(join(folder, 'file'), '');
    for (const wrong of ['relative/path', join(folder, 'nowhere'), join(folder, 'file'), ports.dataDir, `${folder}\0`]) expect(() => backups.setSchedule({ every: 'daily', folder: wrong }), wrong).toThrow(code('ERR_BACKUP_FOLDER'));
    expect(backups.status().schedule.every).toBe('off');
    expect(backups.setSchedule({ folder: join(folder, '..', basename(folder), '.') }).place).toBe(folder);
    expect(backups.setSchedule({ folder: null }).place).toBe(vaultPaths(ports.dataDir).backups);
  });

  test('by hand are jobs that can be watched, and stay out of the tidying', async () => {
    const { core } = await openedCore();
    const phases = new Set<string>();
    core.onEvent(({ topic, payload }) => { if (topic === 'job.changed') phases.add(`${(payload as { kind: string }).kind} ${(payload as { phase: string }).phase}`); });
    const made = await call(core, 'vault.backup');
    expect([...phases]).toEqual(expect.arrayContaining(['backup copying', 'backup checking', 'backup finished']));
    expect(basename(made.place)).toMatch(/^penchant-2026-/u);
    expect(await call(core, 'backup.status')).toMatchObject({ schedule: { every: 'off' }, last: { place: made.place, error: null }, dueAtMs: null });
  });
});

describe('restoring', PATIENCE, () => {
  async function backedUp() {
    const { core, created, ports } = await openedCore();
    await call(core, 'settings.set', { theme: 'dark' });
    const { place } = await call(core, 'vault.backup');
    const file = join(temporaryFolder(), basename(place));
    copyFileSync(place, file);
    return { core, ports, created, file };
  }
  const granted = (core: ReturnType<typeof testCore>, path: string): string => {
    core.grantFile({ id: 'backup', path, name: basename(path), size: 1, temporary: false });
    return 'backup';
  };

  test('on another computer takes the page’s file and the phrase, and leaves the vault open', async () => {
    const { created, file } = await backedUp();
    const fresh = testCore();
    // The web host puts uploads here before there is a vault.
    mkdirSync(join(fresh.ports.dataDir, 'incoming', '1-a'), { recursive: true });
    fresh.grantFile({ id: 'upload', ...await sealedCopy(file, join(fresh.ports.dataDir, 'incoming', '1-a', 'upload')), name: 'a.backup', size: 1, temporary: true });
    expect(await call(fresh, 'vault.restore', { fileId: 'upload', secret: { recoveryPhrase: created.recoveryPhrase.join(' ') } })).toMatchObject({ setAside: null, createdAtMs: expect.any(Number) as number });
    expect(await call(fresh, 'vault.status')).toMatchObject({ state: 'unlocked', vaultId: created.vaultId });
    expect(await call(fresh, 'settings.get')).toMatchObject({ theme: 'dark' });
    expect((await call(fresh, 'audit.list', { limit: 5 })).entries.map(({ type }) => type)).toContain('vault.restored');
  });

  test('over a vault sets it aside whole, and only when that was said', async () => {
    const { file } = await backedUp();
    const { core, ports } = await openedCore();
    const here = testCore(ports);
    await expect(call(core, 'vault.restore', { fileId: granted(core, file), secret: { passphrase: PASSPHRASE } })).rejects.toThrow(code('ERR_VAULT_EXISTS'));
    await core.close();
    const before = readFileSync(vaultPaths(ports.dataDir).database);
    await expect(call(here, 'vault.restore', { fileId: granted(here, file), secret: { passphrase: PASSPHRASE } })).rejects.toThrow(code('ERR_VAULT_EXISTS'));
    await expect(call(here, 'vault.restore', { fileId: granted(here, file), secret: { passphrase: 'wrong but long enough' }, setAside: true })).rejects.toThrow(code('ERR_VAULT_SECRET_WRONG'));
    expect(readdirSync(dirname(ports.dataDir))).toEqual(['vault']);
    const { setAside } = await call(here, 'vault.restore', { fileId: granted(here, file), secret: { passphrase: PASSPHRASE }, setAside: true });
    expect(basename(setAside ?? '')).toBe('vault.replaced-2026-11-23-120000');
    expect(readFileSync(vaultPaths(setAside ?? '').database).equals(before)).toBe(true);
    expect(await call(here, 'settings.get')).toMatchObject({ theme: 'dark' });
  });

  test('an older backup of the same vault is told, and taken only when that was said', async () => {
    const { core, ports, file } = await backedUp();
    await call(core, 'settings.set', { autoLockMinutes: 5 });
    await core.close();
    const here = testCore(ports);
    const restore = (acceptOlder: boolean) => call(here, 'vault.restore', { fileId: granted(here, file), secret: { passphrase: PASSPHRASE }, setAside: true, acceptOlder });
    await expect(restore(false)).rejects.toThrow(code('ERR_BACKUP_OLDER'));
    expect(readdirSync(dirname(ports.dataDir))).toEqual(['vault']);
    expect(await restore(true)).toMatchObject({ setAside: expect.stringContaining('.replaced-') as string });
    expect(await call(here, 'settings.get')).toMatchObject({ autoLockMinutes: 15 });
  });

  test.each(['copying', 'checking'] as const)('stopped while %s leaves everything as it was, and can be done after all', async (phase) => {
    const { file } = await backedUp();
    const { core, ports } = await openedCore();
    await core.close();
    const before = onDisk(dirname(ports.dataDir));
    const here = testCore(ports);
    let stop = true;
    const told = watchJob(here, 'restore', (job) => { if (stop && job.phase === phase) void call(here, 'jobs.cancel', { jobId: job.id }); });
    const restore = () => call(here, 'vault.restore', { fileId: granted(here, file), secret: { passphrase: PASSPHRASE }, setAside: true });
    await expect(restore()).rejects.toThrow(code('ERR_CANCELLED'));
    expect(onDisk(dirname(ports.dataDir))).toEqual(before);
    expect(told.at(-1)).toMatchObject({ state: 'cancelled', error: null });
    expect(await call(here, 'vault.status')).toMatchObject({ state: 'locked' });
    stop = false;
    await restore();
    expect(told.at(-1)).toMatchObject({ state: 'done' });
    expect((await call(here, 'jobs.list')).jobs.filter(({ kind }) => kind === 'restore').map(({ state }) => state)).toEqual(['done', 'cancelled']);
  });

  test('is stopped by locking and by the end of the program', async () => {
    const { file } = await backedUp();
    for (const end of [(core: ReturnType<typeof testCore>) => core.dispatch('vault.lock', undefined), (core: ReturnType<typeof testCore>) => core.close()]) {
      const here = testCore();
      watchJob(here, 'restore', () => { void end(here); });
      await expect(call(here, 'vault.restore', { fileId: granted(here, file), secret: { passphrase: PASSPHRASE } })).rejects.toThrow(code('ERR_CANCELLED'));
      expect(readdirSync(dirname(here.ports.dataDir))).toEqual([]);
    }
  });

  test('says how far it is, and a second one meanwhile is refused', async () => {
    const { file } = await backedUp();
    const clock = testClock();
    const here = testCore(testPorts({ clock: { nowMs: () => { clock.advance(1_000); return clock.nowMs(); } }, steadyMs: () => 0 }));
    const told = watchJob(here, 'restore');
    const input = { fileId: granted(here, file), secret: { passphrase: PASSPHRASE } };
    const second = Promise.all([call(here, 'vault.restore', input), expect(call(here, 'vault.restore', input)).rejects.toThrow(code('ERR_VAULT_EXISTS'))]);
    expect(await call(here, 'vault.status')).toMatchObject({ state: 'none' });
    await second;
    expect([...new Set(told.map(({ phase }) => phase))]).toEqual(['copying', 'checking', 'finished']);
    const copying = told.filter(({ phase, totalBytes }) => phase === 'copying' && totalBytes > 0);
    expect(copying.length).toBeGreaterThan(1);
    expect(copying.map(({ doneBytes }) => doneBytes)).toEqual(copying.map(({ doneBytes }) => doneBytes).sort((a, b) => a - b));
    expect(copying.at(-1)?.doneBytes).toBe(copying.at(-1)?.totalBytes);
  });
});

describe('a damaged vault', PATIENCE, () => {
  const PAGE_BYTES = 4_096;
  const flip = (path: string, at: number): void => {
    const bytes = readFileSync(path);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << randomInt(8));
    writeFileSync(path, bytes);
  };
  async function locked() {
    const { core, ports } = await livedInVault();
    const profile = await profileOf(core);
    const { entries } = await call(core, 'audit.list', { limit: 500 });
    await core.close();
    return { ports, profile, entries, database: vaultPaths(ports.dataDir).database };
  }

  test('is read around its bad pages: what is said to be read is right, what is lost is counted, the original stays as it is', async () => {
    const { ports, profile, entries, database } = await locked();
    const good = readFileSync(database);
    const pages = good.length / PAGE_BYTES;
    let recovered = 0, hopeless = 0, partly = 0;
    for (let round = 0; round < 6; round++) {
      writeFileSync(database, good);
      for (let n = 0; n < 2 * (round + 1); n++) flip(database, (1 + randomInt(pages - 1)) * PAGE_BYTES + randomInt(PAGE_BYTES));
      const bad = readFileSync(database);
      const into = join(temporaryFolder(), 'recovered');
      const damaged = testCore(ports);
      try {
        const report = await damaged.recoverInto(into, { secret: { passphrase: PASSPHRASE } });
        const fresh = testCore(testPorts({ dataDir: into }));
        await call(fresh, 'vault.unlock', { passphrase: PASSPHRASE });
        const after = await profileOf(fresh);
        const log = await call(fresh, 'audit.list', { limit: 500 });
        // Nothing that was not there before: every import, rejection and entry of the log is one of the old, unchanged.
        for (const entry of after.imports) expect(profile.imports).toContainEqual(entry);
        for (const rejection of after.rejections) expect(profile.rejections).toContainEqual(rejection);
        const known = new Map(entries.map((entry) => [entry.seq, entry]));
        for (const entry of log.entries.filter(({ type }) => type !== 'vault.recovered' && type !== 'vault.unlocked')) if (known.get(entry.seq)?.hash === entry.hash) expect(entry).toEqual(known.get(entry.seq));
        expect(after.records).toBeLessThanOrEqual(profile.records);
        if (after.records < profile.records) expect(report.tables.some(({ table, lost }) => (table === 'records' || table === 'items' || table === 'imports') && lost !== 0)).toBe(true);
        if (report.whole) expect(after.records).toBe(profile.records);
        recovered++;
        if (!report.whole) partly++;
        await fresh.close();
      } catch (error) {
        expect(error).toMatchObject({ code: 'ERR_RECOVERY_HOPELESS' });
        expect(existsSync(into)).toBe(false);
        hopeless++;
      }
      await damaged.close();
      expect(readFileSync(database).equals(bad)).toBe(true);
    }
    expect(recovered + hopeless).toBe(6);
    expect(recovered).toBeGreaterThan(2);
    expect(partly).toBeGreaterThan(0);
  });

  test('whose bad page lies in the middle of a table loses that page and no more', async () => {
    const { openDatabase } = await import('../../electron/core/platform/sqlite/database.ts');
    const { salvageTable, shapeOf } = await import('../../electron/core/portability/salvage.ts');
    const path = join(temporaryFolder(), 'x.db');
    const key = Buffer.alloc(32, 7);
    const db = openDatabase(path, key);
    db.exec('CREATE TABLE numbered (id INTEGER PRIMARY KEY, text TEXT) STRICT; CREATE TABLE timed (at INTEGER, n INTEGER, text TEXT, PRIMARY KEY (at, n)) STRICT, WITHOUT ROWID; CREATE TABLE named (id TEXT PRIMARY KEY, text TEXT) STRICT, WITHOUT ROWID');
    db.transaction(() => {
      for (let i = 1; i <= 5_000; i++) {
        db.command('INSERT INTO numbered VALUES (?, ?)').run(i, 'x'.repeat(60));
        db.command('INSERT INTO timed VALUES (?, ?, ?)').run(1_700_000_000_000 + i * 61_000, i % 3, 'x'.repeat(60));
        db.command('INSERT INTO named VALUES (?, ?)').run(`imp_${Buffer.from(String(i * 7919)).toString('base64url')}`, 'x'.repeat(60));
      }
    });
    const all = new Map(['numbered', 'timed', 'named'].map((name) => [name, new Set(db.query<object>(`SELECT * FROM ${name}`).all().map((row) => JSON.stringify(row)))]));
    const shapes = [...all.keys()].map((name) => shapeOf(db, name));
    db.close();
    const good = readFileSync(path);
    const losses: number[] = [];
    for (let round = 0; round < 15; round++) {
      writeFileSync(path, good);
      // Two pages a little apart, so that what lies between them has to be found.
      const page = 30 + randomInt(good.length / PAGE_BYTES - 60);
      for (const at of [page, page + 4]) flip(path, at * PAGE_BYTES + randomInt(PAGE_BYTES));
      const damaged = openDatabase(path, key);
      let missing = 0;
      for (const shape of shapes) {
        const read = new Set<string>();
        const lost = await salvageTable(damaged, shape, 1_800_000_000_000, (row) => { read.add(JSON.stringify(row)); return undefined; });
        const before = all.get(shape.name) ?? new Set<string>();
        for (const row of read) expect(before.has(row)).toBe(true);
        const gone = before.size - read.size;
        missing += gone;
        if (gone === 0) continue;
        expect(lost).not.toBe(0);
        if (shape.isNumbered && lost !== null) expect(lost).toBeGreaterThanOrEqual(gone);
      }
      losses.push(missing);
      damaged.close();
    }
    // Two pages hold some hundred and twenty of these rows; only a page above the leaves costs more.
    expect(losses.filter((missing) => missing > 0 && missing <= 130).length).toBeGreaterThan(8);
  });

  test('takes its own place from the page, the damaged one set aside, and says what it found', async () => {
    const { ports, database, profile } = await locked();
    flip(database, readFileSync(database).length - 1_000);
    const bad = readFileSync(database);
    const here = testCore(ports);
    const report = await call(here, 'vault.recover', { secret: { passphrase: PASSPHRASE } });
    // Until the person has read it, whoever opens the vault finds it.
    await call(here, 'vault.lock');
    await call(here, 'vault.unlock', { passphrase: PASSPHRASE });
    expect((await call(here, 'vault.recovered')).report).toEqual(report);
    expect(await call(here, 'vault.dismissRecovered')).toEqual({ dismissed: true });
    expect(await call(here, 'vault.recovered')).toEqual({ report: null });
    expect(await call(here, 'vault.dismissRecovered')).toEqual({ dismissed: false });
    expect(basename(report.setAside)).toBe('vault.damaged-2026-11-23-120000');
    expect(readFileSync(vaultPaths(report.setAside).database).equals(bad)).toBe(true);
    expect(report.tables.find(({ table }) => table === 'records')?.words).toMatch(/records/u);
    expect(await call(here, 'vault.status')).toMatchObject({ state: 'unlocked' });
    expect((await call(here, 'audit.list', { limit: 5 })).entries.map(({ type }) => type)).toContain('vault.recovered');
    expect((await profileOf(here)).records).toBeLessThanOrEqual(profile.records);
  });

  test('follows a failed unlock in the same program, which must not hold on to the damaged vault', async () => {
    const { ports, database } = await locked();
    const size = readFileSync(database).length;
    for (let page = 96; page * 4096 + 1_000 < size; page++) flip(database, page * 4096 + 1_000);
    const here = testCore(ports);
    await expect(call(here, 'vault.unlock', { passphrase: PASSPHRASE })).rejects.toThrow(code('ERR_VAULT_CORRUPT'));
    expect(await call(here, 'vault.recover', { secret: { passphrase: PASSPHRASE } })).toMatchObject({ whole: false });
    expect(await call(here, 'vault.status')).toMatchObject({ state: 'unlocked' });
  });

  test('with a damaged key file opens by the key file of a backup; without one the way on is said', async () => {
    const { core, ports } = await livedInVault();
    const before = await profileOf(core);
    const { place } = await call(core, 'vault.backup');
    const backup = await sealedCopy(place, join(temporaryFolder(), 'a.backup'));
    await call(core, 'profile.declare', { claim: 'language', value: 'de' });
    await core.close();
    writeFileSync(vaultPaths(ports.dataDir).header, '{"format":"penchant-va');
    const damaged = testCore(ports);
    await expect(damaged.recoverInto(join(temporaryFolder(), 'r'), { secret: { passphrase: PASSPHRASE } })).rejects.toThrow(code('ERR_VAULT_HEADER_INVALID'));
    const into = join(temporaryFolder(), 'recovered');
    expect(await damaged.recoverInto(into, { secret: { passphrase: PASSPHRASE }, keysFrom: backup })).toMatchObject({ whole: true });
    const fresh = testCore(testPorts({ dataDir: into }));
    await call(fresh, 'vault.unlock', { passphrase: PASSPHRASE });
    await settled(fresh);
    // What came after the backup is there too.
    expect((await profileOf(fresh)).preferences.length).toBe(before.preferences.length + 1);
  });

  test('whose log lost a page begins it again from what is left, and says so until that is accepted', async () => {
    const { core, ports } = await openedCore();
    const busy = async (): Promise<void> => { for (let n = 0; n < 40; n++) await call(core, 'profile.declare', { claim: 'region', value: n % 2 === 0 ? 'DE-BY' : 'DE-BE' }); };
    await busy();
    await call(core, 'audit.forget', { beforeMs: ports.clock.nowMs() + 1 });
    await busy();
    const { checkpoint } = await call(core, 'audit.checkpoint');
    const before = await call(core, 'audit.list', { limit: 500 });
    await core.close();
    const vault = await unlockVault(ports, { passphrase: PASSPHRASE });
    const leaves = vault.db.query<{ pageno: number }>("SELECT pageno FROM dbstat WHERE name = 'audit' AND pagetype = 'leaf' ORDER BY path").all();
    vault.close();
    expect(leaves.length).toBeGreaterThan(5);
    flip(vaultPaths(ports.dataDir).database, ((leaves.at(-3)?.pageno ?? 0) - 1) * PAGE_BYTES + 100);
    const into = join(temporaryFolder(), 'recovered');
    const report = await testCore(ports).recoverInto(into, { secret: { passphrase: PASSPHRASE } });
    expect(report.tables.filter(({ lost }) => lost !== 0)).toEqual([expect.objectContaining({ table: 'audit', lost: expect.any(Number) as number })]);
    const fresh = testCore(testPorts({ dataDir: into }));
    await call(fresh, 'vault.unlock', { passphrase: PASSPHRASE });
    expect((await call(fresh, 'vault.status')).logProblem).not.toBe('none');
    expect(await call(fresh, 'audit.verify')).toMatchObject({ ok: false });
    const { entries } = await call(fresh, 'audit.list', { limit: 500 });
    expect(entries.slice(0, 3).map(({ type }) => type)).toEqual(['vault.unlocked', 'vault.recovered', 'audit.carried']);
    // What is left says what it said; of what was deleted, the entry about it still tells.
    const said = ({ seq: _number, hash: _place, ...entry }: (typeof entries)[number]): string => JSON.stringify(entry);
    const old = new Set(before.entries.map(said));
    expect(entries.slice(3).filter(({ type }) => type !== 'vault.locked').filter((entry) => !old.has(said(entry)))).toEqual([]);
    expect(entries.length - 3).toBeGreaterThan(before.entries.length / 2);
    expect(entries.some(({ type }) => type === 'audit.forgotten')).toBe(true);
    expect(await call(fresh, 'audit.accept')).toEqual({ accepted: true });
    expect(await call(fresh, 'audit.verify')).toMatchObject({ ok: true });
    expect(await call(fresh, 'audit.compare', { checkpoint })).toMatchObject({ extends: false });
    await fresh.close();
  });

  test('keeps what lies in the closed part, and does not keep things whose words were lost', async () => {
    const { core, ports } = await livedInVault();
    await call(core, 'profile.declare', { claim: 'interest', value: 'Diabetes' });
    const { records } = await profileOf(core);
    await core.close();
    const vault = await unlockVault(ports, { passphrase: PASSPHRASE });
    const sealedRecords = vault.db.query<{ n: number }>('SELECT count(*) AS n FROM records WHERE item_id IN (SELECT item_id FROM sealed_items)').get()?.n ?? 0;
    const pages = vault.db.query<{ pageno: number }>("SELECT pageno FROM dbstat WHERE name = 'sealed_items'").all();
    vault.close();
    expect(sealedRecords).toBeGreaterThan(0);
    const recovered = async () => {
      const into = join(temporaryFolder(), 'recovered');
      const report = await testCore(ports).recoverInto(into, { secret: { passphrase: PASSPHRASE } });
      const fresh = testCore(testPorts({ dataDir: into }));
      await call(fresh, 'vault.unlock', { passphrase: PASSPHRASE });
      await settled(fresh);
      await call(fresh, 'profile.openClosed', { proof: { passphrase: PASSPHRASE } });
      return { report, fresh, closed: (await call(fresh, 'profile.list')).preferences.filter(({ sensitive }) => sensitive) };
    };
    const whole = await recovered();
    expect(whole.report.whole).toBe(true);
    expect(whole.closed.map(({ origin }) => origin).sort()).toEqual(expect.arrayContaining(['declared', 'inferred']));
    expect((await profileOf(whole.fresh)).records).toBe(records);
    for (const { pageno } of pages) flip(vaultPaths(ports.dataDir).database, (pageno - 1) * PAGE_BYTES + 100);
    const partly = await recovered();
    expect(partly.closed.map(({ origin }) => origin)).toEqual(['declared']);
    expect(partly.report.tables.filter(({ lost }) => lost !== 0).map(({ table }) => table).sort()).toEqual(['items', 'records', 'sealed_items']);
    expect((await profileOf(partly.fresh)).records).toBe(records - sealedRecords);
  });

  test.each(['copying', 'reading', 'checking'] as const)('whose saving is stopped while %s stays as it was, and can be saved after all', async (phase) => {
    const { ports, database } = await locked();
    flip(database, 12 * PAGE_BYTES + 100);
    const before = onDisk(dirname(ports.dataDir));
    const here = testCore(ports);
    let stop = true;
    const told = watchJob(here, 'recover', (job) => { if (stop && job.phase === phase && (phase !== 'reading' || job.records > 0)) void call(here, 'jobs.cancel', { jobId: job.id }); });
    const recover = () => call(here, 'vault.recover', { secret: { passphrase: PASSPHRASE } });
    await expect(recover()).rejects.toThrow(code('ERR_CANCELLED'));
    expect(onDisk(dirname(ports.dataDir))).toEqual(before);
    expect(told.at(-1)).toMatchObject({ state: 'cancelled', error: null });
    stop = false;
    await recover();
    expect(told.at(-1)).toMatchObject({ state: 'done' });
  });

  test('is told about while it is read: what, and how far', async () => {
    const { ports } = await locked();
    const clock = testClock();
    const told = await (async () => {
      const here = testCore({ ...ports, clock: { nowMs: () => { clock.advance(1_000); return clock.nowMs(); } }, steadyMs: () => 0 });
      const seen = watchJob(here, 'recover');
      await here.recoverInto(join(temporaryFolder(), 'recovered'), { secret: { passphrase: PASSPHRASE } });
      return seen;
    })();
    expect([...new Set(told.map(({ phase }) => phase))]).toEqual(['reading', 'copying', 'checking', 'finished']);
    const reading = told.filter(({ phase, totalBytes }) => phase === 'reading' && totalBytes > 0);
    expect(reading.map(({ subject }) => subject)).toEqual(expect.arrayContaining(['records', 'works and products', 'entries of the log']));
    for (const [i, { doneBytes, totalBytes }] of reading.entries()) {
      expect(doneBytes).toBeGreaterThanOrEqual(reading[i - 1]?.doneBytes ?? 0);
      expect(doneBytes).toBeLessThanOrEqual(totalBytes);
    }
    expect(reading.at(-1)?.doneBytes).toBeGreaterThan((reading.at(-1)?.totalBytes ?? 0) / 2);
  });

  test('whose first page is gone says that nothing can be found, and leaves everything as it is', async () => {
    const { ports, database } = await locked();
    flip(database, 200);
    const damaged = testCore(ports);
    await expect(call(damaged, 'vault.unlock', { passphrase: PASSPHRASE })).rejects.toThrow(code('ERR_VAULT_CORRUPT'));
    await expect(call(damaged, 'vault.recover', { secret: { passphrase: PASSPHRASE } })).rejects.toThrow(code('ERR_RECOVERY_HOPELESS'));
    expect(readdirSync(dirname(ports.dataDir))).toEqual(['vault']);
  });

  test('damaged where it is in clear is mended and read whole', async () => {
    const { ports, database, profile } = await locked();
    const bytes = readFileSync(database);
    for (let at = 16; at < 24; at++) bytes[at] = (bytes[at] ?? 0) ^ 0x5a;
    writeFileSync(database, bytes);
    const into = join(temporaryFolder(), 'recovered');
    expect(await testCore(ports).recoverInto(into, { secret: { passphrase: PASSPHRASE } })).toMatchObject({ whole: true });
    const fresh = testCore(testPorts({ dataDir: into }));
    await call(fresh, 'vault.unlock', { passphrase: PASSPHRASE });
    expect((await profileOf(fresh)).records).toBe(profile.records);
  });
});
