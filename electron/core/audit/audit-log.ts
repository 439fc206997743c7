/** The append-only log: a keyed hash chain whose head is anchored outside the database. */
import { createHmac, createSecretKey } from 'node:crypto';
import type { z } from 'zod';
import type { AUDIT_TYPES, auditEntry } from '../../../shared/api/audit.contract.ts';
import type { Claim } from '../../../shared/protocol/vocabulary.ts';
import type { WritableDb } from '../platform/sqlite/types.ts';
import type { Clock } from '../ports.ts';

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
}

/** Position and hash of the newest entry; `seq` 0 and an empty hash for an empty log. */
export interface AuditHead { readonly seq: number; readonly hash: string }

export interface AuditVerdict {
  readonly ok: boolean;
  readonly entries: number;
  readonly head: string;
  /** First entry that is wrong or missing; null when there is none. */
  readonly brokenAt: number | null;
  /** `altered`: an entry does not match its hash; `missing`: a gap; `rolled-back`: the log is older than its anchor; `unanchored`: the anchor is gone. */
  readonly problem: 'none' | 'altered' | 'missing' | 'rolled-back' | 'unanchored';
}

export interface AuditLog {
  /** Appends one entry. Call it inside the transaction of the act it records, so that both or neither are kept. */
  append(input: AuditInput): AuditEntry;
  list(query: { readonly before?: number | undefined; readonly limit: number; readonly companyId?: string | undefined; readonly grantId?: string | undefined; readonly group?: 'companies' | 'imports' | 'profile' | 'vault' | undefined }): { readonly entries: AuditEntry[]; readonly total: number; readonly nextBefore: number | null };
  head(): AuditHead;
  /** Hash of one entry as stored, base64url; null when there is none. */
  hashAt(seq: number): string | null;
  /** Recomputes every hash; `anchor` is the head as last seen outside the database, if any. */
  verify(anchor: AuditHead | null): AuditVerdict;
}

interface Row { readonly seq: number; readonly at_ms: number; readonly type: AuditType; readonly outcome: 'ok' | 'refused'; readonly company_id: string | null; readonly grant_id: string | null; readonly body: string; readonly hash: Buffer }

/** Everything that has no column of its own. */
interface Body {
  readonly reason: string | null; readonly companyName: string | null; readonly requestId: string | null; readonly importId: string | null;
  readonly claims: readonly { readonly claim: Claim; readonly precision: number }[]; readonly purpose: string | null; readonly counts: Readonly<Record<string, number>>;
}

const GROUPS = {
  companies: ['request.', 'company.', 'grant.', 'redemption.', 'introspection'],
  imports: ['import.'],
  profile: ['profile.'],
  vault: ['vault.', 'settings.', 'audit.'],
} as const;

const GENESIS = Buffer.alloc(32);

/** `key`: 32 bytes derived from the vault's master key; without it nobody can write an entry that fits the chain. */
export function createAuditLog(deps: { readonly db: WritableDb; readonly key: Buffer; readonly clock: Clock; readonly onAppend?: (seq: number) => void }): AuditLog {
  const { db, clock } = deps;
  // As a key object: handing over raw bytes costs five times as much, for every entry.
  const key = createSecretKey(deps.key);

  const chain = (previous: Buffer, row: Omit<Row, 'hash'>): Buffer => {
    const fields = [row.seq, row.at_ms, row.type, row.outcome, row.company_id, row.grant_id, row.body];
    return createHmac('sha256', key).update(previous).update(JSON.stringify(fields)).digest();
  };
  const lastRow = (): Row | undefined => db.query<Row>('SELECT * FROM audit ORDER BY seq DESC LIMIT 1').get();

  return Object.freeze({
    append(input: AuditInput): AuditEntry {
      const last = lastRow();
      const body: Body = {
        reason: input.reason ?? null, companyName: input.companyName ?? null, requestId: input.requestId ?? null, importId: input.importId ?? null,
        claims: input.claims ?? [], purpose: input.purpose ?? null, counts: input.counts ?? {},
      };
      const row = {
        seq: (last?.seq ?? 0) + 1, at_ms: clock.nowMs(), type: input.type, outcome: input.outcome ?? 'ok',
        company_id: input.companyId ?? null, grant_id: input.grantId ?? null, body: JSON.stringify(body),
      } as const;
      const hash = chain(last?.hash ?? GENESIS, row);
      db.command('INSERT INTO audit (seq, at_ms, type, outcome, company_id, grant_id, body, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)')
        .run(row.seq, row.at_ms, row.type, row.outcome, row.company_id, row.grant_id, row.body, hash);
      deps.onAppend?.(row.seq);
      return toEntry({ ...row, hash });
    },

    list(query) {
      const where = ['1 = 1'];
      const params: (string | number)[] = [];
      if (query.companyId !== undefined) { where.push('company_id = ?'); params.push(query.companyId); }
      if (query.grantId !== undefined) { where.push('grant_id = ?'); params.push(query.grantId); }
      if (query.group !== undefined) {
        where.push(`(${GROUPS[query.group].map(() => 'substr(type, 1, ?) = ?').join(' OR ')})`);
        for (const prefix of GROUPS[query.group]) params.push(prefix.length, prefix);
      }
      const total = db.query<{ n: number }>(`SELECT count(*) AS n FROM audit WHERE ${where.join(' AND ')}`).get(...params)?.n ?? 0;
      if (query.before !== undefined) { where.push('seq < ?'); params.push(query.before); }
      const rows = db.query<Row>(`SELECT * FROM audit WHERE ${where.join(' AND ')} ORDER BY seq DESC LIMIT ?`).all(...params, query.limit + 1);
      const page = rows.slice(0, query.limit);
      return { entries: page.map(toEntry), total, nextBefore: rows.length > query.limit ? (page.at(-1)?.seq ?? null) : null };
    },

    head() {
      const last = lastRow();
      return last ? { seq: last.seq, hash: last.hash.toString('base64url') } : { seq: 0, hash: '' };
    },

    hashAt: (seq) => db.query<{ hash: Buffer }>('SELECT hash FROM audit WHERE seq = ?').get(seq)?.hash.toString('base64url') ?? null,

    verify(anchor) {
      let previous: Buffer = GENESIS;
      let expected = 1;
      let anchored = anchor === null || anchor.seq === 0;
      const verdict = (problem: AuditVerdict['problem'], brokenAt: number | null): AuditVerdict =>
        ({ ok: problem === 'none', entries: expected - 1, head: expected === 1 ? '' : previous.toString('base64url'), brokenAt, problem });
      for (const row of db.query<Row>('SELECT * FROM audit ORDER BY seq').iterate()) {
        if (row.seq !== expected) return verdict('missing', expected);
        const hash = chain(previous, row);
        if (!hash.equals(row.hash)) return verdict('altered', row.seq);
        if (anchor?.seq === row.seq) {
          if (hash.toString('base64url') !== anchor.hash) return verdict('altered', row.seq);
          anchored = true;
        }
        previous = hash;
        expected++;
      }
      return anchored ? verdict('none', null) : verdict('rolled-back', expected);
    },
  } satisfies AuditLog);
}

function toEntry(row: Row): AuditEntry {
  const body = JSON.parse(row.body) as Body;
  return {
    seq: row.seq, atMs: row.at_ms, type: row.type, outcome: row.outcome, companyId: row.company_id, grantId: row.grant_id, hash: row.hash.toString('base64url'),
    reason: body.reason, companyName: body.companyName, requestId: body.requestId, importId: body.importId, claims: [...body.claims], purpose: body.purpose, counts: { ...body.counts },
  };
}
