/** Owner calls about imports: preview, run, cancel, report, undo; and about long-running jobs in general. */
import { z } from 'zod';
import { ACTS, ITEM_KINDS, OPTIONAL_FIELDS, SOURCES } from '../domain/records.ts';
import { ERROR_CODES, type ErrorCode } from '../errors/codes.ts';
import { DURATION_UNITS, LEFT_OUT_BECAUSE, MAPPED_ACTS, MAPPED_FIELDS, MAPPED_KINDS, RATING_TOPS } from '../domain/mapping.ts';
import { defineContract } from './define.ts';
import { mapping } from './mapping.ts';

export const sourceId = z.enum(SOURCES);

/** What went wrong with one row or one file: the good rest is still imported. */
const importIssue = z.object({
  /** Stable code, e.g. "ROW_COLUMNS", "DATE_INVALID", "TITLE_MISSING", "SKIPPED_TRAILER", "SKIPPED_SHORT", "SKIPPED_INCOGNITO", "SKIPPED_CANCELLED". */
  code: z.string(),
  /** Path inside the archive or folder, and the 1-based row (CSV) or 0-based element (JSON). */
  position: z.string(),
  /** How often this code occurred when more than the kept samples did; 1 for a single one. */
  count: z.number().int(),
});

export const importReport = z.object({
  id: z.string(), source: sourceId, file: z.string(),
  /** What the person calls the source when it is one of their own; null otherwise. */
  own: z.string().nullable(),
  /** read = added + duplicate + skipped, always. */
  read: z.number().int(), added: z.number().int(), duplicate: z.number().int(), skipped: z.number().int(),
  issues: z.array(importIssue),
  startedAtMs: z.number().int(), finishedAtMs: z.number().int().nullable(),
  state: z.enum(['running', 'done', 'cancelled', 'failed', 'undone']),
  firstRecordMs: z.number().int().nullable(), lastRecordMs: z.number().int().nullable(),
  /** True when it came from the built-in sample data. */
  sample: z.boolean(),
  /** Its records were forgotten once they had been read; what they say was kept. */
  forgotten: z.boolean(),
});

const MOST_STRUCK = 5_000;
const struckText = z.string().min(1).max(1_000);
const struckRow = z.strictObject({ title: struckText, atMs: z.number().int() });
/** What the person struck out before anything is stored; things are named as the preview shows them. */
const leaveOut = z.strictObject({
  kinds: z.array(z.strictObject({ kind: z.enum(ITEM_KINDS), act: z.enum(ACTS) })).max(100).optional(),
  fields: z.array(z.enum(OPTIONAL_FIELDS)).max(OPTIONAL_FIELDS.length).optional(),
  /** Unix ms, both ends kept; what has no date is kept. */
  fromMs: z.number().int().optional(), toMs: z.number().int().optional(),
  /** Everything that happened with a thing of this name; everything by someone; single rows. */
  titles: z.array(struckText).max(MOST_STRUCK).optional(), creators: z.array(struckText).max(MOST_STRUCK).optional(), rows: z.array(struckRow).max(MOST_STRUCK).optional(),
  /** Single rows that stay, whatever else would leave them out. */
  kept: z.array(struckRow).max(MOST_STRUCK).optional(),
  /** What lies in a closed part of life; kept sealed when not left out. */
  sensitive: z.boolean().optional(),
});

/** Rows and times belong to one file; names that were struck out are not written down. */
const policy = leaveOut.pick({ kinds: true, fields: true, sensitive: true });

export const previewItem = z.object({
  /** Refers to this one recognised data set inside the preview. */
  key: z.string(),
  source: sourceId,
  /** Format within the source, e.g. "netflix/viewing-activity", "spotify/extended", "amazon/orders-2026". */
  format: z.string(),
  file: z.string(),
  sizeBytes: z.number().int(),
  /** Account profiles seen in the first rows (a shared Netflix account); empty where the format has none. */
  profiles: z.array(z.string()),
  /** So sensitive as a whole that it is to be left out unless the person asks for it by itself: where they were on the web. */
  optIn: z.boolean(),
  /** Columns or fields kept, and those dropped before anything is stored. */
  keeps: z.array(z.string()), drops: z.array(z.string()),
  /** Up to 8 real rows as they would be stored. `atMs`: 0 where the export gives no time. */
  sample: z.array(z.object({ kind: z.enum(ITEM_KINDS), act: z.enum(ACTS), title: z.string(), creator: z.string().nullable(), atMs: z.number().int(), detail: z.string() })),
  /** What the person said about files of the kind, when no importer knows them. */
  own: z.object({ mappingId: z.string(), name: z.string(), savedAtMs: z.number().int(), mapping }).nullable(),
  /** What was left out of this source the last time; null when nothing of it was imported by hand yet. */
  policy: policy.nullable(),
  /** Rows of this file that an import read before it was stopped; with the same choices it goes on behind them. Null when there is none. */
  stoppedAt: z.number().int().nullable(),
});

const previewed = z.object({
  previewId: z.string(), items: z.array(previewItem),
  /** Files of which the person can say what is in them; they are among the unrecognised, too. */
  unknown: z.array(z.object({ key: z.string(), file: z.string(), sizeBytes: z.number().int() })),
  /** Files nothing could read, each with the reason. */
  unrecognised: z.array(z.object({ file: z.string(), code: z.enum(ERROR_CODES as [ErrorCode, ...ErrorCode[]]), message: z.string() })),
});
const PREVIEW_ERRORS = ['ERR_FILE_MISSING', 'ERR_FILE_UNREADABLE', 'ERR_SOURCE_UNRECOGNISED', 'ERR_ARCHIVE_INVALID', 'ERR_ARCHIVE_UNSAFE', 'ERR_ARCHIVE_BOMB', 'ERR_DATABASE_INVALID', 'ERR_ENCODING_INVALID', 'ERR_CSV_INVALID', 'ERR_JSON_INVALID', 'ERR_FILE_TOO_LARGE', 'ERR_TOO_MANY_FILES', 'ERR_MEMORY_EXCEEDED', 'ERR_PREVIEW_TIMEOUT'] as const satisfies readonly ErrorCode[];

const watched = z.object({
  /** Absolute; null while none is looked at. */
  folder: z.string().nullable(), missing: z.boolean(),
  found: z.array(z.object({ name: z.string(), sizeBytes: z.number().int(), changedAtMs: z.number().int(), exports: z.array(z.object({ source: sourceId, format: z.string() })) })),
});
const READING_ERRORS = ['ERR_PREVIEW_UNKNOWN', 'ERR_PREVIEW_TIMEOUT', 'ERR_MEMORY_EXCEEDED', 'ERR_FILE_MISSING', 'ERR_FILE_UNREADABLE', 'ERR_FILE_TOO_LARGE', 'ERR_SOURCE_UNRECOGNISED', 'ERR_ARCHIVE_INVALID', 'ERR_ARCHIVE_UNSAFE', 'ERR_ARCHIVE_BOMB', 'ERR_DATABASE_INVALID', 'ERR_ENCODING_INVALID', 'ERR_CSV_INVALID', 'ERR_JSON_INVALID'] as const satisfies readonly ErrorCode[];
const ofPreview = { previewId: z.string().max(64), key: z.string().max(400) };

export const sourcesContract = defineContract({
  /** Looks into the offered files; stores nothing. The preview is forgotten after 30 minutes or at lock. */
  'sources.preview': {
    access: 'unlocked',
    /** `keepUnknown`: tables and lists no importer knows are kept at hand, so that the person can say what is in them; otherwise, with nothing else in there, the preview fails. */
    input: z.strictObject({ fileIds: z.array(z.string().max(64)).min(1).max(500), keepUnknown: z.boolean().default(false) }),
    output: previewed,
    errors: PREVIEW_ERRORS,
  },
  /** The folder the person lets the vault look at, and the exports found there. Nothing of them is read in before it is chosen. */
  'sources.watched': { access: 'unlocked', input: z.void(), output: watched, errors: [] },
  /** `folder`: a path the person typed, or null to look nowhere; `folderId`: a folder the host granted. Looks at once. */
  'sources.watch': { access: 'fresh', input: z.union([z.strictObject({ folder: z.string().max(4_096).nullable() }), z.strictObject({ folderId: z.string().max(64) })]), output: watched, errors: ['ERR_WATCH_FOLDER', 'ERR_FILE_MISSING'] },
  /** As `sources.preview`, of a file found there; it is not offered again. */
  'sources.previewWatched': { access: 'unlocked', input: z.strictObject({ name: z.string().max(400) }), output: previewed, errors: PREVIEW_ERRORS },
  /** Does not offer it again as it is. */
  'sources.dismissWatched': { access: 'unlocked', input: z.strictObject({ name: z.string().max(400) }), output: z.object({ dismissed: z.boolean() }), errors: [] },
  /** Preview of the sample exports shipped with the app. */
  'sources.previewSamples': {
    access: 'unlocked', input: z.void(),
    output: z.object({ previewId: z.string(), items: z.array(previewItem), unrecognised: z.array(z.object({ file: z.string(), code: z.string(), message: z.string() })) }), errors: ['ERR_FILE_MISSING', 'ERR_MEMORY_EXCEEDED', 'ERR_PREVIEW_TIMEOUT'],
  },
  /**
   * Some rows of one data set as they would be stored, those of closed parts of life first; with `text` those that hold it. Stores nothing.
   * `summary`: what there is in all of it; null when words were looked for.
   */
  'sources.rows': {
    access: 'unlocked', input: z.strictObject({ previewId: z.string().max(64), key: z.string().max(400), profiles: z.array(z.string().max(200)).max(50).optional(), text: z.string().max(200).default('') }),
    output: z.object({
      rows: z.array(z.object({
        kind: z.enum(ITEM_KINDS), act: z.enum(ACTS), title: z.string(), creator: z.string().nullable(), collection: z.string().nullable(), category: z.string().nullable(),
        atMs: z.number().int(), durationMs: z.number().int().nullable(), quantity: z.number().int().nullable(), amountMinor: z.number().int().nullable(), currency: z.string().nullable(),
        /** The closed part of life it lies in, in words. */
        closed: z.string().nullable(),
      })),
      more: z.boolean(),
      summary: z.object({
        records: z.number().int(), sensitive: z.number().int(), firstMs: z.number().int().nullable(), lastMs: z.number().int().nullable(),
        kinds: z.array(z.object({ kind: z.enum(ITEM_KINDS), act: z.enum(ACTS), count: z.number().int() })), fields: z.array(z.enum(OPTIONAL_FIELDS)),
      }).nullable(),
    }),
    errors: READING_ERRORS,
  },
  /** What the columns of a file are called, some of what stands in each, and what they most likely are. `headerless`: found out unless given. */
  'sources.columns': {
    access: 'unlocked', input: z.strictObject({ ...ofPreview, headerless: z.boolean().optional() }),
    output: z.object({
      columns: z.array(z.object({
        name: z.string(), field: z.enum(MAPPED_FIELDS).nullable(), because: z.enum(LEFT_OUT_BECAUSE).nullable(), values: z.array(z.string()),
        /** As dates of digits only in it would be read, and whether that could be either way. */
        dateOrder: z.enum(['dmy', 'mdy']), unsure: z.boolean(),
      })),
      /** How many more columns there are than are looked at. */
      more: z.number().int(), headerless: z.boolean(), table: z.boolean(),
      guess: z.object({ kind: z.enum(MAPPED_KINDS), act: z.enum(MAPPED_ACTS), durationUnit: z.enum(DURATION_UNITS), ratingTop: z.literal(RATING_TOPS), currency: z.string().nullable() }),
    }),
    errors: READING_ERRORS,
  },
  /** The first rows as they would be stored by what the person says, and what became of all of them. Stores nothing. */
  'sources.tryMapping': {
    access: 'unlocked', input: z.strictObject({ ...ofPreview, mapping }),
    output: z.object({
      rows: z.array(z.object({
        kind: z.enum(ITEM_KINDS), act: z.enum(ACTS), title: z.string(), creator: z.string().nullable(), collection: z.string().nullable(), category: z.string().nullable(),
        atMs: z.number().int(), durationMs: z.number().int().nullable(), quantity: z.number().int().nullable(), amountMinor: z.number().int().nullable(), currency: z.string().nullable(),
      })),
      read: z.number().int(), kept: z.number().int(),
      /** False when only the beginning of a long file was gone through. */
      whole: z.boolean(), issues: z.array(z.object({ code: z.string(), count: z.number().int() })),
    }),
    errors: READING_ERRORS,
  },
  /** Keeps what the person said about a file; it is an item of the preview then, and files like it are recognised from now on. Of an item that was recognised that way it changes what was said. */
  'sources.saveMapping': {
    access: 'unlocked', input: z.strictObject({ ...ofPreview, mapping }),
    output: z.object({ mappingId: z.string(), items: z.array(previewItem), /** Files that are not unknown any more. */ keys: z.array(z.string()) }),
    errors: [...READING_ERRORS, 'ERR_MAPPING_EMPTY'],
  },
  /** The person's own sources, newest first. */
  'sources.mappings': { access: 'unlocked', input: z.void(), output: z.object({ mappings: z.array(z.object({ mappingId: z.string(), savedAtMs: z.number().int(), mapping })) }), errors: [] },
  'sources.renameMapping': { access: 'unlocked', input: z.strictObject({ mappingId: z.string().max(64), name: z.string().trim().min(1).max(80) }), output: z.object({ renamed: z.boolean() }), errors: ['ERR_MAPPING_UNKNOWN'] },
  /** What was imported stays, under its name; files of the kind are not recognised any more. */
  'sources.deleteMapping': { access: 'unlocked', input: z.strictObject({ mappingId: z.string().max(64) }), output: z.object({ deleted: z.boolean() }), errors: ['ERR_MAPPING_UNKNOWN'] },
  'sources.discardPreview': { access: 'unlocked', input: z.strictObject({ previewId: z.string().max(64) }), output: z.object({ discarded: z.boolean() }), errors: [] },
  /** Runs as one job; progress arrives on the topic `job.changed`, then the profile is brought up to date in the same job. */
  'sources.import': {
    access: 'unlocked',
    input: z.strictObject({
      previewId: z.string().max(64),
      choices: z.array(z.strictObject({
        key: z.string().max(400),
        /** Only these account profiles; omitted means all. */
        profiles: z.array(z.string().max(200)).max(50).optional(),
        leaveOut: leaveOut.optional(),
      })).min(1).max(2000),
    }),
    output: z.object({ jobId: z.string() }), errors: ['ERR_PREVIEW_UNKNOWN', 'ERR_IMPORT_BUSY'],
  },
  'sources.imports': { access: 'unlocked', input: z.void(), output: z.object({ imports: z.array(importReport) }), errors: [] },
  /** Removes an import's records and whatever was concluded only from them. */
  'sources.undo': {
    access: 'unlocked', input: z.strictObject({ importId: z.string().max(64) }),
    output: z.object({ importId: z.string(), records: z.number().int(), preferences: z.number().int() }), errors: ['ERR_IMPORT_UNKNOWN', 'ERR_IMPORT_BUSY'],
  },
  /** Sources of which only the conclusions are kept. */
  'sources.retention': { access: 'unlocked', input: z.void(), output: z.object({ conclusionsOnly: z.array(sourceId) }), errors: [] },
  /** `conclusions`: what is there of the source now is forgotten at once, and what comes in later as soon as it is read. `records`: what comes in later stays; what is forgotten does not come back. */
  'sources.setRetention': {
    access: 'fresh', input: z.strictObject({ source: sourceId, keep: z.enum(['records', 'conclusions']) }), output: z.object({ forgotten: z.number().int() }), errors: ['ERR_IMPORT_BUSY'],
  },
  /** Jobs of the open vault; while none is open, restoring and recovering one are all there can be. */
  'jobs.list': { access: 'open', input: z.void(), output: z.object({ jobs: z.array(z.lazy(() => job)) }), errors: [] },
  /** Stops at the next batch; what an import stored by then stays and is reported, everything else leaves nothing behind. Harmless on a finished job. */
  /** Lets an import wait at the next batch, or go on; what is stored stays. Harmless on a job that has ended or cannot wait. */
  'jobs.pause': { access: 'unlocked', input: z.strictObject({ jobId: z.string().max(64), paused: z.boolean() }), output: z.object({ paused: z.boolean() }), errors: ['ERR_JOB_UNKNOWN'] },
  'jobs.cancel': { access: 'open', input: z.strictObject({ jobId: z.string().max(64) }), output: z.object({ cancelled: z.boolean() }), errors: ['ERR_JOB_UNKNOWN'] },
});

export const job = z.object({
  id: z.string(),
  kind: z.enum(['import', 'enrich', 'verify', 'backup', 'export', 'take-over', 'check', 'restore', 'recover']),
  state: z.enum(['running', 'done', 'cancelled', 'failed']),
  /** What is going on. */
  phase: z.enum(['reading', 'understanding', 'copying', 'checking', 'finished']),
  /** Name of the file at hand, or in words what is being read. */
  subject: z.string(),
  /** Bytes where the work has them, otherwise steps or rows: good for a share. `totalBytes` 0: not known. */
  doneBytes: z.number(), totalBytes: z.number(), records: z.number().int(),
  /** Honest estimate of the remaining time; null until there is one. */
  remainingMs: z.number().nullable(),
  /** Waits at the next batch until it is told to go on. */
  paused: z.boolean(),
  reports: z.array(importReport),
  error: z.object({ code: z.enum(ERROR_CODES as [ErrorCode, ...ErrorCode[]]), message: z.string() }).nullable(),
});
