/** Calls about a token: redeem it, ask whether it counts, give it back. Each proves possession of our DPoP key (RFC 9449). */
import { MEDIA_ANSWER, PATHS } from '../../shared/protocol/names.ts';
import { introspection, redeemBody } from '../../shared/protocol/schemas.ts';
import type { Claim } from '../../shared/protocol/vocabulary.ts';
import { verifyAnswer, type VerifiedAnswer } from './answer.ts';
import { ACCEPT_JSON, call, formBody, invalidReply, jsonBody, readJsonReply, type CallOptions } from './http.ts';
import { thumbprintOf } from './keys.ts';
import { purposeOf, type PurposeInput } from './scope.ts';
import { endpointOf, tokenOf, type CompanyIdentity, type PreferenceToken, type TokenInput } from './token.ts';

export interface RedeemOptions extends CallOptions {
  /** What the answer will be used for; the token's only purpose when omitted. */
  readonly purpose?: PurposeInput;
  /** Which of the granted claims; all when omitted. */
  readonly claims?: readonly Claim[];
}

/**
 * Redeems a token: `POST /v1/redeem` with `Authorization: DPoP`, a proof over method, URL, token, body and nonce, and verifies what comes back.
 * An answer that does not verify is never returned. Retries once when the vault asks for its nonce; follows no redirect.
 *
 * @throws {TypeError} An unknown purpose name, or none given where the token covers several.
 * @throws {PenchantError} ERR_REFUSED_TOKEN (ended: stop using what you have), ERR_SLOW_DOWN, ERR_REFUSED_SCOPE, ERR_REFUSED_PROOF, ERR_NETWORK,
 * ERR_TIMEOUT, ERR_ABORTED, ERR_ANSWER_*, ERR_TOKEN_*.
 * @example
 * const { claims } = await redeem(token, { companyId: 'https://shop.example', keys }, { purpose: 'recommendations' });
 */
export async function redeem(token: TokenInput, company: CompanyIdentity, options: RedeemOptions = {}): Promise<VerifiedAnswer> {
  const checked = await tokenOf(token, company, options);
  const body = redeemBody.safeParse({ purpose: purposeIri(checked, options.purpose), ...(options.claims === undefined ? {} : { claims: options.claims }) });
  if (!body.success) throw new TypeError('`claims` names something that is no claim, or nothing.', { cause: body.error });
  const reply = await call({
    method: 'POST', url: endpointOf(checked, PATHS.redeem, options), accept: MEDIA_ANSWER, body: jsonBody(body.data),
    proof: { key: company.keys.dpop, token: checked.raw, inHeader: true },
  }, options);
  if (reply.type !== MEDIA_ANSWER) throw invalidReply(reply.status, `The answer came as "${reply.type}" instead of ${MEDIA_ANSWER}.`);
  return verifyAnswer(reply.text, checked, company, options);
}

function purposeIri(token: PreferenceToken, purpose: PurposeInput | undefined): string {
  if (purpose !== undefined) return purposeOf(purpose).iri;
  const [only, ...others] = token.purposes;
  if (only === undefined || others.length > 0) throw new TypeError('The token covers several purposes: say which one this is for.');
  return only;
}

/** What a vault says about a token (RFC 7662 §2.2). */
export type TokenState = { readonly active: false } | { readonly active: true; readonly expiresAtMs: number };

/**
 * Asks the vault whether a token still counts: `POST /v1/introspect`, DPoP-bound. An ended token and an unknown one look alike.
 *
 * @throws {PenchantError} ERR_RESPONSE_INVALID when the vault speaks of another token; ERR_REFUSED_PROOF, ERR_SLOW_DOWN, ERR_NETWORK, ….
 * @example
 * if (!(await introspect(token, company)).active) forget(token);
 */
export async function introspect(token: TokenInput, company: CompanyIdentity, options: CallOptions = {}): Promise<TokenState> {
  const checked = await tokenOf(token, company, options);
  const reply = await call({
    method: 'POST', url: endpointOf(checked, PATHS.introspect, options), accept: ACCEPT_JSON, body: formBody({ token: checked.raw }),
    proof: { key: company.keys.dpop, token: checked.raw },
  }, options);
  const state = readJsonReply(reply, introspection);
  if (!state.active) return { active: false };
  if (state.sub !== checked.pseudonym || state.aud !== company.companyId || state.cnf.jkt !== await thumbprintOf(company.keys.dpop)) {
    throw invalidReply(reply.status, 'The vault speaks of another token.');
  }
  return { active: true, expiresAtMs: state.exp * 1000 };
}

/**
 * Gives a token back (RFC 7009): the person's vault ends the grant. Succeeds also when it had already ended. Delete what you learned with it.
 *
 * @throws {PenchantError} ERR_REFUSED_PROOF, ERR_SLOW_DOWN, ERR_NETWORK, ….
 * @example
 * await returnToken(token, company);
 */
export async function returnToken(token: TokenInput, company: CompanyIdentity, options: CallOptions = {}): Promise<void> {
  const checked = await tokenOf(token, company, options);
  await call({
    method: 'POST', url: endpointOf(checked, PATHS.revoke, options), accept: ACCEPT_JSON, body: formBody({ token: checked.raw }),
    proof: { key: company.keys.dpop, token: checked.raw },
  }, options);
}
