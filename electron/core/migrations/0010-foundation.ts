/** Meta values, settings of the app and the append-only audit log. */
import type { Migration } from '../platform/sqlite/types.ts';

export const migration: Migration = {
  version: 10,
  name: 'foundation',
  up(db) {
    db.exec(`
      CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
      CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
      CREATE TABLE audit (
        seq INTEGER PRIMARY KEY,
        at_ms INTEGER NOT NULL,
        type TEXT NOT NULL,
        outcome TEXT NOT NULL,
        company_id TEXT,
        grant_id TEXT,
        body TEXT NOT NULL,
        hash BLOB NOT NULL
      ) STRICT;
      CREATE INDEX audit_by_company ON audit (company_id, seq) WHERE company_id IS NOT NULL;
      CREATE INDEX audit_by_grant ON audit (grant_id, seq) WHERE grant_id IS NOT NULL;
      CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
      CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
    `);
  },
};
