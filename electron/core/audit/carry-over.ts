/** Carries a log from before the tree over into it, once, at the first opening after the update: checked against its keyed chain, and whole or not at all. */
import { createHmac, createSecretKey } from 'node:crypto';
import type { WritableDb } from '../platform/sqlite/types.ts';
import type { AuditLog } from './audit-log.ts';
import { leafText, SALT_BYTES, type AuditType, type Row } from './entry.ts';
import { grow, leafHash, type Frontier } from './merkle.ts';

interface ChainRow { readonly seq: number; readonly at_ms: number; readonly type: AuditType; readonly outcome: 'ok' | 'refused'; readonly company_id: string | null; readonly grant_id: string | null; readonly body: string; readonly hash: Buffer }

const PAGE = 500;

/**
 * Entries keep their number, their words and their hash in the chain; each gets a salt and a leaf. The entry that follows them says how many came, and
 * where the chain did not add up, if it did not: nothing is dropped or mended for that.
 *
 * @param deps.key - of the chain, as it was used before the tree.
 * @returns how many were carried over; 0 when there was nothing to do.
 */
export function carryOver(deps: { readonly db: WritableDb; readonly key: Buffer; readonly log: AuditLog; readonly randomBytes: (size: number) => Buffer }): number {
  const { db, log } = deps;
  if (db.query("SELECT 1 FROM sqlite_master WHERE name = 'audit_chain'").get() === undefined) return 0;
  const key = createSecretKey(deps.key);
  return db.transaction(() => {
    let previous: Buffer = Buffer.alloc(32);
    let frontier: Frontier = [];
    let count = 0;
    let brokenAt: number | null = null;
    // Not iterated: the connection cannot write while it reads.
    for (let at = 0; ;) {
      const page = db.query<ChainRow>('SELECT * FROM audit_chain WHERE seq > ? ORDER BY seq LIMIT ?').all(at, PAGE);
      for (const old of page) {
        const hash = createHmac('sha256', key).update(previous).update(JSON.stringify([old.seq, old.at_ms, old.type, old.outcome, old.company_id, old.grant_id, old.body])).digest();
        if (brokenAt === null && (old.seq !== count + 1 || !hash.equals(old.hash))) brokenAt = count + 1;
        previous = old.hash;
        count += 1;
        const row: Omit<Row, 'tree' | 'mac' | 'forgotten_by'> = {
          seq: count, at_ms: old.at_ms, type: old.type, outcome: old.outcome, company_id: old.company_id, grant_id: old.grant_id, body: old.body, said: '', salt: deps.randomBytes(SALT_BYTES), list: null, list_pos: null, list_tree: null,
        };
        const grown = grow(frontier, count - 1, leafHash(leafText(row)));
        frontier = grown.frontier;
        db.command("INSERT INTO audit (seq, at_ms, type, outcome, company_id, grant_id, body, said, salt, tree, mac) VALUES (?, ?, ?, ?, ?, ?, ?, '', ?, ?, ?)")
          .run(row.seq, row.at_ms, row.type, row.outcome, row.company_id, row.grant_id, row.body, row.salt, Buffer.concat(grown.completed), old.hash);
      }
      at = page.at(-1)?.seq ?? at;
      if (page.length < PAGE) break;
    }
    db.exec('DROP TABLE audit_chain');
    const { seq } = log.append({
      type: 'audit.carried', digest: previous.toString('base64url'), counts: { entries: count, ...(brokenAt === null ? {} : { brokenAt }) },
      ...(brokenAt === null ? {} : { outcome: 'refused' as const, reason: 'altered' }),
    });
    if (brokenAt !== null) db.command("INSERT INTO meta (key, value) VALUES ('audit.unexplained', ?)").run(String(seq));
    return count;
  });
}

/**
 * Takes a log that lost entries apart into a chain, from which {@link carryOver} grows a new tree at the next opening and says that something was missing.
 * Leaf hashes that were lost cannot be made again. Entries stay, with their words; what was forgotten is only told by the entries about it; companies' lists begin anew.
 */
export function beginAgain(db: WritableDb): void {
  db.transaction(() => {
    // A log of before the tree that was still waiting comes first.
    db.exec(`CREATE TABLE IF NOT EXISTS audit_chain (seq INTEGER PRIMARY KEY, at_ms INTEGER NOT NULL, type TEXT NOT NULL, outcome TEXT NOT NULL, company_id TEXT, grant_id TEXT, body TEXT NOT NULL, hash BLOB NOT NULL) STRICT`);
    // Two documents in one, as chains have them. The digest of a forgetting is over rows that are not carried.
    db.command(`INSERT INTO audit_chain (seq, at_ms, type, outcome, company_id, grant_id, body, hash)
      SELECT seq, at_ms, type, outcome, company_id, grant_id, CASE said WHEN '' THEN plain ELSE substr(said, 1, length(said) - 1) || ',' || substr(plain, 2) END, mac
      FROM (SELECT *, CASE type WHEN 'audit.forgotten' THEN json_remove(body, '$.digest') ELSE body END AS plain FROM audit WHERE forgotten_by IS NULL)`).run();
    const guard = db.query<{ sql: string }>("SELECT sql FROM sqlite_master WHERE name = 'audit_no_delete'").get();
    db.exec('DROP TRIGGER audit_no_delete; DELETE FROM audit; DELETE FROM audit_lists');
    if (guard) db.exec(guard.sql);
  });
}
