/** Looking after decisions: requests put off, companies that are always told no, permissions that pause, choices kept as templates. */
import type { Migration } from '../platform/sqlite/types.ts';

export const migration: Migration = {
  version: 200,
  name: 'care',
  up(db) {
    db.exec(`
      ALTER TABLE requests ADD COLUMN later_ms INTEGER;
      ALTER TABLE grants ADD COLUMN paused_ms INTEGER;
      CREATE TABLE refused_companies (
        company_id TEXT PRIMARY KEY,
        since_ms INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE templates (
        template_id TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        body TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;
    `);
  },
};
