/** What stays of records the person wants forgotten: how much they say of what, without a name, and which stretches of time they covered. */
import type { Migration } from '../platform/sqlite/types.ts';

export const migration: Migration = {
  version: 150,
  name: 'retention',
  up(db) {
    db.exec(`
      ALTER TABLE imports ADD COLUMN forgotten_at_ms INTEGER;
      CREATE TABLE kept_evidence (
        import_number INTEGER NOT NULL REFERENCES imports,
        kind TEXT NOT NULL,
        act TEXT NOT NULL,
        matches TEXT NOT NULL,
        as_of_ms INTEGER NOT NULL,
        items INTEGER NOT NULL,
        records INTEGER NOT NULL,
        support REAL NOT NULL,
        last_ms INTEGER NOT NULL,
        low REAL NOT NULL,
        middle REAL NOT NULL,
        high REAL NOT NULL,
        priced INTEGER NOT NULL,
        PRIMARY KEY (import_number, kind, act, matches)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE forgotten_spans (
        import_number INTEGER NOT NULL REFERENCES imports,
        kind TEXT NOT NULL,
        act TEXT NOT NULL,
        from_ms INTEGER NOT NULL,
        to_ms INTEGER NOT NULL,
        PRIMARY KEY (import_number, kind, act, from_ms)
      ) STRICT, WITHOUT ROWID;
    `);
  },
};
