/** What the person left out of a source the last time: remembered for the next file of it, never applied without being shown. */
import type { ReadableDb, WritableDb } from '../platform/sqlite/types.ts';
import type { LeaveOut } from './strike.ts';

/** Rows and times belong to one file. What was struck out by name is not written down: it would stay in the vault after all. */
export type Policy = Pick<LeaveOut, 'kinds' | 'fields' | 'sensitive'>;

/** `source`: its id, or the format of one of the person's own. */
const keyOf = (source: string): string => `sources.policy/${source}`;

/** Null when nothing was imported from it by hand yet. */
export function readPolicy(db: ReadableDb, source: string): Policy | null {
  const row = db.query<{ value: string }>('SELECT value FROM settings WHERE key = ?').get(keyOf(source));
  // Written by this module only.
  return row ? JSON.parse(row.value) as Policy : null;
}

export function rememberPolicy(db: WritableDb, source: string, { kinds, fields, sensitive }: LeaveOut): void {
  db.command('INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value').run(keyOf(source), JSON.stringify({ kinds, fields, sensitive } satisfies Policy));
}
