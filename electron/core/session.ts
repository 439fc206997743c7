/** Everything that exists only while the vault is open, built once per unlock. */
import { createAuditAnchor, type AuditAnchor } from './audit/anchor.ts';
import { carryOver } from './audit/carry-over.ts';
import { createAuditLog, type AuditLog, type AuditType, type AuditVerdict } from './audit/audit-log.ts';
import type { Forgetting } from './audit/forgetting.ts';
import { createEnrichmentService, type EnrichmentService } from './enrichment/enrichment-service.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import type { Emit } from './platform/emit.ts';
import { createJobs, type Jobs } from './platform/jobs/jobs.ts';
import type { CorePorts, GrantedFile } from './ports.ts';
import { createConsentFeature, type ConsentFeature } from './rpc/consent-feature.ts';
import { createSettings, type SettingsService } from './settings/settings.ts';
import { createSourcesService, type SourcesService } from './sources/sources-service.ts';
import { vaultPaths, type OpenVault } from './vault/vault.ts';

/** Files the host let us read, by id. */
export interface FileTable {
  get(id: string): GrantedFile | undefined;
  /** Forgets it; a temporary copy is deleted. */
  release(id: string): void;
}

export interface Session {
  readonly ports: CorePorts;
  readonly emit: Emit;
  readonly files: FileTable;
  readonly vault: OpenVault;
  readonly audit: AuditLog;
  readonly anchor: AuditAnchor;
  /** What the glance at unlocking found. While it is not `none` the anchor stays where it is, so that the evidence does. */
  logProblem(): AuditVerdict['problem'];
  /** Recomputes the log, as a job. @throws {AppError} ERR_CANCELLED, and whatever reading a damaged database ends in */
  verifyLog(): Promise<AuditVerdict>;
  /** Takes the log as it is: noted, and anchored anew. @returns false when nothing was wrong */
  acceptLog(): Promise<boolean>;
  /** Deletes the contents of entries, and what the write-ahead log still holds of them. @returns how many */
  forgetLog(what: Forgetting): number;
  readonly settings: SettingsService;
  readonly consentFeature: ConsentFeature;
  readonly jobs: Jobs;
  readonly sources: SourcesService;
  readonly enrichment: EnrichmentService;
  /** True while a job runs. */
  busy(): boolean;
  /** Starts the redemption API if it is not running. @throws {AppError} ERR_PORT_IN_USE */
  serve(): Promise<{ readonly url: string }>;
  /** Starts or stops the redemption API as the setting says. @throws {AppError} ERR_PORT_IN_USE */
  applyLoopback(enabled: boolean): Promise<void>;
  /** Stops what runs, writes the last entry and the anchor, closes the database. */
  close(): Promise<void>;
}

/** The anchor follows the log at this distance at most, and always at the end. */
const ANCHOR_EVERY_MS = 2_000;
const NEWS_EVERY_MS = 200;

/** `opened`: what the first entry of this session says. */
export async function openSession(deps: { readonly ports: CorePorts; readonly emit: Emit; readonly files: FileTable; readonly vault: OpenVault; readonly opened: AuditType }): Promise<Session> {
  const { ports, emit, files, vault } = deps;
  const { db } = vault;
  let anchorTimer: NodeJS.Timeout | undefined;
  let newsTimer: NodeJS.Timeout | undefined;
  let logProblem: AuditVerdict['problem'] = 'none';
  const writeAnchor = (): void => {
    clearTimeout(anchorTimer);
    anchorTimer = undefined;
    if (logProblem === 'none') anchor.write();
  };
  const audit = createAuditLog({
    db, key: vault.deriveKey('audit-log'), clock: ports.clock, randomBytes: ports.randomBytes,
    onAppend: () => {
      // A page redraws a few times a second at most, however often companies ask.
      newsTimer ??= setTimeout(() => { newsTimer = undefined; emit('audit.appended', { seq: audit.size() }); }, NEWS_EVERY_MS).unref();
      anchorTimer ??= setTimeout(() => { try { writeAnchor(); } catch { ports.log('the audit anchor could not be written; it is tried again at the next entry'); } }, ANCHOR_EVERY_MS).unref();
    },
  });
  const anchor = createAuditAnchor({ path: vaultPaths(ports.dataDir).anchor, key: vault.deriveKey('audit-anchor'), db, log: audit });
  carryOver({ db, key: vault.deriveKey('audit-chain'), log: audit, randomBytes: ports.randomBytes });
  const settings = createSettings({ db, audit });
  // Before anything is appended. A vault just made or restored starts its anchor anew.
  if (deps.opened === 'vault.unlocked') logProblem = anchor.glance();

  const enrichment = createEnrichmentService({ db, audit, emit, ports, onChanged: () => { consentFeature.profileChanged(); } });
  const consentFeature = createConsentFeature({
    db, audit, ports, emit, deriveKey: vault.deriveKey,
    preferences: () => enrichment.preferences(), lookup: (id) => enrichment.taxonomy.get(id),
  });
  const { server } = consentFeature;
  const jobs = createJobs({
    clock: ports.clock, newId: () => `job_${ports.randomBytes(9).toString('base64url')}`, onChange: (job) => { emit('job.changed', job); },
    onUnexpected: (error, id) => { ports.log(`job ${id}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`); },
  });
  const sources = createSourcesService({ db, audit, jobs, ports, files, onRecordsChanged: ({ signal, onProgress }) => enrichment.refresh(signal, onProgress) });

  db.transaction(() => { audit.append({ type: deps.opened }); });
  sources.recoverInterrupted();
  if (enrichment.isStale()) {
    jobs.start('enrich', async (handle) => {
      handle.update({ phase: 'understanding' });
      await enrichment.refresh(handle.signal);
    });
  }
  if (ports.serveOnUnlock && settings.get().loopbackEnabled) {
    // The vault opens all the same: Settings shows that nobody is listening, and why is in the log.
    await server.start(ports.redemptionPort).catch((error: unknown) => { ports.log(`the address for companies is not available: ${error instanceof Error ? error.message : String(error)}`); });
  }

  const verifyLog = async (): Promise<AuditVerdict> => {
    let verdict: AuditVerdict | null = null;
    const job = await jobs.ended(jobs.start('verify', async (handle) => {
      verdict = await anchor.verify({ signal: handle.signal, onProgress: (done, total) => { handle.update({ doneBytes: done, totalBytes: total, records: done }); } });
    }));
    if (verdict !== null) return verdict;
    throw job.error ? new AppError(job.error.code, job.error.message) : new AppError('ERR_CANCELLED', 'Checking the log was stopped. Nothing was changed.');
  };

  return Object.freeze({
    logProblem: () => logProblem,
    verifyLog,
    async acceptLog() {
      const problem = logProblem === 'none' ? (await verifyLog()).problem : logProblem;
      if (problem === 'none') return false;
      audit.accept(problem);
      logProblem = 'none';
      writeAnchor();
      return true;
    },
    forgetLog(what: Forgetting) {
      const entries = audit.forget(what);
      vault.db.checkpoint();
      return entries;
    },
    ports, emit, files, vault, audit, anchor, settings, consentFeature, jobs, sources, enrichment,
    busy: () => jobs.isBusy(),
    serve: async () => ({ url: await server.start(ports.redemptionPort) }),
    async applyLoopback(enabled: boolean) {
      if (enabled) await server.start(ports.redemptionPort);
      else await server.stop();
    },
    async close() {
      try {
        await server.stop();
        await jobs.close();
        sources.close();
        db.transaction(() => { audit.append({ type: 'vault.locked' }); });
        clearTimeout(newsTimer);
        writeAnchor();
      } finally {
        // Whatever could not be written (a full disk), locking means closed.
        clearTimeout(newsTimer);
        clearTimeout(anchorTimer);
        vault.close();
      }
    },
  } satisfies Session);
}
