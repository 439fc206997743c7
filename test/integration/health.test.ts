/** The health check finds each kind of damage by looking at the disk, and names nothing that is whole. */
import { chmodSync, closeSync, openSync, readFileSync, readSync, rmSync, statSync, symlinkSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { vaultPaths } from '../../electron/core/vault/vault.ts';
import type { Output } from '../../shared/api/contract.ts';
import { livedInVault } from '../support/portability.ts';
import { call, openedCore, PASSPHRASE } from '../support/ports.ts';

type Health = Output<'vault.check'>;
const of = ({ findings }: Health, what: Health['findings'][number]['what']) => findings.find((finding) => finding.what === what);
const damaged = ({ findings }: Health): string[] => findings.filter(({ state }) => state === 'damaged').map(({ what }) => what);

function flipByte(path: string, at: number): void {
  const file = openSync(path, 'r+');
  const byte = Buffer.alloc(1);
  readSync(file, byte, 0, 1, at);
  byte[0] = (byte[0] ?? 0) ^ 1;
  writeSync(file, byte, 0, 1, at);
  closeSync(file);
}

describe('the health check', { timeout: 120_000 }, () => {
  test('of a vault in order says so of each part, and remembers when', async () => {
    const { core, created } = await livedInVault();
    expect(await call(core, 'vault.health')).toEqual({ last: null });
    await call(core, 'vault.confirmRecovery', { words: created.confirmPositions.map((position) => ({ position, word: created.recoveryPhrase[position - 1] ?? '' })) });
    const made = await call(core, 'vault.backup');
    const found = await call(core, 'vault.check');
    expect(found.findings.every(({ state }) => state === 'ok')).toBe(true);
    expect(found.findings.map(({ what }) => what)).toEqual(['database', 'log', 'keys', ...(process.platform === 'win32' ? [] : ['files']), 'backup', 'recovery']);
    expect(of(found, 'log')).toMatchObject({ count: (await call(core, 'audit.checkpoint')).size });
    expect(of(found, 'backup')).toMatchObject({ atMs: made.createdAtMs, place: made.place });
    expect(await call(core, 'vault.health')).toEqual({ last: found });
  });

  test('says what to look at where nothing is lost: no backup, an old or missing one, an unchecked phrase, files others can read', async () => {
    const { core, ports } = await openedCore();
    // A link that leads round in a circle is not the vault's, and not followed.
    symlinkSync('.', join(ports.dataDir, 'round'));
    chmodSync(vaultPaths(ports.dataDir).header, 0o644);
    const first = await call(core, 'vault.check');
    expect(damaged(first)).toEqual([]);
    expect(of(first, 'backup')).toEqual({ what: 'backup', state: 'look', reason: 'none' });
    expect(of(first, 'recovery')).toMatchObject({ state: 'look', reason: 'unchecked' });
    if (process.platform !== 'win32') expect(of(first, 'files')).toEqual({ what: 'files', state: 'look', reason: 'readable', count: 1 });
    const { place } = await call(core, 'vault.backup');
    // A month without anyone there, in which it would lock at some moment of its own choosing.
    await call(core, 'settings.set', { autoLockMinutes: null, lockOnSleep: false });
    (ports.clock as unknown as { advance(ms: number): void }).advance(31 * 86_400_000);
    await call(core, 'vault.unlock', { passphrase: PASSPHRASE });
    expect(of(await call(core, 'vault.check'), 'backup')).toMatchObject({ state: 'look', reason: 'old' });
    rmSync(place);
    expect(of(await call(core, 'vault.check'), 'backup')).toMatchObject({ state: 'look', reason: 'missing', place });
  });

  test('finds a flipped byte in the database on disk, in the key file, and in the last backup', async () => {
    const { core, ports } = await livedInVault();
    const paths = vaultPaths(ports.dataDir);
    const { place } = await call(core, 'vault.backup');
    expect(damaged(await call(core, 'vault.check'))).toEqual([]);
    flipByte(place, Math.floor(statSync(place).size / 2));
    expect(damaged(await call(core, 'vault.check'))).toEqual(['backup']);
    const keys = readFileSync(paths.header, 'utf8');
    writeFileSync(paths.header, keys.replace('"recoveryConfirmed": false', '"recoveryConfirmed": true'));
    expect(damaged(await call(core, 'vault.check'))).toEqual(['keys', 'backup']);
    rmSync(paths.header);
    expect(of(await call(core, 'vault.check'), 'keys')).toMatchObject({ state: 'damaged', reason: 'missing' });
    // The way on that the page names.
    await call(core, 'vault.changePassphrase', { proof: { passphrase: PASSPHRASE }, next: 'nine brave herons cross the harbour' });
    expect(of(await call(core, 'vault.check'), 'keys')).toMatchObject({ state: 'ok' });
    // The backup above folded the write-ahead log back: the pages are in the file.
    const size = statSync(paths.database).size;
    for (let page = 2; page < 40; page += 2) flipByte(paths.database, Math.min(page * 4096 + 100, size - 1));
    const found = await call(core, 'vault.check');
    expect(damaged(found)).toContain('database');
    // A vault that cannot be written to any more can still be locked.
    expect(await call(core, 'vault.lock')).toEqual({ state: 'locked' });
  });

  test('can be stopped, and then tells nothing', async () => {
    const { core } = await livedInVault();
    const stop = core.onEvent(({ topic, payload }) => {
      const job = payload as { readonly id: string; readonly kind: string; readonly state: string };
      if (topic === 'job.changed' && job.kind === 'check' && job.state === 'running') void call(core, 'jobs.cancel', { jobId: job.id });
    });
    await expect(call(core, 'vault.check')).rejects.toThrow(expect.objectContaining({ code: 'ERR_CANCELLED' }) as Error);
    stop();
    expect(await call(core, 'vault.health')).toEqual({ last: null });
  });
});
