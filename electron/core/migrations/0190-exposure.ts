/** What each company has been told, value by value, what was spent on deniable answers, and how many people must share what a company knows. */
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
        noise_epoch INTEGER,
        PRIMARY KEY (recipient_id, claim, value)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE noise_spent (
        company_id TEXT NOT NULL,
        epoch INTEGER NOT NULL,
        area TEXT NOT NULL,
        weight INTEGER NOT NULL,
        said TEXT NOT NULL,
        PRIMARY KEY (company_id, epoch, area, weight)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE told_homes (
        company_id TEXT NOT NULL,
        home TEXT NOT NULL,
        PRIMARY KEY (company_id, home)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE crowd_floors (
        company_id TEXT PRIMARY KEY,
        floor INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
    `);
  },
};
