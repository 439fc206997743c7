/** Everything that exists only while the vault is open, built once per unlock. */
import { loadCrowdReckoner } from './exposure/crowd-tables.ts';
import { createAuditAnchor, type AuditAnchor } from './audit/anchor.ts';
import { carryOver } from './audit/carry-over.ts';
import { createAuditLog, type AuditLog, type AuditType, type AuditVerdict } from './audit/audit-log.ts';
import type { Forgetting } from './audit/forgetting.ts';
import { createEnrichmentService, type EnrichmentService } from './enrichment/enrichment-service.ts';
import { createExplorerService, type ExplorerService } from './explorer/explorer-service.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import type { Emit } from './platform/emit.ts';
import { createJobs, type Jobs } from './platform/jobs/jobs.ts';
import { createReserve, type Reserve } from './platform/files/reserve.ts';
import type { WritableDb } from './platform/sqlite/types.ts';
import type { CorePorts, GrantedFile } from './ports.ts';
import { createConsentFeature, type ConsentFeature } from './rpc/consent-feature.ts';
import { createBackupService, type BackupService } from './portability/backup-service.ts';
import { createHealthService, type HealthService } from './portability/health.ts';
import { createMoveService, type MoveService } from './portability/move-service.ts';
import { createPracticeShop } from './redemption/practice-shop.ts';
import { createTurns, type Turns } from './platform/turns.ts';
import { createSettings, type SettingsService } from './settings/settings.ts';
import { createUpdates, type UpdatesService } from './settings/updates.ts';
import { createSourcesService, type SourcesService } from './sources/sources-service.ts';
import { vaultPaths, type OpenVault, type Secret } from './vault/vault.ts';

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
  readonly updates: UpdatesService;
  readonly consentFeature: ConsentFeature;
  readonly jobs: Jobs;
  readonly sources: SourcesService;
  readonly enrichment: EnrichmentService;
  readonly explorer: ExplorerService;
  /** Room for what must work on a full disk. */
  readonly reserve: Reserve;
  readonly backups: BackupService;
  readonly moves: MoveService;
  readonly health: HealthService;
  readonly turns: Turns;
  /** Opens the closed part of the profile for a while. @returns until when, Unix ms @throws {AppError} ERR_VAULT_SECRET_WRONG, ERR_RECOVERY_PHRASE_INVALID, ERR_CLOSED_KEY_MISSING */
  openClosed(proof: Secret): Promise<number>;
  shutClosed(): void;
  /** True while a job runs. */
  busy(): boolean;
  /** Starts the redemption API if it is not running. @throws {AppError} ERR_PORT_IN_USE */
  serve(): Promise<{ readonly url: string }>;
  /** Starts or stops the redemption API as the setting says. @throws {AppError} ERR_PORT_IN_USE */
  applyLoopback(enabled: boolean): Promise<void>;
  /** Opens the practice shop. @returns its address @throws {AppError} ERR_LOOPBACK_OFF when programs on this computer may not ask, ERR_PORT_IN_USE */
  practice(): Promise<{ readonly url: string }>;
  /** Stops what runs and writes the last entry and the anchor; the vault stays open for whoever called. */
  suspend(last: AuditType): Promise<void>;
  /** The same, and closes the vault. */
  close(): Promise<void>;
}

/** The anchor follows the log at this distance at most, and always at the end. */
const ANCHOR_EVERY_MS = 2_000;
const NEWS_EVERY_MS = 200;
const CATCH_UP_AFTER_MS = 1_000;
/** How often a vault that stays open looks whether it is time to ask for a newer version. */
const UPDATES_EVERY_MS = 6 * 3_600_000;
/** Once the first screen is there. */
const RECKON_AFTER_MS = 600;
/** In more records than this, looking for patterns takes long enough to wait until somebody wants them. */
const RECKONED_RECORDS = 250_000;
/** Long enough to read and put right, short enough for an empty chair. */
const CLOSED_OPEN_MS = 10 * 60_000;

/** `opened`: what the first entry of this session says; null when the entry of a new master key says it all. */
export async function openSession(deps: { /** The disk turned out to be full. */ readonly onDiskFull: () => void; /** How long ago the last call came, ms. */ readonly sinceCallMs: () => number; readonly ports: CorePorts; readonly emit: Emit; readonly files: FileTable; readonly vault: OpenVault; readonly opened: AuditType | null }): Promise<Session> {
  const { ports, emit, files, vault } = deps;
  const { db } = vault;
  let anchorTimer: NodeJS.Timeout | undefined;
  let newsTimer: NodeJS.Timeout | undefined;
  let closedTimer: NodeJS.Timeout | undefined;
  let catchUpTimer: NodeJS.Timeout | undefined;
  let reckonTimer: NodeJS.Timeout | undefined;
  let updatesTimer: NodeJS.Timeout | undefined;
  let logProblem: AuditVerdict['problem'] = 'none';
  /** Counts changes of the profile, which follow every change of the records. */
  let findable = 0;
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
  const turns = createTurns(deps.sinceCallMs);
  const updates = createUpdates({ db, settings, ports, onChange: () => { emit('settings.changed', {}); } });
  // Before anything is appended. A vault just made or restored starts its anchor anew.
  if (deps.opened !== 'vault.created' && deps.opened !== 'vault.restored') logProblem = anchor.glance();

  const enrichment = createEnrichmentService({ db, audit, emit, ports, closedKey: vault.closedKey(), onChanged: () => { findable++; consentFeature.profileChanged(); }, isBeingFilled: () => moves.isStoring(), turn: turns.next });
  const consentFeature = createConsentFeature({
    db, audit, ports, emit, turn: turns.next, deriveKey: vault.deriveKey,
    // Nothing closed leaves, so nothing about an answer may change when the person looks into the closed part.
    preferences: () => enrichment.preferences().filter(({ sensitive }) => !sensitive), lookup: (id) => enrichment.taxonomy.get(id), nodes: enrichment.taxonomy.nodes, reckoner: loadCrowdReckoner(ports.resourcesDir),
  });
  const { server } = consentFeature;
  const jobs = createToldJobs(ports, emit);
  const sources = createSourcesService({
    db, audit, jobs, ports, files,
    async onRecordsChanged({ signal, onProgress }) {
      const outcome = await enrichment.refresh(signal, onProgress);
      await enrichment.forgetRecords(sources.retention(), signal);
      return outcome;
    },
    onForgetful: (which, signal) => enrichment.forgetRecords(which, signal), onFound: () => { emit('sources.found', {}); },
  });
  const explorer = createExplorerService({ db, audit, enrichment, state: () => `${findable}` });

  const reserve = createReserve(vaultPaths(ports.dataDir).reserve, deps.onDiskFull);
  const backups = createBackupService({ vault, audit, jobs, emit, ports });
  const health = createHealthService({ vault, anchor, backups, jobs, ports, diskFull: () => reserve.isSpent() });
  const moves = createMoveService({ db, audit, jobs, ports, settings, enrichment });

  const practiceShop = createPracticeShop(ports.workerUrl);

  /** What takes a while is there when somebody goes there. */
  const reckonAhead = (): void => {
    if (jobs.isChanging()) return;
    // Locked meanwhile, nobody goes anywhere.
    turns.ahead(async () => {
      await enrichment.trends();
      await consentFeature.steps();
      await consentFeature.use();
      if (enrichment.list().records <= RECKONED_RECORDS) await enrichment.patterns();
    }).catch(() => undefined);
  };
  const stopTimers = (): void => { for (const timer of [newsTimer, anchorTimer, closedTimer, catchUpTimer, reckonTimer]) clearTimeout(timer); clearInterval(updatesTimer); };
  try {
    db.transaction(() => {
      // Exactly once for each new master key, also when the process ended between the switch and here.
      if (noteGeneration(db, vault.header().generation)) audit.append({ type: 'vault.rotated' });
      if (deps.opened) audit.append({ type: deps.opened });
    });
    // What came along remembers an anchor that stayed where it was made.
    if (deps.opened === 'vault.restored') writeAnchor();
    moves.recoverInterrupted();
    sources.recoverInterrupted();
    // An import that was stopped, or the end of the program, may have come between reading records and forgetting them.
    const catchUp = (): void => {
      const job = jobs.start('enrich', async (handle) => {
        handle.update({ phase: 'understanding' });
        await enrichment.refresh(handle.signal);
        await enrichment.forgetRecords(sources.retention(), handle.signal);
      });
      if (ports.serveOnUnlock) void jobs.ended(job).then(reckonAhead);
    };
    if (enrichment.isStale() || enrichment.hasToForget(sources.retention())) {
      // In the app the screen comes first: a day more or less changes nothing anybody would see.
      if (ports.serveOnUnlock) catchUpTimer = setTimeout(() => { if (!jobs.isChanging()) catchUp(); }, CATCH_UP_AFTER_MS).unref();
      else catchUp();
    } else if (ports.serveOnUnlock) reckonTimer = setTimeout(reckonAhead, RECKON_AFTER_MS).unref();
    if (ports.serveOnUnlock && settings.get().loopbackEnabled) {
      // The vault opens all the same: Settings shows that nobody is listening, and why is in the log.
      await server.start(ports.redemptionPort).catch((error: unknown) => { ports.log(`the address for companies is not available: ${error instanceof Error ? error.message : String(error)}`); });
    }
  } catch (error) {
    // Damage that is met half-way: the vault is closed after this, and nothing may come back to it.
    stopTimers();
    await jobs.close();
    throw error;
  }

  if (ports.serveOnUnlock) {
    backups.start();
    sources.watch();
    const look = (): void => { updates.lookIfDue().catch(() => undefined); };
    look();
    updatesTimer = setInterval(look, UPDATES_EVERY_MS).unref();
  }

  const suspend = async (last: AuditType): Promise<void> => {
    try {
      await practiceShop.close();
      await server.stop();
      const backupsEnded = backups.stop();
      await jobs.close();
      await backupsEnded;
      sources.close();
      await reserve.withRoom(() => {
        db.transaction(() => { audit.append({ type: last }); });
      });
      clearTimeout(newsTimer);
      await reserve.withRoom(writeAnchor);
    } finally {
      stopTimers();
    }
  };
  const verifyLog = async (): Promise<AuditVerdict> => {
    const found: { verdict: AuditVerdict | null } = { verdict: null };
    const job = await jobs.ended(jobs.start('verify', async (handle) => {
      found.verdict = await anchor.verify({ signal: handle.signal, onProgress: (done, total) => { handle.update({ doneBytes: done, totalBytes: total, records: done }); } });
    }));
    if (found.verdict !== null) return found.verdict;
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
    ports, emit, files, vault, audit, anchor, settings, updates, consentFeature, jobs, sources, enrichment, explorer, reserve, backups, moves, health, turns,
    async openClosed(proof: Secret) {
      const key = await vault.openClosed(proof);
      const untilMs = ports.clock.nowMs() + CLOSED_OPEN_MS;
      try { await enrichment.openClosed(key, untilMs); } finally { key.fill(0); }
      db.transaction(() => { audit.append({ type: 'profile.closed-opened' }); });
      clearTimeout(closedTimer);
      closedTimer = setTimeout(() => { enrichment.shutClosed(); }, CLOSED_OPEN_MS).unref();
      return untilMs;
    },
    shutClosed() {
      clearTimeout(closedTimer);
      enrichment.shutClosed();
      db.transaction(() => { audit.append({ type: 'profile.closed-shut' }); });
    },
    busy: () => jobs.isBusy(),
    async serve() {
      const url = await server.start(ports.redemptionPort);
      // A command that stays: long enough for backups to fall due.
      backups.start();
      return { url };
    },
    async applyLoopback(enabled: boolean) {
      if (enabled) await server.start(ports.redemptionPort);
      else await server.stop();
    },
    async practice() {
      if (!settings.get().loopbackEnabled) throw new AppError('ERR_LOOPBACK_OFF', 'Programs on this computer may not ask, so the practice shop cannot either. Switch “Let programs on this computer ask” on under Settings.');
      return { url: await practiceShop.open(await server.start(ports.redemptionPort)) };
    },
    suspend,
    async close() {
      // Whatever could not be written (a full disk, a damaged file), locking means closed; the next unlock tells what is wrong.
      try {
        await suspend('vault.locked');
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        ports.log(`the last entry before locking could not be written: ${error.code}`);
      } finally {
        vault.close();
      }
    },
  } satisfies Session);
}

/** Jobs that every window hears of. */
export const createToldJobs = (ports: CorePorts, emit: Emit): Jobs => createJobs({
  clock: ports.clock, newId: () => `job_${ports.randomBytes(9).toString('base64url')}`, onChange: (job) => { emit('job.changed', job); },
  onUnexpected: (error, id) => { ports.log(`job ${id}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`); },
});

/** True when the database has not seen this generation of the master key yet; remembers it. */
function noteGeneration(db: WritableDb, generation: number): boolean {
  const seen = Number(db.query<{ value: string }>("SELECT value FROM meta WHERE key = 'vault.generation'").get()?.value ?? 0);
  if (seen >= generation) return false;
  db.command("INSERT INTO meta (key, value) VALUES ('vault.generation', ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value").run(String(generation));
  return true;
}
