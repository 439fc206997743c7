/** Restores a backup to where the vault belongs: opened and proven beside it first, then put in place. */
import { rmSync } from 'node:fs';
import { AppError } from '../../../shared/errors/app-error.ts';
import { createAuditAnchor } from '../audit/anchor.ts';
import { createAuditLog } from '../audit/audit-log.ts';
import { carryOver } from '../audit/carry-over.ts';
import type { StoredFile } from '../platform/files/sealed-file.ts';
import type { JobWatch } from '../platform/jobs/jobs.ts';
import { runTask } from '../platform/workers/run-task.ts';
import type { CorePorts } from '../ports.ts';
import { restoreBackup } from '../vault/backup.ts';
import { verifyCopyTask, type VerifyCopyInput } from '../vault/tasks.ts';
import { vaultPaths, type OpenVault, type Secret, type VaultPorts } from '../vault/vault.ts';
import { assertNotInUse, folderBeside, isOccupied, putInPlace } from './put-in-place.ts';

export interface RestoreOptions {
  readonly file: StoredFile;
  readonly secret: Secret;
  /** Sets a vault that is here aside; without it, one that is here is left alone. */
  readonly setAside: boolean;
  /** Takes a backup whose log is behind that of the vault here. */
  readonly acceptOlder: boolean;
  readonly job: JobWatch;
  /** Called when the file is not needed any more, before anything is renamed. */
  readonly onRead?: () => void;
}
export interface Restored { readonly createdAtMs: number; readonly setAside: string | null }

/**
 * @throws {AppError} ERR_FILE_MISSING, ERR_BACKUP_INVALID, ERR_BACKUP_OLDER, ERR_VAULT_EXISTS, ERR_VAULT_SECRET_WRONG, ERR_VAULT_IN_USE, ERR_STORAGE_FULL, ERR_CANCELLED; nothing is then changed
 */
export async function restoreInPlace(ports: VaultPorts & Pick<CorePorts, 'workerUrl'>, options: RestoreOptions): Promise<Restored> {
  const { dataDir } = ports;
  const { job } = options;
  const { signal } = job;
  const assertMaySetAside = (): void => { if (!options.setAside && isOccupied(dataDir)) throw new AppError('ERR_VAULT_EXISTS', 'There is a vault here already. It was left as it is. Choose an empty folder, or have it set aside: it is then renamed, not deleted.'); };
  assertMaySetAside();
  assertNotInUse(dataDir);
  const nowMs = ports.clock.nowMs();
  const staging = folderBeside(dataDir, 'restoring', nowMs);
  try {
    job.update({ phase: 'copying' });
    const { vault, createdAtMs } = await restoreBackup({ ...ports, dataDir: staging }, options.file, options.secret, { signal, onProgress: (_phase, doneBytes, totalBytes) => { job.update({ doneBytes, totalBytes }); } });
    const key = vault.databaseKey();
    const copy = { path: vaultPaths(staging).database, key: new Uint8Array(key), cipher: vault.header().cipher };
    key.fill(0);
    try {
      if (isBehind(ports, vault) && !options.acceptOlder) {
        throw new AppError('ERR_BACKUP_OLDER', 'This backup is older than the vault here: what happened since is not in it, and permissions you ended since would be open again. Nothing was changed.', { details: { createdAtMs } });
      }
    } finally {
      vault.close();
    }
    job.update({ phase: 'checking', doneBytes: 0, totalBytes: 0 });
    await assertWhole(ports.workerUrl, copy, signal);
    // From here on it is too late to stop.
    options.onRead?.();
    // Somebody may have made one meanwhile.
    assertMaySetAside();
    return { createdAtMs, setAside: putInPlace(staging, dataDir, 'replaced', nowMs) };
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

/** @throws {AppError} ERR_BACKUP_INVALID, ERR_CANCELLED */
async function assertWhole(workerUrl: URL, copy: VerifyCopyInput, signal: AbortSignal): Promise<void> {
  try {
    if ((await runTask(workerUrl, verifyCopyTask, copy, { signal })).whole) return;
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'ERR_VAULT_CORRUPT') throw error;
  } finally {
    copy.key.fill(0);
  }
  throw new AppError('ERR_BACKUP_INVALID', 'The database in this backup is damaged. Nothing was changed. Try another copy.');
}

/** Whether the mark that the vault here keeps of its log is beyond what the backup holds. Of another vault's mark nothing can be said. */
function isBehind(ports: VaultPorts, restored: OpenVault): boolean {
  const { db, deriveKey } = restored;
  const log = createAuditLog({ db, key: deriveKey('audit-log'), clock: ports.clock, randomBytes: ports.randomBytes });
  // A log of before the tree is held against a mark of before the tree only once it is one.
  carryOver({ db, key: deriveKey('audit-chain'), log, randomBytes: ports.randomBytes });
  const problem = createAuditAnchor({ path: vaultPaths(ports.dataDir).anchor, key: deriveKey('audit-anchor'), db, log }).glance();
  return problem === 'rolled-back' || problem === 'altered';
}
