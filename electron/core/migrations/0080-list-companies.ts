/** Whose each list of the log is, so that a company's entries are found through its lists: an index by company and one by permission made every redemption write four pages more. */
import type { Migration } from '../platform/sqlite/types.ts';

export const migration: Migration = {
  version: 80,
  name: 'list-companies',
  up(db) {
    db.exec(`
      ALTER TABLE audit_lists ADD COLUMN company_id TEXT;
      UPDATE audit_lists SET company_id = (SELECT company_id FROM audit WHERE audit.list = audit_lists.list AND forgotten_by IS NULL ORDER BY list_pos DESC LIMIT 1) WHERE name IS NOT NULL;
      DROP INDEX audit_by_grant;
      DROP INDEX audit_by_company;
      CREATE INDEX audit_by_company ON audit (company_id, seq) WHERE company_id IS NOT NULL AND list IS NULL;
    `);
  },
};
