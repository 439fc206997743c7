/** Room to breathe: what the person said about it, and how many answers there were on a day, of each company and about the areas that are rationed. */
import type { Migration } from '../platform/sqlite/types.ts';

export const migration: Migration = {
  version: 180,
  name: 'breathing',
  up(db) {
    db.exec(`
      CREATE TABLE breathing (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        rules TEXT NOT NULL
      ) STRICT;
      CREATE TABLE answers_given (
        day INTEGER NOT NULL,
        recipient_id TEXT NOT NULL REFERENCES companies (recipient_id),
        answers INTEGER NOT NULL,
        PRIMARY KEY (day, recipient_id)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE areas_answered (
        day INTEGER NOT NULL,
        node TEXT NOT NULL,
        answers INTEGER NOT NULL,
        PRIMARY KEY (day, node)
      ) STRICT, WITHOUT ROWID;
    `);
  },
};
