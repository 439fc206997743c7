/** What a copy of the database is compared with. Apart from the backup, so that the worker that opens the copy loads nothing else of the vault. */
import type { ReadableDb } from '../platform/sqlite/types.ts';
import type { RowCounts } from './tasks.ts';

/** Rows of every table of ours. */
export function countRows(db: ReadableDb): RowCounts {
  const tables = db.query<{ name: string }>("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB 'sqlite_*' ORDER BY name").all();
  return Object.fromEntries(tables.map(({ name }) => [name, db.query<{ n: number }>(`SELECT count(*) AS n FROM "${name}"`).get()?.n ?? 0]));
}
