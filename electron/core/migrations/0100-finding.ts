/** What is looked for: the words of every thing, and how often and when there was something with it. Made anew from items and records at any time. */
import type { Migration } from '../platform/sqlite/types.ts';

export const migration: Migration = {
  version: 100,
  name: 'finding',
  up(db) {
    // Without a copy of the words: those are in the items. Sealed items are in neither table.
    db.exec(`
      CREATE VIRTUAL TABLE item_words USING fts5 (
        words,
        content = '', contentless_delete = 1, detail = none, prefix = '1 2 3', tokenize = 'unicode61 remove_diacritics 0'
      );
      CREATE TABLE item_totals (
        item_id INTEGER PRIMARY KEY REFERENCES items ON DELETE CASCADE,
        source TEXT NOT NULL,
        kind TEXT NOT NULL,
        act TEXT NOT NULL,
        records INTEGER NOT NULL,
        first_ms INTEGER NOT NULL,
        last_ms INTEGER NOT NULL
      ) STRICT;
      CREATE INDEX item_totals_last ON item_totals (last_ms, item_id);
      CREATE TABLE finding_state (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        indexed_to INTEGER NOT NULL,
        to_purge INTEGER NOT NULL CHECK (to_purge IN (0, 1))
      ) STRICT;
      INSERT INTO finding_state (one, indexed_to, to_purge) VALUES (1, 0, 0);
    `);
    // An older vault fills them when its profile is brought up to date, which this makes the next thing it does.
    db.exec('UPDATE enrichment_state SET records = -1 WHERE records > 0');
  },
};
