/** What the records say of each thing, as columns in blocks of things instead of a row for each: read whole in a few ms, and written again only where something came or went. Made anew from items and records at any time. */
import type { Migration } from '../platform/sqlite/types.ts';

export const migration: Migration = {
  version: 140,
  name: 'totals',
  up(db) {
    db.exec(`
      DROP TABLE item_totals;
      CREATE TABLE item_sorts (
        sort_id INTEGER PRIMARY KEY,
        source TEXT NOT NULL,
        kind TEXT NOT NULL,
        act TEXT NOT NULL,
        UNIQUE (source, kind, act)
      ) STRICT;
      CREATE TABLE total_blocks (
        block INTEGER PRIMARY KEY,
        found BLOB NOT NULL,
        weighed BLOB NOT NULL,
        paid BLOB
      ) STRICT;
      CREATE TABLE totalled_imports (
        number INTEGER PRIMARY KEY,
        added INTEGER NOT NULL
      ) STRICT;
      ALTER TABLE finding_state ADD COLUMN totals_rule TEXT NOT NULL DEFAULT '';
      ALTER TABLE finding_state ADD COLUMN totals_as_of_ms INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE finding_state ADD COLUMN totals_version INTEGER NOT NULL DEFAULT 0;
    `);
    // Whoever takes a record away, and why ever: its thing is counted again. Numbers never used twice, so that what was noted meanwhile is told apart.
    db.exec(`
      CREATE TABLE items_to_count (
        seq INTEGER PRIMARY KEY AUTOINCREMENT,
        item_id INTEGER NOT NULL
      ) STRICT;
      CREATE TRIGGER record_gone AFTER DELETE ON records BEGIN
        INSERT INTO items_to_count (item_id) VALUES (OLD.item_id);
      END;
    `);
    // They are filled when the profile is brought up to date, which this makes the next thing the vault does.
    db.exec('UPDATE enrichment_state SET records = -1 WHERE records > 0');
  },
};
