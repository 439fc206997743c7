/** The kinds of work sources give to a worker: looking into files, going through their rows, and parsing what was chosen. Types only cross the thread as plain data. */
import type { OptionalField } from '../../../shared/domain/records.ts';
import type { ErrorCode } from '../../../shared/errors/codes.ts';
import type { Act, ItemKind } from '../records/records.ts';
import type { TaskKind } from '../platform/workers/task-kind.ts';
import type { Chosen, FileRef } from './files.ts';
import type { SourceId } from './record.ts';
import type { LeaveOut } from './strike.ts';

export interface InspectInput { readonly chosen: readonly (Chosen & { readonly fileId: string })[]; readonly nowMs: number }

/** All files of one format behind one chosen file, or behind the numbered zips of one export. */
export interface DataSet {
  readonly fileId: string;
  readonly source: SourceId;
  readonly format: string;
  /** What the person would call it. */
  readonly file: string;
  readonly parts: readonly FileRef[];
  readonly sizeBytes: number;
  readonly profiles: readonly string[];
  /** To be left out unless the person asks for it by itself. */
  readonly optIn: boolean;
  readonly keeps: readonly string[];
  readonly drops: readonly string[];
  readonly sample: readonly { readonly kind: ItemKind; readonly act: Act; readonly title: string; readonly creator: string | null; readonly atMs: number; readonly detail: string }[];
}

export interface Inspection {
  readonly dataSets: readonly DataSet[];
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
export interface RowsInput { readonly parts: readonly FileRef[]; readonly format: string; readonly profiles: readonly string[] | null; readonly nowMs: number; readonly resourcesDir: string; readonly text: string; readonly limit: number }

export const rowsTask: TaskKind<RowsInput, never, RowsPage> = { name: 'sources.rows' };

export interface ParseInput { readonly parts: readonly FileRef[]; readonly format: string; readonly profiles: readonly string[] | null; readonly nowMs: number; readonly resourcesDir: string; /** Rows read before, by an import that was stopped: passed by. */ readonly skip: number; readonly leaveOut: LeaveOut | null }

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

/** at, item number, variant, duration, quantity, amount, index into `currencies`. */
export const RECORD_FIELDS = 7;

export const parseTask: TaskKind<ParseInput, ParseBatch, null> = { name: 'sources.parse' };
