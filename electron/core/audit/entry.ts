/** One entry of the log: what a caller says, how it lies in a row, and the texts its two leaves are hashed from. */
import type { z } from 'zod';
import type { AUDIT_TYPES, auditEntry } from '../../../shared/api/audit.contract.ts';
import type { Claim } from '../../../shared/protocol/vocabulary.ts';
import { HASH_BYTES } from './merkle.ts';

export type AuditType = (typeof AUDIT_TYPES)[number];
export type AuditEntry = z.output<typeof auditEntry>;

/** What a caller says happened. Never a preference value: names, counts and codes only. */
export interface AuditInput {
  readonly type: AuditType;
  readonly outcome?: 'ok' | 'refused';
  readonly reason?: string | null;
  readonly companyId?: string | null;
  readonly companyName?: string | null;
  readonly requestId?: string | null;
  readonly grantId?: string | null;
  readonly importId?: string | null;
  readonly claims?: readonly { readonly claim: Claim; readonly precision: number }[];
  readonly purpose?: string | null;
  readonly counts?: Readonly<Record<string, number>>;
  /** The list this entry also goes into: what one company may one day have a receipt of. The name is the caller's, and stays in the vault. */
  readonly list?: string;
  /** Seals what lies outside the entry itself. */
  readonly digest?: string;
}

export interface Row {
  readonly seq: number; readonly at_ms: number; readonly type: AuditType | 'forgotten'; readonly outcome: 'ok' | 'refused';
  readonly company_id: string | null; readonly grant_id: string | null;
  /** JSON of {@link Body}; of entries carried over from the chain also what `said` holds. */
  readonly body: string;
  /** JSON of {@link Said}; empty for entries carried over. */
  readonly said: string;
  /** 16 random bytes for the leaf, then 16 for the leaf of the list, if any; empty once forgotten. */
  readonly salt: Buffer;
  /** Leaf hash and the inner nodes it completes, from the leaf up. */
  readonly tree: Buffer;
  /** Keyed seal over the tree as it was after this entry; of entries carried over, their place in the keyed chain. */
  readonly mac: Buffer;
  readonly list: number | null; readonly list_pos: number | null; readonly list_tree: Buffer | null;
  readonly forgotten_by: number | null;
}

export const SALT_BYTES = 16;

/** What the company itself took part in, and so may be shown. */
interface Said { readonly claims: readonly { readonly claim: Claim; readonly precision: number }[]; readonly purpose: string | null }
/** Everything else that has no column of its own. */
interface Body {
  readonly reason: string | null; readonly companyName: string | null; readonly requestId: string | null; readonly importId: string | null;
  readonly counts: Readonly<Record<string, number>>; readonly digest?: string;
}

export const saidOf = (input: AuditInput): string => JSON.stringify({ claims: input.claims ?? [], purpose: input.purpose ?? null } satisfies Said);
export const bodyOf = (input: AuditInput): string => JSON.stringify({
  reason: input.reason ?? null, companyName: input.companyName ?? null, requestId: input.requestId ?? null, importId: input.importId ?? null, counts: input.counts ?? {},
  ...(input.digest === undefined ? {} : { digest: input.digest }),
} satisfies Body);

/** Data of the entry's leaf in the log: everything the row says, behind its salt. */
export function leafText(row: Omit<Row, 'tree' | 'mac' | 'forgotten_by'>): string {
  return JSON.stringify([row.salt.toString('base64url', 0, SALT_BYTES), row.seq, row.at_ms, row.type, row.outcome, row.company_id, row.grant_id, row.body, row.said, row.list, row.list_pos, row.list_tree?.toString('base64url') ?? null]);
}

const MINUTE_MS = 60_000;

/**
 * Data of the entry's leaf in its company's list, as a receipt discloses it: salt, type, outcome, Unix seconds of the minute, claims and purpose.
 * Nothing of the log at large: no position, no name, no reason only the vault knows. `said` is JSON already, so nothing is parsed for it.
 */
export function openingText(row: Pick<Row, 'salt' | 'type' | 'outcome' | 'at_ms' | 'said'>): string {
  return `["${row.salt.toString('base64url', SALT_BYTES)}","${row.type}","${row.outcome}",${Math.floor(row.at_ms / MINUTE_MS) * 60},${row.said}]`;
}

/** Digest of a forgetting, as the entry about it holds it; null for a body without one. */
export const digestIn = (body: string): string | null => (JSON.parse(body) as Body).digest ?? null;

/** `row` must not be forgotten. */
export function toEntry(row: Row): AuditEntry {
  const { digest: _inside, ...body } = { ...(row.said === '' ? {} : (JSON.parse(row.said) as Said)), ...(JSON.parse(row.body) as Body & Said) };
  return {
    seq: row.seq, atMs: row.at_ms, type: row.type as AuditType, outcome: row.outcome, companyId: row.company_id, grantId: row.grant_id, hash: row.tree.toString('base64url', 0, HASH_BYTES),
    reason: body.reason, companyName: body.companyName, requestId: body.requestId, importId: body.importId, claims: [...body.claims], purpose: body.purpose, counts: { ...body.counts },
  };
}
