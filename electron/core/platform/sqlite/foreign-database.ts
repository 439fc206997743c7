/** Databases of other programs, of which nothing is trusted: held in memory, only read, and of what is in them only plain tables. */
import { t } from '../../../../shared/language/message.ts';
import Driver from 'better-sqlite3';
import { AppError } from '../../../../shared/errors/app-error.ts';

export type ForeignValue = string | number | null;

export interface ForeignDatabase {
  /** Plain tables and the columns stored in them; what is computed, and tables that are programs or views, do not count. */
  readonly tables: ReadonlyMap<string, ReadonlySet<string>>;
  /**
   * The values of these columns, row by row as they lie in the table; null stands for whatever is neither a number nor text of reasonable length.
   *
   * @throws {AppError} ERR_DATABASE_INVALID, also while reading on
   */
  rows(table: string, columns: readonly string[]): Generator<readonly ForeignValue[], void>;
  close(): void;
}

/** More is held in memory twice for a moment, and no browser keeps as much. */
export const FOREIGN_BYTES = 256 * 2 ** 20;
/** Browsers have some thirty. */
const TABLES = 500;
/** Their descriptions take some 30 kB; the library reads all of them at once, however many there are. */
const SCHEMA_BYTES = 4 * 2 ** 20, SCHEMA_PAGES = 2_000;
const TEXT_BYTES = 65_536;

const HEADER_BYTES = 100, MAGIC = Buffer.from('SQLite format 3\0', 'latin1');
/** Places in the header: size of a page, versions of writing and reading, change counter, number of pages, the change that number was true for. */
const PAGE_SIZE_AT = 16, VERSIONS_AT = 18, CHANGES_AT = 24, PAGES_AT = 28, VALID_FOR_AT = 92;
const LEAF = 13, INTERIOR = 5;

export const looksLikeDatabase = (head: Buffer): boolean => head.subarray(0, MAGIC.length).equals(MAGIC);

const invalid = (name: string, cause?: unknown): AppError => new AppError(
  'ERR_DATABASE_INVALID',
  t('“{name}” is a database that cannot be read: it is damaged, not whole, or was copied while a program was writing to it. Close the program it belongs to and copy the file again. Nothing was imported from it.', { name }),
  { cause },
);

/**
 * Opens a database from its bytes, which it may change. `name`: what the person called the file, for messages.
 *
 * It is not opened where it lies: the library would look for a journal beside it and believe it. Views, triggers, computed columns and virtual tables
 * could make reading a plain name run what somebody else wrote; none of them is ever named in a statement here.
 *
 * @throws {AppError} ERR_DATABASE_INVALID
 */
export function openForeignDatabase(bytes: Buffer, name: string): ForeignDatabase {
  const pageBytes = pageSizeOf(bytes);
  if (pageBytes === null || !isSchemaModest(bytes, pageBytes)) throw invalid(name);
  // Whether it kept a log beside it: what is in that log is not here, and without one it opens like any other.
  bytes.fill(1, VERSIONS_AT, VERSIONS_AT + 2);
  let driver: Driver.Database | undefined;
  try {
    driver = new Driver(bytes, { readonly: true });
    for (const [pragma, value, expected] of [['trusted_schema', 'OFF', 0], ['query_only', 'ON', 1], ['cell_size_check', 'ON', 1], ['temp_store', 'MEMORY', 2]] as const) {
      driver.pragma(`${pragma}=${value}`);
      if (driver.pragma(pragma, { simple: true }) !== expected) throw new Error(`pragma ${pragma} was not taken`);
    }
    return wrap(driver, plainTables(driver), name);
  } catch (error) {
    driver?.close();
    throw translate(error, name);
  }
}

/** @returns null where bytes are missing or the size cannot be right */
function pageSizeOf(bytes: Buffer): number | null {
  if (bytes.length < HEADER_BYTES || !looksLikeDatabase(bytes)) return null;
  const told = bytes.readUInt16BE(PAGE_SIZE_AT), pageBytes = told === 1 ? 65_536 : told;
  if (pageBytes < 512 || (pageBytes & (pageBytes - 1)) !== 0 || bytes.length % pageBytes !== 0) return null;
  // The library would take what is missing for zeros.
  const isCountValid = bytes.readUInt32BE(CHANGES_AT) === bytes.readUInt32BE(VALID_FOR_AT);
  return isCountValid && bytes.readUInt32BE(PAGES_AT) * pageBytes > bytes.length ? null : pageBytes;
}

/** Adds up what the descriptions of all tables take, in the tree of pages that begins on the first. Only a table of millions of tables takes more. */
function isSchemaModest(bytes: Buffer, pageBytes: number): boolean {
  const pages = bytes.length / pageBytes;
  const seen = new Set<number>(), waiting = [1];
  let total = 0;
  for (let page = waiting.pop(); page !== undefined; page = waiting.pop()) {
    // What is out of place here is for the library to refuse.
    if (page < 1 || page > pages || seen.has(page)) continue;
    seen.add(page);
    if (seen.size > SCHEMA_PAGES) return false;
    const start = (page - 1) * pageBytes, header = start + (page === 1 ? HEADER_BYTES : 0);
    const kind = bytes[header], cells = bytes.readUInt16BE(header + 3);
    if (kind === INTERIOR) waiting.push(bytes.readUInt32BE(header + 8));
    for (let i = 0; i < cells; i++) {
      const pointer = header + (kind === INTERIOR ? 12 : 8) + i * 2;
      if (pointer + 2 > start + pageBytes) break;
      const cell = start + bytes.readUInt16BE(pointer);
      if (cell + 9 > bytes.length) continue;
      if (kind === INTERIOR) waiting.push(bytes.readUInt32BE(cell));
      else if (kind === LEAF) total += sizeAt(bytes, cell);
      if (total > SCHEMA_BYTES || waiting.length > SCHEMA_PAGES) return false;
    }
  }
  return true;
}

/** A number of up to nine bytes, seven bits in each; beyond four bytes it is larger than anything. */
function sizeAt(bytes: Buffer, at: number): number {
  let value = 0;
  for (let i = 0; i < 4; i++) {
    const byte = bytes[at + i] ?? 0;
    value = value * 128 + (byte & 127);
    if (byte < 128) return value;
  }
  return Infinity;
}

const quoted = (identifier: string): string => `"${identifier.replaceAll('"', '""')}"`;

function plainTables(driver: Driver.Database): Map<string, ReadonlySet<string>> {
  const tables = new Map<string, ReadonlySet<string>>();
  // A virtual table has no page of its own.
  const names = driver.prepare<[number], { name: string }>("SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0 AND sql NOT LIKE 'create virtual%' LIMIT ?").all(TABLES);
  for (const { name } of names) {
    const columns = driver.pragma(`table_xinfo(${quoted(name)})`) as { readonly name: string; readonly hidden: number }[];
    tables.set(name, new Set(columns.filter(({ hidden }) => hidden === 0).map((column) => column.name)));
  }
  return tables;
}

function wrap(driver: Driver.Database, tables: ForeignDatabase['tables'], name: string): ForeignDatabase {
  return Object.freeze({
    tables,
    * rows(table: string, columns: readonly string[]) {
      const stored = tables.get(table);
      if (!stored || !columns.every((column) => stored.has(column))) throw new RangeError(`no such table or column: ${table}`);
      // Its kind and length are known without reading a text; without an index, for what is in one need not be what is in the table.
      const values = columns.map(quoted).map((column) => `CASE typeof(${column}) WHEN 'integer' THEN ${column} WHEN 'real' THEN ${column} WHEN 'text' THEN CASE WHEN octet_length(${column}) <= ${TEXT_BYTES} THEN ${column} END END`);
      try {
        yield* driver.prepare(`SELECT ${values.join(', ')} FROM main.${quoted(table)} NOT INDEXED`).raw().iterate() as IterableIterator<ForeignValue[]>;
      } catch (error) {
        throw translate(error, name);
      }
    },
    close: () => { driver.close(); },
  } satisfies ForeignDatabase);
}

function translate(error: unknown, name: string): unknown {
  return error instanceof Driver.SqliteError ? invalid(name, error) : error;
}
