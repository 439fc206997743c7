/** Rows of companies, requests and grants ↔ records. No policy. */
import type { CompanyDocument, RequestPayload, ScopedClaim } from '../../../shared/protocol/schemas.ts';
import type { ReadableDb, WritableDb } from '../platform/sqlite/types.ts';
import type { Claimable, CompanyRecord, GrantRecord, GrantState, GrantUsage, Identity, Purpose, RequestRecord } from './types.ts';

interface CompanyRow {
  readonly recipient_id: string; readonly company_id: string; readonly document_key: string; readonly company_document: string;
  readonly identity: Identity; readonly checked_at_ms: number | null; readonly first_seen_ms: number;
}
interface RequestRow extends CompanyRow {
  readonly request_id: string; readonly handle: string; readonly payload: string; readonly document: string; readonly received_at_ms: number; readonly expires_at_ms: number;
  readonly state: RequestRecord['state']; readonly decided_at_ms: number | null; readonly later_ms: number | null; readonly grant_id: string | null;
}
interface GrantRow {
  readonly grant_id: string; readonly request_id: string; readonly recipient_id: string; readonly company_id: string; readonly company_name: string; readonly state: GrantState; readonly version: number;
  readonly claims: string; readonly token_claims: string; readonly purposes: string; readonly brands: string; readonly cadence_max: number; readonly cadence_per: 'day' | 'week' | 'month';
  readonly granted_at_ms: number; readonly expires_at_ms: number; readonly ended_at_ms: number | null; readonly paused_ms: number | null; readonly fade_every: number | null; readonly fade_from: number; readonly noise: number | null;
  readonly redemptions: number; readonly refused: number; readonly last_redeemed_ms: number | null; readonly window_index: number; readonly window_used: number;
  readonly token: string; readonly token_iat: number; readonly token_exp: number; readonly dpop_jkt: string; readonly pseudonym: string; readonly key_id: number;
  readonly status_list: string; readonly status_index: number;
}

const COMPANY_COLUMNS = 'c.recipient_id, c.company_id, c.document_key, c.document AS company_document, c.identity, c.checked_at_ms, c.first_seen_ms';
const REQUESTS = `SELECT ${COMPANY_COLUMNS}, r.request_id, r.handle, r.payload, r.document, r.received_at_ms, r.expires_at_ms, r.state, r.decided_at_ms, r.later_ms, r.grant_id
  FROM requests r JOIN companies c USING (recipient_id)`;
const GRANTS = `SELECT g.*, u.redemptions, u.refused, u.last_redeemed_ms, u.window_index, u.window_used, c.company_id, c.document ->> '$.name' AS company_name
  FROM grants g JOIN grant_usage u USING (grant_id) JOIN companies c USING (recipient_id)`;

const toCompany = (row: CompanyRow): CompanyRecord => ({
  recipientId: row.recipient_id, companyId: row.company_id, documentKey: row.document_key, document: JSON.parse(row.company_document) as CompanyDocument,
  identity: row.identity, checkedAtMs: row.checked_at_ms, firstSeenMs: row.first_seen_ms,
});
const toRequest = (row: RequestRow): RequestRecord => ({
  requestId: row.request_id, handle: row.handle, company: toCompany(row), payload: JSON.parse(row.payload) as RequestPayload, document: JSON.parse(row.document) as CompanyDocument,
  receivedAtMs: row.received_at_ms, expiresAtMs: row.expires_at_ms, state: row.state, decidedAtMs: row.decided_at_ms, laterMs: row.later_ms, grantId: row.grant_id,
});
const toGrant = (row: GrantRow): GrantRecord => ({
  grantId: row.grant_id, requestId: row.request_id, recipientId: row.recipient_id, companyId: row.company_id, companyName: row.company_name, state: row.state, version: row.version,
  claims: JSON.parse(row.claims) as ScopedClaim[], tokenClaims: JSON.parse(row.token_claims) as ScopedClaim[], purposes: JSON.parse(row.purposes) as Purpose[], brands: JSON.parse(row.brands) as string[],
  cadence: { max: row.cadence_max, per: row.cadence_per }, grantedAtMs: row.granted_at_ms, expiresAtMs: row.expires_at_ms, endedAtMs: row.ended_at_ms, pausedMs: row.paused_ms, fadeEvery: row.fade_every, fadeFrom: row.fade_from, noise: row.noise,
  usage: { redemptions: row.redemptions, refused: row.refused, lastRedeemedMs: row.last_redeemed_ms, windowIndex: row.window_index, windowUsed: row.window_used },
  token: row.token, tokenIat: row.token_iat, tokenExp: row.token_exp, dpopJkt: row.dpop_jkt, pseudonym: row.pseudonym, keyId: row.key_id, statusList: row.status_list, statusIndex: row.status_index,
});

const map = <Row, T>(row: Row | undefined, to: (row: Row) => T): T | undefined => (row === undefined ? undefined : to(row));

export const listCompanies = (db: ReadableDb): CompanyRecord[] => db.query<CompanyRow>(`SELECT ${COMPANY_COLUMNS} FROM companies c ORDER BY c.first_seen_ms DESC, c.recipient_id`).all().map(toCompany);
export const getCompany = (db: ReadableDb, recipientId: string): CompanyRecord | undefined => map(db.query<CompanyRow>(`SELECT ${COMPANY_COLUMNS} FROM companies c WHERE c.recipient_id = ?`).get(recipientId), toCompany);

/** Keeps identity and first sight of a company already known; its newest document replaces the older one. */
export function upsertCompany(db: WritableDb, company: Pick<CompanyRecord, 'recipientId' | 'companyId' | 'documentKey' | 'document' | 'firstSeenMs'>): void {
  db.command(`INSERT INTO companies (recipient_id, company_id, document_key, document, identity, checked_at_ms, first_seen_ms) VALUES (?, ?, ?, ?, 'unverified', NULL, ?)
    ON CONFLICT (recipient_id) DO UPDATE SET document = excluded.document WHERE excluded.document ->> '$.iat' >= companies.document ->> '$.iat'`)
    .run(company.recipientId, company.companyId, company.documentKey, JSON.stringify(company.document), company.firstSeenMs);
}

export function setIdentity(db: WritableDb, recipientId: string, identity: Identity, atMs: number): void {
  db.command('UPDATE companies SET identity = ?, checked_at_ms = ? WHERE recipient_id = ?').run(identity, atMs, recipientId);
}

export const getRequest = (db: ReadableDb, requestId: string): RequestRecord | undefined => map(db.query<RequestRow>(`${REQUESTS} WHERE r.request_id = ?`).get(requestId), toRequest);
export const findRequestByDigest = (db: ReadableDb, digest: Buffer): RequestRecord | undefined => map(db.query<RequestRow>(`${REQUESTS} WHERE r.digest = ?`).get(digest), toRequest);
/** Only what collecting a token needs, so that it takes no longer for a handle that exists. */
export const findClaimable = (db: ReadableDb, handle: string): Claimable | undefined => map(
  db.query<{ dpop_jkt: string; state: GrantState | null; expires_at_ms: number | null; token: string | null }>('SELECT r.dpop_jkt, g.state, g.expires_at_ms, g.token FROM requests r LEFT JOIN grants g ON g.grant_id = r.grant_id WHERE r.handle = ?').get(handle),
  ({ dpop_jkt: dpopJkt, state, expires_at_ms: expiresAtMs, token }) => ({ dpopJkt, grant: state === null || expiresAtMs === null || token === null ? null : { state, expiresAtMs, token } }),
);
/** Those that can still be decided first, then the newest. */
export const listRequests = (db: ReadableDb, nowMs: number, limit: number): RequestRecord[] =>
  db.query<RequestRow>(`${REQUESTS} ORDER BY r.state = 'open' AND r.expires_at_ms > ? DESC, r.received_at_ms DESC, r.request_id LIMIT ?`).all(nowMs, limit).map(toRequest);

/** Undecided requests that programs handed in, expired or not: in all, and of one recipient. */
export function countUndecided(db: ReadableDb, recipientId: string): { readonly all: number; readonly own: number } {
  const row = db.query<{ n: number; own: number | null }>("SELECT count(*) AS n, sum(recipient_id = ?) AS own FROM requests WHERE state = 'open' AND submitted = 1").get(recipientId);
  return { all: row?.n ?? 0, own: row?.own ?? 0 };
}

/** Deletes requests handed in by programs that nobody decided and that ended before `endedBeforeMs`, and companies nothing else is known of. */
export function deleteUndecided(db: WritableDb, endedBeforeMs: number): void {
  if (db.command("DELETE FROM requests WHERE state = 'open' AND submitted = 1 AND expires_at_ms < ?").run(endedBeforeMs).changes === 0) return;
  db.command(`DELETE FROM companies WHERE identity = 'unverified' AND NOT EXISTS (SELECT 1 FROM requests r WHERE r.recipient_id = companies.recipient_id)
    AND NOT EXISTS (SELECT 1 FROM grants g WHERE g.recipient_id = companies.recipient_id) AND NOT EXISTS (SELECT 1 FROM issuer_keys k WHERE k.recipient_id = companies.recipient_id)`).run();
}

/** The person opened a request that a program had handed in before: from now on it is kept as theirs. */
export function markOpened(db: WritableDb, requestId: string): void {
  db.command('UPDATE requests SET submitted = 0 WHERE request_id = ? AND submitted = 1').run(requestId);
}

export function insertRequest(db: WritableDb, request: { readonly requestId: string; readonly digest: Buffer; readonly handle: string; readonly recipientId: string; readonly jws: string; readonly payload: RequestPayload; readonly document: CompanyDocument; readonly receivedAtMs: number; readonly submitted: boolean }): void {
  db.command(`INSERT INTO requests (request_id, digest, handle, recipient_id, jws, payload, document, dpop_jkt, received_at_ms, expires_at_ms, submitted, state) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'open')`)
    .run(request.requestId, request.digest, request.handle, request.recipientId, request.jws, JSON.stringify(request.payload), JSON.stringify(request.document), request.payload.dpop_jkt, request.receivedAtMs, request.payload.exp * 1000, request.submitted ? 1 : 0);
}

export function decideRequest(db: WritableDb, requestId: string, state: 'granted' | 'denied', atMs: number, grantId: string | null): void {
  db.command('UPDATE requests SET state = ?, decided_at_ms = ?, later_ms = NULL, grant_id = ? WHERE request_id = ?').run(state, atMs, grantId, requestId);
}
export function reopenRequest(db: WritableDb, requestId: string): void {
  db.command("UPDATE requests SET state = 'open', decided_at_ms = NULL WHERE request_id = ? AND state = 'denied'").run(requestId);
}
export function setLater(db: WritableDb, requestId: string, laterMs: number | null): void {
  db.command('UPDATE requests SET later_ms = ? WHERE request_id = ?').run(laterMs, requestId);
}
/** Undecided ones of a company, under whatever key it signed them. */
export const openRequestIds = (db: ReadableDb, companyId: string): string[] =>
  db.query<{ id: string }>("SELECT request_id AS id FROM requests JOIN companies USING (recipient_id) WHERE company_id = ? AND state = 'open' ORDER BY received_at_ms, request_id").all(companyId).map(({ id }) => id);

/** By company, since when. */
export const listRefused = (db: ReadableDb): Map<string, number> => new Map(db.query<{ id: string; since: number }>('SELECT company_id AS id, since_ms AS since FROM refused_companies').all().map(({ id, since }) => [id, since]));
export const isRefused = (db: ReadableDb, companyId: string): boolean => db.query('SELECT 1 FROM refused_companies WHERE company_id = ?').get(companyId) !== undefined;
export function addRefused(db: WritableDb, companyId: string, nowMs: number): void {
  db.command('INSERT INTO refused_companies (company_id, since_ms) VALUES (?, ?) ON CONFLICT DO NOTHING').run(companyId, nowMs);
}
/** @returns whether there was one */
export const deleteRefused = (db: WritableDb, companyId: string): boolean => db.command('DELETE FROM refused_companies WHERE company_id = ?').run(companyId).changes > 0;

export const getGrant = (db: ReadableDb, grantId: string): GrantRecord | undefined => map(db.query<GrantRow>(`${GRANTS} WHERE g.grant_id = ?`).get(grantId), toGrant);

/** What changes from one redemption to the next, without the long texts. */
export type GrantPulse = Pick<GrantRow, 'grant_id' | 'state' | 'version' | 'ended_at_ms' | 'redemptions' | 'refused' | 'last_redeemed_ms' | 'window_index' | 'window_used'>;
export const findGrantPulse = (db: ReadableDb, hash: Buffer): GrantPulse | undefined => db.query<GrantPulse>(`SELECT g.grant_id, g.state, g.version, g.ended_at_ms, u.redemptions, u.refused, u.last_redeemed_ms, u.window_index, u.window_used
  FROM grants g JOIN grant_usage u USING (grant_id) WHERE g.grant_id = coalesce((SELECT grant_id FROM grants WHERE token_hash = ?), (SELECT grant_id FROM former_tokens WHERE token_hash = ?))`).get(hash, hash);
export const withPulse = (grant: GrantRecord, pulse: GrantPulse): GrantRecord => ({
  ...grant, state: pulse.state, endedAtMs: pulse.ended_at_ms,
  usage: { redemptions: pulse.redemptions, refused: pulse.refused, lastRedeemedMs: pulse.last_redeemed_ms, windowIndex: pulse.window_index, windowUsed: pulse.window_used },
});
export interface GrantVersionRow { readonly version: number; readonly at_ms: number; readonly decision: string; readonly shown: string }
export const listGrantVersions = (db: ReadableDb, grantId: string): GrantVersionRow[] => db.query<GrantVersionRow>('SELECT version, at_ms, decision, shown FROM grant_versions WHERE grant_id = ? ORDER BY version').all(grantId);
export const listGrants = (db: ReadableDb): GrantRecord[] => db.query<GrantRow>(`${GRANTS} ORDER BY g.granted_at_ms DESC, g.grant_id`).all().map(toGrant);
export const listUnnotedExpired = (db: ReadableDb, nowMs: number): GrantRecord[] => db.query<GrantRow>(`${GRANTS} WHERE g.state = 'active' AND g.expires_at_ms <= ?`).all(nowMs).map(toGrant);
export const activeGrantIds = (db: ReadableDb, companyId: string, nowMs: number): string[] =>
  db.query<{ grant_id: string }>("SELECT grant_id FROM grants JOIN companies USING (recipient_id) WHERE company_id = ? AND state = 'active' AND expires_at_ms > ? ORDER BY granted_at_ms, grant_id").all(companyId, nowMs).map((row) => row.grant_id);

export function insertGrant(db: WritableDb, grant: Omit<GrantRecord, 'companyId' | 'companyName' | 'usage' | 'endedAtMs' | 'pausedMs' | 'fadeFrom'>, tokenHash: Buffer): void {
  db.command(`INSERT INTO grants (grant_id, request_id, recipient_id, state, version, claims, token_claims, purposes, brands, cadence_max, cadence_per, granted_at_ms, expires_at_ms,
      token, token_hash, token_iat, token_exp, dpop_jkt, pseudonym, key_id, status_list, status_index, fade_every, noise) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
    .run(grant.grantId, grant.requestId, grant.recipientId, grant.state, grant.version, JSON.stringify(grant.claims), JSON.stringify(grant.tokenClaims), JSON.stringify(grant.purposes), JSON.stringify(grant.brands),
      grant.cadence.max, grant.cadence.per, grant.grantedAtMs, grant.expiresAtMs, grant.token, tokenHash, grant.tokenIat, grant.tokenExp, grant.dpopJkt, grant.pseudonym, grant.keyId, grant.statusList, grant.statusIndex, grant.fadeEvery, grant.noise);
  db.command('INSERT INTO grant_usage (grant_id, redemptions, refused, last_redeemed_ms, window_index, window_used) VALUES (?, 0, 0, NULL, 0, 0)').run(grant.grantId);
}

export function updateGrantTerms(db: WritableDb, grant: Pick<GrantRecord, 'grantId' | 'version' | 'claims' | 'purposes' | 'brands' | 'cadence' | 'expiresAtMs' | 'fadeEvery'>): void {
  db.command('UPDATE grants SET version = ?, claims = ?, purposes = ?, brands = ?, cadence_max = ?, cadence_per = ?, expires_at_ms = ?, fade_every = ? WHERE grant_id = ?')
    .run(grant.version, JSON.stringify(grant.claims), JSON.stringify(grant.purposes), JSON.stringify(grant.brands), grant.cadence.max, grant.cadence.per, grant.expiresAtMs, grant.fadeEvery, grant.grantId);
}

/** It says again all it may; what was answered so far no longer counts. */
export function renewGrant(db: WritableDb, grantId: string, version: number, fadeFrom: number): void {
  db.command('UPDATE grants SET version = ?, fade_from = ? WHERE grant_id = ?').run(version, fadeFrom, grantId);
}

/** The token it had before still names it. */
export function extendGrant(db: WritableDb, grant: Pick<GrantRecord, 'grantId' | 'version' | 'expiresAtMs' | 'token' | 'tokenIat' | 'tokenExp'>, tokenHash: Buffer): void {
  db.command('INSERT INTO former_tokens (token_hash, grant_id) SELECT token_hash, grant_id FROM grants WHERE grant_id = ?').run(grant.grantId);
  db.command('UPDATE grants SET version = ?, expires_at_ms = ?, token = ?, token_hash = ?, token_iat = ?, token_exp = ? WHERE grant_id = ?')
    .run(grant.version, grant.expiresAtMs, grant.token, tokenHash, grant.tokenIat, grant.tokenExp, grant.grantId);
}

export function setPaused(db: WritableDb, grantId: string, version: number, pausedMs: number | null): void {
  db.command('UPDATE grants SET version = ?, paused_ms = ? WHERE grant_id = ?').run(version, pausedMs, grantId);
}

export function endGrant(db: WritableDb, grantId: string, state: Exclude<GrantState, 'active'>, atMs: number): void {
  db.command('UPDATE grants SET state = ?, ended_at_ms = ? WHERE grant_id = ?').run(state, atMs, grantId);
}

export function setUsage(db: WritableDb, grantId: string, usage: GrantUsage): void {
  db.command('UPDATE grant_usage SET redemptions = ?, refused = ?, last_redeemed_ms = ?, window_index = ?, window_used = ? WHERE grant_id = ?')
    .run(usage.redemptions, usage.refused, usage.lastRedeemedMs, usage.windowIndex, usage.windowUsed, grantId);
}

/** A durable write like the one an answer causes, so that the time an answer takes does not tell the two apart. */
export function countRefusedToken(db: WritableDb): void {
  db.command('UPDATE unknown_tokens SET seen = seen + 1 WHERE id = 1').run();
}

/** `shown`: the sentences and claim names the person saw, never a preference value. */
export function insertGrantVersion(db: WritableDb, grantId: string, version: number, atMs: number, decision: unknown, shown: unknown): void {
  db.command('INSERT INTO grant_versions (grant_id, version, at_ms, decision, shown) VALUES (?, ?, ?, ?, ?)').run(grantId, version, atMs, JSON.stringify(decision), JSON.stringify(shown));
}
