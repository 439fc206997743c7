/** The company-facing API over today's grants: proofs, decisions, answers, introspection, giving back, requests handed in. */
import { AppError } from '../../../shared/errors/app-error.ts';
import { CLAIM_INTERVAL_SECONDS, MEDIA_ANSWER, MEDIA_STATUS, PATHS } from '../../../shared/protocol/names.ts';
import { claimBody, redeemBody, requestSubmission, type ScopedClaim } from '../../../shared/protocol/schemas.ts';
import { parseStrictJson } from '../../../shared/protocol/strict-json.ts';
import { HORIZONS } from '../anonymizer/coarsen.ts';
import { isDeniable, type AnsweredClaim } from '../anonymizer/anonymize.ts';
import type { AuditInput, AuditLog } from '../audit/audit-log.ts';
import type { BreathingReason } from '../consent/breathing.ts';
import type { BreathingService } from '../consent/breathing-service.ts';
import type { ConsentService } from '../consent/consent-service.ts';
import { grantStateAt } from '../consent/decide.ts';
import { LEVELS } from '../anonymizer/noise.ts';
import { claimsNow, fadedBy } from '../consent/fade.ts';
import { historyOf } from '../consent/history.ts';
import type { GrantRecord } from '../consent/types.ts';
import type { ExposureService } from '../exposure/exposure-service.ts';
import type { LoopbackReply, LoopbackRequest } from '../platform/http/loopback-server.ts';
import { sha256, strictUtf8 } from '../platform/jws/jws.ts';
import type { WritableDb } from '../platform/sqlite/types.ts';
import type { Clock } from '../ports.ts';
import { disclosable, type Disclosable } from '../tokens/sd-jwt.ts';
import type { TokenService } from '../tokens/token-service.ts';
import { createCommitQueue } from './commit-queue.ts';
import { decideRedemption, QUIET_RETRY_S, tokenRefusal, type RefusalReason } from './decide-redemption.ts';
import { createProofChecker } from './proof.ts';
import { json, problem, reply } from './replies.ts';

/** One claim as it may leave; `value` null means there is nothing to say. */
export interface SayableClaim { readonly claim: ScopedClaim['claim']; /** As it is said, which may be coarser than granted. */ readonly precision: number; readonly value: AnsweredClaim['value']; readonly assurance: 'self-asserted' | 'derived'; /** What it stands for in the taxonomy, however coarsely it says so. */ readonly nodes: readonly string[]; readonly noise: AnsweredClaim['noise'] }

export interface RedemptionServiceDeps {
  readonly db: WritableDb;
  readonly audit: AuditLog;
  readonly clock: Clock;
  readonly randomBytes: (size: number) => Buffer;
  readonly consent: ConsentService;
  readonly breathing: Pick<BreathingService, 'hushed' | 'quiet' | 'refusal' | 'noteAnswer'>;
  readonly exposure: Pick<ExposureService, 'version' | 'noteTold'>;
  readonly tokens: TokenService;
  /** The anonymized claims of a scope as they stand today, for one company. */
  readonly answer: (scope: readonly ScopedClaim[], brands: readonly string[], companyId: string, trying: { readonly noise: number | null }) => readonly SayableClaim[];
  /** Changes whenever {@link answer} could give something else for the same scope. */
  readonly profileVersion: () => number;
}

export interface RedemptionService { handle(request: LoopbackRequest): LoopbackReply | Promise<LoopbackReply>; nonce(): string }

/** With what says nothing: asking may cost all the same. */
interface Prepared { readonly version: number; readonly profile: number; readonly hour: number; readonly hushed: string; readonly exposure: string; readonly faded: number; readonly claims: ReadonlyMap<ScopedClaim['claim'], SayableClaim & { readonly disclosure: Disclosable | null }> }

const HOUR_MS = 3_600_000;
const MAX_PREPARED = 2_000;
/** Refusals, and introspections, of one grant that get an entry of their own: of an active one in a minute, of an ended one in an hour; more are counted in the next entry. */
const LOGGED_PER_MINUTE = 30;
const LOGGED_PER_HOUR_ENDED = 1;
/** Requests handed in without any proof: so many at once, and one more each second. */
const SUBMIT_BURST = 30;

export function createRedemptionService(deps: RedemptionServiceDeps): RedemptionService {
  const { db, audit, clock, consent, breathing, exposure, tokens } = deps;
  const proofs = createProofChecker(deps);
  const queue = createCommitQueue(db);
  const prepared = new Map<string, Prepared>();
  const repeated = new Map<string, { period: number; logged: number; unlogged: number }>();
  let bucket = { tokens: SUBMIT_BURST, atMs: clock.nowMs() };

  const fail = (code: Parameters<typeof problem>[0], retryAfterS: number | null = null): LoopbackReply => problem(code, proofs.nonce(), retryAfterS);

  /** Anonymized once for each version of grant and profile; strengths decay, so not longer than an hour. */
  const prepare = (grant: GrantRecord, nowMs: number): Prepared['claims'] => {
    const version = grant.version;
    const profile = deps.profileVersion();
    const hour = Math.floor(nowMs / HOUR_MS);
    const hushed = `${breathing.hushed().join(' ')}|${breathing.quiet().join(' ')}|${consent.noiseOf(grant.companyId) ?? ''}`;
    const exposed = exposure.version(grant.companyId), faded = fadedBy(grant);
    const known = prepared.get(grant.grantId);
    if (known?.version === version && known.profile === profile && known.hour === hour && known.hushed === hushed && known.exposure === exposed && known.faded === faded) return known.claims;
    const claims = new Map(deps.answer(claimsNow(grant), grant.brands, grant.companyId, { noise: grant.noise })
      .map((ready) => [ready.claim, { ...ready, disclosure: ready.value === null ? null : disclosable(ready.claim, ready.value) }] as const));
    if (prepared.size >= MAX_PREPARED) prepared.clear();
    prepared.set(grant.grantId, { version, profile, hour, hushed, exposure: exposed, faded, claims });
    return claims;
  };

  const about = (grant: GrantRecord) => ({ companyId: grant.companyId, companyName: grant.companyName, grantId: grant.grantId, requestId: grant.requestId, list: historyOf(grant) });

  /** Logs what a company may repeat for free, so often and then by count only: nobody can make the log grow without end. */
  const logBounded = (grant: GrantRecord, entry: Pick<AuditInput, 'type' | 'outcome' | 'reason' | 'purpose'>, nowMs: number): void => {
    const ended = grantStateAt(grant, nowMs) !== 'active';
    const key = `${entry.type}|${ended ? 'ended' : 'active'}|${grant.grantId}`;
    const period = Math.floor(nowMs / (ended ? HOUR_MS : 60_000));
    const known = repeated.get(key) ?? { period, logged: 0, unlogged: 0 };
    if (known.period !== period) { known.period = period; known.logged = 0; }
    if (repeated.size >= MAX_PREPARED) repeated.clear();
    repeated.set(key, known);
    if (known.logged >= (ended ? LOGGED_PER_HOUR_ENDED : LOGGED_PER_MINUTE)) { known.unlogged += 1; return; }
    audit.append({ ...entry, ...about(grant), counts: known.unlogged > 0 ? { more: known.unlogged } : {} });
    known.logged += 1;
    known.unlogged = 0;
  };
  const noteRefusal = (grant: GrantRecord, reason: RefusalReason | BreathingReason | 'permission-paused', purpose: string | null, nowMs: number): void => {
    consent.noteUsage(grant.grantId, { ...grant.usage, refused: grant.usage.refused + 1 });
    logBounded(grant, { type: 'redemption.refused', outcome: 'refused', reason, purpose }, nowMs);
  };

  /**
   * A proof that does not hold, for a token that may. A stale nonce is part of the ordinary dance; anything else means that somebody
   * holds a token without its key, or repeats what was said, and the person should read so.
   */
  const refuseProof = (code: 'invalid_dpop_proof' | 'use_dpop_nonce' | 'slow_down', token: string): LoopbackReply | Promise<LoopbackReply> => {
    if (code !== 'invalid_dpop_proof') return fail(code);
    return queue.run(() => {
      const grant = consent.findByTokenHash(sha256(token));
      if (grant) noteRefusal(grant, 'proof-invalid', null, clock.nowMs());
      else consent.noteRefusedToken();
      return fail(code);
    });
  };

  const redeem = async (request: LoopbackRequest): Promise<LoopbackReply> => {
    const token = tokenOf(request.headers.authorization);
    // Without a token there is no proof to speak of: the same answer a wrong token gets.
    if (token === null) return fail('invalid_token');
    const proof = await proofs.check({ ...request, proof: proofHeaderOf(request), token });
    if (!proof.ok) return refuseProof(proof.problem, token);
    const body = redeemBody.safeParse(parseJson(request.body));
    if (!body.success) return fail('invalid_request');
    const hash = sha256(token);
    const outcome = await queue.run((): LoopbackReply | { readonly signing: Promise<string> } => {
      const nowMs = clock.nowMs();
      const grant = consent.findByTokenHash(hash);
      if (!grant) { consent.noteRefusedToken(); return fail('invalid_token'); }
      const decision = decideRedemption(grant, proof.jkt, body.data, nowMs);
      if (decision.kind === 'refuse') {
        noteRefusal(grant, decision.reason, body.data.purpose, nowMs);
        return fail(decision.problem, decision.retryAfterS);
      }
      const quiet = grant.pausedMs === null ? breathing.refusal(grant, nowMs) : 'permission-paused';
      if (quiet !== null) {
        noteRefusal(grant, quiet, body.data.purpose, nowMs);
        // The same for every cause and company: when it really ends would tell about the person's day, and be a moment that companies could compare.
        return fail('slow_down', QUIET_RETRY_S);
      }
      const sayable = prepare(grant, nowMs);
      const asked = decision.claims.flatMap(({ claim }) => sayable.get(claim) ?? []), said = asked.flatMap(({ disclosure, ...ready }) => (disclosure === null ? [] : [{ ...ready, disclosure }]));
      consent.noteUsage(grant.grantId, decision.usage);
      breathing.noteAnswer(grant.recipientId, nowMs, said.flatMap(({ nodes, noise }) => (noise?.kind === 'levels' ? [] : nodes)));
      exposure.noteTold(grant, asked, nowMs);
      const entry = audit.append({ type: 'redemption.allowed', ...about(grant), claims: said.map(({ claim, precision }) => ({ claim, precision })), purpose: body.data.purpose });
      const assurance = Object.fromEntries(said.map((ready) => [ready.claim, ready.assurance]));
      const signing = tokens.issueAnswer({ grant, nowMs, claims: said.map(({ disclosure }) => disclosure), assurance, auditHash: entry.hash, noise: Object.fromEntries(said.flatMap(({ claim, noise }) => (!isDeniable(noise) ? [] : [[claim, noise.kind === 'levels' ? { areas: [...noise.areas], levels: LEVELS.length, truth: noise.weight } : { ladder: [...HORIZONS], ratio: 2 }]]))) });
      // Nobody waits for it when the transaction does not come through.
      signing.catch(() => undefined);
      return { signing };
    });
    return 'signing' in outcome ? reply(200, MEDIA_ANSWER, await outcome.signing, proofs.nonce()) : outcome;
  };

  const introspect = (request: LoopbackRequest): Promise<LoopbackReply> => withFormToken(request, (token, jkt) => {
    const nowMs = clock.nowMs();
    const grant = consent.findByTokenHash(sha256(token));
    const refusal = grant ? tokenRefusal(grant, jkt, nowMs) : null;
    if (!grant || refusal !== null) {
      consent.noteRefusedToken();
      if (grant && refusal !== null) logBounded(grant, { type: 'introspection', outcome: 'refused', reason: refusal }, nowMs);
      return json(200, { active: false }, proofs.nonce());
    }
    logBounded(grant, { type: 'introspection' }, nowMs);
    return json(200, { active: true, aud: grant.companyId, exp: grant.tokenExp, iat: grant.tokenIat, sub: grant.pseudonym, cnf: { jkt: grant.dpopJkt }, token_type: 'DPoP' }, proofs.nonce());
  });

  const giveBack = async (request: LoopbackRequest): Promise<LoopbackReply> => {
    const ended: string[] = [];
    const done = await withFormToken(request, (token, jkt) => {
      const grant = consent.findByTokenHash(sha256(token));
      if (grant && tokenRefusal(grant, jkt, clock.nowMs()) === null) {
        consent.giveBack(grant);
        ended.push(grant.grantId);
      } else consent.noteRefusedToken();
      return reply(200, 'application/json', '', proofs.nonce());
    });
    for (const grantId of ended) consent.announce(grantId);
    return done;
  };

  const withFormToken = async (request: LoopbackRequest, act: (token: string, jkt: string) => LoopbackReply): Promise<LoopbackReply> => {
    const token = formToken(request);
    if (token === null) return fail('invalid_request');
    const proof = await proofs.check({ ...request, proof: proofHeaderOf(request), token });
    if (!proof.ok) return fail(proof.problem);
    return queue.run(() => act(token, proof.jkt));
  };

  const submit = (request: LoopbackRequest): LoopbackReply => {
    const nowMs = clock.nowMs();
    bucket = { tokens: Math.min(SUBMIT_BURST, bucket.tokens + Math.max(0, nowMs - bucket.atMs) / 1000), atMs: nowMs };
    if (bucket.tokens < 1) return fail('slow_down', 1);
    bucket.tokens -= 1;
    const body = requestSubmission.safeParse(parseJson(request.body));
    if (!body.success) return fail('invalid_request');
    try {
      return json(202, consent.submit(body.data.request), proofs.nonce());
    } catch (error) {
      if (error instanceof AppError) return fail('invalid_request');
      throw error;
    }
  };

  const claim = async (request: LoopbackRequest): Promise<LoopbackReply> => {
    const proof = await proofs.check({ ...request, proof: proofHeaderOf(request), token: null });
    if (!proof.ok) return fail(proof.problem);
    const body = claimBody.safeParse(parseJson(request.body));
    if (!body.success) return fail('invalid_request');
    const known = consent.findByHandle(body.data.request_handle);
    const grant = known?.dpopJkt === proof.jkt ? known.grant : null;
    // Denied, undecided, ended, unknown and somebody else's all look the same: nobody is there.
    return grant && grantStateAt(grant, clock.nowMs()) === 'active'
      ? json(200, { status: 'granted', token: grant.token }, proofs.nonce())
      : json(200, { status: 'pending', interval: CLAIM_INTERVAL_SECONDS }, proofs.nonce());
  };

  const status = (request: LoopbackRequest): LoopbackReply => {
    const jwt = tokens.statusList(request.path.slice(PATHS.status.length), clock.nowMs());
    return jwt === null ? fail('not_found') : reply(200, MEDIA_STATUS, jwt, proofs.nonce());
  };

  return Object.freeze({
    nonce: () => proofs.nonce(),
    handle(request: LoopbackRequest): LoopbackReply | Promise<LoopbackReply> {
      switch (request.path) {
        case PATHS.redeem: return redeem(request);
        case PATHS.introspect: return introspect(request);
        case PATHS.revoke: return giveBack(request);
        case PATHS.requests: return submit(request);
        case PATHS.claim: return claim(request);
        default: return status(request);
      }
    },
  });
}

/** The token of `Authorization: DPoP <token>` (RFC 9449 §7.1); null for anything else. */
function tokenOf(header: string | undefined): string | null {
  const match = /^DPoP ([A-Za-z0-9_.-]{1,16384})$/i.exec(header ?? '');
  return match?.[1] ?? null;
}

function proofHeaderOf(request: LoopbackRequest): string | undefined {
  const { dpop } = request.headers;
  return typeof dpop === 'string' ? dpop : undefined;
}

function parseJson(body: Buffer): unknown {
  try {
    return parseStrictJson(strictUtf8(body));
  } catch {
    return null;
  }
}

/** The one `token` field of a form body; null when it is missing, given twice or not sent as a form. */
function formToken(request: LoopbackRequest): string | null {
  if (!(request.headers['content-type'] ?? '').toLowerCase().startsWith('application/x-www-form-urlencoded')) return null;
  try {
    const tokens = new URLSearchParams(strictUtf8(request.body)).getAll('token');
    const [token] = tokens;
    return tokens.length === 1 && token !== undefined && token !== '' && token.length <= 16_384 ? token : null;
  } catch {
    return null;
  }
}
