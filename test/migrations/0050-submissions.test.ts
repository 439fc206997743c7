/** What the step does to requests and companies that are already there. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { MIGRATIONS } from '../../electron/core/migrations/index.ts';
import { openDatabase } from '../../electron/core/platform/sqlite/database.ts';
import { migrate } from '../../electron/core/platform/sqlite/migrate.ts';
import { temporaryFolder } from '../support/database.ts';

test('requests of before count as opened by the person, and nobody on this computer stays verified', () => {
  const db = openDatabase(join(temporaryFolder(), 'vault.db'), randomBytes(32));
  onTestFinished(() => { db.close(); });
  migrate(db, MIGRATIONS.filter(({ version }) => version < 50), { nowMs: 0 });
  for (const [id, address, identity] of [['a', 'http://127.0.0.1:1', 'verified'], ['b', 'https://shop.example', 'verified'], ['c', 'http://localhost:1', 'mismatch']] as const) {
    db.command('INSERT INTO companies VALUES (?, ?, ?, ?, ?, 1, 1)').run(id, address, 'key', '{}', identity);
  }
  db.command("INSERT INTO requests VALUES ('rq', x'00', 'handle', 'a', 'jws', '{}', '{}', 'jkt', 1, 2, 'open', NULL, NULL)").run();
  expect(migrate(db, MIGRATIONS.filter(({ version }) => version <= 50), { nowMs: 1 })).toBe(1);
  expect(db.query('SELECT recipient_id, identity FROM companies ORDER BY recipient_id').all().map((row) => ({ ...(row as object) }))).toEqual([{ recipient_id: 'a', identity: 'unverified' }, { recipient_id: 'b', identity: 'verified' }, { recipient_id: 'c', identity: 'mismatch' }]);
  expect(db.query<{ submitted: number }>('SELECT submitted FROM requests').get()?.submitted).toBe(0);
  expect(() => { db.exec('UPDATE requests SET submitted = 2'); }).toThrow(/constraint/i);
});
