/** Requests, decisions, grants and companies. Every act and its audit entry commit together. */
import type { z } from 'zod';
import type { companyIdentity, grantVersion, grantView, requestLine, requestView } from '../../../shared/api/consent.contract.ts';
import { AppError } from '../../../shared/errors/app-error.ts';
import { CLAIM_INTERVAL_SECONDS, WELL_KNOWN_PATH } from '../../../shared/protocol/names.ts';
import { purposeName } from '../../../shared/language/names.ts';
import { flattenedJws, type ScopedClaim } from '../../../shared/protocol/schemas.ts';
import { parseStrictJson } from '../../../shared/protocol/strict-json.ts';
import type { AuditInput, AuditLog } from '../audit/audit-log.ts';
import { isFetchable } from '../platform/http/fetch-text.ts';
import { hmac } from '../platform/crypto/keys.ts';
import { jwkThumbprint, sha256 } from '../platform/jws/jws.ts';
import type { Emit } from '../platform/emit.ts';
import type { WritableDb } from '../platform/sqlite/types.ts';
import type { Clock, CorePorts } from '../ports.ts';
import { cadenceWindow, usedAfter } from './cadence.ts';
import * as repository from './consent-repository.ts';
import { decideExtend, decideGrant, decideNarrow, decideScope, grantStateAt, longestEnd, type Decision, type GrantChoices, type GrantTerms, type NarrowChoices } from './decide.ts';
import { claimsNow, fadedBy } from './fade.ts';
import { suggestionFor } from './suggest.ts';
import { fetchSmall } from './fetch-small.ts';
import { historyOf } from './history.ts';
import { isThisComputer, parseRequestText } from './request-text.ts';
import { isOverAsking, statementsFor, type Holds } from './statements.ts';
import { isStandardTerms, termsOf } from './terms.ts';
import type { Claimable, CompanyRecord, GrantRecord, GrantUsage, RequestRecord, TokenIssuer } from './types.ts';
import { verifyDocument, verifyRequest, type VerifiedRequest } from './verify-request.ts';

export type RequestView = z.output<typeof requestView>;
export type RequestLine = z.output<typeof requestLine>;
export type GrantView = z.output<typeof grantView>;
export type CompanyIdentity = z.output<typeof companyIdentity>;
export type GrantVersion = z.output<typeof grantVersion>;

export interface CompanySummary {
  readonly company: CompanyIdentity;
  readonly activeGrants: number;
  readonly grants: number;
  readonly openRequests: number;
  readonly redemptions: number;
  readonly lastRedeemedMs: number | null;
  readonly claimsEver: { claim: ScopedClaim['claim']; precision: number }[];
  /** Since when everything it asks is told no by itself, Unix ms; null when it is not. */
  readonly refusedMs: number | null;
}

export interface ConsentServiceDeps {
  readonly db: WritableDb;
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly randomBytes: (size: number) => Buffer;
  readonly fetch: CorePorts['fetch'];
  readonly deriveKey: (purpose: string) => Buffer;
  readonly tokens: TokenIssuer;
  /** How many things could be said for each claim at this precision today, without any brand being approved. */
  readonly countKnown: (scope: readonly ScopedClaim[]) => readonly number[];
  /** How many people would share what a company knows once it was told what these terms let it be told now. */
  readonly crowdWith: (companyId: string, terms: Pick<GrantTerms, 'claims' | 'brands' | 'noise'>) => GrantVersion['crowd'];
  /** Whether a grant's answers hardly help the company, whatever it makes of them. */
  readonly isOfLittleUse: (grant: GrantRecord) => boolean;
  readonly emit: Emit;
}

/** What stood on the screen when a grant was given or changed; of one from before, less. Never what is true of the person. */
interface Shown { readonly enforced?: string[]; readonly declared?: string[]; readonly claimed?: string[]; readonly crowd?: GrantVersion['crowd'] }

/** What a program on this machine gets for handing a request in: the same whatever becomes of it. */
export interface SubmissionReceipt { readonly request_handle: string; readonly interval: number; readonly expires_in: number }

export interface ConsentService {
  /** @throws {AppError} ERR_REQUEST_INVALID, ERR_REQUEST_SIGNATURE, ERR_REQUEST_EXPIRED, ERR_COMPANY_UNREACHABLE */
  open(text: string): Promise<RequestView>;
  /** Same checks for a request handed in by a program, which must have an hour left. With too many undecided ones waiting it is dropped without a sign. @throws {AppError} as {@link open} */
  submit(compact: string): SubmissionReceipt;
  requests(): RequestLine[];
  /** @throws {AppError} ERR_REQUEST_UNKNOWN */
  request(requestId: string): RequestView;
  /** @throws {AppError} ERR_REQUEST_UNKNOWN, ERR_COMPANY_UNREACHABLE */
  checkIdentity(requestId: string): Promise<RequestView>;
  /** What Penchant would enforce of a request with these choices, in the sentences of the screen. @throws {AppError} ERR_REQUEST_UNKNOWN */
  enforcedWith(requestId: string, choices: Holds): readonly string[];
  /** The scope as it would be granted. @throws {AppError} ERR_REQUEST_UNKNOWN, ERR_CLAIM_NOT_ASKED, ERR_PRECISION_INVALID */
  scopeFor(requestId: string, claims: readonly ScopedClaim[]): readonly ScopedClaim[];
  /** @throws {AppError} see {@link decideGrant}, and ERR_REQUEST_UNKNOWN, ERR_REQUEST_DECIDED, ERR_REQUEST_EXPIRED */
  grant(requestId: string, choices: GrantChoices): { readonly grantId: string; readonly token: string; readonly grant: GrantView };
  /** `remember`: everything the company asks is told no from now on, and what else it has asked is too. @throws {AppError} ERR_REQUEST_UNKNOWN, ERR_REQUEST_DECIDED */
  deny(requestId: string, remember?: boolean): RequestView;
  /** Takes a no back, so that the request can be decided again. Harmless on an open one. @throws {AppError} ERR_REQUEST_UNKNOWN, ERR_REQUEST_DECIDED, ERR_REQUEST_EXPIRED */
  reconsider(requestId: string): RequestView;
  /** Puts a request off until then; null brings it back now. @throws {AppError} ERR_REQUEST_UNKNOWN, ERR_REQUEST_DECIDED, ERR_REQUEST_EXPIRED */
  later(requestId: string, untilMs: number | null): RequestView;
  /** Whether everything a company asks is told no by itself. @throws {AppError} ERR_COMPANY_UNKNOWN */
  refuse(companyId: string, always: boolean): void;
  grants(): GrantView[];
  /** The least weight of a company's running permissions that are deniable; null when none is. What is said of interests and purchases under another one beside it would undo it. */
  noiseOf(companyId: string): number | null;
  /** @throws {AppError} ERR_GRANT_UNKNOWN */
  grantRecord(grantId: string): GrantRecord;
  /** @throws {AppError} ERR_GRANT_UNKNOWN, ERR_GRANT_ENDED */
  token(grantId: string): string;
  /** @throws {AppError} see {@link decideNarrow}, and ERR_GRANT_UNKNOWN, ERR_GRANT_ENDED */
  narrow(grantId: string, choices: NarrowChoices): GrantView;
  /** No answers until it is resumed; everything else stays. Harmless on one that is paused. @throws {AppError} ERR_GRANT_UNKNOWN, ERR_GRANT_ENDED */
  pause(grantId: string): GrantView;
  /** @throws {AppError} ERR_GRANT_UNKNOWN, ERR_GRANT_ENDED */
  resume(grantId: string): GrantView;
  /** Lets it last until then, at most as long as the company asked for. The company gets a new token where it collected the first; that one works on. @throws {AppError} ERR_GRANT_UNKNOWN, ERR_GRANT_ENDED, ERR_GRANT_WIDENS, ERR_DURATION_INVALID */
  extend(grantId: string, expiresAtMs: number): GrantView;
  /** A grant that fades says again all it may. @throws {AppError} ERR_GRANT_UNKNOWN, ERR_GRANT_ENDED */
  renew(grantId: string): GrantView;
  /** What it was from one change to the next, and what the person saw when they gave it; oldest first. @throws {AppError} ERR_GRANT_UNKNOWN */
  versions(grantId: string): GrantVersion[];
  /** Ends it now, for good; harmless on one that has ended. @throws {AppError} ERR_GRANT_UNKNOWN */
  revoke(grantId: string): GrantView;
  companies(): CompanySummary[];

  /** For the redemption feature; reads and writes inside its transaction. */
  findByTokenHash(hash: Buffer): GrantRecord | undefined;
  findByHandle(handle: string): Claimable | undefined;
  /** Must be called wherever a token is refused and nothing else is sure to be written: unknown and refused ones then cost the same durable write. */
  noteRefusedToken(): void;
  noteUsage(grantId: string, usage: GrantUsage): void;
  /** The company gives its token back (RFC 7009). Call inside a transaction, and {@link announce} after it. */
  giveBack(grant: GrantRecord): void;
  announce(grantId: string): void;
}

/** Undecided requests of programs kept, in all and of one company, expired ones included: more would bury the person. */
const MAX_OPEN_REQUESTS = 100;
const MAX_OPEN_REQUESTS_PER_COMPANY = 10;
const LISTED_REQUESTS = 500;
/** Shorter ones could come and go unseen, and let a program write without end. */
const MIN_SUBMITTED_LIFE_MS = 3_600_000;
/** Before a request that was put off runs out. */
const LAST_CALL_MS = 86_400_000;
/** How long an expired, undecided request of a program stays to be seen, and holds its place. */
const KEEP_EXPIRED_MS = 7 * 86_400_000;

export function createConsentService(deps: ConsentServiceDeps): ConsentService {
  const { db, audit, clock, tokens, emit } = deps;
  const handleKey = deps.deriveKey('consent/handle');
  /** Long texts of grants as read once; everything in them changes only together with the version, the rest is read anew every time. */
  const parsed = new Map<string, GrantRecord>();
  const noises = new Map<string, number | null>();
  const newId = (prefix: string): string => `${prefix}_${deps.randomBytes(12).toString('base64url')}`;

  const unwrap = <T>(decision: Decision<T>): T => {
    if (!decision.ok) throw new AppError(decision.code, decision.message);
    return decision.value;
  };
  const requestOf = (requestId: string): RequestRecord => {
    const request = repository.getRequest(db, requestId);
    if (!request) throw new AppError('ERR_REQUEST_UNKNOWN', 'There is no such request in this vault.');
    return request;
  };
  const grantOf = (grantId: string): GrantRecord => {
    const grant = repository.getGrant(db, grantId);
    if (!grant) throw new AppError('ERR_GRANT_UNKNOWN', 'There is no such permission in this vault.');
    return grant;
  };
  const undecided = (request: RequestRecord, nowMs: number): void => {
    if (request.state !== 'open') throw new AppError('ERR_REQUEST_DECIDED', 'You have already decided this request. Nothing was changed.');
    if (request.expiresAtMs <= nowMs) throw new AppError('ERR_REQUEST_EXPIRED', 'This request has expired. Nothing was given. Ask the company for a new one.');
  };
  const about = (grant: GrantRecord): Pick<AuditInput, 'companyId' | 'companyName' | 'grantId' | 'requestId'> =>
    ({ companyId: grant.companyId, companyName: grant.companyName, grantId: grant.grantId, requestId: grant.requestId });

  /** Recipient = the company's address under the key that signs its document: an impostor with keys of its own is somebody else. */
  const recipientOf = (request: VerifiedRequest): string => sha256(`${request.payload.iss}|${request.company.key}`).toString('base64url');
  const handleOf = (request: VerifiedRequest): string => hmac(handleKey, request.digest).toString('base64url').slice(0, 32);

  /** Stores a verified request once; returns the one already there otherwise. Null when there is no room for another. */
  const keep = (verified: VerifiedRequest, nowMs: number, submitted: boolean): RequestRecord | null => {
    const known = repository.findRequestByDigest(db, verified.digest);
    if (known) {
      repository.markOpened(db, known.requestId);
      return known;
    }
    const recipientId = recipientOf(verified);
    // Told no for good: nothing is kept of what it goes on asking, and it cannot tell.
    if (submitted && repository.isRefused(db, verified.payload.iss)) return null;
    if (submitted) {
      db.transaction(() => { repository.deleteUndecided(db, nowMs - KEEP_EXPIRED_MS); });
      const open = repository.countUndecided(db, recipientId);
      if (open.all >= MAX_OPEN_REQUESTS || open.own >= MAX_OPEN_REQUESTS_PER_COMPANY) return null;
    }
    const requestId = newId('rq');
    const { payload, company } = verified;
    db.transaction(() => {
      repository.upsertCompany(db, { recipientId, companyId: payload.iss, documentKey: company.key, document: company.document, firstSeenMs: nowMs });
      repository.insertRequest(db, { requestId, digest: verified.digest, handle: handleOf(verified), recipientId, jws: verified.jws, payload, document: company.document, receivedAtMs: nowMs, submitted });
      audit.append({
        type: 'request.received', companyId: payload.iss, companyName: company.document.name, requestId,
        claims: payload.authorization_details[0].claims.map(({ claim, precision }) => ({ claim, precision })), purpose: payload.authorization_details[0].purposes.map((purpose) => purpose.iri).join(' '),
      });
    });
    // A newer document may carry a new name.
    parsed.clear();
    emit('requests.changed', { requestId });
    return requestOf(requestId);
  };

  /** Notes grants whose time ran out since anyone looked. The redemption path does not wait for this: it goes by the clock. */
  const noteExpired = (nowMs: number): void => {
    const expired = repository.listUnnotedExpired(db, nowMs);
    if (expired.length === 0) return;
    db.transaction(() => {
      for (const grant of expired) {
        repository.endGrant(db, grant.grantId, 'expired', grant.expiresAtMs);
        noises.delete(grant.companyId);
        audit.append({ type: 'grant.expired', ...about(grant), list: historyOf(grant) });
      }
    });
    for (const grant of expired) emit('grants.changed', { grantId: grant.grantId });
  };

  const requestLineOf = (request: RequestRecord, nowMs: number): RequestLine => {
    const [details] = request.payload.authorization_details;
    const known = deps.countKnown(details.claims.map(({ claim, precision }) => ({ claim, precision })));
    return {
      requestId: request.requestId, state: request.state === 'open' && request.expiresAtMs <= nowMs ? 'expired' : request.state,
      receivedAtMs: request.receivedAtMs, expiresAtMs: request.expiresAtMs, decidedAtMs: request.decidedAtMs, laterMs: request.state === 'open' ? request.laterMs : null, company: viewCompany(request.company, request.document),
      alwaysRefused: repository.isRefused(db, request.company.companyId),
      asks: details.claims.map((asked, i) => ({ claim: asked.claim, precision: asked.precision, required: asked.required, overAsking: isOverAsking(request.document, asked), known: known[i] ?? 0 })),
      cadence: details.cadence, durationDays: details.duration_days, retentionDays: details.retention_days,
      activeGrants: repository.activeGrantIds(db, request.company.companyId, nowMs), grantId: request.grantId,
    };
  };
  const viewRequest = (request: RequestRecord, nowMs: number): RequestView => {
    const [details] = request.payload.authorization_details;
    const statements = statementsFor(request.payload, request.document);
    return {
      ...requestLineOf(request, nowMs),
      purposes: details.purposes.map((purpose) => ({ iri: purpose.iri, label: purposeName(purpose.iri), companyWords: purpose.text })), benefit: details.benefit ?? null,
      enforced: [...statements.enforced], declared: [...statements.declared], claimed: [...statements.claimed],
      terms: { code: details.terms.code, label: termsOf(details.terms.code).label, uri: details.terms.uri ?? (isStandardTerms(details.terms.code) ? `https://w3id.org/dpv/standards/ieee/7012#${details.terms.code.split('#').at(-1) ?? ''}` : null) },
    };
  };

  const viewGrant = (grant: GrantRecord, nowMs: number): GrantView => {
    const company = repository.getCompany(db, grant.recipientId);
    if (!company) throw new Error('a grant names a company that does not exist');
    const state = grantStateAt(grant, nowMs);
    return {
      grantId: grant.grantId, requestId: grant.requestId, company: viewCompany(company, company.document), state, version: grant.version, claims: [...grant.claims],
      purposes: grant.purposes.map(({ iri }) => ({ iri, label: purposeName(iri) })), cadence: grant.cadence, grantedAtMs: grant.grantedAtMs, expiresAtMs: grant.expiresAtMs,
      endedAtMs: grant.endedAtMs ?? (state === 'expired' ? grant.expiresAtMs : null), redemptions: grant.usage.redemptions, refused: grant.usage.refused, lastRedeemedMs: grant.usage.lastRedeemedMs, pausedMs: state === 'active' ? grant.pausedMs : null, fade: grant.fadeEvery === null ? null : { every: grant.fadeEvery, lost: fadedBy(grant), now: [...claimsNow(grant)] }, noise: grant.noise, longestMs: longestEnd(requestOf(grant.requestId).payload, grant.grantedAtMs),
      suggestion: state === 'active' ? suggestionFor(grant, nowMs, () => deps.isOfLittleUse(grant)) : null,
      remaining: state === 'active' ? cadenceWindow(grant.cadence, grant.grantedAtMs, grant.usage, nowMs).remaining : 0,
    };
  };

  const end = (grant: GrantRecord, state: 'revoked' | 'returned', nowMs: number): void => {
    repository.endGrant(db, grant.grantId, state, nowMs);
    tokens.endStatus(grant.statusList, grant.statusIndex);
    noises.delete(grant.companyId);
    audit.append({ type: state === 'revoked' ? 'grant.revoked' : 'grant.returned', ...about(grant), list: historyOf(grant) });
  };

  const refuseRequest = ({ requestId, company }: RequestRecord, nowMs: number): void => {
    repository.decideRequest(db, requestId, 'denied', nowMs, null);
    audit.append({ type: 'request.denied', companyId: company.companyId, companyName: company.document.name, requestId });
  };
  const refuseCompany = (companyId: string, companyName: string, nowMs: number): void => {
    repository.addRefused(db, companyId, nowMs);
    for (const requestId of repository.openRequestIds(db, companyId)) refuseRequest(requestOf(requestId), nowMs);
    audit.append({ type: 'company.refused', companyId, companyName });
  };

  /** The next version of a grant as it stands in the database now, with what holds of it from here on in the words of the screen. */
  const noteVersion = (grantId: string, nowMs: number, decision: unknown): void => {
    const grant = grantOf(grantId), { payload, document } = requestOf(grant.requestId);
    const shown: Shown = { ...(statementsFor(payload, document, { ...grant, isPaused: grant.pausedMs !== null }) as { enforced: string[]; declared: string[]; claimed: string[] }), crowd: deps.crowdWith(grant.companyId, { ...grant, claims: claimsNow(grant) }) };
    repository.insertGrantVersion(db, grantId, grant.version, nowMs, decision, shown);
    noises.delete(grant.companyId);
  };

  /** The next version of a grant that is active, with what its change is called. */
  const turn = (grantId: string, change: 'paused' | 'resumed'): GrantView => {
    const nowMs = clock.nowMs();
    const changed = db.transaction(() => {
      const grant = grantOf(grantId);
      if (grantStateAt(grant, nowMs) !== 'active') throw new AppError('ERR_GRANT_ENDED', 'This permission has ended. Nothing was changed.');
      if ((grant.pausedMs !== null) === (change === 'paused')) return false;
      const version = grant.version + 1;
      repository.setPaused(db, grantId, version, change === 'paused' ? nowMs : null);
      noteVersion(grantId, nowMs, { change });
      audit.append({ type: change === 'paused' ? 'grant.paused' : 'grant.resumed', ...about(grant), counts: { version } });
      return true;
    });
    if (changed) emit('grants.changed', { grantId });
    return viewGrant(grantOf(grantId), nowMs);
  };

  return Object.freeze({
    async open(text: string) {
      const recognised = parseRequestText(text);
      let compact: string;
      if (recognised.kind === 'compact') compact = recognised.jws;
      else {
        const fetched = parseRequestText(await fetchSmall(deps.fetch, recognised.url, 'application/oauth-authz-req+jwt', new URL(recognised.url).host));
        // A fetched text that points elsewhere would make the vault a browser.
        if (fetched.kind !== 'compact') throw new AppError('ERR_REQUEST_INVALID', 'The company’s link leads to something that is not a signed request. Nothing was stored.');
        compact = fetched.jws;
      }
      const nowMs = clock.nowMs();
      const request = keep(verifyRequest(compact, nowMs), nowMs, false);
      if (!request) throw new Error('an unbounded request was not kept');
      return viewRequest(request, nowMs);
    },

    submit(compact: string) {
      const nowMs = clock.nowMs();
      const verified = verifyRequest(compact, nowMs);
      if (verified.payload.exp * 1000 - nowMs < MIN_SUBMITTED_LIFE_MS) throw new AppError('ERR_REQUEST_EXPIRED', 'This request ends within the hour. Nothing was stored. Hand in one that leaves time to decide.');
      // What is not kept, or was before, costs a durable write all the same: the wait for the disk is most of the time an answer takes. The rest still differs a little, for a program on this computer that measures.
      if (repository.findRequestByDigest(db, verified.digest) !== undefined || keep(verified, nowMs, true) === null) db.transaction(() => { repository.countRefusedToken(db); });
      return { request_handle: handleOf(verified), interval: CLAIM_INTERVAL_SECONDS, expires_in: Math.max(1, verified.payload.exp - Math.floor(nowMs / 1000)) };
    },

    requests() {
      const nowMs = clock.nowMs();
      return repository.listRequests(db, nowMs, LISTED_REQUESTS).map((request) => requestLineOf(request, nowMs));
    },
    request: (requestId: string) => viewRequest(requestOf(requestId), clock.nowMs()),

    async checkIdentity(requestId: string) {
      const { company } = requestOf(requestId);
      const url = new URL(WELL_KNOWN_PATH, company.companyId);
      const note = (identity: CompanyRecord['identity'] | null, reason: string | null): void => {
        db.transaction(() => {
          if (identity !== null) repository.setIdentity(db, company.recipientId, identity, clock.nowMs());
          audit.append({ type: 'company.checked', outcome: identity === 'verified' ? 'ok' : 'refused', reason: reason ?? identity, companyId: company.companyId, companyName: company.document.name, requestId });
        });
        emit('requests.changed', { requestId });
      };
      let served: string;
      try {
        if (!isFetchable(url)) throw new AppError('ERR_COMPANY_UNREACHABLE', 'This company has no address that can be asked.');
        served = compactOf(await fetchSmall(deps.fetch, url.href, 'application/jose+json, application/json', url.host), url.host);
      } catch (error) {
        note(null, 'ERR_COMPANY_UNREACHABLE');
        throw error;
      }
      const vouched = vouchesFor(served, company, clock.nowMs());
      // Any program on this computer can serve any document there: nobody's name stands behind such an address.
      if (vouched && isThisComputer(url)) note('unverified', 'this-computer-only');
      else note(vouched ? 'verified' : 'mismatch', null);
      return viewRequest(requestOf(requestId), clock.nowMs());
    },

    enforcedWith(requestId: string, choices: Holds) {
      const { payload, document } = requestOf(requestId);
      return statementsFor(payload, document, choices).enforced;
    },

    scopeFor: (requestId: string, claims: readonly ScopedClaim[]) => unwrap(decideScope(requestOf(requestId).payload, claims)),

    grant(requestId: string, choices: GrantChoices) {
      const nowMs = clock.nowMs();
      const grantId = newId('gr');
      const granted = db.transaction(() => {
        const request = requestOf(requestId);
        undecided(request, nowMs);
        const terms = unwrap(decideGrant(request.payload, choices, nowMs));
        const { recipientId, companyId } = request.company;
        const issued = tokens.issue({
          recipientId, companyId, claims: terms.claims, purposes: terms.purposes.map((purpose) => purpose.iri), cadence: terms.cadence, expiresAtMs: terms.expiresAtMs, dpopJkt: request.payload.dpop_jkt,
        });
        repository.insertGrant(db, {
          grantId, requestId, recipientId, state: 'active', version: 1, claims: terms.claims, tokenClaims: terms.claims, purposes: terms.purposes, brands: terms.brands, cadence: terms.cadence, fadeEvery: terms.fadeEvery, noise: terms.noise,
          grantedAtMs: nowMs, expiresAtMs: terms.expiresAtMs, token: issued.token, tokenIat: issued.iat, tokenExp: issued.exp, dpopJkt: request.payload.dpop_jkt,
          pseudonym: issued.pseudonym, keyId: issued.keyId, statusList: issued.statusList, statusIndex: issued.statusIndex,
        }, issued.tokenHash);
        noteVersion(grantId, nowMs, terms);
        repository.decideRequest(db, requestId, 'granted', nowMs, grantId);
        audit.append({
          type: 'request.granted', companyId, companyName: request.company.document.name, requestId, grantId, claims: terms.claims, purpose: terms.purposes.map((purpose) => purpose.iri).join(' '), list: historyOf(issued),
        });
        return { grantId, token: issued.token };
      });
      emit('requests.changed', { requestId });
      emit('grants.changed', { grantId });
      return { ...granted, grant: viewGrant(grantOf(grantId), nowMs) };
    },

    deny(requestId: string, remember = false) {
      const nowMs = clock.nowMs();
      db.transaction(() => {
        const request = requestOf(requestId);
        if (request.state !== 'open') undecided(request, nowMs);
        refuseRequest(request, nowMs);
        if (remember) refuseCompany(request.company.companyId, request.company.document.name, nowMs);
      });
      emit('requests.changed', { requestId });
      return viewRequest(requestOf(requestId), nowMs);
    },

    reconsider(requestId: string) {
      const nowMs = clock.nowMs();
      db.transaction(() => {
        const request = requestOf(requestId);
        if (request.state === 'granted') throw new AppError('ERR_REQUEST_DECIDED', 'You have allowed this request. Nothing was changed. End the permission instead.');
        if (request.state === 'open') return;
        undecided({ ...request, state: 'open' }, nowMs);
        repository.reopenRequest(db, requestId);
        audit.append({ type: 'request.reconsidered', companyId: request.company.companyId, companyName: request.company.document.name, requestId });
      });
      emit('requests.changed', { requestId });
      return viewRequest(requestOf(requestId), nowMs);
    },

    later(requestId: string, untilMs: number | null) {
      const nowMs = clock.nowMs();
      db.transaction(() => {
        const request = requestOf(requestId);
        undecided(request, nowMs);
        // Back a day before it runs out at the latest: nothing lapses unseen.
        repository.setLater(db, requestId, untilMs === null ? null : Math.min(untilMs, Math.max(nowMs, request.expiresAtMs - LAST_CALL_MS)));
      });
      emit('requests.changed', { requestId });
      return viewRequest(requestOf(requestId), nowMs);
    },

    refuse(companyId: string, always: boolean) {
      const name = repository.listCompanies(db).find((company) => company.companyId === companyId)?.document.name;
      if (name === undefined) throw new AppError('ERR_COMPANY_UNKNOWN', 'This vault knows no such company. Nothing was changed.');
      db.transaction(() => {
        if (!always) {
          if (repository.deleteRefused(db, companyId)) audit.append({ type: 'company.heard', companyId, companyName: name });
        } else if (!repository.isRefused(db, companyId)) refuseCompany(companyId, name, clock.nowMs());
      });
      emit('requests.changed', { requestId: '' });
    },

    grants() {
      const nowMs = clock.nowMs();
      noteExpired(nowMs);
      return repository.listGrants(db).map((grant) => viewGrant(grant, nowMs));
    },
    noiseOf(companyId: string) {
      const known = noises.get(companyId);
      if (known !== undefined) return known;
      const weights = repository.activeGrantIds(db, companyId, clock.nowMs()).flatMap((grantId) => grantOf(grantId).noise ?? []);
      const least = weights.length === 0 ? null : Math.min(...weights);
      noises.set(companyId, least);
      return least;
    },
    grantRecord: grantOf,

    token(grantId: string) {
      const grant = grantOf(grantId);
      if (grantStateAt(grant, clock.nowMs()) !== 'active') throw new AppError('ERR_GRANT_ENDED', 'This permission has ended; its token is worth nothing any more.');
      return grant.token;
    },

    narrow(grantId: string, choices: NarrowChoices) {
      const nowMs = clock.nowMs();
      db.transaction(() => {
        const grant = grantOf(grantId);
        if (grantStateAt(grant, nowMs) !== 'active') throw new AppError('ERR_GRANT_ENDED', 'This permission has ended. Nothing was changed.');
        const terms = unwrap(decideNarrow(grant, choices, nowMs));
        const version = grant.version + 1;
        repository.updateGrantTerms(db, { grantId, version, ...terms, brands: terms.claims.some((chosen) => chosen.claim === 'brand') ? grant.brands : [] });
        if (terms.cadence.per !== grant.cadence.per) repository.setUsage(db, grantId, { ...grant.usage, ...usedAfter(grant.cadence, terms.cadence, grant.grantedAtMs, grant.usage, nowMs) });
        noteVersion(grantId, nowMs, terms);
        audit.append({ type: 'grant.narrowed', ...about(grant), claims: terms.claims, counts: { version } });
      });
      emit('grants.changed', { grantId });
      return viewGrant(grantOf(grantId), nowMs);
    },

    pause: (grantId: string) => turn(grantId, 'paused'),
    resume: (grantId: string) => turn(grantId, 'resumed'),
    renew(grantId: string) {
      const nowMs = clock.nowMs();
      db.transaction(() => {
        const grant = grantOf(grantId);
        if (grantStateAt(grant, nowMs) !== 'active') throw new AppError('ERR_GRANT_ENDED', 'This permission has ended. Nothing was changed.');
        const version = grant.version + 1;
        repository.renewGrant(db, grantId, version, grant.usage.redemptions);
        noteVersion(grantId, nowMs, { change: 'renewed' });
        audit.append({ type: 'grant.renewed', ...about(grant), counts: { version } });
      });
      emit('grants.changed', { grantId });
      return viewGrant(grantOf(grantId), nowMs);
    },
    extend(grantId: string, expiresAtMs: number) {
      const nowMs = clock.nowMs();
      db.transaction(() => {
        const grant = grantOf(grantId);
        if (grantStateAt(grant, nowMs) !== 'active') throw new AppError('ERR_GRANT_ENDED', 'This permission has ended. Nothing was changed.');
        unwrap(decideExtend(grant, requestOf(grant.requestId).payload, expiresAtMs));
        const version = grant.version + 1, renewed = tokens.renew({ ...grant, expiresAtMs });
        repository.extendGrant(db, { grantId, version, expiresAtMs, token: renewed.token, tokenIat: renewed.iat, tokenExp: renewed.exp }, renewed.tokenHash);
        noteVersion(grantId, nowMs, { change: 'extended', expiresAtMs });
        audit.append({ type: 'grant.extended', ...about(grant), counts: { version } });
      });
      emit('grants.changed', { grantId });
      return viewGrant(grantOf(grantId), nowMs);
    },
    versions(grantId: string) {
      const grant = grantOf(grantId);
      let terms: Pick<GrantTerms, 'claims' | 'purposes' | 'cadence' | 'expiresAtMs' | 'fadeEvery' | 'noise'> = grant;
      return repository.listGrantVersions(db, grantId).map(({ version, at_ms: atMs, decision, shown }) => {
        const { change, ...next } = JSON.parse(decision) as Partial<GrantTerms> & { readonly change?: 'paused' | 'resumed' | 'extended' | 'renewed' };
        // Whatever a change does not mention stays as it was.
        terms = { ...terms, ...next };
        const seen = JSON.parse(shown) as Shown;
        return {
          version, atMs, change: change ?? (version === 1 ? 'given' as const : 'narrowed' as const), claims: [...terms.claims], purposes: terms.purposes.map(({ iri }) => ({ iri, label: purposeName(iri) })), cadence: terms.cadence, expiresAtMs: terms.expiresAtMs,
          fadeEvery: terms.fadeEvery, noise: terms.noise, crowd: seen.crowd ?? null,
          shown: seen.enforced === undefined ? null : { enforced: seen.enforced, declared: seen.declared ?? [], claimed: seen.claimed ?? [] },
        };
      });
    },

    revoke(grantId: string) {
      const nowMs = clock.nowMs();
      const changed = db.transaction(() => {
        const grant = grantOf(grantId);
        if (grant.state !== 'active' && grant.state !== 'suspended') return false;
        end(grant, 'revoked', nowMs);
        return true;
      });
      if (changed) emit('grants.changed', { grantId });
      return viewGrant(grantOf(grantId), nowMs);
    },

    companies() {
      const nowMs = clock.nowMs();
      noteExpired(nowMs);
      const grants = repository.listGrants(db);
      const requests = repository.listRequests(db, nowMs, LISTED_REQUESTS), refused = repository.listRefused(db);
      return repository.listCompanies(db).map((company) => {
        const own = grants.filter((grant) => grant.recipientId === company.recipientId);
        const ever = new Map<ScopedClaim['claim'], number>();
        for (const { claim, precision } of own.flatMap((grant) => grant.tokenClaims)) ever.set(claim, Math.max(precision, ever.get(claim) ?? 0));
        return {
          company: viewCompany(company, company.document), activeGrants: own.filter((grant) => grantStateAt(grant, nowMs) === 'active').length, grants: own.length,
          openRequests: requests.filter((request) => request.company.recipientId === company.recipientId && request.state === 'open' && request.expiresAtMs > nowMs).length,
          redemptions: own.reduce((sum, grant) => sum + grant.usage.redemptions, 0),
          lastRedeemedMs: own.reduce<number | null>((last, { usage }) => (usage.lastRedeemedMs !== null && usage.lastRedeemedMs > (last ?? -Infinity) ? usage.lastRedeemedMs : last), null),
          claimsEver: [...ever].map(([claim, precision]) => ({ claim, precision })), refusedMs: refused.get(company.companyId) ?? null,
        };
      });
    },

    findByTokenHash(hash: Buffer) {
      const pulse = repository.findGrantPulse(db, hash);
      if (!pulse) return undefined;
      const known = parsed.get(pulse.grant_id);
      if (known?.version === pulse.version) return repository.withPulse(known, pulse);
      const grant = repository.getGrant(db, pulse.grant_id);
      if (grant) parsed.set(grant.grantId, grant);
      return grant;
    },
    findByHandle: (handle: string) => repository.findClaimable(db, handle),
    noteRefusedToken() { repository.countRefusedToken(db); },
    noteUsage: (grantId: string, usage: GrantUsage) => { repository.setUsage(db, grantId, usage); },
    giveBack(grant: GrantRecord) { end(grant, 'returned', clock.nowMs()); },
    announce(grantId: string) { emit('grants.changed', { grantId }); },
  } satisfies ConsentService);
}

function viewCompany(company: CompanyRecord, document: CompanyRecord['document']): CompanyIdentity {
  return {
    companyId: company.companyId, name: document.name, domain: document.domain, identity: company.identity, checkedAtMs: company.checkedAtMs,
    contact: document.contact, policyUri: document.policy_uri ?? null,
  };
}

/**
 * The flattened JWS a domain serves, as compact text.
 *
 * @throws {AppError} ERR_COMPANY_UNREACHABLE for anything that is no signed document at all, such as a page saying "not found"
 */
function compactOf(text: string, host: string): string {
  let value: unknown = null;
  try { value = parseStrictJson(text); } catch { /* Not JSON: said below. */ }
  const jws = flattenedJws.safeParse(value);
  if (!jws.success) throw new AppError('ERR_COMPANY_UNREACHABLE', `${host} does not serve a company document. Nothing was changed; the company stays unverified.`);
  return `${jws.data.protected}.${jws.data.payload}.${jws.data.signature}`;
}

/** Whether the document a domain serves is valid, of this company, and lists the key the embedded document was signed with: then the domain vouches for that document too. */
function vouchesFor(served: string, company: CompanyRecord, nowMs: number): boolean {
  try {
    const { document } = verifyDocument(served, nowMs);
    return document.iss === company.companyId && document.jwks.keys.some((key) => jwkThumbprint(key) === company.documentKey);
  } catch {
    return false;
  }
}
