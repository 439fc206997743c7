/** Rules the enrichment tables keep by themselves, on real rows. */
import { expect, test } from 'vitest';
import { bought, daysAgo, openEnrichment } from '../support/enrichment.ts';

test('matches go with their item, and every table is held to its kinds', async () => {
  const { db, add, refresh, service } = openEnrichment();
  const number = add('imp_a', 'amazon', [{ item: bought('Banneton proofing basket'), atMs: daysAgo(3) }, { item: bought('Stand mixer'), atMs: daysAgo(9) }]);
  await refresh();
  const matches = () => db.query<{ n: number }>('SELECT count(*) AS n FROM item_matches').get()?.n ?? -1;
  expect(matches()).toBeGreaterThan(1);
  service.declare({ claim: 'units', value: 'metric' });
  const refused = (sql: string) => { expect(() => { db.exec(sql); }, sql).toThrow(/constraint|datatype|cannot store|FOREIGN KEY/i); };
  refused("UPDATE preferences SET sensitive = 2");
  refused("UPDATE preferences SET last_seen_ms = 'yesterday'");
  refused("UPDATE statements SET origin = 'inferred'");
  refused('UPDATE item_matches SET target_id = 9999');
  refused("INSERT INTO enrichment_state (one, lexicon, classified_to, records) VALUES (2, '', 0, 0)");
  refused("INSERT INTO item_matches VALUES (9999, 1, 1, 'product', 'used', 1.0)");
  db.command('DELETE FROM records WHERE import_number = ?').run(number);
  db.exec('DELETE FROM items');
  expect(matches()).toBe(0);
  expect(db.query('PRAGMA foreign_key_check').all()).toEqual([]);
});
