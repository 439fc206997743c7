/** Imports from the person's files: preview, run as one job, report, undo. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { z } from 'zod';
import type { Mapping, SavedMapping } from '../../../shared/api/mapping.ts';
import type { importReport, previewItem } from '../../../shared/api/sources.contract.ts';
import { UNDATED_MS } from '../../../shared/domain/records.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { AuditLog, AuditType } from '../audit/audit-log.ts';
import type { JobHandle, Jobs } from '../platform/jobs/jobs.ts';
import type { WritableDb } from '../platform/sqlite/types.ts';
import { runTask } from '../platform/workers/run-task.ts';
import type { CorePorts, GrantedFile } from '../ports.ts';
import { endImport, findImport, findStopped, insertImport, listImports, reopenImport, storedFormats, updateImport, type ImportIssueCount, type ImportReport, type ImportState } from '../records/imports.ts';
import type { SourceId } from '../../../shared/domain/records.ts';
import { forgetfulSources, forgetKept, forgottenSpans, setForgetful, type ForgottenSpan } from '../records/forgotten.ts';
import { createRecordWriter, removeRecords, removeReplaced, type RecordWriter } from '../records/record-writer.ts';
import { grainOf, onceFormatsOf } from './importers/index.ts';
import { sampleOf } from './inspect-task.ts';
import { forgetMapping, listMappings, namesOfOwn, saveMapping } from './mappings-repository.ts';
import { mappingIdOf, OWN_GRAIN_MS, ownFormatId } from './own.ts';
import { readPolicy, rememberPolicy } from './policies.ts';
import type { LeaveOut } from './strike.ts';
import { columnsTask, inspectTask, parseTask, RECORD_FIELDS, rowsTask, tryTask, type ColumnsPage, type DataSet, type InspectInput, type Inspection, type ParseBatch, type RowsPage, type TriedMapping, type UnknownFile } from './tasks.ts';
import { createWatchedFolder, type WatchedFolder } from './watched-folder.ts';

export type Report = z.output<typeof importReport>;
type PreviewItem = z.output<typeof previewItem>;

/** Called after records came or went; brings everything concluded from them up to date. */
export type OnRecordsChanged = (change: {
  readonly signal: AbortSignal;
  /** Share done, 0..1. */
  readonly onProgress: (share: number) => void;
}) => Promise<{ /** Preferences that are gone since. */ readonly removed: number }>;

export interface SourcesDeps {
  readonly db: WritableDb;
  readonly audit: AuditLog;
  readonly jobs: Jobs;
  readonly ports: Pick<CorePorts, 'dataDir' | 'log' | 'clock' | 'randomBytes' | 'workerUrl' | 'resourcesDir'>;
  readonly files: { get(id: string): GrantedFile | undefined; release(id: string): void };
  readonly onRecordsChanged: OnRecordsChanged;
  /** Forgets the records of these sources but for what they say. @returns how many */
  readonly onForgetful?: (sources: readonly SourceId[], signal: AbortSignal) => Promise<number>;
  /** Called when an export was found in the watched folder, or is gone from it. */
  readonly onFound?: () => void;
  /** How long looking through chosen files may take, in ms; two minutes unless given. */
  readonly previewLimitMs?: number;
}

export interface Preview {
  readonly previewId: string; readonly items: PreviewItem[]; readonly unrecognised: Inspection['unrecognised'][number][];
  /** Tables and lists no importer knows; they are among the unrecognised, too. */
  readonly unknown: { readonly key: string; readonly file: string; readonly sizeBytes: number }[];
}
/** One file of a preview by its key. */
export interface OfPreview { readonly previewId: string; readonly key: string }
export interface Choice { readonly key: string; readonly profiles?: readonly string[] | undefined; readonly leaveOut?: LeaveOut | undefined }

export interface SourcesService {
  /**
   * Looks into granted files; stores nothing.
   *
   * @throws {AppError} ERR_FILE_MISSING for an unknown id; ERR_PREVIEW_TIMEOUT; ERR_MEMORY_EXCEEDED; ERR_VAULT_LOCKED when it locks meanwhile; the first problem when no file holds an export, or with `keepUnknown` none of which the person could say what is in it either
   */
  preview(fileIds: readonly string[], options?: { readonly keepUnknown: boolean }): Promise<Preview>;
  /** What is to be found in the folder the person lets the vault look at. */
  readonly watched: Pick<WatchedFolder, 'state' | 'choose' | 'look' | 'dismiss'>;
  /** Looks into a file found there, as {@link preview} does. It is not offered again. */
  previewWatched(name: string): Promise<Preview>;
  /** Begins to look at that folder every now and then. */
  watch(): void;
  /** @throws {AppError} ERR_FILE_MISSING when the app was installed without its samples */
  previewSamples(): Promise<Preview>;
  /** Some rows of one data set as they would be stored, and what there is in all of it. @throws {AppError} ERR_PREVIEW_UNKNOWN, ERR_PREVIEW_TIMEOUT, ERR_VAULT_LOCKED, or whatever reading ends in */
  rows(input: { readonly previewId: string; readonly key: string; readonly profiles?: readonly string[] | undefined; readonly text: string }): Promise<RowsPage>;
  /** What the columns of a file are called and most likely are. @throws {AppError} as {@link SourcesService.rows} */
  columns(input: OfPreview & { readonly headerless?: boolean | undefined }): Promise<ColumnsPage>;
  /** The first rows as they would be stored by what the person says, and what became of all. Stores nothing. @throws {AppError} as {@link SourcesService.rows} */
  tryMapping(input: OfPreview & { readonly mapping: Mapping }): Promise<TriedMapping>;
  /** Keeps what the person said; the file, and others of the preview like it, are recognised from now on. @throws {AppError} as {@link SourcesService.rows}, ERR_MAPPING_EMPTY when not one row could be read by it */
  saveMapping(input: OfPreview & { readonly mapping: Mapping }): Promise<{ readonly mappingId: string; readonly items: PreviewItem[]; /** Keys of files that are not unknown any more. */ readonly keys: string[] }>;
  /** Newest first. */
  mappings(): readonly SavedMapping[];
  /** @throws {AppError} ERR_MAPPING_UNKNOWN */
  renameMapping(mappingId: string, name: string): void;
  /** Files of the kind are not recognised any more; what was imported stays, under its name. @throws {AppError} ERR_MAPPING_UNKNOWN */
  deleteMapping(mappingId: string): void;
  /** Forgets a preview and deletes the host's copies of its files. */
  discardPreview(previewId: string): boolean;
  /** Starts one job over the chosen data sets. @throws {AppError} ERR_PREVIEW_UNKNOWN, ERR_IMPORT_BUSY */
  import(previewId: string, choices: readonly Choice[]): string;
  /** Newest first. */
  imports(): Report[];
  /** Removes an import's records in one transaction with its audit entry. @throws {AppError} ERR_IMPORT_UNKNOWN, ERR_IMPORT_BUSY */
  /** Sources of which only the conclusions are kept. */
  retention(): SourceId[];
  /** What is there of the source is forgotten at once when only the conclusions are to be kept. Audited as `source.reduced`, `source.kept`. @returns how many records went. @throws {AppError} ERR_IMPORT_BUSY */
  setRetention(source: SourceId, keep: 'records' | 'conclusions'): Promise<number>;
  undo(importId: string): Promise<{ importId: string; records: number; preferences: number }>;
  /** Ends what a crash left running, keeping what was stored. Call once after unlocking. @returns true when there was something */
  recoverInterrupted(): boolean;
  /** Forgets all previews and abandons those still being made. */
  close(): void;
}

const mappingUnknown = (): AppError => new AppError('ERR_MAPPING_UNKNOWN', 'There is no such source of your own any more. Nothing was changed.');
const previewOver = (): AppError => new AppError('ERR_PREVIEW_UNKNOWN', 'This preview is over. Choose the files again. Nothing was imported.');

/** Of one data set at once. */
const ROWS_SHOWN = 300;
const PREVIEW_MS = 30 * 60_000;
const PREVIEW_LIMIT_MS = 2 * 60_000;
const SAMPLES_PER_CODE = 5;
/** No estimate before this much is known. */
const ESTIMATE_AFTER_MS = 1_000, ESTIMATE_AFTER_SHARE = 0.02;

interface OpenPreview { readonly dataSets: Map<string, DataSet>; readonly unknown: Map<string, UnknownFile>; readonly fileIds: readonly string[]; readonly sample: boolean; readonly timer: NodeJS.Timeout }

export function createSourcesService(deps: SourcesDeps): SourcesService {
  const { db, audit, jobs, ports, files } = deps;
  const previews = new Map<string, OpenPreview>();
  const closing = new AbortController();
  /** Endings of imports for which the disk had no room yet. */
  const postponed: (() => void)[] = [];
  let undoing = false;
  const newId = (prefix: string): string => `${prefix}_${ports.randomBytes(12).toString('base64url')}`;

  const policyOf = (dataSet: DataSet): PreviewItem['policy'] => {
    const policy = readPolicy(db, policyKey(dataSet));
    return policy && { kinds: policy.kinds?.map((kind) => ({ ...kind })), fields: policy.fields && [...policy.fields], sensitive: policy.sensitive };
  };

  const forget = (previewId: string): boolean => {
    const preview = previews.get(previewId);
    if (!preview) return false;
    previews.delete(previewId);
    clearTimeout(preview.timer);
    for (const id of preview.fileIds) files.release(id);
    return true;
  };

  const itemOf = (key: string, dataSet: DataSet, sample: boolean): PreviewItem => {
    const { source, format, own, file, sizeBytes, profiles, optIn, keeps, drops, sample: rows } = dataSet;
    return {
      key, source, format, file, sizeBytes, profiles: [...profiles], optIn, keeps: [...keeps], drops: [...drops], sample: [...rows], own: own && { mappingId: own.id, name: own.mapping.name, savedAtMs: own.savedAtMs, mapping: own.mapping },
      policy: sample ? null : policyOf(dataSet), stoppedAt: sample ? null : findStopped(db, { format, file, sizeBytes, choice: null })?.read ?? null,
    };
  };

  /** Work on one file of a preview, as long as the person would wait for it. */
  const within = async <T>(work: (signal: AbortSignal) => Promise<T>, tooLong: string): Promise<T> => {
    const limit = AbortSignal.timeout(deps.previewLimitMs ?? PREVIEW_LIMIT_MS);
    return await work(AbortSignal.any([limit, closing.signal])).catch((error: unknown) => {
      if (closing.signal.aborted) throw new AppError('ERR_VAULT_LOCKED', 'The vault was locked before the rows were looked through. Nothing was imported.');
      if (limit.aborted) throw new AppError('ERR_PREVIEW_TIMEOUT', tooLong);
      throw error;
    });
  };

  const partOf = ({ previewId, key }: OfPreview): UnknownFile['part'] => {
    const preview = previews.get(previewId);
    const part = preview?.unknown.get(key)?.part ?? preview?.dataSets.get(key)?.parts[0];
    if (!part) throw previewOver();
    return part;
  };

  const tryOn = (part: UnknownFile['part'], mapping: Mapping, names: readonly string[] | null): Promise<TriedMapping> =>
    within((signal) => runTask(ports.workerUrl, tryTask, { part, mapping, names, nowMs: ports.clock.nowMs() }, { signal }), 'Trying this out took too long, so it was stopped. Nothing was kept.');

  const grainOfAny = (format: string): number => (mappingIdOf(format) === null ? grainOf(format) : OWN_GRAIN_MS);

  const look = async (chosen: InspectInput['chosen'], fileIds: readonly string[], { sample, keepUnknown }: { readonly sample: boolean; readonly keepUnknown: boolean }): Promise<Preview> => {
    const letGo = (): void => { for (const id of fileIds) files.release(id); };
    const limit = AbortSignal.timeout(deps.previewLimitMs ?? PREVIEW_LIMIT_MS);
    const inspection = runTask(ports.workerUrl, inspectTask, { chosen, nowMs: ports.clock.nowMs(), own: sample ? [] : listMappings(db) }, { signal: AbortSignal.any([limit, closing.signal]) });
    const { dataSets, unrecognised, unknown } = await inspection.catch((error: unknown) => {
      letGo();
      if (closing.signal.aborted) throw new AppError('ERR_VAULT_LOCKED', 'The vault was locked before the files were looked through. Nothing was imported.');
      if (limit.aborted) throw new AppError('ERR_PREVIEW_TIMEOUT', 'Looking through these files took too long, so it was stopped. Choose the files of one export at a time. Nothing was imported.');
      throw error;
    });
    if (dataSets.length === 0 && (unknown.length === 0 || !keepUnknown)) {
      letGo();
      // What is wrong with a file says more than that another is something else.
      const problem = unrecognised.find((file) => file.code !== 'ERR_SOURCE_UNRECOGNISED') ?? unrecognised[0];
      throw new AppError(problem?.code ?? 'ERR_SOURCE_UNRECOGNISED', problem?.message ?? 'There is no export in there that Penchant can read. Nothing was imported.', {
        details: { files: unrecognised.slice(0, 20).map(({ file, code }) => ({ file, code })) },
      });
    }
    const previewId = newId('pre');
    const keyed = new Map(dataSets.map((dataSet, i) => [`${i}:${dataSet.format}`, dataSet]));
    const timer = setTimeout(() => { forget(previewId); }, PREVIEW_MS).unref();
    const open = new Map(keepUnknown ? unknown.map((file, i) => [`unknown:${i}`, file]) : []);
    previews.set(previewId, { dataSets: keyed, unknown: open, fileIds, sample, timer });
    const items = [...keyed].map(([key, dataSet]) => itemOf(key, dataSet, sample));
    return { previewId, items, unrecognised: [...unrecognised], unknown: [...open].map(([key, { file, part }]) => ({ key, file, sizeBytes: part.sizeBytes })) };
  };

  /** Ends an import in one transaction with its audit entry. */
  const settle = (number: number, id: string, state: Exclude<ImportState, 'running'>, type: AuditType, counts: Readonly<Record<string, number>>, reason: string | null): void => {
    endImport(db, number, state, ports.clock.nowMs());
    audit.append({ type, importId: id, counts, reason, ...(state === 'failed' ? { outcome: 'refused' as const } : {}) });
  };

  /** Runs one data set to its end, whatever that is. Only bugs and a broken database are thrown on. @returns the error it failed with, or null */
  const importOne = async (dataSet: DataSet, choice: Choice, sample: boolean, handle: JobHandle, { tell, begun, waited }: { readonly tell: (batch: ParseBatch) => void; readonly begun: (id: string) => void; /** Told how long the person let it wait, in ms. */ readonly waited: (ms: number) => void }): Promise<AppError | null> => {
    const of = { sizeBytes: dataSet.sizeBytes, choice: choiceHash(dataSet, choice) };
    // The same rows, chosen in the same way: it goes on where it stopped.
    const stopped = sample ? null : findStopped(db, { ...of, format: dataSet.format, file: dataSet.file });
    const id = stopped?.id ?? newId('imp');
    const storedGrainsMs = [...new Set(storedFormats(db, dataSet.source).map(grainOfAny))];
    const number = stopped?.number ?? insertImport(db, { id, source: dataSet.source, format: dataSet.format, file: dataSet.file, sample, startedAtMs: ports.clock.nowMs(), of });
    if (stopped) reopenImport(db, number);
    begun(id);
    const onceFormats = onceFormatsOf(dataSet.source);
    const writer = createRecordWriter(db, { source: dataSet.source, importNumber: number, grainMs: grainOfAny(dataSet.format), storedGrainsMs, saysOnce: onceFormats.includes(dataSet.format) });
    const tally = createTally(stopped);
    const store = createStore(writer, forgottenSpans(db, dataSet.source));
    try {
      const profiles = choice.profiles ? [...choice.profiles] : null;
      await runTask(ports.workerUrl, parseTask, { parts: dataSet.parts, beside: dataSet.beside, format: dataSet.format, own: dataSet.own, profiles, nowMs: ports.clock.nowMs(), resourcesDir: ports.resourcesDir, skip: stopped?.read ?? 0, leaveOut: choice.leaveOut ?? null }, {
        signal: handle.signal,
        async onBatch(batch) {
          waited(await handle.whilePaused());
          // Stopped while it was paused.
          if (handle.signal.aborted) return;
          db.transaction(() => {
            store(batch, tally);
            updateImport(db, number, tally.progress());
          });
          tell(batch);
        },
      });
      db.transaction(() => { removeReplaced(db, dataSet.source, onceFormats); settle(number, id, 'done', 'import.finished', tally.counts(), null); });
      return null;
    } catch (error) {
      if (error instanceof AppError && error.code === 'ERR_CANCELLED') {
        db.transaction(() => { removeReplaced(db, dataSet.source, onceFormats); settle(number, id, 'cancelled', 'import.cancelled', tally.counts(), null); });
        return null;
      }
      const code = error instanceof AppError ? error.code : 'ERR_INTERNAL';
      // A file that cannot be read to its end changes nothing: what it brought so far goes again.
      const end = (): void => { db.transaction(() => {
        removeRecords(db, number);
        const issues: ImportIssueCount[] = [{ code, position: dataSet.file, count: 1 }];
        updateImport(db, number, { read: 0, added: 0, duplicate: 0, skipped: 0, issues, firstRecordMs: null, lastRecordMs: null });
        settle(number, id, 'failed', 'import.failed', { added: 0 }, code);
      }); };
      try { end(); } catch (again) {
        // On a full disk even taking away needs room. It is tried again whenever something else is to be done, and at the next unlocking at the latest.
        if (!isFull(again)) throw again;
        postponed.push(end);
      }
      if (error instanceof AppError) return error;
      throw error;
    }
  };

  /** Ends what could not be ended before, as far as there is room by now. */
  const endPostponed = (): void => {
    try {
      for (let end = postponed[0]; end; end = postponed[0]) { end(); postponed.shift(); }
    } catch (error) {
      if (!isFull(error)) throw error;
    }
  };

  const watched = createWatchedFolder({
    db, ports, onFound: () => { deps.onFound?.(); },
    inspect: ({ path, name }, signal) => runTask(ports.workerUrl, inspectTask, { chosen: [{ fileId: 'watched', path, name }], nowMs: ports.clock.nowMs(), own: listMappings(db) }, { signal: AbortSignal.any([AbortSignal.timeout(deps.previewLimitMs ?? PREVIEW_LIMIT_MS), signal]) }),
  });

  const refresh = (handle: JobHandle, signal: AbortSignal): Promise<{ removed: number }> => {
    const startedAtMs = ports.clock.nowMs();
    handle.update({ phase: 'understanding', remainingMs: null });
    return deps.onRecordsChanged({
      signal,
      onProgress(share) {
        const spentMs = ports.clock.nowMs() - startedAtMs;
        if (share >= ESTIMATE_AFTER_SHARE && spentMs >= ESTIMATE_AFTER_MS) handle.update({ remainingMs: Math.round((spentMs / share) * (1 - share)) });
      },
    });
  };

  const run = async (chosen: readonly (readonly [DataSet, Choice])[], sample: boolean, handle: JobHandle): Promise<void> => {
    const totalBytes = chosen.reduce((sum, [dataSet]) => sum + dataSet.sizeBytes, 0);
    const startedAtMs = ports.clock.nowMs();
    const ids: string[] = [];
    const reports = (): Report[] => ids.flatMap((id) => { const report = findImport(db, id); return report ? [toReport(report, namesOfOwn(db))] : []; });
    let finishedBytes = 0, records = 0, pausedMs = 0;
    let problem: AppError | null = null;
    handle.update({ phase: 'reading', totalBytes, subject: chosen[0]?.[0].file ?? '' });
    for (const [dataSet, choice] of chosen) {
      if (handle.signal.aborted) break;
      const failed = await importOne(dataSet, choice, sample, handle, {
        waited(ms) { pausedMs += ms; },
        begun(id) { ids.push(id); },
        tell(batch) {
          records += batch.read;
          const doneBytes = finishedBytes + batch.doneBytes;
          const spentMs = ports.clock.nowMs() - startedAtMs - pausedMs;
          const share = totalBytes === 0 ? 0 : doneBytes / totalBytes;
          const known = spentMs >= ESTIMATE_AFTER_MS && share >= ESTIMATE_AFTER_SHARE;
          handle.update({ doneBytes, records, subject: batch.subject, remainingMs: known ? Math.round((spentMs / share) * (1 - share)) : null });
        },
      });
      problem ??= failed;
      finishedBytes += dataSet.sizeBytes;
      handle.update({ doneBytes: finishedBytes, reports: reports() });
    }
    const isAdded = reports().some((report) => report.added > 0);
    // Cancelled before or in the midst of it, the profile still has to fit what stayed; when the vault is locking, the next unlocking sees to it.
    if (isAdded && !handle.closing.aborted) await refresh(handle, handle.closing);
    handle.update({ reports: reports() });
    if (problem) throw problem;
  };

  const refuseWhileBusy = (): void => {
    if (undoing || jobs.isChanging()) throw new AppError('ERR_IMPORT_BUSY', 'Another import is still at work. Wait for it or stop it first.');
  };

  return Object.freeze({
    async preview(fileIds, { keepUnknown } = { keepUnknown: false }) {
      const chosen = [...new Set(fileIds)].map((id) => {
        const file = files.get(id);
        if (!file) throw new AppError('ERR_FILE_MISSING', 'One of the files is not at hand any more. Choose it again. Nothing was imported.');
        return { fileId: id, path: file.path, sealKey: file.sealKey, name: file.name };
      });
      return look(chosen, chosen.map((file) => file.fileId), { sample: false, keepUnknown });
    },
    watched,
    async previewWatched(name) {
      const path = watched.take(name);
      return look([{ fileId: 'watched', path, name }], [], { sample: false, keepUnknown: true });
    },
    watch() { watched.start(); },
    previewSamples: () => look([{ fileId: 'samples', path: join(ports.resourcesDir, 'samples'), name: 'samples' }], [], { sample: true, keepUnknown: false }),
    async rows({ previewId, key, profiles, text }) {
      const dataSet = previews.get(previewId)?.dataSets.get(key);
      if (!dataSet) throw previewOver();
      const input = { parts: dataSet.parts, beside: dataSet.beside, format: dataSet.format, own: dataSet.own, profiles: profiles ? [...profiles] : null, nowMs: ports.clock.nowMs(), resourcesDir: ports.resourcesDir, text, limit: ROWS_SHOWN };
      return await within((signal) => runTask(ports.workerUrl, rowsTask, input, { signal }), 'Going through all rows took too long, so it was stopped. You can import the file all the same. Nothing was imported so far.');
    },
    async columns({ headerless, ...of }) {
      const part = partOf(of);
      return await within((signal) => runTask(ports.workerUrl, columnsTask, { part, headerless: headerless ?? null, nowMs: ports.clock.nowMs() }, { signal }), 'Looking at this file took too long, so it was stopped. Nothing was imported.');
    },
    async tryMapping({ mapping, ...of }) { return await tryOn(partOf(of), mapping, null); },
    async saveMapping({ mapping, ...of }) {
      const { previewId } = of;
      const tried = await tryOn(partOf(of), mapping, null);
      if (tried.kept === 0) throw new AppError('ERR_MAPPING_EMPTY', 'Not one row could be read that way, so it was not kept. Check which column is the title and how the dates are written.');
      const preview = previews.get(previewId);
      if (!preview) throw previewOver();
      const edited = preview.dataSets.get(of.key)?.own ?? null;
      const saved: SavedMapping = { id: edited?.id ?? newId('map'), savedAtMs: ports.clock.nowMs(), shape: tried.shape, names: [...tried.names], mapping };
      db.transaction(() => {
        saveMapping(db, saved);
        audit.append({ type: 'source.described', counts: { columns: mapping.columns.length } });
      });
      const recognised = new Map<string, DataSet>(), keys: string[] = [];
      const take = (key: string, dataSet: Pick<DataSet, 'fileId' | 'file' | 'parts' | 'sizeBytes'>, { rows }: TriedMapping): void => {
        const kept = mapping.columns.map(({ name }) => name);
        recognised.set(key, { ...dataSet, beside: [], source: 'own', format: ownFormatId(saved.id), own: saved, profiles: [], optIn: false, keeps: kept, drops: mapping.headerless ? [] : saved.names.filter((name) => !kept.some((one) => one === name || one.startsWith(`${name}.`))), sample: rows.map(sampleOf) });
      };
      const before = preview.dataSets.get(of.key);
      if (before) take(of.key, before, tried);
      for (const [key, { fileId, file, part }] of preview.unknown) {
        const isChosen = key === of.key;
        // Others of the same form need not be described again.
        const outcome = isChosen ? tried : await tryOn(part, mapping, saved.names).catch((error: unknown) => { if (error instanceof AppError && error.code !== 'ERR_VAULT_LOCKED') return null; throw error; });
        if (outcome === null || outcome.kept === 0) continue;
        keys.push(key);
        take(`${key}:${saved.id}`, { fileId, file, parts: [part], sizeBytes: part.sizeBytes }, outcome);
      }
      for (const key of keys) preview.unknown.delete(key);
      for (const [key, dataSet] of recognised) preview.dataSets.set(key, dataSet);
      return { mappingId: saved.id, items: [...recognised].map(([key, dataSet]) => itemOf(key, dataSet, false)), keys };
    },
    mappings: () => listMappings(db),
    renameMapping(mappingId, name) {
      const saved = listMappings(db).find(({ id }) => id === mappingId);
      if (!saved) throw mappingUnknown();
      db.transaction(() => { saveMapping(db, { ...saved, mapping: { ...saved.mapping, name } }); });
    },
    deleteMapping(mappingId) {
      db.transaction(() => {
        if (!forgetMapping(db, mappingId)) throw mappingUnknown();
        audit.append({ type: 'source.forgotten' });
      });
    },
    discardPreview: forget,
    import(previewId, choices) {
      const preview = previews.get(previewId);
      const chosen = choices.map((choice) => [preview?.dataSets.get(choice.key), choice] as const).filter((pair): pair is readonly [DataSet, Choice] => pair[0] !== undefined);
      if (!preview || chosen.length !== choices.length) throw previewOver();
      refuseWhileBusy();
      if (!preview.sample) db.transaction(() => { for (const [dataSet, { leaveOut }] of chosen) if (leaveOut) rememberPolicy(db, policyKey(dataSet), leaveOut); });
      // From here on the job owns the files.
      previews.delete(previewId);
      clearTimeout(preview.timer);
      return jobs.start('import', async (handle) => {
        try { endPostponed(); await run(chosen, preview.sample, handle); } finally { for (const id of preview.fileIds) files.release(id); }
      });
    },
    imports() {
      endPostponed();
      const names = namesOfOwn(db);
      return listImports(db).map((report) => toReport(report, names));
    },
    async undo(importId) {
      refuseWhileBusy();
      endPostponed();
      const found = findImport(db, importId);
      if (!found || found.state === 'undone' || found.state === 'failed') throw new AppError('ERR_IMPORT_UNKNOWN', 'There is no such import, or it was undone already. Nothing was changed.');
      undoing = true;
      try {
        const records = db.transaction(() => {
          const removed = removeRecords(db, found.number);
          forgetKept(db, found.number);
          settle(found.number, importId, 'undone', 'import.undone', { records: removed }, null);
          return removed;
        });
        const { removed } = await deps.onRecordsChanged({ signal: new AbortController().signal, onProgress: () => undefined });
        return { importId, records, preferences: removed };
      } finally {
        undoing = false;
      }
    },
    retention: () => forgetfulSources(db),
    async setRetention(source, keep) {
      refuseWhileBusy();
      endPostponed();
      undoing = true;
      try {
        db.transaction(() => {
          setForgetful(db, source, keep === 'conclusions');
          audit.append({ type: keep === 'conclusions' ? 'source.reduced' : 'source.kept' });
        });
        return keep === 'conclusions' ? await deps.onForgetful?.([source], new AbortController().signal) ?? 0 : 0;
      } finally {
        undoing = false;
      }
    },
    recoverInterrupted() {
      const left = listImports(db).filter((report) => report.state === 'running');
      for (const report of left) {
        const found = findImport(db, report.id);
        if (found) db.transaction(() => { settle(found.number, found.id, 'cancelled', 'import.cancelled', { read: found.read, added: found.added, duplicate: found.duplicate, skipped: found.skipped }, 'interrupted'); });
      }
      return left.length > 0;
    },
    close() {
      watched.close();
      closing.abort();
      for (const id of [...previews.keys()]) forget(id);
      endPostponed();
    },
  } satisfies SourcesService);
}

/** Each of a person's own sources is one for itself. */
const policyKey = ({ source, format }: DataSet): string => (source === 'own' ? format : source);

/** Over everything that decides which rows an import stores. Names that were struck out are not written down: this is all that stays of them. */
const choiceHash = ({ parts, beside, format, own }: DataSet, { profiles, leaveOut }: Choice): Buffer =>
  createHash('sha256').update(JSON.stringify([...(own ? [own.mapping] : []), format, parts.map(({ label, sizeBytes }) => [label, sizeBytes]), profiles ?? null, leaveOut ?? null, ...beside.map(({ label, sizeBytes }) => [label, sizeBytes])])).digest();

const isFull = (error: unknown): boolean => error instanceof AppError && error.code === 'ERR_STORAGE_FULL';

/** The format is the importer's own business, but for what the person calls a source of their own. */
function toReport(report: ImportReport, names: ReadonlyMap<string, string>): Report {
  const { id, source, file, read, added, duplicate, skipped, issues, startedAtMs, finishedAtMs, state, firstRecordMs, lastRecordMs, sample, forgotten } = report;
  return { id, source, own: names.get(report.format) ?? null, file, read, added, duplicate, skipped, issues: issues.map((issue) => ({ ...issue })), startedAtMs, finishedAtMs, state, firstRecordMs, lastRecordMs, sample, forgotten };
}

const orNull = (value: number | undefined): number | null => (value === undefined || Number.isNaN(value) ? null : value);

/** Stores batch after batch of one file. What lies in a stretch of time that was forgotten is known already: it is not stored, nor is the name of what is in no other. */
function createStore(writer: RecordWriter, spans: readonly ForgottenSpan[]): (batch: ParseBatch, tally: Tally) => void {
  const itemIds: number[] = [];
  const waiting = new Map<number, { readonly item: ParseBatch['items'][number]; readonly fingerprint: Uint8Array; readonly spans: readonly ForgottenSpan[] }>();
  const isForgotten = (index: number, atMs: number): boolean => waiting.get(index)?.spans.some(({ fromMs, toMs }) => atMs >= fromMs && atMs <= toMs) ?? false;
  const idOf = (index: number): number => {
    const known = itemIds[index], held = waiting.get(index);
    return known ?? (held ? (itemIds[index] = writer.itemId(held.item, held.fingerprint)) : 0);
  };
  return (batch, tally) => {
    batch.items.forEach((item, i) => {
      const fingerprint = batch.fingerprints.subarray(i * 16, i * 16 + 16), index = batch.firstItem + i, own = spans.filter(({ kind, act }) => kind === item.kind && act === item.act);
      if (own.length === 0) itemIds[index] = writer.itemId(item, fingerprint);
      else waiting.set(index, { item, fingerprint: fingerprint.slice(), spans: own });
    });
    storeRecords(writer, batch, tally, idOf, isForgotten);
  };
}

function storeRecords(writer: RecordWriter, batch: ParseBatch, tally: Tally, idOf: (index: number) => number, isForgotten: (index: number, atMs: number) => boolean): void {
  const { records } = batch;
  for (let at = 0; at < records.length; at += RECORD_FIELDS) {
    const atMs = records[at] ?? 0, index = records[at + 1] ?? 0;
    if (isForgotten(index, atMs)) continue;
    const currency = orNull(records[at + 6]);
    writer.add({
      atMs, itemId: idOf(index), variant: records[at + 2] ?? 0, durationMs: orNull(records[at + 3]), quantity: orNull(records[at + 4]), amountMinor: orNull(records[at + 5]),
      currency: currency === null ? null : (batch.currencies[currency] ?? null),
      background: records[at + 7] === 1,
    });
    tally.cover(atMs);
  }
  const added = writer.flush();
  tally.count(batch, added, records.length / RECORD_FIELDS - added);
}

interface Tally {
  cover(atMs: number): void;
  count(batch: ParseBatch, added: number, duplicate: number): void;
  progress(): { read: number; added: number; duplicate: number; skipped: number; issues: ImportIssueCount[]; firstRecordMs: number | null; lastRecordMs: number | null };
  counts(): { read: number; added: number; duplicate: number; skipped: number };
}

/** `from`: what an import that goes on had counted before. */
function createTally(from: ImportReport | null): Tally {
  let { read, added, duplicate, skipped, firstRecordMs, lastRecordMs } = from ?? { read: 0, added: 0, duplicate: 0, skipped: 0, firstRecordMs: null, lastRecordMs: null };
  const issues = new Map<string, { count: number; readonly samples: string[] }>();
  for (const { code, position, count } of from?.issues ?? []) {
    const issue = issues.get(code) ?? { count: 0, samples: [] };
    issue.count += count;
    issue.samples.push(position);
    issues.set(code, issue);
  }
  const counts = () => ({ read, added, duplicate, skipped });
  return {
    cover(atMs) {
      if (atMs === UNDATED_MS) return;
      if (firstRecordMs === null || atMs < firstRecordMs) firstRecordMs = atMs;
      if (lastRecordMs === null || atMs > lastRecordMs) lastRecordMs = atMs;
    },
    count(batch, newOnes, known) {
      read += batch.read;
      skipped += batch.skipped;
      added += newOnes;
      duplicate += known;
      for (const { code, count, samples } of batch.issues) {
        const issue = issues.get(code) ?? { count: 0, samples: [] };
        issue.count += count;
        issue.samples.push(...samples.slice(0, SAMPLES_PER_CODE - issue.samples.length));
        issues.set(code, issue);
      }
    },
    // The counts of one code add up to how often it occurred.
    progress: () => ({
      ...counts(), firstRecordMs, lastRecordMs,
      issues: [...issues].flatMap(([code, { count, samples }]) => samples.map((position, i) => ({ code, position, count: i === samples.length - 1 ? count - i : 1 }))),
    }),
    counts,
  };
}
