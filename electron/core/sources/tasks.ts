/** The kinds of work sources give to a worker: looking into files, going through their rows, and parsing what was chosen. Types only cross the thread as plain data. */
import type { Mapping, SavedMapping } from '../../../shared/api/mapping.ts';
import type { LEFT_OUT_BECAUSE, MappedField } from '../../../shared/domain/mapping.ts';
import type { OptionalField } from '../../../shared/domain/records.ts';
import type { ErrorCode } from '../../../shared/errors/codes.ts';
import type { Act, ItemKind } from '../records/records.ts';
import type { TaskKind } from '../platform/workers/task-kind.ts';
import type { Chosen, FileRef } from './files.ts';
import type { SourceId } from './record.ts';
import type { LeaveOut } from './strike.ts';

export interface InspectInput { readonly chosen: readonly (Chosen & { readonly fileId: string })[]; readonly nowMs: number; /** What the person said about files of their own. */ readonly own: readonly SavedMapping[] }

/** All files of one format behind one chosen file, or behind the numbered zips of one export. */
export interface DataSet {
  readonly fileId: string;
  readonly source: SourceId;
  readonly format: string;
  /** What the person said about files of the kind; null for a format of an importer. */
  readonly own: SavedMapping | null;
  /** What the person would call it. */
  readonly file: string;
  readonly parts: readonly FileRef[];
  /** Files that say more of its rows. */
  readonly beside: readonly FileRef[];
  readonly sizeBytes: number;
  readonly profiles: readonly string[];
  /** To be left out unless the person asks for it by itself. */
  readonly optIn: boolean;
  readonly keeps: readonly string[];
  readonly drops: readonly string[];
  readonly sample: readonly { readonly kind: ItemKind; readonly act: Act; readonly title: string; readonly creator: string | null; readonly atMs: number; readonly detail: string }[];
}

/** A table or list no importer knows, of which the person can say what is in it. */
export interface UnknownFile { readonly fileId: string; readonly file: string; readonly part: FileRef }

export interface Inspection {
  readonly dataSets: readonly DataSet[];
  readonly unknown: readonly UnknownFile[];
  readonly unrecognised: readonly { readonly file: string; readonly code: ErrorCode; readonly message: string }[];
}

export const inspectTask: TaskKind<InspectInput, never, Inspection> = { name: 'sources.inspect' };

/** One row as it would be stored. `closed`: the closed part of life it lies in, in words. */
export interface PreviewRow extends BatchItem {
  readonly atMs: number; readonly durationMs: number | null; readonly quantity: number | null; readonly amountMinor: number | null; readonly currency: string | null; readonly closed: string | null;
}
export interface RowsSummary {
  readonly records: number; readonly sensitive: number; readonly firstMs: number | null; readonly lastMs: number | null;
  readonly kinds: readonly { readonly kind: ItemKind; readonly act: Act; readonly count: number }[];
  /** Those that occur. */
  readonly fields: readonly OptionalField[];
}
export interface RowsPage { readonly rows: readonly PreviewRow[]; readonly more: boolean; /** Null when words were looked for. */ readonly summary: RowsSummary | null }
export interface RowsInput { readonly parts: readonly FileRef[]; readonly beside: readonly FileRef[]; readonly format: string; readonly own: SavedMapping | null; readonly profiles: readonly string[] | null; readonly nowMs: number; readonly resourcesDir: string; readonly text: string; readonly limit: number }

export const rowsTask: TaskKind<RowsInput, never, RowsPage> = { name: 'sources.rows' };

export interface ParseInput { readonly parts: readonly FileRef[]; readonly beside: readonly FileRef[]; readonly format: string; readonly own: SavedMapping | null; readonly profiles: readonly string[] | null; readonly nowMs: number; readonly resourcesDir: string; /** Rows read before, by an import that was stopped: passed by. */ readonly skip: number; readonly leaveOut: LeaveOut | null }

/** `headerless`: null where it is to be found out. */
export interface ColumnsInput { readonly part: FileRef; readonly headerless: boolean | null; readonly nowMs: number }
export interface ColumnsPage {
  readonly columns: readonly {
    readonly name: string; readonly field: MappedField | null; readonly because: (typeof LEFT_OUT_BECAUSE)[number] | null; readonly values: readonly string[];
    /** As dates of digits only in it would be read, and whether that could be either way. */
    readonly dateOrder: 'dmy' | 'mdy'; readonly unsure: boolean;
  }[];
  /** How many more the file has than are looked at. */
  readonly more: number; readonly headerless: boolean; readonly table: boolean;
  readonly guess: Pick<Mapping, 'kind' | 'act' | 'durationUnit' | 'ratingTop' | 'currency'>;
}
export const columnsTask: TaskKind<ColumnsInput, never, ColumnsPage> = { name: 'sources.columns' };

export type OwnRow = Omit<PreviewRow, 'closed'>;
/** `names`: the file has to have these; null for any. */
export interface TryInput { readonly part: FileRef; readonly mapping: Mapping; readonly names: readonly string[] | null; readonly nowMs: number }
export interface TriedMapping {
  readonly rows: readonly OwnRow[]; readonly read: number; readonly kept: number; /** False when only the beginning of a long file was gone through. */ readonly whole: boolean;
  readonly issues: readonly { readonly code: string; readonly count: number }[]; readonly shape: 'csv' | 'json-array'; readonly names: readonly string[];
}
export const tryTask: TaskKind<TryInput, never, TriedMapping> = { name: 'sources.try' };

/** Items are sent once, when they first occur, and numbered from 0 in that order. */
export interface BatchItem { readonly kind: ItemKind; readonly act: Act; readonly title: string; readonly creator: string | null; readonly collection: string | null; readonly category: string | null }

export interface ParseBatch {
  readonly items: readonly BatchItem[];
  /** 16 bytes each, for `items`. */
  readonly fingerprints: Uint8Array;
  /** Number of `items[0]`. */
  readonly firstItem: number;
  /** {@link RECORD_FIELDS} numbers per record; NaN stands for null. */
  readonly records: Float64Array;
  /** Rows read since the last batch, whatever became of them. */
  readonly read: number;
  readonly skipped: number;
  /** Counts since the last batch, with samples of where. */
  readonly issues: readonly { readonly code: string; readonly count: number; readonly samples: readonly string[] }[];
  readonly currencies: readonly string[];
  /** Bytes of all parts taken so far, and the part at hand. */
  readonly doneBytes: number;
  readonly subject: string;
}

/** at, item number, variant, duration, quantity, amount, index into `currencies`, 1 for what went on by itself. */
export const RECORD_FIELDS = 8;

export const parseTask: TaskKind<ParseInput, ParseBatch, null> = { name: 'sources.parse' };
