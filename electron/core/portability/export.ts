/** Writes the whole export: a zip of open formats inside one age file, streamed so that a large vault needs little memory. */
import { closeSync, createWriteStream, existsSync, fsyncSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import yazl from 'yazl';
import { UNDATED_MS } from '../../../shared/domain/records.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import type { EnrichmentService } from '../enrichment/enrichment-service.ts';
import { syncFolder } from '../platform/files/atomic-file.ts';
import type { ReadableDb } from '../platform/sqlite/types.ts';
import type { SettingsService } from '../settings/settings.ts';
import { encryptAge, type AgeLock } from './age-file.ts';
import { csvRow } from '../../../shared/domain/csv-cells.ts';
import { exportSchema, FILES, type ProfileFile } from './export-format.ts';
import { countAll, countClosed, listCompanies, listFloors, listGrants, listImportFiles, listKept, listNotMe, listOwnSources, listRefused, listRejections, listRequests, listStatements, listTemplates, listTold, pagesOfItems, pagesOfRecords, readBreathing } from './portability-repository.ts';

export interface ExportDeps {
  readonly db: ReadableDb;
  readonly audit: Pick<AuditLog, 'list' | 'size'>;
  readonly enrichment: Pick<EnrichmentService, 'preferences' | 'why'>;
  readonly settings: Pick<SettingsService, 'get'>;
}
export interface ExportOptions { readonly path: string; readonly lock: AgeLock; readonly nowMs: number; readonly signal: AbortSignal; readonly randomBytes: (size: number) => Buffer; readonly onRecords?: (records: number) => void }

const LOG_PAGE = 500;
/** So that spreadsheets read UTF-8. */
const MARK = '\uFEFF';

/**
 * Nothing is encrypted twice and nothing in plain text touches the disk.
 *
 * @throws {AppError} ERR_FILE_EXISTS, ERR_FILE_MISSING, ERR_RECIPIENT_INVALID, ERR_STORAGE_FULL, ERR_CANCELLED; nothing of the file is then left
 */
export async function writeExport(deps: ExportDeps, options: ExportOptions): Promise<{ readonly sizeBytes: number; readonly counts: ProfileFile['counts'] }> {
  const { path, signal } = options;
  if (existsSync(path)) throw new AppError('ERR_FILE_EXISTS', `${basename(path)} exists already. Choose another name; it was not overwritten.`);
  if (!existsSync(dirname(path))) throw new AppError('ERR_FILE_MISSING', 'The folder for the export does not exist. Create it, or choose another one.');
  const unfinished = `${path}.part`;
  const counts = countAll(deps.db);
  const entries = deps.audit.size();
  try {
    const zip = new yazl.ZipFile();
    const output = zip.outputStream;
    const fail = (error: unknown): void => { if (output instanceof Readable) output.destroy(error instanceof Error ? error : new Error(String(error))); };
    zip.on('error', fail);
    const form = { mtime: new Date(options.nowMs), mode: 0o100_600 };
    const add = (name: string, chunks: () => AsyncGenerator<string, void>): void => {
      zip.addReadStreamLazy(name, form, (give) => { give(null, Readable.from(guarded(chunks(), signal, fail), { objectMode: false })); });
    };
    add(FILES.readme, once(() => README));
    add(FILES.schema, once(() => JSON.stringify(exportSchema(), null, 1)));
    add(FILES.profile, () => profileText(deps, counts, options.nowMs));
    add(FILES.items, async function* () { for (const page of pagesOfItems(deps.db)) { yield page.map((row) => `${JSON.stringify(row)}\n`).join(''); await nextTurn(); } });
    add(FILES.records, async function* () {
      let done = 0;
      for (const page of pagesOfRecords(deps.db)) {
        yield page.map(({ atMs, item, variant, import: from, grainMs, durationMs, quantity, amountMinor, currency, background }) => `${JSON.stringify({ atMs, item, variant, import: from, grainMs, durationMs, quantity, amountMinor, currency, background })}\n`).join('');
        options.onRecords?.(done += page.length);
        await nextTurn();
      }
    });
    add(FILES.log, async function* () { for await (const page of pagesOfLog(deps.audit, entries)) yield page.map((entry) => `${JSON.stringify(entry)}\n`).join(''); });
    add(FILES.recordsCsv, async function* () {
      yield MARK + csvRow(['time', 'source', 'kind', 'act', 'title', 'creator', 'collection', 'category', 'seconds', 'quantity', 'amount_minor', 'currency', 'import']);
      for (const page of pagesOfRecords(deps.db)) {
        yield page.map((r) => csvRow([r.atMs === UNDATED_MS ? '' : isoTime(r.atMs), r.source, r.kind, r.act, r.title, r.creator, r.collection, r.category, r.durationMs === null ? null : r.durationMs / 1_000, r.quantity, r.amountMinor, r.currency, r.import])).join('');
        await nextTurn();
      }
    });
    add(FILES.preferencesCsv, once(() => MARK + csvRow(['claim', 'value', 'words', 'strength', 'confidence', 'origin', 'records', 'last_seen'])
      + openPreferences(deps).map((p) => csvRow([p.claim, p.value, p.path.join(' › '), p.strength, p.confidence, p.origin, p.evidence, isoTime(p.lastSeenMs)])).join('')));
    add(FILES.grantsCsv, once(() => MARK + csvRow(['grant', 'company', 'name', 'state', 'claims', 'granted', 'expires', 'ended', 'answers', 'refused'])
      + listGrants(deps.db).map((g) => csvRow([g.grantId, g.companyId, g.companyName, g.state, g.claims.map((c) => `${c.claim}:${c.precision}`).join(' '), isoTime(g.grantedAtMs), isoTime(g.expiresAtMs), g.endedAtMs === null ? null : isoTime(g.endedAtMs), g.redemptions, g.refused])).join('')));
    add(FILES.logCsv, async function* () {
      yield MARK + csvRow(['number', 'time', 'type', 'outcome', 'reason', 'company', 'name', 'grant', 'claims', 'purpose']);
      for await (const page of pagesOfLog(deps.audit, entries)) yield page.map((e) => csvRow([e.seq, isoTime(e.atMs), e.type, e.outcome, e.reason, e.companyId, e.companyName, e.grantId, e.claims.map((c) => `${c.claim}:${c.precision}`).join(' '), e.purpose])).join('');
    });
    zip.end();

    if (!(output instanceof Readable)) throw new Error('a zip is a stream');
    const locked = await encryptAge(toWeb(output), options.lock, { randomBytes: options.randomBytes });
    rmSync(unfinished, { force: true });
    await pipeline(chunksOf(locked), createWriteStream(unfinished, { flags: 'wx', mode: 0o600 }));
    const handle = openSync(unfinished, 'r+');
    try { fsyncSync(handle); } finally { closeSync(handle); }
    renameSync(unfinished, path);
    syncFolder(dirname(path));
    return { sizeBytes: statSync(path).size, counts };
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT')) throw new AppError('ERR_STORAGE_FULL', 'There is not enough room for the export. Nothing of it was kept. Make room or choose another disk.', { cause: error });
    throw error;
  } finally {
    rmSync(unfinished, { force: true });
  }
}

/** Nothing of the closed part leaves, also while the person has it open. */
const openPreferences = ({ enrichment }: ExportDeps) => enrichment.preferences().filter(({ sensitive }) => !sensitive);

/** The preferences one by one: why each is there takes a look at its records. */
async function* profileText(deps: ExportDeps, counts: ProfileFile['counts'], nowMs: number): AsyncGenerator<string, void> {
  const { db, settings, enrichment } = deps;
  const head = { format: 'penchant-export', version: 1, exportedAtMs: nowMs, counts, leftOut: countClosed(db), settings: settings.get() } as const;
  yield `${JSON.stringify(head).slice(0, -1)},\n"preferences":[`;
  let isFirst = true;
  for (const { sensitive: _never, ...preference } of openPreferences(deps)) {
    const { summary, rules: found } = enrichment.why(preference.id, 'without closed');
    const rules = found.map((rule) => ({ ...rule, examples: rule.examples.map(({ itemId: _here, collection: _elsewhere, ...example }) => example) }));
    yield `${isFirst ? '' : ','}\n${JSON.stringify({ ...preference, summary, rules } satisfies ProfileFile['preferences'][number] | object)}`;
    isFirst = false;
    await nextTurn();
  }
  yield ']';
  const rest = { statements: listStatements(db), rejections: listRejections(db), imports: listImportFiles(db), mappings: listOwnSources(db), notMe: listNotMe(db), ...listKept(db), breathing: readBreathing(db), crowdFloors: listFloors(db), told: listTold(db), refusedCompanies: listRefused(db), templates: listTemplates(db), companies: listCompanies(db), requests: listRequests(db), grants: listGrants(db) };
  for (const [name, list] of Object.entries(rest)) yield `,\n${JSON.stringify(name)}:${JSON.stringify(list)}`;
  yield '}\n';
}

/** Oldest first, up to the entry that was the newest when the export began. */
async function* pagesOfLog(audit: ExportDeps['audit'], upTo: number): AsyncGenerator<ReturnType<AuditLog['list']>['entries'], void> {
  for (let from = 1; from <= upTo; from += LOG_PAGE) {
    const before = Math.min(from + LOG_PAGE, upTo + 1);
    const { entries } = audit.list({ before, limit: before - from });
    yield entries.filter(({ seq }) => seq >= from).reverse();
    await nextTurn();
  }
}

const isoTime = (atMs: number): string => new Date(atMs).toISOString();
/** A short file at once; everyone else has a turn before it. */
const once = (text: () => string) => async function* (): AsyncGenerator<string, void> { await nextTurn(); yield text(); };

/** Yazl does not listen for errors of the streams it is given, nor does it know when to stop. */
async function* guarded(source: AsyncGenerator<string, void>, signal: AbortSignal, fail: (error: unknown) => void): AsyncGenerator<Buffer, void> {
  try {
    for await (const text of source) {
      if (signal.aborted) throw new AppError('ERR_CANCELLED', 'The export was stopped. Nothing of it was kept; the vault is untouched.');
      yield Buffer.from(text, 'utf8');
    }
  } catch (error) {
    fail(error);
  }
}

function toWeb(source: Readable): ReadableStream<Uint8Array> {
  const chunks: AsyncIterator<Uint8Array> = source[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const next = await chunks.next();
      if (next.done) controller.close();
      else controller.enqueue(next.value);
    },
    async cancel() { await chunks.return?.(); },
  });
}
async function* chunksOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array, void> { for await (const chunk of stream) yield chunk; }

const README = `This is everything a Penchant vault held, in open formats.

profile.json   what is concluded about you and why, what you said, what you ruled out, imports, companies, requests, permissions, breathing space, what companies were told, templates, settings
items.jsonl    works and products, one a line
records.jsonl  what happened with them and when, one a line; "item" is the id in items.jsonl, times are milliseconds since 1970 in UTC
log.jsonl      everything that happened in the vault, one entry a line
schema.json    the JSON Schema of all of these
csv/           the same for spreadsheets

In the CSV files an apostrophe stands wherever a spreadsheet could take text for a formula: at the beginning of a cell, and inside one after
, ; | a tab or a line break. To get the text as it was, take one apostrophe away at each such place.

Not in here: passphrases, keys and tokens, and what lies in the closed part of the profile; "leftOut" in profile.json says how much that is. The permissions are history; a vault that takes this file over does not answer for them.
`;
