/** Reads what is readable of a damaged vault into a new one that opens with the same passphrase and recovery phrase; the damaged one is only read. */
import { constants, existsSync, rmSync, statSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import { recovered } from '../../../shared/api/portability.contract.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { createAuditLog } from '../audit/audit-log.ts';
import { carryOver } from '../audit/carry-over.ts';
import { MAX_NOTE_BYTES } from '../audit/checkpoint.ts';
import { isPlainFile, makePrivateFolder, readSmallFile, replaceFile } from '../platform/files/atomic-file.ts';
import type { StoredFile } from '../platform/files/sealed-file.ts';
import type { JobWatch } from '../platform/jobs/jobs.ts';
import type { ReadableDb, WritableDb } from '../platform/sqlite/types.ts';
import { runTask } from '../platform/workers/run-task.ts';
import type { CorePorts } from '../ports.ts';
import { readBackupKeys } from '../vault/backup.ts';
import { parseHeader } from '../vault/header.ts';
import { databaseKey } from '../vault/open-under.ts';
import { preparedDatabase } from '../vault/rotate.ts';
import { folderIsFree, openBySecret, readKeyFile, unlockVault, vaultPaths, type Secret, type VaultPorts } from '../vault/vault.ts';
import { deleteValue, readValue, writeValue } from './portability-repository.ts';
import { assertNotInUse } from './put-in-place.ts';
import { salvageTask } from './tasks.ts';

export type Recovered = z.output<typeof recovered>;
type Report = Omit<Recovered, 'setAside'>;

export interface RecoverOptions {
  /** A folder that is empty or not there. */
  readonly into: string;
  readonly secret: Secret;
  /** A backup whose key file stands in for a damaged one. */
  readonly keysFrom?: StoredFile;
  readonly job: JobWatch;
}

/**
 * @throws {AppError} ERR_VAULT_MISSING, ERR_VAULT_EXISTS when `into` is not empty, ERR_VAULT_SECRET_WRONG, ERR_VAULT_HEADER_INVALID, ERR_BACKUP_INVALID, ERR_RECOVERY_HOPELESS, ERR_VAULT_IN_USE, ERR_VAULT_NEWER, ERR_STORAGE_FULL, ERR_CANCELLED; nothing is then left in `into`
 */
export async function recoverVault(ports: VaultPorts & Pick<CorePorts, 'workerUrl'>, options: RecoverOptions): Promise<Report> {
  const damaged = vaultPaths(ports.dataDir), { into, job } = options;
  if (!existsSync(damaged.database)) throw new AppError('ERR_VAULT_MISSING', 'There is no vault in this folder. Name the folder where the damaged one is.');
  if (!folderIsFree(into)) throw new AppError('ERR_VAULT_EXISTS', 'The folder for the recovered vault is not empty. Choose an empty one; nothing was changed.');
  assertNotInUse(ports.dataDir);
  job.update({ phase: 'reading' });
  const keys = options.keysFrom === undefined ? readKeyFile(ports.dataDir) : await readBackupKeys(options.keysFrom);
  if (keys === null) throw new AppError('ERR_VAULT_HEADER_INVALID', 'The vault’s key file is gone, and without it nothing can be read. A backup of this vault holds one: name it, and it is used instead.');
  const stored = parseHeader(keys);
  const { masterKey, header } = await openBySecret(ports, stored, options.secret);
  const derived = databaseKey(masterKey);
  const key = new Uint8Array(derived);
  for (const used of [masterKey, derived]) used.fill(0);
  // A new master key that was cut off after its switch: what it prepared is the database.
  const prepared = preparedDatabase(damaged.database, header.generation);
  const database = isPlainFile(prepared) ? prepared : damaged.database;
  if (!statSync(database).isFile()) throw new AppError('ERR_RECOVERY_HOPELESS', 'Something else lies where the vault’s database belongs, and nothing can be read from it. It was left as it is. Put back a backup.');
  const target = vaultPaths(into);
  const wasThere = existsSync(into);
  makePrivateFolder(into);
  const scratch = join(into, 'damaged.db');
  try {
    job.update({ phase: 'copying' });
    await copied(database, scratch);
    if (isPlainFile(`${database}-wal`)) await copied(`${database}-wal`, `${scratch}-wal`);
    // A key file of before the closed part gets a key of its own for it, which opens nothing that was sealed for another.
    const input = { from: scratch, to: target.database, folder: into, key, cipher: header.cipher, nowMs: ports.clock.nowMs(), closedOpens: stored.version !== 1 };
    const tables = [...await runTask(ports.workerUrl, salvageTask, input, { signal: job.signal, onBatch: job.update })];
    replaceFile(target.header, keys);
    // Held against the mark of the damaged vault, so that entries lost at the end of the log are told at unlocking.
    const mark = markOf(damaged.anchor);
    if (mark !== null) replaceFile(target.anchor, mark);
    for (const suffix of ['', '-wal', '-shm']) rmSync(`${scratch}${suffix}`, { force: true });
    await note({ ...ports, dataDir: into }, options.secret, tables);
    if (job.signal.aborted) throw new AppError('ERR_CANCELLED', 'This was stopped. Nothing was changed.');
    return { tables, whole: tables.every(({ lost }) => lost === 0) };
  } catch (error) {
    rmSync(into, { recursive: true, force: true });
    if (wasThere) makePrivateFolder(into);
    throw error;
  } finally {
    key.fill(0);
  }
}

const REPORT = 'portability.recovered';

/** Keeps what saving came to in the vault it made, so that a page loaded anew can still tell it. */
export const keepReport = (db: WritableDb, report: Recovered): void => { writeValue(db, REPORT, report); };
/** Null when there is none, or the person has read it. */
export function unreadReport(db: ReadableDb): Recovered | null {
  const parsed = recovered.safeParse(readValue(db, REPORT));
  return parsed.success ? parsed.data : null;
}
/** @returns false when there was none */
export const dismissReport = (db: WritableDb): boolean => deleteValue(db, REPORT);

/** Null for one that is none: unlocking then tells that there is no mark. */
function markOf(anchor: string): string | null {
  try { return readSmallFile(anchor, MAX_NOTE_BYTES); } catch { return null; }
}

/** @throws {AppError} ERR_STORAGE_FULL */
async function copied(from: string, to: string): Promise<void> {
  try {
    await copyFile(from, to, constants.COPYFILE_EXCL);
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && (cause.code === 'ENOSPC' || cause.code === 'EDQUOT')) throw new AppError('ERR_STORAGE_FULL', 'There is not enough room for a second copy of the vault. Nothing was kept; the damaged one is as it was. Make some room and try again.', { cause });
    throw cause;
  }
}

/** The new vault's own log says what it comes from. */
async function note(ports: VaultPorts, secret: Secret, tables: Report['tables']): Promise<void> {
  const vault = await unlockVault(ports, secret);
  try {
    const { db, deriveKey } = vault;
    const audit = createAuditLog({ db, key: deriveKey('audit-log'), clock: ports.clock, randomBytes: ports.randomBytes });
    carryOver({ db, key: deriveKey('audit-chain'), log: audit, randomBytes: ports.randomBytes });
    db.transaction(() => { audit.append({ type: 'vault.recovered', counts: { rows: tables.reduce((sum, { read }) => sum + read, 0), damagedTables: tables.filter(({ lost }) => lost !== 0).length } }); });
  } finally {
    vault.close();
  }
}
