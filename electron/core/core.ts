/** Composition root of the core: one vault, one dispatcher, independent of the program that hosts it. */
import { rmSync } from 'node:fs';
import type { MethodName, Topic, TopicName } from '../../shared/api/contract.ts';
import type { WireEvent } from '../../shared/api/wire.ts';
import { AppError } from '../../shared/errors/app-error.ts';
import type { AuditType } from './audit/audit-log.ts';
import type { CorePorts, GrantedFile } from './ports.ts';
import { createDispatcher, type Dispatch } from './rpc/dispatcher.ts';
import { createHandlers } from './rpc/handler-table.ts';
import { warmRules } from './enrichment/rules-at-hand.ts';
import type { Emit } from './platform/emit.ts';
import type { AgeLock } from './portability/age-file.ts';
import type { WrittenExport } from './portability/move-service.ts';
import { folderBeside, putInPlace } from './portability/put-in-place.ts';
import { keepReport, recoverVault, type Recovered } from './portability/recover.ts';
import { restoreInPlace } from './portability/restore.ts';
import { runJob } from './portability/run-job.ts';
import { createToldJobs, openSession, type FileTable, type Session } from './session.ts';
import type { CoreState, RecoverInput, RestoreInput } from './state.ts';
import type { Settings } from './settings/settings.ts';
import { hasSlept, isIdle } from './vault/absence.ts';
import { decideFresh, type Moment } from './vault/freshness.ts';
import type { Header } from './vault/header.ts';
import type { RotationPhase } from './vault/rotate.ts';
import { createVault, unlockVault, type Opener, type OpenVault, type Secret } from './vault/vault.ts';

export interface Core {
  readonly dispatch: Dispatch;
  /** Returns its own undo. */
  onEvent(listener: (event: WireEvent) => void): () => void;
  /** Called when locking begins: a host that ends the process afterwards hands nothing new to it. */
  onLocking(listener: () => void): void;
  /** Called after the vault was locked, by whatever caused it; the host should then end the process. */
  onLocked(listener: () => void): void;
  grantFile(file: GrantedFile): void;
  /** Writes one backup file to a path the owner named (command line). @throws {AppError} ERR_VAULT_LOCKED, ERR_FILE_EXISTS, ERR_STORAGE_FULL, ERR_BACKUP_INVALID */
  backupTo(path: string): Promise<{ readonly sizeBytes: number }>;
  /** Restores a backup to where this core's vault belongs and leaves it unlocked. @throws {AppError} ERR_BACKUP_INVALID, ERR_BACKUP_OLDER, ERR_VAULT_EXISTS, ERR_VAULT_SECRET_WRONG, ERR_CANCELLED when its job was stopped */
  restoreFrom(path: string, secret: Secret, choices?: { readonly setAside: boolean; readonly acceptOlder: boolean }): Promise<{ readonly entries: number; readonly createdAtMs: number; readonly setAside: string | null }>;
  /** Saves what is readable of this core's damaged vault into another folder; the damaged one is only read. @throws {AppError} as `recoverVault`, ERR_CANCELLED when its job was stopped */
  recoverInto(into: string, input: RecoverInput): Promise<Omit<Recovered, 'setAside'>>;
  /** Writes everything in open formats to a path the owner named (command line). @throws {AppError} as `export.write` */
  exportTo(path: string, lock: AgeLock): Promise<WrittenExport>;
  /** Starts the redemption API (command line); in the app it starts with unlocking. @throws {AppError} ERR_VAULT_LOCKED, ERR_PORT_IN_USE */
  serve(): Promise<{ readonly url: string }>;
  /** Locks in good order. */
  close(): Promise<void>;
}

const AUTO_LOCK_CHECK_MS = 1_000;
/** Reckoned ahead in quiet moments, until somebody waits for one of them. */
const RECKONED_AHEAD: ReadonlySet<string> = new Set<MethodName>(['profile.trends', 'profile.patterns', 'exposure.steps', 'exposure.use']);

export function createCore(ports: CorePorts): Core {
  const listeners = new Set<(event: WireEvent) => void>();
  const lockingListeners = new Set<() => void>();
  const lockedListeners = new Set<() => void>();
  const files = new Map<string, GrantedFile>();
  let session: Session | null = null;
  const steadyMs = ports.steadyMs ?? (() => performance.now());
  const moment = (): Moment => ({ wallMs: ports.clock.nowMs(), steadyMs: steadyMs() });
  let touchedAt = moment();
  let lookedAt = touchedAt;
  let provenAt: Moment | null = null;
  let rotation: { phase: RotationPhase; readonly header: Header; readonly settings: Settings; readonly cancel: () => void } | null = null;
  let turn: Promise<unknown> = Promise.resolve(), calledAtMs = performance.now();

  const emit: Emit = <T extends TopicName>(topic: T, payload: Topic<T>) => { for (const listener of listeners) listener({ topic, payload }); };
  const rescues = createToldJobs(ports, emit);
  const fileTable: FileTable = Object.freeze({
    get: (id: string) => files.get(id),
    release(id: string) {
      const file = files.get(id);
      files.delete(id);
      if (file?.temporary) rmSync(file.path, { force: true });
    },
  });

  /** Opening and locking take turns, so that two of them never overlap. */
  const inTurn = <T>(body: () => Promise<T>): Promise<T> => {
    const next = turn.then(body, body);
    turn = next.catch(() => undefined);
    return next;
  };

  /** Of the vault that is open, or getting a new master key. */
  const settingsNow = (): Settings | null => session?.settings.get() ?? rotation?.settings ?? null;

  const autoLock = setInterval(() => {
    const now = moment(), slept = hasSlept(lookedAt, now);
    lookedAt = now;
    const settings = settingsNow();
    if (!settings) return;
    if (slept && settings.lockOnSleep) { void state.lock(); return; }
    // A long import is the person's own doing: it is not cut off in the middle.
    if (session === null || session.busy()) touchedAt = now;
    if (settings.autoLockMinutes !== null && isIdle(touchedAt, now, settings.autoLockMinutes)) void state.lock();
  }, AUTO_LOCK_CHECK_MS).unref();

  const tellStatus = (): void => { void dispatch('vault.status', undefined).then((status) => { if (status.ok) emit('vault.changed', status.value as Topic<'vault.changed'>); }); };
  const proven = (): void => { provenAt = moment(); };
  const openSessionOn = async (vault: OpenVault, opened: AuditType | null): Promise<Session> => {
    try {
      return await openSession({
        ports, emit, files: fileTable, vault, opened,
        onDiskFull: tellStatus, sinceCallMs: () => performance.now() - calledAtMs,
      });
    } catch (error) {
      // Damage the opening itself did not meet: a vault left open here would be in the way of saving what can be read.
      vault.close();
      throw error;
    }
  };
  /** What was put in place stays there, whether it can be opened here or not, and the person is told so. */
  const afterPlacing = async (what: string, setAside: string | null, open: () => Promise<Session>): Promise<Session> => {
    try {
      return await open();
    } catch (cause) {
      tellStatus();
      if (!(cause instanceof AppError)) throw cause;
      throw new AppError('ERR_PLACED_LOCKED', `The ${what} is in place, but was not unlocked: ${cause.message}${setAside ? ` What was there before is in ${setAside}.` : ''}`, { cause, details: { reason: cause.code, setAside } });
    }
  };
  const locking = (): void => { for (const listener of lockingListeners) listener(); };
  const locked = (): void => { for (const listener of lockedListeners) listener(); };

  const state: CoreState = Object.freeze({
    ports, emit, proven, rescues,
    session: () => session,
    settings: settingsNow,
    rotation: () => rotation,
    create: (passphrase: string) => inTurn(async () => {
      if (session) throw new AppError('ERR_VAULT_EXISTS', 'A vault is open already. Lock it first.');
      const { vault, recoveryPhrase } = await createVault(ports, passphrase);
      session = await openSessionOn(vault, 'vault.created');
      touchedAt = moment();
      proven();
      return { session, recoveryPhrase };
    }),
    unlock: (opener: Opener) => inTurn(async () => {
      if (session) {
        // Somebody else was quicker. A wrong secret is wrong all the same.
        if (!('keychain' in opener)) {
          await session.vault.prove(opener);
          proven();
        }
        return session;
      }
      // The passphrase is worked on by other threads meanwhile.
      setImmediate(warmRules, ports.resourcesDir);
      const vault = await unlockVault(ports, opener);
      session = await openSessionOn(vault, 'vault.unlocked');
      touchedAt = moment();
      // A keychain says which computer this is, not who sits at it.
      provenAt = 'keychain' in opener ? null : moment();
      return session;
    }),
    restore: (input: RestoreInput) => inTurn(async () => {
      noSession();
      const restored = await runJob(rescues, 'restore', (job) => restoreInPlace(ports, { ...input, job }));
      session = await afterPlacing('backup', restored.setAside, async () => openSessionOn(await unlockVault(ports, input.secret), 'vault.restored'));
      touchedAt = moment();
      proven();
      return { ...restored, entries: session.audit.size() };
    }),
    recover: (input: RecoverInput) => inTurn(async () => {
      noSession();
      const nowMs = ports.clock.nowMs();
      const into = folderBeside(ports.dataDir, 'recovering', nowMs);
      const report = await runJob(rescues, 'recover', async (job) => {
        const { tables, whole } = await recoverVault(ports, { ...input, into, job });
        // Before the folder it lies in is renamed. From here on it is too late to stop.
        input.onRead?.();
        return { tables, whole, setAside: putInPlace(into, ports.dataDir, 'damaged', nowMs) ?? '' };
      });
      session = await afterPlacing('recovered vault', report.setAside, async () => openSessionOn(await unlockVault(ports, input.secret), 'vault.unlocked'));
      // Without room for it, it is told this once.
      try { keepReport(session.vault.db, report); } catch (error) { if (!(error instanceof AppError)) throw error; }
      touchedAt = moment();
      proven();
      return report;
    }),
    lock() {
      if (session || rotation) locking();
      rotation?.cancel();
      rescues.cancelAll();
      return inTurn(async () => {
        const open = session;
        session = null;
        provenAt = null;
        open?.vault.settleKeys();
        for (const id of [...files.keys()]) fileTable.release(id);
        if (!open) return;
        // Once more for a vault that was still being opened when this was asked for.
        locking();
        try { await open.close(); } finally { locked(); }
      });
    },
    rotate: (passphrase: string) => inTurn(async () => {
      const before = openNow();
      if (before.busy()) throw new AppError('ERR_IMPORT_BUSY', 'Something is still being read or sorted. Wait until it is through, or stop it; then replace the key.');
      const { vault } = before;
      const stop = new AbortController();
      const underWay: NonNullable<typeof rotation> = { phase: 'copying', header: vault.header(), settings: before.settings.get(), cancel: () => { stop.abort(); } };
      rotation = underWay;
      session = null;
      try {
        await before.suspend('vault.rotation-started');
        const { reopen, recoveryPhrase, droppedSlots } = await vault.rotate(passphrase, {
          signal: stop.signal,
          onPhase(phase) {
            underWay.phase = phase;
            emit('vault.rotation', { phase });
          },
        });
        session = await openSessionOn(reopen(), null);
        return { session, recoveryPhrase, droppedSlots };
      } catch (error) {
        // Before the switch the vault is open as it was; after it, or when the disk failed, it is closed and the next unlock settles what holds.
        try { session ??= await openSessionOn(vault, 'vault.rotation-undone'); } catch { locked(); }
        throw error;
      } finally {
        rotation = null;
      }
    }),
    file(id: string) {
      const file = files.get(id);
      if (!file) throw new AppError('ERR_FILE_MISSING', 'That file is not at hand any more. Choose it again. Nothing was changed.');
      return file;
    },
    releaseFile: (id: string) => { fileTable.release(id); },
    touch() {
      touchedAt = moment();
      const minutes = session?.settings.get().autoLockMinutes ?? null;
      return minutes === null ? null : touchedAt.wallMs + minutes * 60_000;
    },
  } satisfies CoreState);

  const openNow = (): Session => {
    if (!session) throw new AppError('ERR_VAULT_LOCKED', 'The vault is locked. Unlock it first.');
    return session;
  };

  const answer = createDispatcher({
    handlers: createHandlers(state),
    gate: {
      isUnlocked: () => session !== null,
      isBusy: () => rotation !== null,
      isFresh: () => session !== null && decideFresh(provenAt, moment(), session.settings.get().askAgainMinutes),
      async prove(proof) {
        await openNow().vault.prove(proof);
        proven();
      },
    },
    correlationId: () => ports.randomBytes(6).toString('hex'),
    onUnexpected: (error, method, id) => { ports.log(`unexpected error ${id} in ${method}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`); },
  });

  const dispatch: Dispatch = (method, input) => {
    calledAtMs = performance.now();
    if (RECKONED_AHEAD.has(method)) session?.turns.wanted();
    return answer(method, input);
  };

  const noSession = (): void => { if (session) throw new AppError('ERR_VAULT_EXISTS', 'A vault is open here. Lock it first. Nothing was changed.'); };

  return Object.freeze({
    dispatch,
    onEvent(listener: (event: WireEvent) => void) {
      listeners.add(listener);
      return () => { listeners.delete(listener); };
    },
    onLocking(listener: () => void) { lockingListeners.add(listener); },
    onLocked(listener: () => void) { lockedListeners.add(listener); },
    grantFile(file: GrantedFile) { files.set(file.id, file); },
    backupTo: (path: string) => openNow().backups.make(path),
    restoreFrom: (path: string, secret: Secret, choices = { setAside: false, acceptOlder: false }) => state.restore({ file: { path }, secret, ...choices }),
    recoverInto: (into: string, input: RecoverInput) => inTurn(() => runJob(rescues, 'recover', (job) => recoverVault(ports, { ...input, into, job }))),
    exportTo: (path: string, lock: AgeLock) => openNow().moves.export(lock, path),
    serve: () => openNow().serve(),
    async close() {
      clearInterval(autoLock);
      await state.lock();
    },
  } satisfies Core);
}
