/** What an import was of, so that one that was stopped can go on where it stopped when the same file is chosen again. */
import type { Migration } from '../platform/sqlite/types.ts';

export const migration: Migration = {
  version: 110,
  name: 'going-on',
  up(db) {
    db.exec(`
      ALTER TABLE imports ADD COLUMN size_bytes INTEGER;
      ALTER TABLE imports ADD COLUMN choice BLOB;
    `);
  },
};
