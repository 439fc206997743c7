/** What lies in a closed part of life, sealed: things, and the person's own words about it. */
import type { Migration } from '../platform/sqlite/types.ts';

export const migration: Migration = {
  version: 70,
  name: 'closed-part',
  up(db) {
    // Rows of older vaults are sealed by the program at the next unlock: a migration has no key.
    db.exec(`
      CREATE TABLE sealed_items (
        item_id INTEGER PRIMARY KEY REFERENCES items ON DELETE CASCADE,
        box BLOB NOT NULL
      ) STRICT;
      CREATE TABLE sealed_words (
        word_id TEXT PRIMARY KEY,
        kind TEXT NOT NULL CHECK (kind IN ('statement', 'rejection')),
        box BLOB NOT NULL
      ) STRICT, WITHOUT ROWID;
    `);
  },
};
