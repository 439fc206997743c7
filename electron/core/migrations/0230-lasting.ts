/** How often what was new came back, as confidence reckons with it. */
import type { Migration } from '../platform/sqlite/types.ts';

export const migration: Migration = {
  version: 230,
  name: 'lasting',
  up(db) {
    // What there is was added up without it: it is added up anew when the vault is next opened.
    db.exec(`
      ALTER TABLE enrichment_state ADD COLUMN firsts INTEGER NOT NULL DEFAULT 0;
      ALTER TABLE enrichment_state ADD COLUMN again INTEGER NOT NULL DEFAULT 0;
      UPDATE enrichment_state SET records = -1 WHERE records > 0 OR EXISTS (SELECT 1 FROM kept_evidence);
    `);
  },
};
