/** The head of the audit log kept outside the database, so that an older copy put back is noticed. */
import { z } from 'zod';
import { canonicalJson, hmac, sameBytes } from '../platform/crypto/keys.ts';
import { readSmallFile, replaceFile } from '../platform/files/atomic-file.ts';
import type { AuditHead } from './audit-log.ts';

const anchorFile = z.strictObject({ seq: z.number().int(), hash: z.string(), mac: z.string() });

export interface AuditAnchor {
  /** The newest head written, or null when there is none or it was not written by this vault. */
  read(): AuditHead | null;
  /** Always after the entry itself is durable, so that the anchor is never ahead of an honest database. */
  write(head: AuditHead): void;
}

/** `key`: 32 bytes derived for the anchor alone. */
export function createAuditAnchor(path: string, key: Buffer): AuditAnchor {
  const macOf = (head: AuditHead): string => hmac(key, canonicalJson({ seq: head.seq, hash: head.hash })).toString('base64url');
  return Object.freeze({
    read() {
      const text = readSmallFile(path, 4096);
      if (text === null) return null;
      try {
        const { mac, ...head } = anchorFile.parse(JSON.parse(text));
        return sameBytes(Buffer.from(mac), Buffer.from(macOf(head))) ? head : null;
      } catch {
        return null;
      }
    },
    write(head: AuditHead) { replaceFile(path, `${JSON.stringify({ ...head, mac: macOf(head) })}\n`); },
  } satisfies AuditAnchor);
}
