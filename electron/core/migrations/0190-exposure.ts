/** What each company has been told, value by value, and how many people must share what a company knows. */
import type { Migration } from '../platform/sqlite/types.ts';

export const migration: Migration = {
  version: 190,
  name: 'exposure',
  up(db) {
    db.exec(`
      CREATE TABLE told (
        recipient_id TEXT NOT NULL REFERENCES companies (recipient_id),
        claim TEXT NOT NULL,
        value TEXT NOT NULL,
        first_ms INTEGER NOT NULL,
        PRIMARY KEY (recipient_id, claim, value)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE crowd_floors (
        company_id TEXT PRIMARY KEY,
        floor INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
    `);
  },
};
