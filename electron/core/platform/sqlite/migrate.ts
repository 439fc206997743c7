/** Brings a database to the current schema: explicit list, history with checksums, one transaction per step. */
import { createHash } from 'node:crypto';
import { AppError } from '../../../../shared/errors/app-error.ts';
import type { Migration, WritableDb } from './types.ts';

interface HistoryRow { readonly version: number; readonly name: string; readonly sha256: string }

/** Fingerprint of a migration's identity. Its code is not part of it: a build changes the text of a function, not what it does. */
const migrationDigest = (migration: Migration): string => createHash('sha256').update(`${migration.version}|${migration.name}`).digest('hex');

/**
 * Applies what is missing. `beforeChange` runs once, before the first change to a database that already holds data: the place to copy the file.
 *
 * @returns the number of migrations applied
 * @throws {AppError} ERR_VAULT_NEWER when a later program wrote this database; ERR_VAULT_HISTORY_REWRITTEN when its history is not ours.
 */
export function migrate(db: WritableDb, migrations: readonly Migration[], options: { readonly nowMs: number; readonly beforeChange?: () => void }): number {
  assertOrdered(migrations);
  const has = db.query<{ n: number }>("SELECT count(*) AS n FROM sqlite_master WHERE name = 'schema_history'").get();
  const history = has?.n ? db.query<HistoryRow>('SELECT version, name, sha256 FROM schema_history ORDER BY version').all() : [];
  const newest = migrations.at(-1)?.version ?? 0;
  const last = history.at(-1);
  if (last && last.version > newest) {
    throw new AppError('ERR_VAULT_NEWER', 'This vault was opened by a newer Penchant. Update Penchant to open it; nothing was changed.', { details: { vault: last.version, program: newest } });
  }
  history.forEach((row, i) => {
    const expected = migrations[i];
    if (!expected || expected.version !== row.version || migrationDigest(expected) !== row.sha256) {
      throw new AppError('ERR_VAULT_HISTORY_REWRITTEN', 'This vault’s structure has a history this program does not know. Nothing was changed. Restore a backup or use the program that wrote it.');
    }
  });
  const missing = migrations.slice(history.length);
  if (missing.length === 0) return 0;
  if (history.length > 0) options.beforeChange?.();
  for (const migration of missing) {
    db.transaction(() => {
      db.exec('CREATE TABLE IF NOT EXISTS schema_history (version INTEGER PRIMARY KEY, name TEXT NOT NULL, sha256 TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT');
      migration.up(db);
      db.command('INSERT INTO schema_history (version, name, sha256, applied_at) VALUES (?, ?, ?, ?)').run(migration.version, migration.name, migrationDigest(migration), options.nowMs);
      db.exec(`PRAGMA user_version = ${migration.version}`);
      const orphans = db.query('PRAGMA foreign_key_check').all();
      if (orphans.length > 0) throw new Error(`migration ${migration.name} leaves ${orphans.length} orphaned rows`);
    });
  }
  // Steps that make a table anew leave pages nobody reads, in which damage would go unseen. An older database fills them again.
  if (history.length === 0) db.exec('VACUUM');
  return missing.length;
}

function assertOrdered(migrations: readonly Migration[]): void {
  migrations.forEach((migration, i) => {
    const previous = migrations[i - 1];
    if (previous && previous.version >= migration.version) throw new Error(`migration ${migration.name} is out of order`);
  });
}
