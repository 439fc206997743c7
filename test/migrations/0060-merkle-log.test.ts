/** The log of before the tree: carried over whole, checked on the way, and honest where it did not add up. */
import { createHmac, randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createAuditAnchor } from '../../electron/core/audit/anchor.ts';
import { createAuditLog } from '../../electron/core/audit/audit-log.ts';
import { carryOver } from '../../electron/core/audit/carry-over.ts';
import { MIGRATIONS } from '../../electron/core/migrations/index.ts';
import { canonicalJson } from '../../electron/core/platform/crypto/keys.ts';
import { openDatabase } from '../../electron/core/platform/sqlite/database.ts';
import { migrate } from '../../electron/core/platform/sqlite/migrate.ts';
import { temporaryFolder } from '../support/database.ts';

const CHAIN_KEY = Buffer.alloc(32, 3), ANCHOR_KEY = Buffer.alloc(32, 4), KEY = Buffer.alloc(32, 5);

/** A database as it was: rows of a keyed chain, and the anchor file of that time. */
function oldVault(entries: number, anchoredAt = entries) {
  const folder = temporaryFolder();
  mkdirSync(folder, { recursive: true });
  const db = openDatabase(join(folder, 'vault.db'), randomBytes(32));
  onTestFinished(() => { db.close(); });
  migrate(db, MIGRATIONS.filter(({ version }) => version < 60), { nowMs: 0 });
  let previous: Buffer = Buffer.alloc(32);
  let anchored = '';
  for (let seq = 1; seq <= entries; seq++) {
    const fields = [seq, 1_000 + seq, seq % 2 ? 'redemption.allowed' : 'vault.unlocked', 'ok', seq % 2 ? 'https://shop.example' : null, seq % 2 ? 'gr_1' : null,
      JSON.stringify({ reason: null, companyName: seq % 2 ? 'Shop' : null, requestId: null, importId: null, claims: seq % 2 ? [{ claim: 'interest', precision: 1 }] : [], purpose: null, counts: { n: seq } })] as const;
    previous = createHmac('sha256', CHAIN_KEY).update(previous).update(JSON.stringify(fields)).digest();
    if (seq === anchoredAt) anchored = previous.toString('base64url');
    db.command('INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?, ?)').run(...fields, previous);
  }
  const path = join(folder, 'audit.head');
  const head = { seq: anchoredAt, hash: anchored };
  writeFileSync(path, JSON.stringify({ ...head, mac: createHmac('sha256', ANCHOR_KEY).update(canonicalJson(head)).digest('base64url') }));
  db.command("INSERT INTO meta VALUES ('audit.anchored', '1')").run();
  const update = () => {
    expect(migrate(db, MIGRATIONS, { nowMs: 1 })).toBe(MIGRATIONS.filter(({ version }) => version >= 60).length);
    const log = createAuditLog({ db, key: KEY, clock: { nowMs: () => 5_000 }, randomBytes });
    const anchor = createAuditAnchor({ path, key: ANCHOR_KEY, db, log });
    const carried = carryOver({ db, key: CHAIN_KEY, log, randomBytes });
    return { log, anchor, carried };
  };
  return { db, path, update };
}

test('every entry comes over with its words, number and chain hash, and the old anchor still holds', async () => {
  const { db, update } = oldVault(1_203);
  const before = db.query<{ seq: number; hash: Buffer; body: string }>('SELECT seq, hash, body FROM audit ORDER BY seq').all();
  const { log, anchor, carried } = update();
  expect(carried).toBe(1_203);
  expect(anchor.glance()).toBe('none');
  expect(await anchor.verify()).toMatchObject({ ok: true, entries: 1_204, problem: 'none' });
  expect(db.query('SELECT seq, mac AS hash, body FROM audit WHERE seq <= 1203 ORDER BY seq').all()).toEqual(before);
  expect(log.list({ limit: 2 }).entries).toMatchObject([{ type: 'audit.carried', outcome: 'ok', counts: { entries: 1_203 } }, { seq: 1_203, type: 'redemption.allowed', companyName: 'Shop', claims: [{ claim: 'interest', precision: 1 }], counts: { n: 1_203 } }]);
  // From here on the anchor is a checkpoint.
  anchor.write();
  expect(anchor.glance()).toBe('none');
  expect(await anchor.verify()).toMatchObject({ ok: true });
  expect(db.query("SELECT 1 FROM sqlite_master WHERE name = 'audit_chain'").get()).toBeUndefined();
  expect(carryOver({ db, key: CHAIN_KEY, log, randomBytes })).toBe(0);
});

test('a chain that did not add up is kept as it is, told at once, and stays told until accepted', async () => {
  const { db, update } = oldVault(9);
  db.exec("DROP TRIGGER audit_no_update; UPDATE audit SET at_ms = 7 WHERE seq = 4; CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'x'); END");
  const { log, anchor } = update();
  expect(log.list({ limit: 1 }).entries).toMatchObject([{ type: 'audit.carried', outcome: 'refused', reason: 'altered', counts: { entries: 9, brokenAt: 4 } }]);
  expect(anchor.glance()).toBe('altered');
  expect(await anchor.verify()).toMatchObject({ ok: false, problem: 'altered' });
  log.accept('altered');
  expect(anchor.glance()).toBe('none');
  expect(await anchor.verify()).toMatchObject({ ok: true, entries: 11 });
});

test('a log that was put back before the update is told by the old anchor', async () => {
  const { db, update } = oldVault(9);
  db.exec('DROP TRIGGER audit_no_delete; DELETE FROM audit WHERE seq > 5; CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN SELECT 1; END');
  const { anchor } = update();
  expect(anchor.glance()).not.toBe('none');
  expect((await anchor.verify()).ok).toBe(false);
});

test('carrying over that is cut off in the middle begins anew', () => {
  const { db, update } = oldVault(700);
  let draws = 0;
  expect(migrate(db, MIGRATIONS, { nowMs: 1 })).toBe(MIGRATIONS.filter(({ version }) => version >= 60).length);
  const log = createAuditLog({ db, key: KEY, clock: { nowMs: () => 5_000 }, randomBytes });
  expect(() => carryOver({ db, key: CHAIN_KEY, log, randomBytes: (size) => { if (++draws > 600) throw new Error('power cut'); return randomBytes(size); } })).toThrow('power cut');
  expect(log.size()).toBe(0);
  expect(carryOver({ db, key: CHAIN_KEY, log, randomBytes })).toBe(700);
  expect(() => update()).toThrow();
});

test('a vault without a past has nothing waiting', () => {
  const { db, update } = oldVault(0);
  const { carried } = update();
  expect(carried).toBe(0);
  expect(db.query('SELECT 1 FROM audit').get()).toBeUndefined();
});
