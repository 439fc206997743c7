/** The list of imports: what each read, stored and left out, and its state. */
import type { ReadableDb, WritableDb } from '../platform/sqlite/types.ts';
import type { SourceId } from './records.ts';

export type ImportState = 'running' | 'done' | 'cancelled' | 'failed' | 'undone';

export interface ImportIssueCount {
  readonly code: string;
  /** Where; for a code that occurred more often than samples are kept, the last sample stands for the rest. */
  readonly position: string;
  readonly count: number;
}

export interface ImportReport {
  readonly id: string;
  readonly source: SourceId;
  readonly format: string;
  readonly file: string;
  readonly read: number;
  readonly added: number;
  readonly duplicate: number;
  readonly skipped: number;
  readonly issues: readonly ImportIssueCount[];
  readonly startedAtMs: number;
  readonly finishedAtMs: number | null;
  readonly state: ImportState;
  readonly firstRecordMs: number | null;
  readonly lastRecordMs: number | null;
  readonly sample: boolean;
  /** Its records were forgotten once they had been read. */
  readonly forgotten: boolean;
}

interface ImportRow {
  readonly number: number; readonly import_id: string; readonly source: SourceId; readonly format: string; readonly file: string; readonly sample: number; readonly state: ImportState;
  readonly read: number; readonly added: number; readonly duplicate: number; readonly skipped: number; readonly issues: string;
  readonly started_at_ms: number; readonly finished_at_ms: number | null; readonly first_record_ms: number | null; readonly last_record_ms: number | null; readonly forgotten_at_ms: number | null;
}

const toReport = (row: ImportRow): ImportReport => ({
  id: row.import_id, source: row.source, format: row.format, file: row.file, read: row.read, added: row.added, duplicate: row.duplicate, skipped: row.skipped,
  // Written by this module only.
  issues: JSON.parse(row.issues) as ImportIssueCount[],
  startedAtMs: row.started_at_ms, finishedAtMs: row.finished_at_ms, state: row.state, firstRecordMs: row.first_record_ms, lastRecordMs: row.last_record_ms, sample: row.sample === 1, forgotten: row.forgotten_at_ms !== null,
});

/** Newest first. */
export const listImports = (db: ReadableDb): ImportReport[] => db.query<ImportRow>('SELECT * FROM imports ORDER BY number DESC').all().map(toReport);

/** Null when there is none of this id. */
export function findImport(db: ReadableDb, importId: string): (ImportReport & { readonly number: number }) | null {
  const row = db.query<ImportRow>('SELECT * FROM imports WHERE import_id = ?').get(importId);
  return row ? { ...toReport(row), number: row.number } : null;
}

export const importIdOf = (db: ReadableDb, number: number): string | null => db.query<{ id: string }>('SELECT import_id AS id FROM imports WHERE number = ?').get(number)?.id ?? null;

/** What tells that two imports are of the same rows. `choice`: a hash over what was chosen of the file, which itself is not written down. */
export interface ImportOf { readonly sizeBytes: number; readonly choice: Buffer }

/** The newest import of this file that was stopped before its end, whatever was chosen of it when `choice` is null; null when there is none, or when it was imported whole since. */
export function findStopped(db: ReadableDb, file: { readonly format: string; readonly file: string; readonly sizeBytes: number; readonly choice: Buffer | null }): (ImportReport & { readonly number: number }) | null {
  const row = db.query<ImportRow>(`SELECT * FROM imports WHERE format = ? AND file = ? AND size_bytes = ? AND (? IS NULL OR choice = ?) AND state IN ('cancelled', 'done') AND sample = 0 ORDER BY number DESC LIMIT 1`)
    .get(file.format, file.file, file.sizeBytes, file.choice, file.choice);
  return row?.state === 'cancelled' && row.read > 0 ? { ...toReport(row), number: row.number } : null;
}

/** Lets a stopped import run again; its counts go on. */
export function reopenImport(db: WritableDb, number: number): void {
  db.command("UPDATE imports SET state = 'running', finished_at_ms = NULL WHERE number = ?").run(number);
}

/** @returns the import's internal number */
export function insertImport(db: WritableDb, entry: { readonly id: string; readonly source: SourceId; readonly format: string; readonly file: string; readonly sample: boolean; readonly startedAtMs: number; readonly of: ImportOf }): number {
  return db.command(`
    INSERT INTO imports (import_id, source, format, file, sample, state, read, added, duplicate, skipped, issues, started_at_ms, size_bytes, choice)
    VALUES (?, ?, ?, ?, ?, 'running', 0, 0, 0, 0, '[]', ?, ?, ?)`).run(entry.id, entry.source, entry.format, entry.file, entry.sample ? 1 : 0, entry.startedAtMs, entry.of.sizeBytes, entry.of.choice).lastInsertRowid;
}

/** What may change while an import runs and when it ends. */
export interface ImportProgress { readonly read: number; readonly added: number; readonly duplicate: number; readonly skipped: number; readonly issues: readonly ImportIssueCount[]; readonly firstRecordMs: number | null; readonly lastRecordMs: number | null }

export function updateImport(db: WritableDb, number: number, progress: ImportProgress): void {
  db.command('UPDATE imports SET read = ?, added = ?, duplicate = ?, skipped = ?, issues = ?, first_record_ms = ?, last_record_ms = ? WHERE number = ?')
    .run(progress.read, progress.added, progress.duplicate, progress.skipped, JSON.stringify(progress.issues), progress.firstRecordMs, progress.lastRecordMs, number);
}

export function endImport(db: WritableDb, number: number, state: ImportState, finishedAtMs: number): void {
  db.command('UPDATE imports SET state = ?, finished_at_ms = ? WHERE number = ?').run(state, finishedAtMs, number);
}

/** Formats of which records of this source are in the vault. */
export const storedFormats = (db: ReadableDb, source: SourceId): string[] =>
  db.query<{ format: string }>("SELECT DISTINCT format FROM imports WHERE source = ? AND added > 0 AND state NOT IN ('undone', 'failed')").all(source).map((row) => row.format);
