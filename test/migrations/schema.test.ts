/** The schema that all migrations together give, kept where a change to it is seen in review. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { MIGRATIONS } from '../../electron/core/migrations/index.ts';
import { openTestDatabase } from '../support/database.ts';

const GOLDEN = join(import.meta.dirname, 'schema.sql');

test('the schema is the one on record (UPDATE_SCHEMA=1 records it anew)', () => {
  const db = openTestDatabase();
  const objects = db.query<{ sql: string }>("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY type DESC, name").all();
  const schema = `${objects.map(({ sql }) => `${sql.replace(/\s+/gu, ' ').replace(/\( /gu, '(').replace(/ \)/gu, ')')};`).join('\n')}\n`;
  if (process.env['UPDATE_SCHEMA']) writeFileSync(GOLDEN, schema);
  expect(schema).toBe(readFileSync(GOLDEN, 'utf8'));
});

test('every table is strict, and times and ids are what they are called', () => {
  const db = openTestDatabase();
  // The index of words is FTS5's own.
  for (const { name, strict } of db.query<{ name: string; strict: number }>("SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'item_words%'").all()) {
    expect(strict, `${name} is STRICT`).toBe(1);
    for (const column of db.query<{ name: string; type: string }>(`SELECT name, type FROM pragma_table_info('${name}')`).all()) {
      if (column.name.endsWith('_ms')) expect(column.type, `${name}.${column.name}`).toBe('INTEGER');
    }
  }
});

test('versions rise in steps of ten and every step runs on the one before', () => {
  expect(MIGRATIONS.map(({ version }) => version)).toEqual(MIGRATIONS.map((_m, i) => (i + 1) * 10));
});
