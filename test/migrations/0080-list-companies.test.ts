/** Lists of the log learn whose they are; one that is nobody's any more stays nobody's. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createAuditLog } from '../../electron/core/audit/audit-log.ts';
import { MIGRATIONS } from '../../electron/core/migrations/index.ts';
import { openDatabase } from '../../electron/core/platform/sqlite/database.ts';
import { migrate } from '../../electron/core/platform/sqlite/migrate.ts';
import { temporaryFolder } from '../support/database.ts';

test('a company’s entries are found through its lists and outside of them', () => {
  const db = openDatabase(join(temporaryFolder(), 'vault.db'), randomBytes(32));
  onTestFinished(() => { db.close(); });
  migrate(db, MIGRATIONS.filter(({ version }) => version < 80), { nowMs: 0 });
  for (const [list, name] of [[1, 'issuer/1'], [2, 'issuer/2'], [3, null]] as const) db.command('INSERT INTO audit_lists (list, name, label) VALUES (?, ?, ?)').run(list, name, `label ${list}`);
  const add = (seq: number, company: string | null, list: number | null, at: number | null, forgottenBy: number | null = null): void => {
    db.command("INSERT INTO audit (seq, at_ms, type, outcome, company_id, body, said, salt, tree, mac, list, list_pos, list_tree, forgotten_by) VALUES (?, 5, ?, 'ok', ?, ?, '', x'00', zeroblob(32), zeroblob(32), ?, ?, ?, ?)")
      .run(seq, forgottenBy === null ? 'request.received' : 'forgotten', company, JSON.stringify({ claims: [], counts: {} }), list, at, list === null ? null : Buffer.alloc(32), forgottenBy);
  };
  add(1, 'https://a.example', null, null);
  add(2, 'https://a.example', 1, 1);
  add(3, 'https://b.example', 2, 1);
  add(4, 'https://a.example', 1, 2);
  add(5, null, null, null);
  add(6, null, 3, 1, 5);
  expect(migrate(db, MIGRATIONS.filter(({ version }) => version <= 80), { nowMs: 1 })).toBe(1);
  expect(db.query('SELECT list, company_id FROM audit_lists ORDER BY list').all()).toEqual([{ list: 1, company_id: 'https://a.example' }, { list: 2, company_id: 'https://b.example' }, { list: 3, company_id: null }]);
  const log = createAuditLog({ db, key: Buffer.alloc(32), clock: { nowMs: () => 9 }, randomBytes });
  const of = (companyId: string) => log.list({ limit: 2, companyId });
  expect(of('https://a.example')).toMatchObject({ total: 3, entries: [{ seq: 4 }, { seq: 2 }], nextBefore: 2 });
  expect(of('https://b.example')).toMatchObject({ total: 1, entries: [{ seq: 3 }] });
  expect(of('https://c.example').total).toBe(0);
  expect(log.forgettable({ companyId: 'https://a.example' })).toBe(3);
});
