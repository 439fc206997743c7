/** In which weeks of which months there was something, of each thing and of what was forgotten; with which season a conclusion comes round; and which records went on by themselves for hours. */
import type { Migration } from '../platform/sqlite/types.ts';

export const migration: Migration = {
  version: 160,
  name: 'seasons-and-background',
  up(db) {
    // Totals are made anew from the records: filled when the profile is brought up to date, which this makes the next thing the vault does.
    db.exec(`
      DELETE FROM total_blocks;
      DELETE FROM totalled_imports;
      DELETE FROM items_to_count;
      UPDATE finding_state SET totals_rule = '', totals_version = totals_version + 1;
      UPDATE enrichment_state SET records = -1 WHERE records > 0;
      ALTER TABLE total_blocks ADD COLUMN weeks BLOB NOT NULL DEFAULT x'';
      ALTER TABLE records ADD COLUMN background INTEGER NOT NULL DEFAULT 0;
      CREATE INDEX records_in_background ON records (at_ms) WHERE background = 1;
      ALTER TABLE preferences ADD COLUMN season TEXT;
      ALTER TABLE kept_evidence ADD COLUMN weeks TEXT NOT NULL DEFAULT '[]';
      ALTER TABLE forgotten_spans ADD COLUMN weeks TEXT NOT NULL DEFAULT '[]';
    `);
  },
};
