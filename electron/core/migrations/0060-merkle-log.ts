/** The log as leaves of a Merkle tree. Entries of before wait in a table of their own until the log carries them over: that needs randomness and the log's key. */
import type { Migration } from '../platform/sqlite/types.ts';

export const migration: Migration = {
  version: 60,
  name: 'merkle-log',
  up(db) {
    db.exec(`
      DROP TRIGGER audit_no_update;
      DROP TRIGGER audit_no_delete;
      DROP INDEX audit_by_company;
      DROP INDEX audit_by_grant;
      ALTER TABLE audit RENAME TO audit_chain;

      CREATE TABLE audit_lists (list INTEGER PRIMARY KEY, name TEXT UNIQUE, label TEXT NOT NULL UNIQUE) STRICT;
      CREATE TABLE audit (
        seq INTEGER PRIMARY KEY,
        at_ms INTEGER NOT NULL,
        type TEXT NOT NULL,
        outcome TEXT NOT NULL,
        company_id TEXT,
        grant_id TEXT,
        body TEXT NOT NULL,
        said TEXT NOT NULL,
        salt BLOB NOT NULL,
        tree BLOB NOT NULL CHECK (length(tree) >= 32),
        mac BLOB NOT NULL CHECK (length(mac) = 32),
        list INTEGER REFERENCES audit_lists,
        list_pos INTEGER,
        list_tree BLOB,
        forgotten_by INTEGER REFERENCES audit,
        CHECK ((type = 'forgotten') = (forgotten_by IS NOT NULL)),
        CHECK ((list IS NULL) = (list_pos IS NULL) AND (list IS NULL) = (list_tree IS NULL))
      ) STRICT;
      CREATE INDEX audit_by_company ON audit (company_id, seq) WHERE company_id IS NOT NULL;
      CREATE INDEX audit_by_grant ON audit (grant_id, seq) WHERE grant_id IS NOT NULL;
      CREATE UNIQUE INDEX audit_by_list ON audit (list, list_pos) WHERE list IS NOT NULL;
      CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
      CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit WHEN (
        OLD.forgotten_by IS NULL AND NEW.forgotten_by > OLD.seq AND OLD.type NOT IN ('audit.forgotten', 'audit.accepted', 'audit.carried')
        AND NEW.seq = OLD.seq AND NEW.at_ms = CAST(strftime('%s', OLD.at_ms / 1000, 'unixepoch', 'start of month') AS INTEGER) * 1000
        AND NEW.type = 'forgotten' AND NEW.outcome = 'ok' AND NEW.company_id IS NULL AND NEW.grant_id IS NULL AND NEW.body = '' AND NEW.said = '' AND NEW.salt = x''
        AND NEW.tree = OLD.tree AND NEW.mac = OLD.mac AND NEW.list IS OLD.list AND NEW.list_pos IS OLD.list_pos AND NEW.list_tree IS OLD.list_tree
      ) IS NOT TRUE BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
    `);
    // Only a vault with a past has something to carry over.
    if (db.query('SELECT 1 FROM audit_chain LIMIT 1').get() === undefined) db.exec('DROP TABLE audit_chain');
  },
};
