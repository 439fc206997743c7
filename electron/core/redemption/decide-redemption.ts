/** Whether a proven call may be answered, by today's grant and the clock. Pure. */
import { cadenceWindow } from '../consent/cadence.ts';
import { grantStateAt } from '../consent/decide.ts';
import type { GrantRecord, GrantUsage } from '../consent/types.ts';
import type { RedeemBody, ScopedClaim, TokenPayload } from '../../../shared/protocol/schemas.ts';

/** For the person's log; the company is told only the problem. */
export type RefusalReason = 'proof-invalid' | 'key-mismatch' | 'expired' | 'revoked' | 'returned' | 'suspended' | 'purpose-not-granted' | 'claim-not-granted' | 'too-often';

export type RedemptionDecision =
  | { readonly kind: 'allow'; readonly claims: readonly ScopedClaim[]; readonly usage: GrantUsage }
  | { readonly kind: 'refuse'; readonly problem: 'invalid_token' | 'insufficient_scope' | 'slow_down'; readonly reason: RefusalReason; readonly retryAfterS: number | null };

const refuse = (problem: 'invalid_token' | 'insufficient_scope' | 'slow_down', reason: RefusalReason, retryAfterS: number | null = null): RedemptionDecision => ({ kind: 'refuse', problem, reason, retryAfterS });

/** Told to a company that asks while it is quiet. */
export const QUIET_RETRY_S = 3_600;

/** Of a token this vault signed itself. */
function isInToken(token: string, purpose: string): boolean {
  const { authorization_details: [details] } = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Pick<TokenPayload, 'authorization_details'>;
  return details.purposes.includes(purpose);
}

/** Why a token must not be honoured for this key now; null when it may be. */
export function tokenRefusal(grant: GrantRecord, jkt: string, nowMs: number): RefusalReason | null {
  if (grant.dpopJkt !== jkt) return 'key-mismatch';
  const state = grantStateAt(grant, nowMs);
  return state === 'active' ? null : state;
}

export function decideRedemption(grant: GrantRecord, jkt: string, body: RedeemBody, nowMs: number): RedemptionDecision {
  const invalid = tokenRefusal(grant, jkt, nowMs);
  if (invalid) return refuse('invalid_token', invalid);
  if (!grant.purposes.some((purpose) => purpose.iri === body.purpose)) {
    // One that the person dropped since stands in the token all the same: that looks like any other time at which nobody answers.
    return isInToken(grant.token, body.purpose) ? refuse('slow_down', 'purpose-not-granted', QUIET_RETRY_S) : refuse('insufficient_scope', 'purpose-not-granted');
  }
  const { claims: wanted } = body;
  // Against the token, not against today's grant: what the person has left out since is silently not said.
  if (wanted?.some((claim) => !grant.tokenClaims.some((named) => named.claim === claim))) return refuse('insufficient_scope', 'claim-not-granted');
  const window = cadenceWindow(grant.cadence, grant.grantedAtMs, grant.usage, nowMs);
  if (window.remaining === 0) {
    // To the minute: the exact second would tell when the grant was given.
    return refuse('slow_down', 'too-often', Math.max(1, Math.ceil((window.endsAtMs - nowMs) / 60_000)) * 60);
  }
  return {
    kind: 'allow', claims: wanted === undefined ? grant.claims : grant.claims.filter(({ claim }) => wanted.includes(claim)),
    usage: { ...grant.usage, redemptions: grant.usage.redemptions + 1, lastRedeemedMs: nowMs, windowIndex: window.index, windowUsed: window.used + 1 },
  };
}
