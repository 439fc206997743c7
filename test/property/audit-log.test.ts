/** The audit chain notices every edit, drop, swap and cut tail. */
import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createAuditLog } from '../../electron/core/audit/audit-log.ts';
import { openTestDatabase } from '../support/database.ts';

function filledLog(entries: number) {
  const db = openTestDatabase();
  let nowMs = 1_000;
  const log = createAuditLog({ db, key: randomBytes(32), clock: { nowMs: () => nowMs++ } });
  for (let i = 0; i < entries; i++) {
    db.transaction(() => { log.append({ type: i % 2 ? 'redemption.allowed' : 'import.finished', companyId: i % 2 ? 'https://shop.example' : null, counts: { n: i } }); });
  }
  return { db, log };
}

/** Someone with the key to the database but not to the chain. */
const tamper = (db: ReturnType<typeof openTestDatabase>, sql: string) => { db.exec(`DROP TRIGGER audit_no_update; DROP TRIGGER audit_no_delete; ${sql}`); };

test('an untouched log verifies and its head is the newest entry', () => {
  const { log } = filledLog(20);
  expect(log.verify(log.head())).toEqual({ ok: true, entries: 20, head: log.head().hash, brokenAt: null, problem: 'none' });
});

test('the database itself refuses to change or delete an entry', () => {
  const { db } = filledLog(2);
  expect(() => { db.exec("UPDATE audit SET type = 'x' WHERE seq = 1"); }).toThrow('append-only');
  expect(() => { db.exec('DELETE FROM audit WHERE seq = 2'); }).toThrow('append-only');
});

test('any single edit, drop, swap or cut tail is detected', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: 12 }), fc.constantFrom('at_ms', 'type', 'outcome', 'company_id', 'body', 'drop', 'swap', 'cut'), (seq, kind) => {
    const { db, log } = filledLog(12);
    const anchor = log.head();
    if (kind === 'drop' || (kind === 'cut' && seq === 12)) tamper(db, `DELETE FROM audit WHERE seq = ${seq}`);
    else if (kind === 'cut') tamper(db, `DELETE FROM audit WHERE seq >= ${seq}`);
    else if (kind === 'swap') tamper(db, `UPDATE audit SET seq = 1000 WHERE seq = ${seq}; UPDATE audit SET seq = ${seq} WHERE seq = ${(seq % 12) + 1}; UPDATE audit SET seq = ${(seq % 12) + 1} WHERE seq = 1000`);
    else if (kind === 'at_ms') tamper(db, `UPDATE audit SET at_ms = at_ms + 1 WHERE seq = ${seq}`);
    else tamper(db, `UPDATE audit SET ${kind} = ifnull(${kind}, '') || '"' WHERE seq = ${seq}`);
    const verdict = log.verify(anchor);
    expect(verdict.ok).toBe(false);
    expect(verdict.problem).not.toBe('none');
  }), { numRuns: 60 });
});

test('an older copy of the log is told from the anchored one', () => {
  const { db, log } = filledLog(5);
  const anchor = log.head();
  tamper(db, 'DELETE FROM audit WHERE seq > 3');
  expect(log.verify(anchor)).toMatchObject({ ok: false, problem: 'rolled-back' });
});
