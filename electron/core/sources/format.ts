/** What an importer is: it recognises a format by its structure and reads one row at a time. */
import type { CsvRow } from './csv.ts';
import type { IssueCode, ParsedRecord, SourceId } from './record.ts';

/** What a file looks like from its first bytes. */
export type Structure =
  | { readonly shape: 'csv'; readonly delimiter: string; /** Lower-case, trimmed. */ readonly header: readonly string[] }
  | { readonly shape: 'json-array'; /** Keys of the first elements together. */ readonly keys: ReadonlySet<string> };

/** What can only be known from a whole file. */
export interface Survey {
  /** Account profiles that occur, in order of appearance. */
  readonly profiles: readonly string[];
  readonly dateOrder: DateOrder | null;
  /** Something the person should know about the whole file. */
  readonly remark: IssueCode | null;
}
/** Order of day and month in dates written with digits only. */
export type DateOrder = 'dmy' | 'mdy';

export interface ReadOptions {
  readonly nowMs: number;
  /** Only rows of these account profiles; null: all. */
  readonly profiles: ReadonlySet<string> | null;
  /** Null for formats that need none. */
  readonly survey: Survey | null;
  /** Says something about the row at hand, which is stored all the same. */
  readonly remark: (code: IssueCode) => void;
}

interface FormatBase {
  /** e.g. "spotify/extended". */
  readonly id: string;
  readonly source: SourceId;
  /** How exact its times are: 1 for seconds or better, 60,000 for minutes, 86,400,000 for days. */
  readonly grainMs: number;
  /** Fields kept, and those never stored, in words for the preview. */
  readonly keeps: readonly string[];
  readonly drops: readonly string[];
  /** Whether a file of this structure is of this format. Names of files play no part. */
  readonly recognises: (structure: Structure) => boolean;
}

/** Column numbers by lower-case name. */
export type Columns = ReadonlyMap<string, number>;

export interface CsvFormat extends FormatBase {
  readonly shape: 'csv';
  /** Reads one row; never throws. The row has as many cells as the header. */
  readonly reader: (columns: Columns, options: ReadOptions) => (cells: readonly string[]) => ParsedRecord | IssueCode;
  /** `always`: rows cannot be read without it; `preview`: only the preview shows it. */
  readonly surveyFor?: 'always' | 'preview';
  readonly survey?: (columns: Columns, rows: AsyncIterable<readonly CsvRow[]>) => Promise<Survey>;
}

export interface JsonFormat extends FormatBase {
  readonly shape: 'json-array';
  /** Reads one element; never throws. */
  readonly reader: (options: ReadOptions) => (element: Readonly<Record<string, unknown>>) => ParsedRecord | IssueCode;
}

export type Format = CsvFormat | JsonFormat;

/** An importer: all the formats of one source. */
export interface Importer {
  readonly source: SourceId;
  readonly formats: readonly Format[];
}

export const columnsOf = (header: readonly string[]): Columns => new Map(header.map((name, i) => [name, i]));

/** Whether every name of `wanted` is among the columns of a CSV. */
export const hasColumns = (structure: Structure, ...wanted: readonly string[]): boolean =>
  structure.shape === 'csv' && wanted.every((name) => structure.header.includes(name));
