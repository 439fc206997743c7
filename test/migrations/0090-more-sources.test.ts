/** Items and imports keep their numbers and everything that refers to them when their tables are made anew. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { MIGRATIONS } from '../../electron/core/migrations/index.ts';
import { openDatabase } from '../../electron/core/platform/sqlite/database.ts';
import { migrate } from '../../electron/core/platform/sqlite/migrate.ts';
import { temporaryFolder } from '../support/database.ts';

function before(fill: boolean) {
  const db = openDatabase(join(temporaryFolder(), 'vault.db'), randomBytes(32));
  onTestFinished(() => { db.close(); });
  migrate(db, MIGRATIONS.filter(({ version }) => version < 90), { nowMs: 0 });
  const addImport = (id: string): number => db.command("INSERT INTO imports (import_id, source, format, file, sample, state, read, added, duplicate, skipped, issues, started_at_ms) VALUES (?, 'netflix', 'netflix/viewing-history', 'x.csv', 0, 'done', 1, 1, 0, 0, '[]', 5)").run(id).lastInsertRowid;
  const addItem = (title: string): number => db.command("INSERT INTO items (source, kind, title, fingerprint) VALUES ('netflix', 'video', ?, ?)").run(title, randomBytes(16)).lastInsertRowid;
  if (fill) {
    for (const id of ['a', 'b', 'gone']) addImport(id);
    for (const title of ['One', '', 'Gone']) addItem(title);
    db.exec(`
      DELETE FROM imports WHERE import_id = 'gone';
      DELETE FROM items WHERE title = 'Gone';
      INSERT INTO sealed_items (item_id, box) VALUES (2, x'0102');
      INSERT INTO match_names (name_id, name) VALUES (1, 'screen'), (2, 'lexicon/title@1');
      INSERT INTO item_matches (item_id, target_id, rule_id, item_kind, weight) VALUES (1, 1, 2, 'video', 1);
      INSERT INTO records (at_ms, item_id, variant, import_number, grain_ms) VALUES (1000, 1, 0, 2, 1), (2000, 2, 0, 2, 1);
      UPDATE enrichment_state SET classified_to = 2, records = 2;
    `);
  }
  return { db, addImport, addItem };
}

test('nothing is lost, numbers are never used twice, and what was concluded is concluded anew', () => {
  const { db } = before(true);
  expect(migrate(db, MIGRATIONS.filter(({ version }) => version <= 90), { nowMs: 1 })).toBe(1);
  expect(db.query('SELECT item_id, source, kind, act, title FROM items ORDER BY item_id').all()).toEqual([{ item_id: 1, source: 'netflix', kind: 'video', act: 'used', title: 'One' }, { item_id: 2, source: 'netflix', kind: 'video', act: 'used', title: '' }]);
  expect(db.query('SELECT number, import_id FROM imports ORDER BY number').all()).toEqual([{ number: 1, import_id: 'a' }, { number: 2, import_id: 'b' }]);
  expect(db.query('SELECT item_id, box FROM sealed_items').all()).toEqual([{ item_id: 2, box: Buffer.from([1, 2]) }]);
  expect(db.query('SELECT count(*) AS n FROM records').get()).toEqual({ n: 2 });
  expect(db.query('SELECT classified_to, records FROM enrichment_state').get()).toEqual({ classified_to: 0, records: 2 });
  const item = db.command("INSERT INTO items (source, kind, act, title, fingerprint) VALUES ('goodreads', 'book', 'liked', 'Next', x'00')").run().lastInsertRowid;
  expect(item).toBe(4);
  expect(db.command("INSERT INTO imports (import_id, source, format, file, sample, state, read, added, duplicate, skipped, issues, started_at_ms) VALUES ('c', 'goodreads', 'goodreads/library', 'x', 0, 'running', 0, 0, 0, 0, '[]', 5)").run().lastInsertRowid).toBe(4);
  // What refers to an item still goes with it.
  db.command('DELETE FROM items WHERE item_id = 2').run();
  expect(db.query('SELECT count(*) AS n FROM sealed_items').get()).toEqual({ n: 0 });
});

test('an empty vault begins at one', () => {
  const { db } = before(false);
  migrate(db, MIGRATIONS.filter(({ version }) => version <= 90), { nowMs: 1 });
  expect(db.command("INSERT INTO items (source, kind, act, title, fingerprint) VALUES ('goodreads', 'book', 'used', 'First', x'00')").run().lastInsertRowid).toBe(1);
});
