/** Permissions that last longer, whose earlier token still names them, and permissions that say less the oftener they are used, or are deniable. */
import type { Migration } from '../platform/sqlite/types.ts';

export const migration: Migration = {
  version: 210,
  name: 'longer-and-fading',
  up(db) {
    db.exec(`
      CREATE TABLE former_tokens (
        token_hash BLOB PRIMARY KEY,
        grant_id TEXT NOT NULL REFERENCES grants
      ) STRICT, WITHOUT ROWID;
      ALTER TABLE grants ADD COLUMN fade_every INTEGER;
      ALTER TABLE grants ADD COLUMN noise INTEGER;
      ALTER TABLE grants ADD COLUMN fade_from INTEGER NOT NULL DEFAULT 0;
    `);
  },
};
