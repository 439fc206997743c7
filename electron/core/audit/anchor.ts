/** The head of the audit log kept outside the database, so that an older copy put back is noticed. */
import { z } from 'zod';
import { canonicalJson, hmac, sameBytes } from '../platform/crypto/keys.ts';
import { readSmallFile, replaceFile } from '../platform/files/atomic-file.ts';
import type { WritableDb } from '../platform/sqlite/types.ts';
import type { AuditHead, AuditLog, AuditVerdict } from './audit-log.ts';

const anchorFile = z.strictObject({ seq: z.number().int(), hash: z.string(), mac: z.string() });

/** `gone`: the database remembers an anchor, but there is none that this vault wrote. */
type Anchored = { readonly kind: 'never' } | { readonly kind: 'gone' } | { readonly kind: 'head'; readonly head: AuditHead };

export interface AuditAnchor {
  /** Whether the log still holds the anchored entry: a look at one row, for the moment of unlocking. */
  glance(log: AuditLog): AuditVerdict['problem'];
  /** Recomputes the whole log and holds it against the anchor. */
  verify(log: AuditLog): AuditVerdict;
  /** Moves on to this head, always after the entry itself is durable, so that the anchor is never ahead of an honest database. */
  write(head: AuditHead): void;
}

/** `key`: 32 bytes derived for the anchor alone. */
export function createAuditAnchor(deps: { readonly path: string; readonly key: Buffer; readonly db: WritableDb }): AuditAnchor {
  const { path, key, db } = deps;
  const macOf = (head: AuditHead): string => hmac(key, canonicalJson({ seq: head.seq, hash: head.hash })).toString('base64url');
  let remembered = db.query("SELECT 1 FROM meta WHERE key = 'audit.anchored'").get() !== undefined;

  const read = (): Anchored => {
    const missing: Anchored = { kind: remembered ? 'gone' : 'never' };
    const text = readSmallFile(path, 4096);
    if (text === null) return missing;
    try {
      const { mac, ...head } = anchorFile.parse(JSON.parse(text));
      return sameBytes(Buffer.from(mac), Buffer.from(macOf(head))) ? { kind: 'head', head } : missing;
    } catch {
      return missing;
    }
  };

  return Object.freeze({
    glance(log: AuditLog) {
      const anchored = read();
      if (anchored.kind !== 'head') return anchored.kind === 'gone' ? 'unanchored' : 'none';
      const hash = log.hashAt(anchored.head.seq);
      return hash === null ? 'rolled-back' : hash === anchored.head.hash ? 'none' : 'altered';
    },
    verify(log: AuditLog) {
      const anchored = read();
      const verdict = log.verify(anchored.kind === 'head' ? anchored.head : null);
      return verdict.ok && anchored.kind === 'gone' ? { ...verdict, ok: false, problem: 'unanchored' } : verdict;
    },
    write(head: AuditHead) {
      replaceFile(path, `${JSON.stringify({ ...head, mac: macOf(head) })}\n`);
      if (remembered) return;
      db.command("INSERT INTO meta (key, value) VALUES ('audit.anchored', '1') ON CONFLICT (key) DO NOTHING").run();
      remembered = true;
    },
  } satisfies AuditAnchor);
}
