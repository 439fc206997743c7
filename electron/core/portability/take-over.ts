/** Takes an export over into an empty vault: opened, checked line by line, then stored; whole or not at all. */
import { statSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { z } from 'zod';
import type { portabilityContract } from '../../../shared/api/portability.contract.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import type { Claim } from '../../../shared/protocol/vocabulary.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import { openZip, ZIP_LIMITS, type ZipArchive } from '../platform/archive/zip.ts';
import { readStored, type StoredFile } from '../platform/files/sealed-file.ts';
import type { JobWatch } from '../platform/jobs/jobs.ts';
import type { ReadableDb, WritableDb } from '../platform/sqlite/types.ts';
import { cleanText } from '../platform/text/clean-text.ts';
import { isClaimValue, isSaidOnce } from '../enrichment/claim-values.ts';
import { notMeId } from '../enrichment/not-me.ts';
import { BRAND_PREFIX } from '../enrichment/matcher.ts';
import type { Taxonomy } from '../enrichment/taxonomy.ts';
import { stricterChange, type SettingsService } from '../settings/settings.ts';
import { decryptAge, type AgeKey } from './age-file.ts';
import { FILES, itemLine, profileFile, recordLine, type ProfileFile } from './export-format.ts';
import { clearProfile, deleteValue, holdsNoProfile, insertItem, insertProfile, insertRecord, readValue, writeValue } from './portability-repository.ts';

export interface TakeOverDeps { readonly db: WritableDb; readonly audit: AuditLog; readonly settings: SettingsService; readonly taxonomy: Taxonomy }
export interface TakeOverOptions { readonly file: StoredFile; readonly name: string; readonly key: AgeKey; readonly job: JobWatch }
export type TakenOver = z.output<(typeof portabilityContract)['export.takeOver']['output']>;
export type ExportPreview = z.output<(typeof portabilityContract)['export.preview']['output']>;

/** Opened, the archive is held in memory, still packed: a million records take some 40 MB. */
const MAX_PACKED_BYTES = 512 * 2 ** 20;
const LIMITS = { ...ZIP_LIMITS, entries: 64, entryBytes: 2 * 2 ** 30, totalBytes: 8 * 2 ** 30 };
const MAX_PROFILE_BYTES = 64 * 2 ** 20;
/** Of the format's 64 KiB: all of them may be in memory already, and a wish to stop has to get through. */
const CHUNKS_A_TURN = 16;
const MAX_LINE_CHARS = 16_384;
const BATCH_LINES = 5_000;
const UNDER_WAY = 'portability.taking-over';

const invalid = (why: string, cause?: unknown): AppError => new AppError('ERR_EXPORT_INVALID', `This is not an export Penchant can take over: ${why}. Nothing of it was kept.`, { cause });

const refuseFull = (db: ReadableDb): void => { if (!holdsNoProfile(db)) throw new AppError('ERR_VAULT_NOT_EMPTY', 'This vault already holds imports or something you said. An export is taken over into a new vault. Nothing was changed.'); };

/** What an export says, and how many of its words are left out. */
export interface Said { readonly profile: ProfileFile; readonly words: number }

/** Only what could have been said here: an older list of words, or a hand that wrote the file, may have put in others. Of what is said once the newest counts. */
function heldToRules(profile: ProfileFile, taxonomy: Taxonomy): Said {
  const isKnown = ({ claim, value }: { readonly claim: Claim; readonly value: string }): boolean => isClaimValue(claim, value, taxonomy);
  const newest = new Map<Claim, ProfileFile['statements'][number]>();
  const known = profile.statements.filter(isKnown);
  for (const statement of known) if (statement.saidAtMs >= (newest.get(statement.claim)?.saidAtMs ?? -Infinity)) newest.set(statement.claim, statement);
  const statements = known.filter((statement) => !isSaidOnce(statement.claim) || newest.get(statement.claim) === statement);
  const rejections = profile.rejections.filter(isKnown);
  // Names of things are tidied on their way in; words about a name that was not tidy would be about nothing.
  const notMe = profile.notMe.filter(({ name, maker }) => tidy(name) === name && tidy(maker) === maker);
  // What is kept of forgotten records would become conclusions: only of what a rule of this vault could have spoken for, in the open.
  const isOpenTarget = (target: string): boolean => (target.startsWith(BRAND_PREFIX) ? isClaimValue('brand', target.slice(BRAND_PREFIX.length), taxonomy) : taxonomy.get(target)?.closed === false);
  const keptEvidence = profile.keptEvidence.filter(({ matches }) => matches.every(([target]) => isOpenTarget(target)));
  const held = { ...profile, statements, rejections, notMe, keptEvidence };
  const count = (of: Pick<ProfileFile, 'statements' | 'rejections' | 'notMe' | 'keptEvidence'>): number => of.statements.length + of.rejections.length + of.notMe.length + of.keptEvidence.length;
  return { profile: held, words: count(profile) - count(held) };
}

const contentsOf = ({ profile, words }: Said): TakenOver => ({
  imports: profile.imports.length, items: profile.counts.items, records: profile.counts.records, statements: profile.statements.length, rejections: profile.rejections.length, notMe: profile.notMe.length,
  leftOut: { companies: profile.companies.length, requests: profile.requests.length, grants: profile.grants.length, logEntries: profile.counts.log, words },
});

/** What an export says it holds; its lines are checked when it is taken over. @throws {AppError} as {@link takeOver}, before anything is stored */
export async function previewExport({ db, taxonomy }: Pick<TakeOverDeps, 'db' | 'taxonomy'>, options: TakeOverOptions): Promise<ExportPreview> {
  refuseFull(db);
  const zip = await openZip(await openedArchive(options), options.name, () => true, LIMITS);
  try {
    const said = await readProfile(zip, taxonomy);
    const { profile } = said;
    const times = (which: 'firstRecordMs' | 'lastRecordMs'): number[] => profile.imports.flatMap((file) => (file.state === 'undone' ? [] : file[which] ?? []));
    const [firsts, lasts] = [times('firstRecordMs'), times('lastRecordMs')];
    return {
      ...contentsOf(said), madeAtMs: profile.exportedAtMs, sources: [...new Set(profile.imports.map(({ source }) => source))], closed: { records: profile.leftOut.records, words: profile.leftOut.words },
      firstRecordMs: firsts.length === 0 ? null : firsts.reduce((a, b) => Math.min(a, b)), lastRecordMs: lasts.length === 0 ? null : lasts.reduce((a, b) => Math.max(a, b)),
    };
  } finally {
    zip.close();
  }
}

/**
 * Everything is read and checked once before the first row is stored. A crash in between is undone by {@link clearInterrupted}.
 *
 * @throws {AppError} ERR_VAULT_NOT_EMPTY, ERR_EXPORT_SECRET_WRONG, ERR_EXPORT_INVALID, ERR_FILE_TOO_LARGE, ERR_ARCHIVE_BOMB, ERR_ARCHIVE_UNSAFE, ERR_ARCHIVE_INVALID, ERR_CANCELLED, ERR_STORAGE_FULL; the vault is then as it was
 */
export async function takeOver(deps: TakeOverDeps, options: TakeOverOptions): Promise<TakenOver> {
  const { db, audit, settings, taxonomy } = deps;
  const { job } = options;
  const { signal } = job;
  refuseFull(db);
  const zip = await openZip(await openedArchive(options), options.name, () => true, LIMITS);
  try {
    const said = await readProfile(zip, taxonomy);
    const { profile } = said;
    const counted = { items: 0, records: 0 };
    const totalBytes = profile.counts.items + profile.counts.records;
    const checked = (): void => { job.update({ phase: 'checking', subject: '', doneBytes: Math.min(totalBytes, counted.items + counted.records), totalBytes }); };
    checked();
    for await (const lines of linesOf(zip, FILES.items, itemLine, signal)) { counted.items += lines.length; checked(); }
    for await (const lines of linesOf(zip, FILES.records, recordLine, signal)) { counted.records += lines.length; checked(); }
    if (counted.items !== profile.counts.items || counted.records !== profile.counts.records) throw invalid('it does not hold as much as it says');

    // Something may have been said while it was read.
    refuseFull(db);
    try {
      const importNumbers = db.transaction(() => {
        writeValue(db, UNDER_WAY, true);
        return insertProfile(db, profile);
      });
      const itemIds = new Map<number, number>();
      let records = 0;
      const stored = (): void => { job.update({ phase: 'copying', doneBytes: itemIds.size + records, totalBytes, records }); };
      for await (const lines of linesOf(zip, FILES.items, itemLine, signal)) {
        db.transaction(() => {
          for (const line of lines) {
            if (itemIds.has(line.id)) throw invalid('two items have one number');
            itemIds.set(line.id, insertItem(db, { ...line, title: tidy(line.title) ?? '?', creator: tidy(line.creator), collection: tidy(line.collection), category: tidy(line.category) }));
          }
        });
        stored();
      }
      for await (const lines of linesOf(zip, FILES.records, recordLine, signal)) {
        db.transaction(() => {
          for (const line of lines) {
            const itemId = itemIds.get(line.item), importNumber = importNumbers.get(line.import);
            if (itemId === undefined || importNumber === undefined) throw invalid('a record names an item or an import that is not in it');
            insertRecord(db, line, itemId, importNumber);
          }
        });
        records += lines.length;
        stored();
      }
      db.transaction(() => {
        // Whoever wrote the file need not be who sits here: it loosens nothing.
        settings.set(stricterChange(settings.get(), profile.settings));
        deleteValue(db, UNDER_WAY);
        audit.append({ type: 'vault.taken-over', counts: { ...counted, imports: profile.imports.length, statements: profile.statements.length, rejections: profile.rejections.length, ...(said.words === 0 ? {} : { words: said.words }) } });
      });
    } catch (error) {
      clearInterrupted(db);
      // Two rows with one key: the file says something twice that can only be once.
      if (error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_CONSTRAINT')) throw invalid('it says the same thing twice', error);
      throw error;
    }
    return contentsOf(said);
  } finally {
    zip.close();
  }
}

/** True while an export is being stored that may still be taken back, and with it everything of the profile. */
export const isUnderWay = (db: ReadableDb): boolean => readValue(db, UNDER_WAY) === true;

/** Undoes a taking over that a crash cut off. Call once after unlocking. @returns true when there was one */
export function clearInterrupted(db: WritableDb): boolean {
  if (!isUnderWay(db)) return false;
  db.transaction(() => {
    clearProfile(db);
    deleteValue(db, UNDER_WAY);
  });
  return true;
}

async function openedArchive({ file, name, key, job }: TakeOverOptions): Promise<Buffer> {
  const size = statSync(file.path, { throwIfNoEntry: false })?.size;
  if (size === undefined) throw new AppError('ERR_FILE_MISSING', 'The export is not there any more. Choose it again. Nothing was changed.');
  if (size > MAX_PACKED_BYTES) throw new AppError('ERR_FILE_TOO_LARGE', 'This file is far larger than an export. It was not read.');
  const packed = readStored(file);
  let doneBytes = 0;
  // The passphrase's derivation comes first and takes a moment.
  job.update({ phase: 'reading', subject: name, doneBytes, totalBytes: size });
  const source = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const next = await packed.next();
      if (next.done) controller.close();
      else controller.enqueue(new Uint8Array(next.value));
    },
    async cancel() { await packed.return(); },
  });
  const chunks: Uint8Array[] = [];
  for await (const chunk of decryptAge(source, key)) {
    if (job.signal.aborted) throw stopped();
    chunks.push(chunk);
    doneBytes += chunk.length;
    job.update({ doneBytes: Math.min(doneBytes, size) });
    if (chunks.length % CHUNKS_A_TURN === 0) await nextTurn();
  }
  return Buffer.concat(chunks);
}

const stopped = (): AppError => new AppError('ERR_CANCELLED', 'Taking over was stopped. Nothing of the export was kept.');

async function readProfile(zip: ZipArchive, taxonomy: Taxonomy): Promise<Said> {
  const entry = zip.find(FILES.profile);
  if (!entry) throw invalid('it has no profile.json');
  if (entry.sizeBytes > MAX_PROFILE_BYTES) throw invalid('its profile.json is far too large');
  const chunks: Buffer[] = [];
  for await (const chunk of zip.read(entry)) chunks.push(chunk);
  return parseProfile(Buffer.concat(chunks), taxonomy);
}

const MOST_WEEKS = 1_000_000;

/** A `profile.json`, checked, and without what could not have been said here. @throws {AppError} ERR_EXPORT_INVALID */
export function parseProfile(bytes: Buffer, taxonomy: Taxonomy): Said {
  const parsed = profileFile.safeParse(parseJson(decode(bytes)));
  if (!parsed.success) throw invalid('its profile.json has another form', parsed.error);
  for (const list of [parsed.data.statements, parsed.data.rejections]) {
    for (const { id, claim, value } of list) if (id !== createHash('sha256').update(`${claim}|${value}`).digest('base64url').slice(0, 16)) throw invalid('something said in it does not have its own number');
  }
  // A thousand imports of forty years come to half of it; more would only make everything slow from then on.
  if ([...parsed.data.keptEvidence, ...parsed.data.forgottenSpans].reduce((sum, { weeks }) => sum + weeks.length, 0) > MOST_WEEKS) throw invalid('it says more of forgotten records than there can be');
  for (const said of parsed.data.notMe) if (said.id !== notMeId(said)) throw invalid('something said in it does not have its own number');
  return heldToRules(parsed.data, taxonomy);
}

/** Lines of a file as checked documents, in bunches; between two of them everyone else has a turn. */
async function* linesOf<T>(zip: ZipArchive, name: string, schema: z.ZodType<T>, signal: AbortSignal): AsyncGenerator<T[], void> {
  const entry = zip.find(name);
  if (!entry) throw invalid(`it has no ${name}`);
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let rest = '';
  let bunch: T[] = [];
  const take = (line: string): void => {
    const parsed = schema.safeParse(parseJson(line));
    if (!parsed.success) throw invalid(`a line of ${name} has another form`, parsed.error);
    bunch.push(parsed.data);
  };
  for await (const chunk of Readable.from(zip.read(entry))) {
    try { rest += decoder.decode(chunk as Buffer, { stream: true }); } catch (cause) { throw invalid('it is not in UTF-8', cause); }
    const lines = rest.split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > MAX_LINE_CHARS) throw invalid(`a line of ${name} is far too long`);
    for (const line of lines) take(line);
    if (bunch.length < BATCH_LINES) continue;
    if (signal.aborted) throw stopped();
    yield bunch;
    bunch = [];
    await nextTurn();
  }
  if (rest !== '') take(rest);
  if (signal.aborted) throw stopped();
  if (bunch.length > 0) yield bunch;
}

function decode(bytes: Buffer): string {
  try { return new TextDecoder('utf-8', { fatal: true }).decode(bytes); } catch (cause) { throw invalid('it is not in UTF-8', cause); }
}
function parseJson(text: string): unknown {
  try { return JSON.parse(text); } catch (cause) { throw invalid('something in it is not JSON', cause); }
}
const tidy = (text: string | null): string | null => {
  const clean = cleanText(text ?? '', 1_000);
  return clean === '' ? null : clean;
};
