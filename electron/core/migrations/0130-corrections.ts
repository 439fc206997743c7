/** Evidence that is not about the person, how a statement holds, and what changed rules would say while the person has not agreed yet. */
import type { Migration } from '../platform/sqlite/types.ts';

export const migration: Migration = {
  version: 130,
  name: 'corrections',
  up(db) {
    db.exec(`
      ALTER TABLE statements ADD COLUMN manner TEXT NOT NULL DEFAULT 'said' CHECK (manner IN ('said', 'pinned', 'weakened'));

      CREATE TABLE not_me (
        id TEXT PRIMARY KEY,
        scope TEXT NOT NULL CHECK (scope IN ('thing', 'creator', 'collection')),
        source TEXT NOT NULL,
        kind TEXT NOT NULL,
        name TEXT NOT NULL,
        maker TEXT,
        said_at_ms INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE sealed_words_next (
        word_id TEXT PRIMARY KEY,
        kind TEXT NOT NULL CHECK (kind IN ('statement', 'rejection', 'not-me')),
        box BLOB NOT NULL
      ) STRICT, WITHOUT ROWID;
      INSERT INTO sealed_words_next SELECT word_id, kind, box FROM sealed_words;
      DROP TABLE sealed_words;
      ALTER TABLE sealed_words_next RENAME TO sealed_words;

      CREATE TABLE next_matches (
        item_id INTEGER NOT NULL REFERENCES items ON DELETE CASCADE,
        target_id INTEGER NOT NULL REFERENCES match_names,
        rule_id INTEGER NOT NULL REFERENCES match_names,
        item_kind TEXT NOT NULL,
        item_act TEXT NOT NULL,
        weight REAL NOT NULL,
        PRIMARY KEY (item_id, target_id, rule_id)
      ) STRICT, WITHOUT ROWID;
      ALTER TABLE enrichment_state ADD COLUMN next_lexicon TEXT;
      ALTER TABLE enrichment_state ADD COLUMN next_classified_to INTEGER NOT NULL DEFAULT 0;
    `);
  },
};
