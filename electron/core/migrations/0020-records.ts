/** Imports, the unique works and products they name, and one thin row per event. */
import type { Migration } from '../platform/sqlite/types.ts';

export const migration: Migration = {
  version: 20,
  name: 'records',
  up(db) {
    // Numbers are never used twice (AUTOINCREMENT): what others remember about an item must not come to mean another one.
    db.exec(`
      CREATE TABLE imports (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        import_id TEXT NOT NULL UNIQUE,
        source TEXT NOT NULL CHECK (source IN ('netflix', 'spotify', 'amazon')),
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

      CREATE TABLE items (
        item_id INTEGER PRIMARY KEY AUTOINCREMENT,
        source TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('music', 'podcast', 'audiobook', 'video', 'product')),
        title TEXT NOT NULL,
        creator TEXT,
        collection TEXT,
        category TEXT,
        fingerprint BLOB NOT NULL UNIQUE
      ) STRICT;
    `);
    // Kept in order of time, as exports are: an insert touches the last page instead of a random one, which makes a
    // million rows ten times faster than an index by item would. Reading by item is one pass over thin rows.
    db.exec(`
      CREATE TABLE records (
        at_ms INTEGER NOT NULL,
        item_id INTEGER NOT NULL,
        variant INTEGER NOT NULL,
        import_number INTEGER NOT NULL,
        grain_ms INTEGER NOT NULL,
        duration_ms INTEGER,
        quantity INTEGER,
        amount_minor INTEGER,
        currency TEXT,
        PRIMARY KEY (at_ms, item_id, variant)
      ) STRICT, WITHOUT ROWID;
    `);
  },
};
