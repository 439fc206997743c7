/** The log notices every edit, drop, swap and cut tail; proves what it holds; and forgets without losing a proof. */
import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createAuditLog, type AuditLog } from '../../electron/core/audit/audit-log.ts';
import { verifyConsistency, verifyInclusion } from '../../electron/core/audit/merkle.ts';
import { openTestDatabase } from '../support/database.ts';

const KEY = randomBytes(32);
const DAY_MS = 86_400_000;

function filledLog(entries: number, stepMs = 1) {
  const db = openTestDatabase();
  let nowMs = Date.UTC(2026, 0, 1);
  const open = (key: Buffer = KEY) => createAuditLog({ db, key, clock: { nowMs: () => (nowMs += stepMs) }, randomBytes });
  const log = open();
  const add = (i: number) => {
    db.transaction(() => {
      log.append(i % 2 ? { type: 'redemption.allowed', companyId: `https://shop${i % 3}.example`, list: `issuer/${i % 3}`, claims: [{ claim: 'interest', precision: 1 }], counts: { n: i } } : { type: 'import.finished', counts: { n: i } });
    });
  };
  db.transaction(() => { for (let i = 0; i < entries; i++) add(i); });
  return { db, log, add, open };
}

const headOf = (log: AuditLog) => {
  const head = log.openCheckpoint(log.checkpoint());
  if (!head) throw new Error('the log does not know its own checkpoint');
  return head;
};

/** Someone with the key to the database but not to the log. */
const tamper = (db: ReturnType<typeof openTestDatabase>, sql: string) => { db.exec(`DROP TRIGGER audit_no_update; DROP TRIGGER audit_no_delete; PRAGMA ignore_check_constraints = ON; PRAGMA foreign_keys = OFF; ${sql}`); };

test('an untouched log verifies and its head is the newest entry', async () => {
  const { log } = filledLog(20);
  const head = headOf(log);
  expect(await log.verify({ anchor: head })).toEqual({ ok: true, entries: 20, head: head.root.toString('base64'), forgotten: 0, brokenAt: null, problem: 'none' });
  expect(head.size).toBe(20);
});

test('the database itself refuses to change or delete an entry', () => {
  const { db, log } = filledLog(2);
  for (const change of ["type = 'x'", 'at_ms = at_ms + 1', "body = ''", "said = ''", "salt = x''", "tree = x'00'", 'mac = zeroblob(32)', "type = 'forgotten', forgotten_by = 2", 'list = NULL, list_pos = NULL, list_tree = NULL']) {
    expect(() => { db.exec(`UPDATE audit SET ${change} WHERE seq = 1`); }, change).toThrow(/append-only|constraint/i);
  }
  expect(() => { db.exec('DELETE FROM audit WHERE seq = 2'); }).toThrow('append-only');
  log.forget({ beforeMs: Date.UTC(2027, 0, 1) });
  // What was forgotten stays so, and what says so cannot be forgotten.
  expect(() => { db.exec("UPDATE audit SET body = 'x' WHERE seq = 1"); }).toThrow('append-only');
  expect(() => { db.exec("UPDATE audit SET type = 'forgotten', company_id = NULL, body = '', said = '', salt = x'', at_ms = 1767225600000, forgotten_by = 4 WHERE seq = 3"); }).toThrow('append-only');
});

test('any single edit, drop, swap or cut tail is detected', async () => {
  await fc.assert(fc.asyncProperty(
    fc.integer({ min: 1, max: 12 }), fc.constantFrom('at_ms', 'type', 'outcome', 'company_id', 'grant_id', 'body', 'said', 'salt', 'tree', 'list_tree', 'list_pos', 'last mac', 'forgotten', 'drop', 'swap', 'cut'), fc.boolean(),
    async (seq, kind, hasAnchor) => {
      const { db, log } = filledLog(12);
      // Without the anchor a cut tail looks like a log that ended there: that is what the anchor is for.
      const anchor = hasAnchor || kind === 'cut' || (kind === 'drop' && seq === 12) ? headOf(log) : null;
      if (kind === 'drop' || (kind === 'cut' && seq === 12)) tamper(db, `DELETE FROM audit WHERE seq = ${seq}`);
      else if (kind === 'cut') tamper(db, `DELETE FROM audit WHERE seq >= ${seq}`);
      else if (kind === 'swap') tamper(db, `UPDATE audit SET seq = 1000 WHERE seq = ${seq}; UPDATE audit SET seq = ${seq} WHERE seq = ${(seq % 12) + 1}; UPDATE audit SET seq = ${(seq % 12) + 1} WHERE seq = 1000`);
      else if (kind === 'at_ms') tamper(db, `UPDATE audit SET at_ms = at_ms + 1 WHERE seq = ${seq}`);
      else if (kind === 'salt') tamper(db, `UPDATE audit SET salt = randomblob(16) WHERE seq = ${seq}`);
      else if (kind === 'tree') tamper(db, `UPDATE audit SET tree = randomblob(length(tree)) WHERE seq = ${seq}`);
      else if (kind === 'list_tree') tamper(db, `UPDATE audit SET list_tree = randomblob(32) WHERE seq = ${seq + (seq % 2)}`);
      else if (kind === 'list_pos') tamper(db, `UPDATE audit SET list_pos = 77 WHERE seq = ${seq + (seq % 2)}`);
      else if (kind === 'last mac') tamper(db, 'UPDATE audit SET mac = randomblob(32) WHERE seq = 12');
      else if (kind === 'forgotten') tamper(db, `UPDATE audit SET type = 'forgotten', company_id = NULL, body = '', said = '', salt = x'', forgotten_by = 13 WHERE seq = ${seq}`);
      else tamper(db, `UPDATE audit SET ${kind} = ifnull(${kind}, '') || '"' WHERE seq = ${seq}`);
      const verdict = await log.verify({ anchor });
      expect(verdict.ok).toBe(false);
      expect(verdict.problem).not.toBe('none');
    },
  ), { numRuns: 80 });
});

test('whoever lacks the key cannot add an entry that fits, nor sign a checkpoint', async () => {
  const { log, open } = filledLog(9);
  const forger = open(randomBytes(32));
  expect(log.openCheckpoint(forger.checkpoint())).toBeNull();
  forger.append({ type: 'vault.unlocked' });
  expect(await log.verify()).toMatchObject({ ok: false, problem: 'altered', brokenAt: 10 });
  expect(log.glance(null)).toBe('altered');
});

test('an older copy of the log is told from the anchored one', async () => {
  const { db, log } = filledLog(5);
  const anchor = headOf(log);
  tamper(db, 'DELETE FROM audit WHERE seq > 3');
  expect(await log.verify({ anchor })).toMatchObject({ ok: false, problem: 'rolled-back' });
  expect(log.glance(anchor)).toBe('rolled-back');
});

test('what a transaction takes back leaves no trace in the next entry', async () => {
  const { db, log, add } = filledLog(7);
  expect(() => db.transaction(() => { log.append({ type: 'vault.locked', list: 'issuer/new' }); log.append({ type: 'redemption.allowed', list: 'issuer/1' }); throw new Error('taken back'); })).toThrow('taken back');
  add(7);
  db.transaction(() => { log.append({ type: 'redemption.allowed', list: 'issuer/1' }); });
  expect(await log.verify()).toMatchObject({ ok: true, entries: 9 });
});

test('every entry is proven in the log and every log extends its older ones, reopened or not', () => {
  const { log, add, open } = filledLog(0);
  const heads = [];
  for (let i = 0; i < 40; i++) {
    add(i);
    const reader = i % 2 ? log : open();
    const head = headOf(reader);
    heads.push(head);
    for (let seq = 1; seq <= i + 1; seq++) expect(verifyInclusion(reader.prove(seq))).toBe(true);
    for (const older of heads) {
      const extended = reader.extend(older);
      expect(extended && verifyConsistency({ ...extended, from: older.size, fromRoot: older.root })).toBe(true);
    }
    expect(reader.extend({ size: i + 1, root: randomBytes(32) })).toBeNull();
    expect(reader.extend({ size: i + 2, root: head.root })).toBeNull();
  }
  for (const seq of [0, -1, 41, 1.5, Number.NaN]) expect(() => log.prove(seq)).toThrow('no entry of that number');
});

describe('forgetting', () => {
  test('deletes words and salts, keeps every proof, and says when, why and how many', async () => {
    const { db, log, add } = filledLog(60, DAY_MS);
    const anchor = headOf(log);
    const proofs = Array.from({ length: 60 }, (_, i) => log.prove(i + 1));
    const before = { beforeMs: Date.UTC(2026, 1, 15) };
    const entries = log.forgettable(before);
    expect(entries).toBeGreaterThan(40);
    expect(log.forget(before)).toBe(entries);
    expect(log.forget(before)).toBe(0);
    expect(await log.verify({ anchor })).toMatchObject({ ok: true, entries: 61, forgotten: entries });
    proofs.forEach(({ leaf }, i) => { expect(log.prove(i + 1).leaf).toEqual(leaf); });
    const extended = log.extend(anchor);
    expect(extended && verifyConsistency({ ...extended, from: anchor.size, fromRoot: anchor.root })).toBe(true);
    const [note] = log.list({ limit: 1 }).entries;
    expect(note).toMatchObject({ type: 'audit.forgotten', reason: 'before', counts: { entries, ...before } });
    expect(log.list({ limit: 500 }).total).toBe(61 - entries);
    const rows = db.query<{ at_ms: number; company_id: string | null; body: string; said: string; salt: Buffer }>("SELECT * FROM audit WHERE type = 'forgotten'").all();
    for (const row of rows) expect(row).toMatchObject({ company_id: null, body: '', said: '', salt: Buffer.alloc(0) });
    // Of the time only the month is left.
    expect(new Set(rows.map((row) => row.at_ms))).toEqual(new Set([Date.UTC(2026, 0, 1), Date.UTC(2026, 1, 1)]));
    for (let i = 60; i < 70; i++) add(i);
    expect(await log.verify({ anchor })).toMatchObject({ ok: true, entries: 71 });
  });

  test('a company forgotten whole is not named by what is left, and its next entry begins a new list', async () => {
    const { db, log, add } = filledLog(30);
    const old = log.history('issuer/1', 500);
    const about = { companyId: 'https://shop1.example' };
    expect(log.forgettable(about)).toBe(5);
    expect(log.forget(about)).toBe(5);
    expect(log.history('issuer/1', 500)).toBeNull();
    expect(log.list({ limit: 1 }).entries[0]).toMatchObject({ reason: 'company', companyId: null, companyName: null, counts: { entries: 5 } });
    expect(db.query("SELECT 1 FROM audit WHERE body LIKE '%shop1%' OR company_id LIKE '%shop1%'").get()).toBeUndefined();
    for (let i = 30; i < 40; i++) add(i);
    const next = log.history('issuer/1', 500);
    expect(next?.label).not.toBe(old?.label);
    expect(next?.size).toBe(2);
    expect(await log.verify()).toMatchObject({ ok: true, forgotten: 5 });
  });

  test.each([
    ['one more entry is emptied behind its back', "UPDATE audit SET type = 'forgotten', company_id = NULL, grant_id = NULL, body = '', said = '', salt = x'', forgotten_by = 31 WHERE seq = 30"],
    ['one is emptied without any entry about it', "UPDATE audit SET type = 'forgotten', company_id = NULL, grant_id = NULL, body = '', said = '', salt = x'', forgotten_by = 32 WHERE seq = 30"],
    ['one is emptied in the name of an earlier entry', "UPDATE audit SET type = 'forgotten', company_id = NULL, grant_id = NULL, body = '', said = '', salt = x'', forgotten_by = 2 WHERE seq = 30"],
    ['a forgotten entry is given another month', 'UPDATE audit SET at_ms = 1740787200000 WHERE seq = 4'],
    ['a forgotten entry is given another leaf', 'UPDATE audit SET tree = randomblob(length(tree)) WHERE seq = 4'],
    ['the last leaf of a forgotten list is exchanged', 'UPDATE audit SET list_tree = randomblob(length(list_tree)) WHERE seq = (SELECT max(seq) FROM audit WHERE list IS NOT NULL AND forgotten_by IS NOT NULL)'],
    ['a forgotten entry is given words again', "UPDATE audit SET type = 'vault.unlocked', forgotten_by = NULL, body = '{}', said = '{}' WHERE seq = 4"],
  ])('is seen through when %s', async (_what, sql) => {
    const { db, log, add } = filledLog(30);
    log.forget({ companyId: 'https://shop0.example' });
    add(30);
    expect((await log.verify()).ok).toBe(true);
    tamper(db, sql);
    expect(await log.verify()).toMatchObject({ ok: false, problem: 'altered' });
  });
});

test('checking can be stopped, tells how far it is, lets others work, and is not confused by what they do', async () => {
  const { log, add } = filledLog(1_700);
  const told: number[] = [];
  const verdict = await log.verify({
    onProgress: (done, total) => {
      expect(total).toBeGreaterThanOrEqual(done);
      told.push(done);
      if (told.length === 1) { add(1); log.forget({ companyId: 'https://shop1.example' }); }
    },
  });
  expect(verdict).toMatchObject({ ok: true, entries: 1_702 });
  expect(verdict.forgotten).toBeGreaterThan(200);
  expect(told.length).toBeGreaterThan(3);
  const stop = new AbortController();
  await expect(log.verify({ signal: stop.signal, onProgress: () => { stop.abort(); } })).rejects.toMatchObject({ code: 'ERR_CANCELLED' });
});
