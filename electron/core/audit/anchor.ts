/** The newest checkpoint kept outside the database, so that an older copy put back is noticed. */
import { z } from 'zod';
import { canonicalJson, hmac, sameBytes } from '../platform/crypto/keys.ts';
import { readSmallFile, replaceFile } from '../platform/files/atomic-file.ts';
import type { WritableDb } from '../platform/sqlite/types.ts';
import type { AuditLog } from './audit-log.ts';
import { MAX_NOTE_BYTES, type TreeHead } from './checkpoint.ts';
import type { AuditVerdict, VerifyOptions } from './verify-log.ts';

/** What anchors were before the log was a tree: position and hash of the newest entry of the chain. */
const chainAnchor = z.strictObject({ seq: z.number().int(), hash: z.string(), mac: z.string() });

/** `gone`: the database remembers an anchor, but there is none that this vault wrote. */
type Anchored = { readonly kind: 'never' } | { readonly kind: 'gone' } | { readonly kind: 'head'; readonly head: TreeHead } | { readonly kind: 'chain'; readonly seq: number; readonly hash: string };

export interface AuditAnchor {
  /** Whether the log still begins with what was anchored: a look at a few rows, for the moment of unlocking. */
  glance(): AuditVerdict['problem'];
  /** Recomputes the whole log and holds it against the anchor. @throws {AppError} ERR_CANCELLED */
  verify(options?: Pick<VerifyOptions, 'signal' | 'onProgress'>): Promise<AuditVerdict>;
  /** Moves on to the log as it is now, always after its entries are durable, so that the anchor is never ahead of an honest database. */
  write(): void;
}

/** `key`: 32 bytes derived for the anchor alone; anchors of before the tree are under it. */
export function createAuditAnchor(deps: { readonly path: string; readonly key: Buffer; readonly db: WritableDb; readonly log: AuditLog }): AuditAnchor {
  const { path, key, db, log } = deps;
  let remembered = db.query("SELECT 1 FROM meta WHERE key = 'audit.anchored'").get() !== undefined;

  const readChainAnchor = (text: string): Anchored | null => {
    try {
      const { mac, ...head } = chainAnchor.parse(JSON.parse(text));
      return sameBytes(Buffer.from(mac), Buffer.from(hmac(key, canonicalJson(head)).toString('base64url'))) ? { kind: 'chain', ...head } : null;
    } catch {
      return null;
    }
  };
  const read = (): Anchored => {
    const missing: Anchored = { kind: remembered ? 'gone' : 'never' };
    // Whatever lies there that cannot be read is no mark of this vault, and must not shut the ways on.
    let text: string | null;
    try { text = readSmallFile(path, MAX_NOTE_BYTES); } catch { return missing; }
    if (text === null) return missing;
    const head = log.openCheckpoint(text);
    return head ? { kind: 'head', head } : readChainAnchor(text) ?? missing;
  };
  /** What the anchor says beyond what a recomputed log can: that it is gone, or is one of the chain. */
  const besides = (anchored: Anchored): AuditVerdict['problem'] => {
    if (anchored.kind === 'gone') return 'unanchored';
    if (anchored.kind !== 'chain' || anchored.seq === 0) return 'none';
    const fits = log.chainHashFits(anchored.seq, anchored.hash);
    return fits === null ? 'rolled-back' : fits ? 'none' : 'altered';
  };

  return Object.freeze({
    glance() {
      const anchored = read();
      const seen = log.glance(anchored.kind === 'head' ? anchored.head : null);
      if (seen !== 'none') return seen;
      if (db.query("SELECT 1 FROM meta WHERE key = 'audit.unexplained'").get() !== undefined) return 'altered';
      return besides(anchored);
    },
    async verify(options = {}) {
      const anchored = read();
      const verdict = await log.verify({ ...options, anchor: anchored.kind === 'head' ? anchored.head : null });
      const problem = besides(anchored);
      return verdict.ok && problem !== 'none' ? { ...verdict, ok: false, problem } : verdict;
    },
    write() {
      replaceFile(path, log.checkpoint());
      if (remembered) return;
      db.command("INSERT INTO meta (key, value) VALUES ('audit.anchored', '1') ON CONFLICT (key) DO NOTHING").run();
      remembered = true;
    },
  } satisfies AuditAnchor);
}
