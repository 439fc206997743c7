/** The lists things were read by, so that of other lists only what differs has to be read anew; and up to which thing they were. */
import type { Migration } from '../platform/sqlite/types.ts';

export const migration: Migration = {
  version: 170,
  name: 'rules-read',
  up(db) {
    // Nobody knows the lists of before: the first other ones read everything.
    db.exec(`
      CREATE TABLE rules_read (
        version TEXT PRIMARY KEY,
        body BLOB NOT NULL
      ) STRICT, WITHOUT ROWID;
      ALTER TABLE enrichment_state ADD COLUMN rules_to INTEGER NOT NULL DEFAULT 0;
    `);
  },
};
