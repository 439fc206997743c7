/** Answers: an SD-JWT from the person's vault, believed only after every check against the token that was redeemed. */
import { MAX_BODY_BYTES, TYP_ANSWER, VCT } from '../../shared/protocol/names.ts';
import { answerHeader, answerPayload, answerValues, type AnswerPayload, type AnswerValues } from '../../shared/protocol/schemas.ts';
import { CLAIMS, isClaim, type Claim } from '../../shared/protocol/vocabulary.ts';
import { z } from 'zod';
import { PenchantError, failure } from './errors.ts';
import { readJws, verifyJws } from './jws.ts';
import { processSdJwt, splitSdJwt, type Json, type JsonObject, type SdJwtParts } from './sd-jwt.ts';
import { checkStatus, type StatusList } from './status.ts';
import { DEFAULT_SKEW_SECONDS, tokenOf, type ClockOptions, type CompanyIdentity, type PreferenceToken, type TokenInput } from './token.ts';

/** What a company learns, after verification. */
export interface VerifiedAnswer {
  /** Only claims that were disclosed; a claim with nothing to say is absent. */
  readonly claims: AnswerValues;
  /** Where each disclosed claim comes from: said by the person, or derived from the person's own exports. */
  readonly assurance: Readonly<Partial<Record<Claim, 'self-asserted' | 'derived'>>>;
  /** Claims that are deniable, and how: what they say of these areas may be made up. Empty where everything is said as it is. */
  readonly noise: Readonly<NonNullable<AnswerPayload['noise']>>;
  /** Name of the person for this company only. */
  readonly pseudonym: string;
  /** RFC 9278 thumbprint URI of the vault's key for this company. */
  readonly issuer: string;
  readonly issuedAtMs: number;
  /** After this moment do not use the answer: redeem again. */
  readonly expiresAtMs: number;
  /** Receipt of the entry in the person's own log. */
  readonly logReceipt: string;
  /** The compact SD-JWT as it was received. */
  readonly raw: string;
}

export interface VerifyOptions extends ClockOptions {
  /** A list from {@link fetchStatusList}: then a token it marks as ended makes the answer invalid. */
  readonly statusList?: StatusList;
}

/** Any JSON object: the profile looks at its parts one by one, to say exactly what is wrong. */
const anyObject = z.record(z.string(), z.json());

/**
 * Verifies an answer offline (RFC 9901 §7.1 and the profile of this protocol).
 *
 * Checked, in this order: size; `typ` and `alg` (ES256 only); signature by the key the token pins; `vct`, `_sd_alg`; `iss`, `sub` equal to the
 * token's; `aud` = us; `iat`, `exp`; each disclosure well-formed, referenced exactly once, colliding with nothing; flat (no digests inside
 * values); only claims the token covers; each value of its claim's shape; the status list, if given.
 *
 * @param answer - Compact SD-JWT, `<jws>~<disclosure>~…~`.
 * @throws {TypeError} A token object not made by {@link parseToken}.
 * @throws {PenchantError} ERR_ANSWER_*, ERR_STATUS_*, and ERR_TOKEN_* when the token itself does not hold.
 * @example
 * const { claims } = await verifyAnswer(raw, token, { companyId: 'https://shop.example', keys });
 * claims.interest?.map(({ label, strength }) => `${label}: ${strength}`); // ['Baking: strong']
 */
export async function verifyAnswer(answer: string, token: TokenInput, company: CompanyIdentity, options: VerifyOptions = {}): Promise<VerifiedAnswer> {
  const pinned = await tokenOf(token, company, options);
  const parts = split(answer);
  const claims = await readSigned(parts, pinned);
  const payload = checkProfile(claims);
  checkParties(payload, pinned, company);
  checkTimes(payload, options);
  const values = await disclose(claims, parts.disclosures, pinned);
  if (options.statusList !== undefined) checkStatus(pinned, options.statusList, options);
  return Object.freeze({
    claims: values, assurance: assuranceOf(payload, values), noise: noiseOf(payload, values), pseudonym: payload.sub, issuer: payload.iss,
    issuedAtMs: payload.iat * 1000, expiresAtMs: payload.exp * 1000, logReceipt: payload.log_receipt, raw: answer,
  });
}

function split(answer: string): SdJwtParts {
  const parts = answer.length > MAX_BODY_BYTES ? null : splitSdJwt(answer);
  if (parts === null) throw failure('ERR_ANSWER_MALFORMED', 'This is not an answer: expected <jws>~<disclosure>~…~.');
  return parts;
}

async function readSigned({ jws }: SdJwtParts, token: PreferenceToken): Promise<JsonObject> {
  const { header, payload } = read(jws);
  if (!answerHeader.safeParse(header).success) throw failure('ERR_ANSWER_TYPE', `The header of an answer is typ "${TYP_ANSWER}" and alg "ES256", nothing else.`);
  if (!await verifyJws(jws, token.issuerKey, 'ES256')) throw failure('ERR_ANSWER_SIGNATURE', 'The answer is not signed by the key the token pins.');
  return payload;
}

function read(jws: string): { readonly header: unknown; readonly payload: JsonObject } {
  try {
    return readJws(jws, MAX_BODY_BYTES, { header: anyObject, payload: anyObject });
  } catch (cause) {
    throw failure('ERR_ANSWER_MALFORMED', 'The signed part of the answer cannot be read.', cause);
  }
}

function checkProfile(claims: JsonObject): AnswerPayload {
  if (claims['vct'] !== VCT || claims['_sd_alg'] !== 'sha-256') throw failure('ERR_ANSWER_TYPE', `An answer says vct "${VCT}" and _sd_alg "sha-256".`);
  const parsed = answerPayload.safeParse(claims);
  if (!parsed.success) throw failure('ERR_ANSWER_MALFORMED', 'The payload of the answer is not what the protocol says.', parsed.error);
  for (const [name, value] of Object.entries(claims)) {
    if (name !== '_sd' && (isClaim(name) || name === '...' || hidesDigests(value))) throw failure('ERR_ANSWER_MALFORMED', 'Every claim of an answer is a disclosure of its own at the top level.');
  }
  return parsed.data;
}

/** True when a digest or a reserved name stands somewhere inside: answers are flat. */
function hidesDigests(value: Json): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([name, inner]: [string, Json]) => (!Array.isArray(value) && (name === '_sd' || name === '...' || name === '_sd_alg')) || hidesDigests(inner));
}

function checkParties(payload: AnswerPayload, token: PreferenceToken, company: CompanyIdentity): void {
  if (payload.iss !== token.issuer) throw failure('ERR_ANSWER_ISSUER', 'The answer comes from another vault than the token.');
  if (payload.aud !== company.companyId) throw failure('ERR_ANSWER_AUDIENCE', 'The answer was made for another company.');
  if (payload.sub !== token.pseudonym) throw failure('ERR_ANSWER_SUBJECT', 'The answer is about another person than the token.');
}

function checkTimes(payload: AnswerPayload, options: ClockOptions): void {
  const nowMs = (options.now ?? Date.now)();
  const skewMs = (options.skewSeconds ?? DEFAULT_SKEW_SECONDS) * 1000;
  if (payload.iat * 1000 > nowMs + skewMs) throw failure('ERR_ANSWER_NOT_YET_VALID', 'The answer is dated in the future. Check the clock of this machine.');
  if (payload.exp <= payload.iat || payload.exp * 1000 <= nowMs - skewMs) throw new PenchantError('ERR_ANSWER_EXPIRED', 'The answer has expired. Redeem the token again.', { expiredAtMs: payload.exp * 1000 });
}

async function disclose(payload: JsonObject, disclosures: readonly string[], token: PreferenceToken): Promise<AnswerValues> {
  const processed = await processSdJwt(payload, disclosures);
  const covered = new Set<string>(token.claims.map(({ claim }) => claim));
  const values: [Claim, unknown][] = processed.disclosed.map(({ index, name, value: disclosed }) => {
    if (hidesDigests(disclosed)) throw new PenchantError('ERR_ANSWER_DISCLOSURE', 'A disclosed value hides further digests.', { index });
    if (!isClaim(name) || !covered.has(name)) throw new PenchantError('ERR_ANSWER_SCOPE', 'The answer discloses a claim that the token does not cover.', { claim: name });
    const value = answerValues[name].safeParse(processed.payload[name]);
    if (!value.success) throw new PenchantError('ERR_ANSWER_VALUE', `The value of "${name}" is not what the protocol says.`, { claim: name }, value.error);
    return [name, value.data];
  });
  if (disclosures.length !== values.length) throw new PenchantError('ERR_ANSWER_DISCLOSURE', 'A disclosure does not stand at the top level.', { index: -1 });
  // Each value went through the schema of its own name just above. Vocabulary order: disclosures come in no order that means anything.
  return Object.freeze(Object.fromEntries(values.sort(([a], [b]) => CLAIMS.indexOf(a) - CLAIMS.indexOf(b))));
}

/** Of what was disclosed only. */
function noiseOf({ noise: { interest, intent } = {} }: AnswerPayload, values: AnswerValues): VerifiedAnswer['noise'] {
  return { ...(interest === undefined || values.interest === undefined ? {} : { interest }), ...(intent === undefined || values.intent === undefined ? {} : { intent }) };
}

function assuranceOf(payload: AnswerPayload, values: AnswerValues): VerifiedAnswer['assurance'] {
  return Object.fromEntries(CLAIMS.filter((claim) => values[claim] !== undefined && Object.hasOwn(payload.assurance, claim)).map((claim) => [claim, payload.assurance[claim]]));
}
