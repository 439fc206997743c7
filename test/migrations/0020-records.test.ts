/** Migration 20 on real rows: what it promises about items, records and imports. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { migration as foundation } from '../../electron/core/migrations/0010-foundation.ts';
import { migration as records } from '../../electron/core/migrations/0020-records.ts';
import { openDatabase } from '../../electron/core/platform/sqlite/database.ts';
import { migrate } from '../../electron/core/platform/sqlite/migrate.ts';
import { temporaryFolder } from '../support/database.ts';

it('adds imports, items and records to a vault that has none, and keeps what was there', () => {
  const db = openDatabase(join(temporaryFolder(), 'vault.db'), randomBytes(32));
  onTestFinished(() => { db.close(); });
  migrate(db, [foundation], { nowMs: 0 });
  db.command("INSERT INTO meta (key, value) VALUES ('kept', 'yes')").run();
  expect(migrate(db, [foundation, records], { nowMs: 1 })).toBe(1);
  expect(db.query<{ value: string }>("SELECT value FROM meta WHERE key = 'kept'").get()?.value).toBe('yes');

  const insertItem = db.command('INSERT INTO items (source, kind, title, fingerprint) VALUES (?, ?, ?, ?)');
  const first = insertItem.run('spotify', 'music', 'A', randomBytes(16)).lastInsertRowid;
  db.command('DELETE FROM items').run();
  expect(insertItem.run('spotify', 'music', 'B', randomBytes(16)).lastInsertRowid).toBeGreaterThan(first);
  expect(() => insertItem.run('spotify', 'painting', 'C', randomBytes(16))).toThrow(/CHECK/);

  const insertRecord = db.command('INSERT OR IGNORE INTO records (at_ms, item_id, variant, import_number, grain_ms) VALUES (?, ?, ?, 1, 1)');
  expect([insertRecord.run(5, 1, 0).changes, insertRecord.run(5, 1, 0).changes, insertRecord.run(5, 1, 1).changes]).toEqual([1, 0, 1]);

  const insertImport = db.command("INSERT INTO imports (import_id, source, format, file, sample, state, read, added, duplicate, skipped, issues, started_at_ms) VALUES (?, 'netflix', 'f', 'f', 0, ?, 0, 0, 0, 0, '[]', 0)");
  insertImport.run('imp_1', 'running');
  expect(() => insertImport.run('imp_1', 'running')).toThrow(/UNIQUE/);
  expect(() => insertImport.run('imp_2', 'lost')).toThrow(/CHECK/);
});
