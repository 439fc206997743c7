/** Reads the rows of one table around pages that cannot be read. Every page proves itself, so a row is either right or missing. */
import { AppError } from '../../../shared/errors/app-error.ts';
import type { ReadableDb, SqlValue } from '../platform/sqlite/types.ts';

export interface TableShape {
  readonly name: string;
  readonly columns: readonly string[];
  /** Columns the table is in order of; for a table with a rowid that alone. */
  readonly key: readonly string[];
  readonly isNumbered: boolean;
  /** Whether the first column of the key holds text rather than whole numbers. */
  readonly isText: boolean;
}

/** The shape of a table as SQLite tells it. */
export function shapeOf(db: ReadableDb, name: string): TableShape {
  const info = db.query<{ name: string; pk: number; type: string }>('SELECT name, pk, type FROM pragma_table_info(?) ORDER BY cid').all(name);
  const keyed = info.filter(({ pk }) => pk > 0).sort((a, b) => a.pk - b.pk);
  const withoutRowid = db.query<{ wr: number }>("SELECT wr FROM pragma_table_list WHERE schema = 'main' AND name = ?").get(name)?.wr === 1;
  const key = withoutRowid ? keyed.map((column) => column.name) : ['rowid'];
  return { name, columns: info.map((column) => column.name), key, isNumbered: !withoutRowid, isText: withoutRowid && keyed[0]?.type === 'TEXT' };
}

export type Row = Readonly<Record<string, SqlValue>>;

/** The greatest number in a numbered table, which is about how many rows it has had; 0 where it has no numbers or its end cannot be read. */
export function greatestNumber(db: ReadableDb, { name, isNumbered }: TableShape): number {
  if (!isNumbered) return 0;
  try {
    return db.query<{ n: number | null }>(`SELECT max(rowid) AS n FROM "${name}"`).get()?.n ?? 0;
  } catch (error) {
    if (error instanceof AppError && error.code === 'ERR_VAULT_CORRUPT') return 0;
    throw error;
  }
}

/** Tries at places inside the damage, for a table: bounds the time, and finds what lies whole between two bad pages. */
const MAX_TRIES = 500;
/** How far behind the last readable number a table is looked for when its end is damaged. */
const REACH = 1_000_000n;
/** Integers above this are times in Unix ms. */
const TIMES_FROM = 100_000_000_000n;
const PREFIX_BYTES = 16;

/**
 * Gives every readable row to `take`, some perhaps twice, and waits for what it returns.
 *
 * @returns how many numbers lie in what could not be read (0: everything was read), or null when nobody can tell
 */
export async function salvageTable(db: ReadableDb, shape: TableShape, nowMs: number, take: (row: Row) => Promise<void> | undefined): Promise<number | null> {
  const keys = shape.key.map((column) => (column === 'rowid' ? 'rowid' : `"${column}"`));
  const first = keys[0] ?? 'rowid';
  // The first part of the key under a name of its own: rowid is not among the columns.
  const select = `SELECT ${first} AS "salvage key", * FROM "${shape.name}"`;
  const up = `ORDER BY ${keys.join(', ')}`, down = `ORDER BY ${keys.map((column) => `${column} DESC`).join(', ')}`;
  const { isText } = shape;

  /** Reads on until the end, until `stop` says so, or until a page cannot be read. */
  const read = async (sql: string, params: readonly SqlValue[], stop: (at: bigint) => boolean): Promise<{ readonly last: bigint | null; readonly whole: boolean }> => {
    let last: bigint | null = null;
    try {
      for (const { 'salvage key': key, ...row } of db.query<Row>(sql).iterate(...params)) {
        const at = positionOf(key ?? null);
        if (stop(at)) return { last, whole: true };
        const waits = take(row);
        if (waits !== undefined) await waits;
        last = at;
      }
      return { last, whole: true };
    } catch (error) {
      if (error instanceof AppError && error.code === 'ERR_VAULT_CORRUPT') return { last, whole: false };
      throw error;
    }
  };

  const forwards = await read(`${select} ${up}`, [], () => false);
  if (forwards.whole) return 0;
  const backwards = await read(`${select} ${down}`, [], (at) => forwards.last !== null && at <= forwards.last);
  const from = forwards.last ?? -1n;
  const reach = isText ? 256n ** BigInt(PREFIX_BYTES) - 1n : from > TIMES_FROM ? BigInt(nowMs) + REACH * 1_000n : from + REACH;
  const until = backwards.last ?? reach;

  /** Numbers tried in vain; they lie in no gap any more. */
  let vain = 0;
  const gaps: { readonly from: bigint; readonly until: bigint }[] = [{ from, until }];
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    gaps.sort((a, b) => (a.until - a.from > b.until - b.from ? -1 : 1));
    const gap = gaps[0];
    if (!gap || gap.until - gap.from <= 1n) break;
    gaps.shift();
    const middle = (gap.from + gap.until) / 2n;
    const start = isText ? 'CAST(? AS TEXT)' : '?';
    const right = await read(`${select} WHERE ${first} >= ${start} ${up}`, [keyAt(middle, isText)], (at) => at >= gap.until);
    const left = await read(`${select} WHERE ${first} < ${start} ${down}`, [keyAt(middle, isText)], (at) => at <= gap.from);
    if (!right.whole && right.last === null) vain++;
    if (!right.whole) gaps.push({ from: right.last ?? middle, until: gap.until });
    if (!left.whole) gaps.push({ from: gap.from, until: left.last ?? middle });
  }
  if (!shape.isNumbered || (backwards.last === null && !backwards.whole)) return null;
  const lost = gaps.reduce((sum, gap) => sum + (gap.until - gap.from - 1n), 0n);
  // Nothing between two neighbours: a row whose long text lies on the bad page.
  return Math.max(1, vain + Number(lost));
}

/** Where a key lies among all keys, as a number: itself, or its first bytes. */
function positionOf(key: SqlValue): bigint {
  if (typeof key === 'number') return BigInt(Math.trunc(key));
  if (typeof key !== 'string') return 0n;
  const prefix = Buffer.alloc(PREFIX_BYTES);
  prefix.write(key, 'utf8');
  return BigInt(`0x${prefix.toString('hex')}`);
}
const keyAt = (position: bigint, isText: boolean): SqlValue => (isText ? Buffer.from(position.toString(16).padStart(PREFIX_BYTES * 2, '0'), 'hex') : position);
