/** Tells requests that programs handed in from those the person opened, and takes back `verified` from companies that have no domain. */
import type { Migration } from '../platform/sqlite/types.ts';

export const migration: Migration = {
  version: 50,
  name: 'submissions',
  up(db) {
    db.exec(`
      ALTER TABLE requests ADD COLUMN submitted INTEGER NOT NULL DEFAULT 0 CHECK (submitted IN (0, 1));
      CREATE INDEX requests_undecided ON requests (submitted, expires_at_ms) WHERE state = 'open';
      UPDATE companies SET identity = 'unverified' WHERE identity = 'verified' AND company_id GLOB 'http://*';
    `);
  },
};
