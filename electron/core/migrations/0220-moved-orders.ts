/** Lines of orders of which a later import says more: where they stood before, so that taking that import back puts them there again. */
import type { Migration } from '../platform/sqlite/types.ts';

export const migration: Migration = {
  version: 220,
  name: 'moved-orders',
  up(db) {
    db.exec(`
      CREATE TABLE moved_orders (
        import_number INTEGER NOT NULL REFERENCES imports (number),
        at_ms INTEGER NOT NULL,
        variant INTEGER NOT NULL,
        from_item INTEGER NOT NULL,
        to_item INTEGER NOT NULL,
        PRIMARY KEY (import_number, at_ms, variant, from_item)
      ) STRICT, WITHOUT ROWID;
    `);
  },
};
