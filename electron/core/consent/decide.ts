/** What the person may choose, decided purely: never more than was asked, never finer, longer or oftener; and what holds of a grant now. */
import type { ErrorCode } from '../../../shared/errors/codes.ts';
import { MAX_GRANT_DAYS } from '../../../shared/protocol/names.ts';
import type { Cadence, RequestPayload, ScopedClaim } from '../../../shared/protocol/schemas.ts';
import type { Claim } from '../../../shared/protocol/vocabulary.ts';
import { isAtMost } from './cadence.ts';
import type { GrantRecord, GrantState, Purpose } from './types.ts';

const DAY_MS = 86_400_000;

export interface GrantChoices {
  readonly claims: readonly ScopedClaim[];
  /** IRIs kept; undefined means all asked. */
  readonly purposes?: readonly string[] | undefined;
  readonly expiresAtMs?: number | undefined;
  readonly cadence?: Cadence | undefined;
  readonly brands?: readonly string[] | undefined;
  /** After every so many answers it says a step less. */
  readonly fadeEvery?: number | undefined;
  /** Weight of the truth: interests are made deniable. */
  readonly noise?: number | undefined;
}

export interface GrantTerms {
  readonly claims: readonly ScopedClaim[];
  readonly purposes: readonly Purpose[];
  readonly cadence: Cadence;
  readonly expiresAtMs: number;
  readonly brands: readonly string[];
  readonly fadeEvery: number | null;
  readonly noise: number | null;
}

export type Decision<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly code: ErrorCode; readonly message: string };

const no = (code: ErrorCode, message: string): Decision<never> => ({ ok: false, code, message: `${message} Nothing was given.` });
const yes = <T>(value: T): Decision<T> => ({ ok: true, value });

/** Checks claims × precision against what was asked. Does not require the required ones: a preview may leave them out. */
export function decideScope(request: RequestPayload, claims: readonly ScopedClaim[]): Decision<readonly ScopedClaim[]> {
  const [details] = request.authorization_details;
  const seen = new Set<Claim>();
  for (const { claim, precision } of claims) {
    const asked = details.claims.find((candidate) => candidate.claim === claim);
    if (!asked) return no('ERR_CLAIM_NOT_ASKED', `The company did not ask for “${claim}”.`);
    if (seen.has(claim)) return no('ERR_PRECISION_INVALID', `“${claim}” is named twice.`);
    if (precision < 1 || precision > asked.precision) return no('ERR_PRECISION_INVALID', `“${claim}” cannot be given more exactly than the company asked.`);
    seen.add(claim);
  }
  // In the order they were asked, whatever order they were chosen in.
  return yes(details.claims.filter((asked) => seen.has(asked.claim)).map(({ claim }) => ({ claim, precision: claims.find((chosen) => chosen.claim === claim)?.precision ?? 1 })));
}

/** What a grant of this request with these choices would be. */
export function decideGrant(request: RequestPayload, choices: GrantChoices, nowMs: number): Decision<GrantTerms> {
  const [details] = request.authorization_details;
  const scope = decideScope(request, choices.claims);
  if (!scope.ok) return scope;
  if (scope.value.length === 0) return no('ERR_GRANT_EMPTY', 'No claim was chosen.');
  const missing = details.claims.find((asked) => asked.required && !scope.value.some((chosen) => chosen.claim === asked.claim));
  if (missing) return no('ERR_CLAIM_REQUIRED', `The company says it cannot do without “${missing.claim}”. Give it, or say no to the whole request.`);

  const kept = choices.purposes === undefined ? details.purposes : details.purposes.filter((purpose) => choices.purposes?.includes(purpose.iri));
  if (kept.length === 0) return no('ERR_GRANT_EMPTY', 'No purpose was kept.');
  if (choices.purposes?.some((iri) => !details.purposes.some((purpose) => purpose.iri === iri))) return no('ERR_GRANT_WIDENS', 'A purpose was chosen that the company did not ask for.');

  const longest = longestEnd(request, nowMs);
  const expiresAtMs = choices.expiresAtMs ?? longest;
  if (expiresAtMs <= nowMs) return no('ERR_DURATION_INVALID', 'The end lies in the past.');
  if (expiresAtMs > longest) return no('ERR_DURATION_INVALID', `The company asked for ${details.duration_days} days; it cannot get longer than that.`);

  const cadence = choices.cadence ?? details.cadence;
  if (!isAtMost(cadence, details.cadence)) return no('ERR_GRANT_WIDENS', 'That would let the company ask more often than it wanted.');
  return yes({ claims: scope.value, purposes: kept, cadence, expiresAtMs, brands: scope.value.some((chosen) => chosen.claim === 'brand') ? uniqueNames(choices.brands ?? []) : [], fadeEvery: choices.fadeEvery ?? null, noise: scope.value.some((chosen) => chosen.claim === 'interest' || chosen.claim === 'intent') ? choices.noise ?? null : null });
}

export interface NarrowChoices { readonly claims?: readonly ScopedClaim[] | undefined; /** IRIs kept. */ readonly purposes?: readonly string[] | undefined; readonly expiresAtMs?: number | undefined; readonly cadence?: Cadence | undefined; readonly fadeEvery?: number | undefined }

/** The next, narrower version of an active grant. Whatever is not mentioned stays as it is. */
export function decideNarrow(grant: Pick<GrantRecord, 'claims' | 'purposes' | 'expiresAtMs' | 'cadence' | 'fadeEvery'>, choices: NarrowChoices, nowMs: number): Decision<Pick<GrantTerms, 'claims' | 'purposes' | 'expiresAtMs' | 'cadence' | 'fadeEvery'>> {
  const chosen = choices.claims ?? grant.claims;
  if (chosen.length === 0) return no('ERR_GRANT_EMPTY', 'Nothing would be left. Revoke it instead.');
  if (new Set(chosen.map((c) => c.claim)).size !== chosen.length) return no('ERR_PRECISION_INVALID', 'A claim is named twice.');
  for (const { claim, precision } of chosen) {
    const held = grant.claims.find((candidate) => candidate.claim === claim);
    if (!held) return no('ERR_GRANT_WIDENS', `“${claim}” is not part of this grant; narrowing cannot add it.`);
    if (precision < 1) return no('ERR_PRECISION_INVALID', 'The coarsest step is 1.');
    if (precision > held.precision) return no('ERR_GRANT_WIDENS', `Narrowing cannot make “${claim}” more exact.`);
  }
  const { purposes: keep } = choices;
  if (keep?.some((iri) => !grant.purposes.some((purpose) => purpose.iri === iri)) === true) return no('ERR_GRANT_WIDENS', 'Narrowing cannot add a purpose.');
  const purposes = keep === undefined ? grant.purposes : grant.purposes.filter(({ iri }) => keep.includes(iri));
  if (purposes.length === 0) return no('ERR_GRANT_EMPTY', 'No purpose would be left. Revoke it instead.');
  const expiresAtMs = choices.expiresAtMs ?? grant.expiresAtMs;
  if (expiresAtMs <= nowMs) return no('ERR_DURATION_INVALID', 'The end lies in the past. Revoke it instead.');
  if (expiresAtMs > grant.expiresAtMs) return no('ERR_GRANT_WIDENS', 'Narrowing cannot make a grant last longer.');
  const fadeEvery = choices.fadeEvery ?? grant.fadeEvery;
  if (grant.fadeEvery !== null && fadeEvery !== null && fadeEvery > grant.fadeEvery) return no('ERR_GRANT_WIDENS', 'Narrowing cannot make a grant fade more slowly.');
  const cadence = choices.cadence ?? grant.cadence;
  if (!isAtMost(cadence, grant.cadence)) return no('ERR_GRANT_WIDENS', 'Narrowing cannot let the company ask more often.');
  return yes({ claims: grant.claims.flatMap(({ claim }) => chosen.filter((c) => c.claim === claim)), purposes, expiresAtMs, cadence, fadeEvery });
}

/** Until when a grant of this request, given then, can last at most. */
export const longestEnd = (request: RequestPayload, grantedAtMs: number): number => grantedAtMs + Math.min(request.authorization_details[0].duration_days, MAX_GRANT_DAYS) * DAY_MS;

/** The later end of an active grant: what was asked for is never exceeded. */
export function decideExtend(grant: Pick<GrantRecord, 'grantedAtMs' | 'expiresAtMs'>, request: RequestPayload, expiresAtMs: number): Decision<number> {
  if (expiresAtMs <= grant.expiresAtMs) return no('ERR_DURATION_INVALID', 'That is no later than it ends anyway.');
  if (expiresAtMs > longestEnd(request, grant.grantedAtMs)) return no('ERR_GRANT_WIDENS', `The company asked for ${request.authorization_details[0].duration_days} days; for longer it has to ask again.`);
  return yes(expiresAtMs);
}

/** State by the clock: an active grant past its end is expired, whether or not anyone has noted it. */
export const grantStateAt = (grant: Pick<GrantRecord, 'state' | 'expiresAtMs'>, nowMs: number): GrantState =>
  grant.state === 'active' && grant.expiresAtMs <= nowMs ? 'expired' : grant.state;

function uniqueNames(names: readonly string[]): string[] {
  return [...new Set(names.map((name) => name.normalize('NFKC').trim()).filter((name) => name !== ''))];
}
