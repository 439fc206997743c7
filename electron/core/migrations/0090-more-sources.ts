/** Room for more sources and kinds of things, and for what was done with them: the lists of what may be in a column move into the program. */
import type { Migration } from '../platform/sqlite/types.ts';

export const migration: Migration = {
  version: 90,
  name: 'more-sources',
  up(db) {
    // A table is dropped only when nothing refers to it any more, for that would take the rows that refer to it along.
    // What items are evidence of is concluded anew.
    db.exec(`
      CREATE TABLE sealed_kept (item_id INTEGER PRIMARY KEY, box BLOB NOT NULL) STRICT;
      INSERT INTO sealed_kept SELECT item_id, box FROM sealed_items;
      DROP TABLE sealed_items;
      DROP TABLE item_matches;

      CREATE TABLE items_next (
        item_id INTEGER PRIMARY KEY AUTOINCREMENT,
        source TEXT NOT NULL,
        kind TEXT NOT NULL,
        act TEXT NOT NULL,
        title TEXT NOT NULL,
        creator TEXT,
        collection TEXT,
        category TEXT,
        fingerprint BLOB NOT NULL UNIQUE
      ) STRICT;
      INSERT INTO items_next SELECT item_id, source, kind, 'used', title, creator, collection, category, fingerprint FROM items;

      CREATE TABLE imports_next (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        import_id TEXT NOT NULL UNIQUE,
        source TEXT NOT NULL,
        format TEXT NOT NULL,
        file TEXT NOT NULL,
        sample INTEGER NOT NULL CHECK (sample IN (0, 1)),
        state TEXT NOT NULL CHECK (state IN ('running', 'done', 'cancelled', 'failed', 'undone')),
        read INTEGER NOT NULL,
        added INTEGER NOT NULL,
        duplicate INTEGER NOT NULL,
        skipped INTEGER NOT NULL,
        issues TEXT NOT NULL,
        started_at_ms INTEGER NOT NULL,
        finished_at_ms INTEGER,
        first_record_ms INTEGER,
        last_record_ms INTEGER
      ) STRICT;
      INSERT INTO imports_next SELECT number, import_id, source, format, file, sample, state, read, added, duplicate, skipped, issues, started_at_ms, finished_at_ms, first_record_ms, last_record_ms FROM imports;

      -- Numbers are never used twice, also those of rows that are gone.
      DELETE FROM sqlite_sequence WHERE name IN ('items_next', 'imports_next');
      INSERT INTO sqlite_sequence (name, seq) SELECT name || '_next', seq FROM sqlite_sequence WHERE name IN ('items', 'imports');
      DROP TABLE items;
      DROP TABLE imports;
      ALTER TABLE items_next RENAME TO items;
      ALTER TABLE imports_next RENAME TO imports;

      CREATE TABLE sealed_items (
        item_id INTEGER PRIMARY KEY REFERENCES items ON DELETE CASCADE,
        box BLOB NOT NULL
      ) STRICT;
      INSERT INTO sealed_items SELECT item_id, box FROM sealed_kept;
      DROP TABLE sealed_kept;

      CREATE TABLE item_matches (
        item_id INTEGER NOT NULL REFERENCES items ON DELETE CASCADE,
        target_id INTEGER NOT NULL REFERENCES match_names,
        rule_id INTEGER NOT NULL REFERENCES match_names,
        item_kind TEXT NOT NULL,
        item_act TEXT NOT NULL,
        weight REAL NOT NULL,
        PRIMARY KEY (item_id, target_id, rule_id)
      ) STRICT, WITHOUT ROWID;
      UPDATE enrichment_state SET classified_to = 0;
      CREATE INDEX items_claimed ON items (item_id) WHERE act = 'claimed';
    `);
  },
};
