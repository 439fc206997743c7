/** Deleting history: which entries go, what the entry about it says, and the digest that ties the two. Pure. */
import { createHash } from 'node:crypto';
import type { AuditInput, Row } from './entry.ts';

/** Entries from before a moment (Unix ms), or everything about one company. */
export type Forgetting = { readonly beforeMs: number } | { readonly companyId: string };

export type ForgottenRow = Pick<Row, 'seq' | 'at_ms' | 'list' | 'list_pos' | 'list_tree'>;

/** Takes the company twice: what is in a list of its own, and what is in none. */
export const ENTRIES_OF_COMPANY = 'seq IN (SELECT seq FROM audit WHERE company_id = ? AND list IS NULL UNION ALL SELECT seq FROM audit WHERE list IN (SELECT list FROM audit_lists WHERE company_id = ?))';

/** All that stays of the time: the beginning of its month, UTC. */
function monthOf(atMs: number): number {
  const at = new Date(atMs);
  return Date.UTC(at.getUTCFullYear(), at.getUTCMonth());
}

/** `where`: living entries only, and never one that says how the log itself was treated (a trigger keeps to the same). */
export function decideForgetting(what: Forgetting): { readonly where: string; readonly params: readonly (string | number)[]; readonly note: Pick<AuditInput, 'reason'> & { readonly counts: Readonly<Record<string, number>> } } {
  const living = "forgotten_by IS NULL AND type NOT IN ('audit.forgotten', 'audit.accepted', 'audit.carried')";
  return 'beforeMs' in what
    ? { where: `${living} AND at_ms < ?`, params: [what.beforeMs], note: { reason: 'before', counts: { beforeMs: what.beforeMs } } }
    // Not which company: that is what was to be forgotten.
    : { where: `${living} AND ${ENTRIES_OF_COMPANY}`, params: [what.companyId, what.companyId], note: { reason: 'company', counts: {} } };
}

/** Over each forgotten entry's place and month, in order, and what its company's list needs of it: nothing can be forgotten, or kept, behind the back of the entry about it. */
export function forgottenDigest(rows: Iterable<ForgottenRow>): string {
  const digest = createHash('sha256');
  for (const row of rows) addForgotten(digest, { ...row, at_ms: monthOf(row.at_ms) });
  return digest.digest('base64url');
}

/** `row`: as it stands once forgotten. */
export function addForgotten(digest: ReturnType<typeof createHash>, row: ForgottenRow): void {
  digest.update(`${row.seq} ${row.at_ms} ${row.list ?? ''} ${row.list_pos ?? ''} ${row.list_tree?.toString('base64url') ?? ''}\n`);
}
