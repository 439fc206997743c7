/** What an importer is: it recognises a format by its structure and reads one row at a time. */
import type { ForeignDatabase } from '../platform/sqlite/foreign-database.ts';
import type { CsvRow } from './csv.ts';
import type { IssueCode, ParsedRecord, SourceId } from './record.ts';

/** What a file looks like from its first bytes. */
export type Structure =
  | { readonly shape: 'csv'; readonly delimiter: string; /** Lower-case, trimmed. */ readonly header: readonly string[] }
  | { readonly shape: 'json-array'; /** Keys of the first elements together. */ readonly keys: ReadonlySet<string> }
  | { readonly shape: 'json-tree'; /** Keys of the object, and of the objects in it as "outer/inner", as far as the beginning of the file shows them. */ readonly keys: ReadonlySet<string> }
  | { readonly shape: 'html'; /** As it stands there. */ readonly head: string }
  | { readonly shape: 'database'; readonly tables: ForeignDatabase['tables'] };

/** What can only be known from a whole file. */
export interface Survey {
  /** Account profiles that occur, in order of appearance. */
  readonly profiles: readonly string[];
  readonly dateOrder: DateOrder | null;
  /** Something the person should know about the whole file. */
  readonly remark: IssueCode | null;
  /** What the files {@link CsvFormat.beside} it say, used up as the rows of all parts are read; null where there are none. */
  readonly beside: Map<string, number> | null;
  /** What went on by itself for hours, as the format names its rows; nothing where left out. */
  readonly background?: ReadonlySet<string>;
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
  /** How exact its times are: 1 for seconds or better, 60,000 for minutes, 3,600,000 for hours, 86,400,000 for days. */
  readonly grainMs: number;
  /** It tells that something is so (seen, liked, wanted), not when it happened: its day is the day it was written down, and it counts once for each thing, and not at all beside a record of when. */
  readonly saysOnce?: true;
  /** So sensitive as a whole that it is left out unless the person asks for it by itself. */
  readonly isOptIn?: true;
  /** Fields kept, and those never stored, in words for the preview. */
  readonly keeps: readonly string[];
  readonly drops: readonly string[];
  /** Whether a file of this structure is of this format. `path`: inside the zip or folder, lower case; only where files of different meaning have one structure. */
  readonly recognises: (structure: Structure, path: string) => boolean;
}

/** Column numbers by lower-case name. */
export type Columns = ReadonlyMap<string, number>;

export interface CsvFormat extends FormatBase {
  readonly shape: 'csv';
  /** The first row is a row like all others. */
  readonly headerless?: boolean;
  /** What the columns are called for the reader, where that is not simply what stands in the header. */
  readonly namesOf?: (header: readonly string[]) => readonly string[];
  /** Reads one row; never throws. The row has as many cells as the header. */
  readonly reader: (columns: Columns, options: ReadOptions) => (cells: readonly string[]) => ParsedRecord | IssueCode;
  /** `always`: rows cannot be read without it; `preview`: only the preview shows it. */
  readonly surveyFor?: 'always' | 'preview';
  readonly survey?: (columns: Columns, rows: AsyncIterable<readonly CsvRow[]>) => Promise<Omit<Survey, 'beside'>>;
  /** Files of the same export that say more of these rows. They are looked at when they are chosen together with them; nothing of them is stored. */
  readonly beside?: {
    readonly recognises: (structure: Structure) => boolean;
    /** What one row says: something to be counted, or nothing. Never throws. */
    readonly reader: (columns: Columns) => (cells: readonly string[]) => string | null;
  };
}

/** What one element tells: mostly one thing, or several, as an order of several products or a list in one text does. */
export type Told = ParsedRecord | IssueCode | readonly (ParsedRecord | IssueCode)[];

export interface JsonFormat extends FormatBase {
  readonly shape: 'json-array';
  /** Reads one element; never throws. */
  readonly reader: (options: ReadOptions) => (element: Readonly<Record<string, unknown>>) => Told;
}

/** One JSON object with lists somewhere in it. Elements are read as they come; nothing else of the file is held. */
export interface JsonTreeFormat extends FormatBase {
  readonly shape: 'json-tree';
  /** Where the elements are, "*" standing for any key or index: "$.Activity.*.VideoList.*". A path must not lead into what another one matches. */
  readonly paths: readonly string[];
  /** Reads one element; never throws. `path`: keys and indexes down to it. */
  readonly reader: (options: ReadOptions) => (element: unknown, path: readonly (string | number)[]) => Told;
}

/** What a reader of HTML is told, in the order of the document. Names in lower case; text in pieces, with entities resolved. */
export interface HtmlHandlers {
  open(name: string, attributes: Readonly<Record<string, string>>): void;
  text(text: string): void;
  close(name: string): void;
  /** Whether the end was seen, for pages that leave elements open; omitted where an open element means that the page was cut off. */
  isWhole?(): boolean;
}

export interface HtmlFormat extends FormatBase {
  readonly shape: 'html';
  /** Never throws; tells `emit` of each entry when it is complete. */
  readonly reader: (options: ReadOptions, emit: (outcome: ParsedRecord | IssueCode) => void) => HtmlHandlers;
}

export interface DatabaseFormat extends FormatBase {
  readonly shape: 'database';
  /** Goes through all rows; null for one that tells nothing new. Never throws for what a row holds. */
  readonly reader: (options: ReadOptions) => (database: Pick<ForeignDatabase, 'rows'>) => Iterable<ParsedRecord | IssueCode | null>;
}

export type Format = CsvFormat | JsonFormat | JsonTreeFormat | HtmlFormat | DatabaseFormat;

/** An importer: all the formats of one source. */
export interface Importer {
  readonly source: SourceId;
  readonly formats: readonly Format[];
  /** Files of the source with nothing in them to read, and why, as a sentence about the file goes on after a colon: so that nobody thinks them damaged. */
  readonly leaves?: readonly { readonly recognises: (structure: Structure) => boolean; readonly why: string }[];
}

export const columnsOf = (header: readonly string[]): Columns => new Map(header.map((name, i) => [name, i]));

/** Whether a database has this table with these columns. */
export const hasTable = (structure: Structure, table: string, ...columns: readonly string[]): boolean => {
  const stored = structure.shape === 'database' ? structure.tables.get(table) : undefined;
  return stored !== undefined && columns.every((column) => stored.has(column));
};

/** Whether every name of `wanted` is among the columns of a CSV. */
export const hasColumns = (structure: Structure, ...wanted: readonly string[]): boolean =>
  structure.shape === 'csv' && wanted.every((name) => structure.header.includes(name));
