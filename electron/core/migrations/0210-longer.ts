/** Permissions that last longer: a token that was given before still names its grant. */
import type { Migration } from '../platform/sqlite/types.ts';

export const migration: Migration = {
  version: 210,
  name: 'longer',
  up(db) {
    db.exec(`
      CREATE TABLE former_tokens (
        token_hash BLOB PRIMARY KEY,
        grant_id TEXT NOT NULL REFERENCES grants
      ) STRICT, WITHOUT ROWID;
    `);
  },
};
