/** Owner calls about copies and moves: scheduled backups, restoring, saving what is readable of a damaged vault, export and taking it over. */
import { z } from 'zod';
import { ERROR_CODES, type ErrorCode } from '../errors/codes.ts';
import { defineContract } from './define.ts';
import { sourceId } from './sources.contract.ts';

const secret = z.union([z.strictObject({ passphrase: z.string().min(1).max(1024) }), z.strictObject({ recoveryPhrase: z.string().min(1).max(400) })]);
const fileId = z.string().max(64);
const errorCode = z.enum(ERROR_CODES as [ErrorCode, ...ErrorCode[]]);

export const backupSchedule = z.strictObject({
  every: z.enum(['off', 'daily', 'weekly']),
  /** Absolute; null for the vault's own folder `backups`. */
  folder: z.string().max(4_096).nullable(),
  /** How many scheduled backups stay. Those made by hand always stay. */
  keep: z.number().int().min(1).max(100),
});

export const backupStatus = z.object({
  schedule: backupSchedule,
  /** Where scheduled backups go, for showing. */
  place: z.string(),
  /** The last try, by hand or by schedule; `error` null when the backup was made and opened. */
  last: z.object({ atMs: z.number(), place: z.string(), sizeBytes: z.number().int().nullable(), error: z.object({ code: errorCode, message: z.string() }).nullable() }).nullable(),
  /** The last scheduled one that was made and opened. */
  madeAtMs: z.number().nullable(),
  /** When the next one is due by the clock of now; null when off. One that is due is made while the vault is open. */
  dueAtMs: z.number().nullable(),
});

/** A file the host granted, and what opens it: its passphrase, or secret keys of the age format. */
const lockedExport = z.union([z.strictObject({ fileId, identities: z.array(z.string().max(4_096)).min(1).max(20) }), z.strictObject({ fileId, passphrase: z.string().min(1).max(1024) })]);
const count = z.number().int();
const takenOver = z.object({
  imports: count, items: count, records: count, statements: count, rejections: count, notMe: count,
  /** In the file as history only: their keys stayed behind, so the permissions do not come to life here. */
  leftOut: z.object({
    companies: count, requests: count, grants: count, logEntries: count,
    /** Said or ruled out in words this vault does not have, or a second age, home or system of units. */
    words: count,
  }),
});
const OPENING_ERRORS = ['ERR_VAULT_NOT_EMPTY', 'ERR_EXPORT_SECRET_WRONG', 'ERR_EXPORT_INVALID', 'ERR_FILE_MISSING', 'ERR_FILE_TOO_LARGE', 'ERR_ARCHIVE_INVALID', 'ERR_ARCHIVE_UNSAFE', 'ERR_ARCHIVE_BOMB', 'ERR_IMPORT_BUSY', 'ERR_CANCELLED'] as const satisfies readonly ErrorCode[];

/** What became of one table of a damaged vault. */
const salvaged = z.object({
  table: z.string(),
  /** What its rows are, in plain words. */
  what: z.string(),
  read: z.number().int(),
  /** Rows that are gone: exact where they are numbered without gaps, the most it can be where they are numbered, null where nobody can tell. 0: the table is whole. */
  lost: z.number().int().nullable(),
  words: z.string(),
});

/** What saving a damaged vault came to; `setAside`: where that is now. */
export const recovered = z.object({ tables: z.array(salvaged), whole: z.boolean(), setAside: z.string() });

/** What a look at everything the vault stands on found. */
export const health = z.object({
  atMs: z.number().int(),
  findings: z.array(z.object({
    what: z.enum(['database', 'log', 'keys', 'files', 'backup', 'recovery', 'room']),
    /** `look`: nothing is lost, but the person should do something. `damaged`: something is. */
    state: z.enum(['ok', 'look', 'damaged']),
    reason: z.enum(['whole', 'damaged', 'altered', 'missing', 'rolled-back', 'unanchored', 'private', 'readable', 'none', 'failed', 'old', 'checked', 'unchecked', 'full']),
    /** Problems, entries or files, by what it is about. */
    count: z.number().int().optional(),
    /** Of the backup that was looked at. */
    atMs: z.number().int().optional(), place: z.string().optional(),
  })),
});

export const portabilityContract = defineContract({
  /** Reads all the vault stands on: database, log, key file, file modes, the last backup. Runs as a job of kind `check`; the call ends with it. */
  'vault.check': { access: 'unlocked', input: z.void(), output: health, errors: ['ERR_CANCELLED'] },
  /** What the last check found. */
  'vault.health': { access: 'unlocked', input: z.void(), output: z.object({ last: health.nullable() }), errors: [] },
  'backup.status': { access: 'unlocked', input: z.void(), output: backupStatus, errors: [] },
  /** `folder`: a path the person typed; `folderId`: a folder the host granted after its dialog. What is left out stays. */
  'backup.setSchedule': {
    access: 'fresh',
    input: z.strictObject({ every: backupSchedule.shape.every.optional(), keep: backupSchedule.shape.keep.optional(), folder: backupSchedule.shape.folder.optional(), folderId: fileId.optional() }),
    output: backupStatus, errors: ['ERR_BACKUP_FOLDER', 'ERR_FILE_MISSING'],
  },
  /** Puts a backup in place of no vault, or of the one here, which is then set aside under another name and never deleted. Leaves it unlocked. Runs as a job until it is put in place; stopped before, it changes nothing. */
  'vault.restore': {
    access: 'open',
    input: z.strictObject({
      fileId, secret,
      /** Sets a vault that is here already aside. */
      setAside: z.boolean().default(false),
      /** Takes a backup that is older than the vault here. */
      acceptOlder: z.boolean().default(false),
    }),
    output: z.object({ createdAtMs: z.number().int(), entries: z.number().int(), setAside: z.string().nullable() }),
    errors: ['ERR_FILE_MISSING', 'ERR_BACKUP_INVALID', 'ERR_BACKUP_OLDER', 'ERR_VAULT_EXISTS', 'ERR_VAULT_SECRET_WRONG', 'ERR_RECOVERY_PHRASE_INVALID', 'ERR_VAULT_IN_USE', 'ERR_VAULT_NEWER', 'ERR_VAULT_HISTORY_REWRITTEN', 'ERR_VAULT_CORRUPT', 'ERR_VAULT_UNREADABLE', 'ERR_STORAGE_FULL', 'ERR_CANCELLED', 'ERR_PLACED_LOCKED'],
  },
  /** Reads what is readable of the damaged vault here into a new one, which takes its place; the damaged one is set aside as it is. Leaves the new one unlocked. Runs as a job as restoring does. */
  'vault.recover': {
    access: 'open',
    /** `keysFrom`: a backup whose key file stands in for a damaged one. */
    input: z.strictObject({ secret, keysFrom: fileId.optional() }),
    output: recovered,
    errors: ['ERR_VAULT_MISSING', 'ERR_VAULT_EXISTS', 'ERR_VAULT_SECRET_WRONG', 'ERR_RECOVERY_PHRASE_INVALID', 'ERR_VAULT_HEADER_INVALID', 'ERR_RECOVERY_HOPELESS', 'ERR_VAULT_IN_USE', 'ERR_VAULT_NEWER', 'ERR_VAULT_HISTORY_REWRITTEN', 'ERR_VAULT_CORRUPT', 'ERR_VAULT_UNREADABLE', 'ERR_BACKUP_INVALID', 'ERR_FILE_MISSING', 'ERR_STORAGE_FULL', 'ERR_CANCELLED', 'ERR_PLACED_LOCKED'],
  },
  /** What saving the damaged vault came to from which this one was made, until the person has read it; null when there is nothing to read. */
  'vault.recovered': { access: 'unlocked', input: z.void(), output: z.object({ report: recovered.nullable() }), errors: [] },
  /** The person has read it. */
  'vault.dismissRecovered': { access: 'unlocked', input: z.void(), output: z.object({ dismissed: z.boolean() }), errors: [] },
  /** Writes everything in open formats into one age file in the vault's folder `exports`. Runs as a job; the call ends with it. */
  'export.write': {
    access: 'fresh',
    input: z.union([z.strictObject({ recipients: z.array(z.string().max(4_096)).min(1).max(20) }), z.strictObject({ passphrase: z.string().min(1).max(1024) })]),
    output: z.object({ name: z.string(), place: z.string(), sizeBytes: z.number().int(), records: z.number().int() }),
    errors: ['ERR_RECIPIENT_INVALID', 'ERR_PASSPHRASE_WEAK', 'ERR_IMPORT_BUSY', 'ERR_CANCELLED', 'ERR_STORAGE_FULL', 'ERR_FILE_EXISTS', 'ERR_VAULT_UNREADABLE'],
  },
  /** Whether an export can be taken over into this vault: nothing was imported, said or ruled out in it yet. */
  'export.status': { access: 'unlocked', input: z.void(), output: z.object({ canTakeOver: z.boolean() }), errors: [] },
  /** Opens an export and says what is in it; stores nothing. Runs as a job of kind `take-over`; the call ends with it. */
  'export.preview': {
    access: 'unlocked',
    input: lockedExport,
    output: takenOver.extend({
      madeAtMs: count,
      /** Of the imports in it. */
      sources: z.array(sourceId), firstRecordMs: count.nullable(), lastRecordMs: count.nullable(),
      /** What lay in the closed part when it was made, and so is not in the file. */
      closed: z.object({ records: count, words: count }),
    }),
    errors: OPENING_ERRORS,
  },
  /** Takes an export over into this vault, which must be new, then concludes anew. Of its settings only what loosens nothing comes along. Runs as a job; the call ends with it. */
  'export.takeOver': { access: 'fresh', input: lockedExport, output: takenOver, errors: [...OPENING_ERRORS, 'ERR_STORAGE_FULL'] },
});
