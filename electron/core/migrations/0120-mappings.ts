/** What persons say about files of their own, so that the next file of the kind is known. `saved`: null once it was forgotten; the name stays as long as records are told apart by it. */
import type { Migration } from '../platform/sqlite/types.ts';

export const migration: Migration = {
  version: 120,
  name: 'mappings',
  up(db) {
    db.exec(`
      CREATE TABLE mappings (
        mapping_id TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        saved TEXT
      ) STRICT;
    `);
  },
};
