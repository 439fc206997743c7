/** Backups of the open vault: made when asked, made by schedule, kept to a number, and told about. */
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { backupSchedule, backupStatus } from '../../../shared/api/portability.contract.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import type { Emit } from '../platform/emit.ts';
import { makePrivateFolder, syncFolder } from '../platform/files/atomic-file.ts';
import { chosenFolder } from '../platform/files/chosen-folder.ts';
import type { Jobs } from '../platform/jobs/jobs.ts';
import type { CorePorts } from '../ports.ts';
import { readManifest, writeBackup } from '../vault/backup.ts';
import { vaultPaths, type OpenVault } from '../vault/vault.ts';
import { decideDueBackup, decideRetention, type BackupSchedule, type KeptBackup } from './decide-backups.ts';
import { readValue, writeValue } from './portability-repository.ts';
import { runJob } from './run-job.ts';

type Status = z.output<typeof backupStatus>;
export interface MadeBackup { readonly name: string; readonly place: string; readonly sizeBytes: number; readonly createdAtMs: number }

export interface BackupService {
  /** As one job, into `path` or under a name of its own into the vault's folder. Audited as `vault.backed-up`. @throws {AppError} as {@link writeBackup} */
  make(path?: string): Promise<MadeBackup>;
  status(): Status;
  /** `folder`: an absolute path, or null for the vault's own folder. Audited as `settings.changed`. @throws {AppError} ERR_BACKUP_FOLDER */
  setSchedule(change: { readonly every?: BackupSchedule['every'] | undefined; readonly keep?: number | undefined; readonly folder?: string | null | undefined }): Status;
  /** Makes one if it is due; a failure is kept for the status, and tried again later. @returns true when one was made */
  runIfDue(): Promise<boolean>;
  /** Looks every minute from now on whether one is due, first after a few seconds. */
  start(): void;
  /** Makes no more; resolves when what was under way has ended, which cancelling its job brings about. */
  stop(): Promise<void>;
}

const SCHEDULE = 'portability.backup-schedule', PAST = 'portability.backup-past';
const DEFAULT_SCHEDULE: BackupSchedule = { every: 'off', folder: null, keep: 7 };
const FIRST_LOOK_MS = 5_000, LOOK_EVERY_MS = 60_000;
/** Only files of this name are ever deleted, and only when their manifest proves that this vault made them. */
const SCHEDULED_NAME = /^penchant-auto-\d{4}-\d{2}-\d{2}-\d{6}(?:-\d+)?\.backup$/u;
const LEFT_OVER = /^penchant-auto-[\d-]+\.backup\.part/u;

const pastSchema = z.object({
  madeAtMs: z.number().nullable(), failedAtMs: z.number().nullable(),
  last: backupStatus.shape.last,
});
type Past = z.output<typeof pastSchema>;

export function createBackupService(deps: { readonly vault: OpenVault; readonly audit: AuditLog; readonly jobs: Jobs; readonly emit: Emit; readonly ports: Pick<CorePorts, 'dataDir' | 'clock' | 'workerUrl' | 'log'> }): BackupService {
  const { vault, audit, jobs, emit, ports } = deps;
  const { db } = vault;
  const ownFolder = (): string => vaultPaths(ports.dataDir).backups;
  let timer: NodeJS.Timeout | undefined;
  let turn: Promise<unknown> = Promise.resolve();
  let stopped = false;

  const schedule = (): BackupSchedule => {
    const stored = backupSchedule.safeParse(readValue(db, SCHEDULE));
    return stored.success ? stored.data : DEFAULT_SCHEDULE;
  };
  const past = (): Past => {
    const stored = pastSchema.safeParse(readValue(db, PAST));
    return stored.success ? stored.data : { madeAtMs: null, failedAtMs: null, last: null };
  };
  /** One at a time; the next waits. */
  const inTurn = <T>(body: () => Promise<T>): Promise<T> => {
    const unlessStopped = (): Promise<T> => (stopped ? Promise.reject(new AppError('ERR_VAULT_LOCKED', 'The vault was locked before the backup was made.')) : body());
    const next = turn.then(unlessStopped, unlessStopped);
    turn = next.catch(() => undefined);
    return next;
  };

  const write = (path: string, createdAtMs: number): Promise<MadeBackup> => runJob(jobs, 'backup', async (handle) => {
    handle.update({ phase: 'copying', subject: basename(path) });
    const { sizeBytes } = await writeBackup(vault, audit.checkpoint(), path, createdAtMs, {
      workerUrl: ports.workerUrl, signal: handle.signal,
      onProgress: (phase, doneBytes, totalBytes) => { handle.update(phase === 'copying' ? { doneBytes, totalBytes } : { phase, doneBytes, totalBytes }); },
    });
    return { name: basename(path), place: path, sizeBytes, createdAtMs };
  });
  const remember = (made: MadeBackup, change: Partial<Past>): void => {
    db.transaction(() => {
      audit.append({ type: 'vault.backed-up', counts: { bytes: made.sizeBytes } });
      writeValue(db, PAST, { ...past(), ...change, last: { atMs: made.createdAtMs, place: made.place, sizeBytes: made.sizeBytes, error: null } } satisfies Past);
    });
    emit('backup.changed', {});
  };

  function folderOf({ folder }: BackupSchedule): string {
    return folder ?? ownFolderMade();
  }

  /** @throws {AppError} ERR_BACKUP_FOLDER, ERR_STORAGE_FULL */
  function ownFolderMade(): string {
    try {
      makePrivateFolder(ownFolder());
    } catch (cause) {
      if (!(cause instanceof AppError) || cause.code !== 'ERR_VAULT_UNREADABLE') throw cause;
      throw new AppError('ERR_BACKUP_FOLDER', 'The folder “backups” of the vault cannot be made or used. The vault is untouched. Choose another folder for backups, or look what lies in its place.', { cause });
    }
    return ownFolder();
  }

  /** Deletes what is left of a backup that was cut off, and old ones beyond the number; what cannot be read or deleted stays. */
  async function tidyUp(folder: string, keep: number, made: string): Promise<void> {
    const key = vault.deriveKey('backup-mac');
    const { vaultId } = vault.header();
    const backups: KeptBackup[] = [];
    for (const name of readdirSync(folder)) {
      const path = join(folder, name);
      if (LEFT_OVER.test(name)) rmSync(path, { force: true });
      if (!SCHEDULED_NAME.test(name)) continue;
      const manifest = await readManifest(path, key);
      if (manifest?.vaultId !== vaultId) continue;
      const seq = manifest.version === 1 ? manifest.auditHead.seq : audit.openCheckpoint(manifest.checkpoint)?.size;
      if (seq !== undefined) backups.push({ name, createdAtMs: manifest.createdAtMs, seq });
    }
    for (const name of decideRetention({ backups, keep, made })) rmSync(join(folder, name), { force: true });
    syncFolder(folder);
  }

  const runIfDue = (): Promise<boolean> => inTurn(async () => {
    const plan = schedule();
    const nowMs = ports.clock.nowMs();
    if (!decideDueBackup({ every: plan.every, past: past(), nowMs }).due) return false;
    try {
      const folder = folderOf(plan);
      if (!existsSync(folder)) throw new AppError('ERR_BACKUP_FOLDER', 'The folder for backups is not there. Connect its disk, or choose another folder. The vault is untouched.');
      const made = await write(freePath(folder, nowMs, 'penchant-auto-'), nowMs);
      remember(made, { madeAtMs: nowMs, failedAtMs: null });
      await tidyUp(folder, plan.keep, made.name).catch((error: unknown) => { ports.log(`old backups could not be tidied away: ${error instanceof Error ? error.message : String(error)}`); });
      return true;
    } catch (error) {
      // Cut off by locking: it is still due when the vault is opened again.
      if (stopped) return false;
      const { code, message } = error instanceof AppError ? error : { code: 'ERR_INTERNAL' as const, message: 'Something went wrong inside Penchant. The vault is untouched.' };
      writeValue(db, PAST, { ...past(), failedAtMs: nowMs, last: { atMs: nowMs, place: plan.folder ?? ownFolder(), sizeBytes: null, error: { code, message } } } satisfies Past);
      emit('backup.changed', {});
      if (!(error instanceof AppError)) ports.log(`scheduled backup: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      return false;
    }
  });

  const status = (): Status => {
    const plan = schedule(), before = past();
    return { schedule: plan, place: plan.folder ?? ownFolder(), last: before.last, madeAtMs: before.madeAtMs, dueAtMs: decideDueBackup({ every: plan.every, past: before, nowMs: ports.clock.nowMs() }).dueAtMs };
  };
  const look = (): void => {
    timer = setTimeout(look, LOOK_EVERY_MS).unref();
    runIfDue().catch((error: unknown) => { ports.log(`scheduled backup: ${error instanceof Error ? error.message : String(error)}`); });
  };

  return Object.freeze({
    make: (path) => inTurn(async () => {
      const createdAtMs = ports.clock.nowMs();
      const made = await write(path ?? freePath(ownFolderMade(), createdAtMs, 'penchant-'), createdAtMs);
      remember(made, {});
      return made;
    }),
    status, runIfDue,
    setSchedule(change) {
      const before = schedule();
      const next: BackupSchedule = { every: change.every ?? before.every, keep: change.keep ?? before.keep, folder: change.folder === undefined ? before.folder : change.folder === null ? null : checkedFolder(change.folder, ports.dataDir) };
      db.transaction(() => {
        writeValue(db, SCHEDULE, next);
        // Another folder or rhythm: an old failure has nothing to say about it.
        writeValue(db, PAST, { ...past(), failedAtMs: null } satisfies Past);
        audit.append({ type: 'settings.changed' });
      });
      emit('backup.changed', {});
      return status();
    },
    start() { timer ??= setTimeout(look, FIRST_LOOK_MS).unref(); },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await turn;
    },
  } satisfies BackupService);
}

/** "penchant-2026-11-23-181502.backup" for a moment, in UTC; with a number behind it when there is one of this second. */
function freePath(folder: string, nowMs: number, prefix: string): string {
  const name = `${prefix}${new Date(nowMs).toISOString().slice(0, 19).replace('T', '-').replaceAll(':', '')}`;
  for (let number = 1; ; number++) {
    const path = join(folder, `${name}${number === 1 ? '' : `-${number}`}.backup`);
    if (!existsSync(path)) return path;
  }
}

/** @throws {AppError} ERR_BACKUP_FOLDER */
function checkedFolder(folder: string, dataDir: string): string {
  const checked = chosenFolder(folder, dataDir, 'write');
  if ('real' in checked) return checked.real;
  throw new AppError('ERR_BACKUP_FOLDER', `Backups cannot go there: ${checked.why}. Choose another folder. Nothing was changed.`, { cause: checked.cause });
}
