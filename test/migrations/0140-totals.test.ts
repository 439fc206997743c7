/** A vault that kept a row of totals for each thing counts everything once more, and finds it again; from there on what is taken away is noted by itself. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { MIGRATIONS } from '../../electron/core/migrations/index.ts';
import { openDatabase } from '../../electron/core/platform/sqlite/database.ts';
import { migrate } from '../../electron/core/platform/sqlite/migrate.ts';
import { readThings } from '../../electron/core/records/finding.ts';
import { totalItems } from '../../electron/core/records/totals.ts';
import { temporaryFolder } from '../support/database.ts';

test('what was found by rows is found by columns after the next count, and nothing before it', async () => {
  const db = openDatabase(join(temporaryFolder(), 'vault.db'), randomBytes(32));
  onTestFinished(() => { db.close(); });
  migrate(db, MIGRATIONS.filter(({ version }) => version < 140), { nowMs: 0 });
  db.exec(`
    INSERT INTO imports (import_id, source, format, file, sample, state, read, added, duplicate, skipped, issues, started_at_ms) VALUES ('a', 'netflix', 'netflix/viewing-history', 'x.csv', 0, 'done', 3, 3, 0, 0, '[]', 5);
    INSERT INTO items (item_id, source, kind, act, title, fingerprint) VALUES (1, 'netflix', 'video', 'used', 'One', x'01'), (2, 'netflix', 'video', 'liked', 'Two', x'02'), (3, 'netflix', 'video', 'used', '', x'03');
    INSERT INTO sealed_items (item_id, box) VALUES (3, x'0102');
    INSERT INTO records (at_ms, item_id, variant, import_number, grain_ms) VALUES (1000, 1, 0, 1, 1), (2000, 1, 0, 1, 1), (3000, 2, 0, 1, 1), (4000, 3, 0, 1, 1);
    INSERT INTO item_totals (item_id, source, kind, act, records, first_ms, last_ms) VALUES (1, 'netflix', 'video', 'used', 2, 1000, 2000), (2, 'netflix', 'video', 'liked', 1, 3000, 3000);
    UPDATE enrichment_state SET classified_to = 3, records = 4;
    UPDATE finding_state SET indexed_to = 3;
  `);
  // What counts is of today: so are the columns it reads.
  migrate(db, MIGRATIONS, { nowMs: 1 });
  // Which makes bringing the profile up to date the next thing the vault does.
  expect(db.query('SELECT records FROM enrichment_state').get()).toEqual({ records: -1 });
  expect([...readThings(db).find({ words: [], order: 'newest' })]).toEqual([]);
  const count = () => totalItems(db, { asOfMs: 5_000, halfLifeMsOf: () => 1_000 });
  expect((await count()).records).toBe(4);
  const things = readThings(db);
  expect([...things.find({ words: [], order: 'newest' })]).toEqual([2, 1]);
  expect(things.items([1, 3])).toMatchObject([{ title: 'One', records: 2, firstMs: 1_000, lastMs: 2_000 }]);
  db.command('DELETE FROM records WHERE at_ms = 2000').run();
  await count();
  expect(readThings(db).items([1])).toMatchObject([{ records: 1, firstMs: 1_000, lastMs: 1_000 }]);
});
