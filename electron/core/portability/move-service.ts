/** The vault's contents on their way out and in: one export at a time, one taking over, each a job. */
import { basename, join } from 'node:path';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import type { EnrichmentService } from '../enrichment/enrichment-service.ts';
import { makePrivateFolder } from '../platform/files/atomic-file.ts';
import type { StoredFile } from '../platform/files/sealed-file.ts';
import type { Jobs } from '../platform/jobs/jobs.ts';
import type { WritableDb } from '../platform/sqlite/types.ts';
import type { CorePorts } from '../ports.ts';
import type { SettingsService } from '../settings/settings.ts';
import { assertStrong } from '../vault/passphrase.ts';
import { assertRecipients, type AgeKey, type AgeLock } from './age-file.ts';
import { writeExport } from './export.ts';
import { holdsNoProfile } from './portability-repository.ts';
import { runJob } from './run-job.ts';
import { clearInterrupted, isUnderWay, previewExport, takeOver, type ExportPreview, type TakenOver } from './take-over.ts';

export interface WrittenExport { readonly name: string; readonly place: string; readonly sizeBytes: number; readonly records: number }

export interface MoveService {
  /** To `path`, or under a name of its own into the vault's folder. Audited as `vault.exported`. @throws {AppError} ERR_PASSPHRASE_WEAK, ERR_IMPORT_BUSY, as {@link writeExport} */
  export(lock: AgeLock, path?: string): Promise<WrittenExport>;
  /** True while nothing was imported, said or ruled out. */
  canTakeOver(): boolean;
  /** What an export holds; nothing is stored. @throws {AppError} ERR_IMPORT_BUSY, as {@link previewExport} */
  preview(file: StoredFile & { readonly name: string }, key: AgeKey): Promise<ExportPreview>;
  /** Brings the profile up to date before it resolves; cut off at that it is taken over all the same, and the profile catches up later. Audited as `vault.taken-over`. @throws {AppError} ERR_IMPORT_BUSY, as {@link takeOver} */
  takeOver(file: StoredFile & { readonly name: string }, key: AgeKey): Promise<TakenOver>;
  /** True while an export is being stored that may still be taken back. */
  isStoring(): boolean;
  /** Undoes a taking over that a crash cut off. Call once after unlocking. */
  recoverInterrupted(): void;
}

export function createMoveService(deps: {
  readonly db: WritableDb; readonly audit: AuditLog; readonly jobs: Jobs; readonly settings: SettingsService; readonly enrichment: EnrichmentService;
  readonly ports: Pick<CorePorts, 'dataDir' | 'clock' | 'randomBytes'>;
}): MoveService {
  const { db, audit, jobs, ports, enrichment } = deps;
  const refuseWhileBusy = (): void => {
    if (jobs.isChanging()) throw new AppError('ERR_IMPORT_BUSY', 'An import is still at work. Wait for it or stop it first.');
  };
  return Object.freeze({
    async export(lock, path) {
      if ('passphrase' in lock) {
        await assertStrong(lock.passphrase);
      } else {
        assertRecipients(lock.recipients);
      }
      refuseWhileBusy();
      const nowMs = ports.clock.nowMs();
      return runJob(jobs, 'export', async (handle) => {
        const place = path ?? ownPath(ports.dataDir, nowMs);
        // What is not looked at yet may belong in the closed part.
        if (enrichment.isStale()) await enrichment.refresh(handle.signal);
        handle.update({ phase: 'copying', subject: basename(place) });
        const { sizeBytes, counts } = await writeExport(deps, { path: place, lock, nowMs, signal: handle.signal, randomBytes: ports.randomBytes, onRecords: (records) => { handle.update({ records }); } });
        db.transaction(() => { audit.append({ type: 'vault.exported', counts: { bytes: sizeBytes, ...counts } }); });
        return { name: basename(place), place, sizeBytes, records: counts.records };
      });
    },
    canTakeOver: () => holdsNoProfile(db),
    async preview(file, key) {
      refuseWhileBusy();
      return runJob(jobs, 'take-over', (job) => previewExport({ db, taxonomy: enrichment.taxonomy }, { file, name: file.name, key, job }));
    },
    async takeOver(file, key) {
      refuseWhileBusy();
      return runJob(jobs, 'take-over', async (job) => {
        const taken = await takeOver({ ...deps, taxonomy: enrichment.taxonomy }, { file, name: file.name, key, job });
        job.update({ phase: 'understanding', subject: '', doneBytes: 0, totalBytes: 0 });
        try {
          await enrichment.refresh(job.signal, (share) => { job.update({ doneBytes: share, totalBytes: 1 }); });
        } catch (error) {
          if (!(error instanceof AppError) || error.code !== 'ERR_CANCELLED') throw error;
        }
        return taken;
      });
    },
    isStoring: () => isUnderWay(db),
    recoverInterrupted() { clearInterrupted(db); },
  } satisfies MoveService);
}

function ownPath(dataDir: string, nowMs: number): string {
  const folder = join(dataDir, 'exports');
  makePrivateFolder(folder);
  return join(folder, `penchant-export-${new Date(nowMs).toISOString().slice(0, 19).replace('T', '-').replaceAll(':', '')}.age`);
}
