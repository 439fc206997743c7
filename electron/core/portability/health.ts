/** The health check: reads all the vault stands on, and says of each part what it found. Changes nothing but the note of when it was. */
import { existsSync, readdirSync, lstatSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { z } from 'zod';
import { health as healthSchema } from '../../../shared/api/portability.contract.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { AuditAnchor } from '../audit/anchor.ts';
import type { Jobs } from '../platform/jobs/jobs.ts';
import type { CorePorts } from '../ports.ts';
import { checkBackup } from '../vault/backup.ts';
import { parseHeader, type Header } from '../vault/header.ts';
import { readKeyFile, type OpenVault } from '../vault/vault.ts';
import type { BackupService } from './backup-service.ts';
import { readValue, writeValue } from './portability-repository.ts';
import { runJob } from './run-job.ts';

export type Health = z.output<typeof healthSchema>;
type Finding = Health['findings'][number];

export interface HealthService {
  /** As one job that can be watched and stopped. @throws {AppError} ERR_CANCELLED */
  check(): Promise<Health>;
  /** What the last check found; null when there was none. */
  last(): Health | null;
}

const LAST = 'portability.health';
const OLD_BACKUP_MS = 30 * 86_400_000;
/** Read and write for others than the owner. */
const OTHERS = 0o077;

/** Not letter by letter: a key file of before the sum is whole without one. */
function isTheSame(stored: string, header: Header): boolean {
  try { return isDeepStrictEqual(parseHeader(stored), header); } catch { return false; }
}

export function createHealthService(deps: {
  readonly vault: OpenVault; readonly anchor: AuditAnchor; readonly backups: Pick<BackupService, 'status'>; readonly jobs: Jobs; readonly diskFull: () => boolean;
  readonly ports: Pick<CorePorts, 'dataDir' | 'clock'>;
}): HealthService {
  const { vault, anchor, backups, jobs, ports } = deps;
  const { db } = vault;

  /** Table by table, so that everyone else has a turn in between. */
  async function database(signal: AbortSignal): Promise<Finding> {
    try {
      const tables = db.query<{ name: string }>("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY rowid").all();
      let problems = db.query('PRAGMA foreign_key_check').all().length;
      for (const { name } of tables) {
        if (signal.aborted) throw stopped();
        problems += db.integrityProblems(name).length;
        await new Promise((resolve) => setImmediate(resolve));
      }
      return problems === 0 ? { what: 'database', state: 'ok', reason: 'whole' } : { what: 'database', state: 'damaged', reason: 'damaged', count: problems };
    } catch (error) {
      if (error instanceof AppError && error.code === 'ERR_VAULT_CORRUPT') return { what: 'database', state: 'damaged', reason: 'damaged' };
      throw error;
    }
  }

  async function log(signal: AbortSignal, onProgress: (done: number, total: number) => void): Promise<Finding> {
    try {
      const verdict = await anchor.verify({ signal, onProgress });
      return verdict.ok ? { what: 'log', state: 'ok', reason: 'whole', count: verdict.entries } : { what: 'log', state: 'damaged', reason: verdict.problem === 'none' ? 'altered' : verdict.problem };
    } catch (error) {
      if (error instanceof AppError && error.code === 'ERR_VAULT_CORRUPT') return { what: 'log', state: 'damaged', reason: 'damaged' };
      throw error;
    }
  }

  function keys(): Finding {
    let stored: string | null;
    try {
      stored = readKeyFile(ports.dataDir);
    } catch (error) {
      // What lies there is none that Penchant wrote.
      if (error instanceof AppError) return { what: 'keys', state: 'damaged', reason: 'altered' };
      throw error;
    }
    if (stored === null) return { what: 'keys', state: 'damaged', reason: 'missing' };
    return isTheSame(stored, vault.header()) ? { what: 'keys', state: 'ok', reason: 'whole' } : { what: 'keys', state: 'damaged', reason: 'altered' };
  }

  /** Where files have owners at all. */
  function files(): Finding[] {
    if (process.platform === 'win32') return [];
    const open = [ports.dataDir, ...below(ports.dataDir)].filter((path) => {
      const found = lstatSync(path, { throwIfNoEntry: false });
      return found !== undefined && !found.isSymbolicLink() && (found.mode & OTHERS) !== 0;
    });
    return [open.length === 0 ? { what: 'files', state: 'ok', reason: 'private' } : { what: 'files', state: 'look', reason: 'readable', count: open.length }];
  }

  async function backup(nowMs: number, signal: AbortSignal, onProgress: (done: number, total: number) => void): Promise<Finding> {
    const { last } = backups.status();
    if (!last) return { what: 'backup', state: 'look', reason: 'none' };
    const about = { what: 'backup', atMs: last.atMs, place: last.place } as const;
    if (last.error) return { ...about, state: 'look', reason: 'failed' };
    // On a disk that is not connected, perhaps.
    if (!existsSync(last.place)) return { ...about, state: 'look', reason: 'missing' };
    try {
      await checkBackup(last.place, vault.deriveKey('backup-mac'), { signal, onProgress: (_phase, done, total) => { onProgress(done, total); } });
    } catch (error) {
      if (error instanceof AppError && error.code === 'ERR_CANCELLED') throw stopped();
      return { ...about, state: 'damaged', reason: 'damaged' };
    }
    return nowMs - last.atMs > OLD_BACKUP_MS ? { ...about, state: 'look', reason: 'old' } : { ...about, state: 'ok', reason: 'whole' };
  }

  return Object.freeze({
    check: () => runJob(jobs, 'check', async (handle) => {
      const atMs = ports.clock.nowMs();
      const on = (subject: Finding['what']) => {
        if (handle.signal.aborted) throw stopped();
        handle.update({ phase: 'checking', subject, doneBytes: 0, totalBytes: 0 });
      };
      const progress = (doneBytes: number, totalBytes: number): void => { handle.update({ doneBytes, totalBytes }); };
      on('database');
      const findings: Finding[] = [await database(handle.signal)];
      on('log');
      findings.push(await log(handle.signal, progress));
      on('keys');
      findings.push(keys(), ...files());
      on('backup');
      findings.push(await backup(atMs, handle.signal, progress));
      findings.push(vault.header().recoveryConfirmed ? { what: 'recovery', state: 'ok', reason: 'checked' } : { what: 'recovery', state: 'look', reason: 'unchecked' });
      if (deps.diskFull()) findings.push({ what: 'room', state: 'look', reason: 'full' });
      const found: Health = { atMs, findings };
      // A damaged or full vault may not take the note; what was found is told all the same.
      try { db.transaction(() => { writeValue(db, LAST, found); }); } catch { return found; }
      return found;
    }),
    last() {
      const stored = healthSchema.safeParse(readValue(db, LAST));
      return stored.success ? stored.data : null;
    },
  } satisfies HealthService);
}

const stopped = (): AppError => new AppError('ERR_CANCELLED', 'The check was stopped. It changes nothing, so nothing is half done.');

/** Everything in a folder and the folders in it. Links are named and not followed: what they lead to is not the vault's. */
function* below(folder: string): Generator<string, void> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    yield path;
    if (entry.isDirectory()) yield* below(path);
  }
}
