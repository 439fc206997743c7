/** The JSON Schema in the documents is the one exports are written and checked by. `UPDATE_EXAMPLES=1` writes it anew. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { exportSchema, FILES, profileFile } from '../../electron/core/portability/export-format.ts';

const ROOT = join(import.meta.dirname, '../..');
const SCHEMA = join(ROOT, 'docs/export-format.schema.json');

test('the documented schema is that of the code, and its page names every file', () => {
  const text = `${JSON.stringify(exportSchema(), null, 1)}\n`;
  if (process.env['UPDATE_EXAMPLES']) writeFileSync(SCHEMA, text);
  expect(readFileSync(SCHEMA, 'utf8')).toBe(text);
  const page = readFileSync(join(ROOT, 'docs/export-format.md'), 'utf8');
  expect(Object.values(FILES).filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
});

test('a key nobody documented is refused, whatever it is called', () => {
  const empty = { format: 'penchant-export', version: 1, exportedAtMs: 0, counts: { items: 0, records: 0, log: 0 }, leftOut: { items: 0, records: 0, words: 0 }, settings: {}, preferences: [], statements: [], rejections: [], imports: [], companies: [], requests: [], grants: [] };
  expect(profileFile.safeParse(empty).success).toBe(true);
  for (const name of ['surprise', '__proto__', 'constructor']) expect(profileFile.safeParse(JSON.parse(JSON.stringify(empty).replace('{', `{"${name}":{"x":1},`))).success, name).toBe(false);
});
