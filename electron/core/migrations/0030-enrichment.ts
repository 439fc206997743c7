/** What items were matched to, what was concluded, what the person said, and what they ruled out. */
import type { Migration } from '../platform/sqlite/types.ts';

export const migration: Migration = {
  version: 30,
  name: 'enrichment',
  up(db) {
    db.exec(`
      CREATE TABLE match_names (
        name_id INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE
      ) STRICT;

      CREATE TABLE item_matches (
        item_id INTEGER NOT NULL REFERENCES items ON DELETE CASCADE,
        target_id INTEGER NOT NULL REFERENCES match_names,
        rule_id INTEGER NOT NULL REFERENCES match_names,
        item_kind TEXT NOT NULL,
        weight REAL NOT NULL,
        PRIMARY KEY (item_id, target_id, rule_id)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE preferences (
        id TEXT PRIMARY KEY,
        claim TEXT NOT NULL,
        value TEXT NOT NULL,
        strength REAL NOT NULL,
        confidence REAL NOT NULL,
        sensitive INTEGER NOT NULL CHECK (sensitive IN (0, 1)),
        evidence INTEGER NOT NULL,
        horizon_weeks INTEGER,
        last_seen_ms INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE statements (
        id TEXT PRIMARY KEY,
        claim TEXT NOT NULL,
        value TEXT NOT NULL,
        origin TEXT NOT NULL CHECK (origin IN ('declared', 'corrected')),
        strength REAL NOT NULL,
        horizon_weeks INTEGER,
        replaces TEXT NOT NULL,
        said_at_ms INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE rejections (
        id TEXT PRIMARY KEY,
        claim TEXT NOT NULL,
        value TEXT NOT NULL,
        rejected_at_ms INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE enrichment_state (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        lexicon TEXT NOT NULL,
        classified_to INTEGER NOT NULL,
        updated_at_ms INTEGER,
        records INTEGER NOT NULL
      ) STRICT;
      INSERT INTO enrichment_state (one, lexicon, classified_to, updated_at_ms, records) VALUES (1, '', 0, NULL, 0);
    `);
  },
};
