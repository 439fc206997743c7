/**
 * What both sides sign and parse: company document, request, token, proof, redemption, answer, introspection, status.
 *
 * Rules no schema can state, the same on both sides:
 * - Compact JWS everywhere, strict base64url, no duplicate JSON member names (`strict-json.ts`), no `crit`, no `jku`/`x5u`.
 * - Document and request: header `kid` names exactly one key of the document's `jwks`; the document's key signs the document.
 * - Served at {@link WELL_KNOWN_PATH}, the document is the same JWS in flattened JSON form (`application/jose+json`, RFC 7515 §7.2.2).
 * - Token: header `jwk` is the bare pairwise ES256 key {kty,crv,x,y}; `iss` = {@link THUMBPRINT_URN} + its RFC 7638 thumbprint.
 * - Answer and status list are signed by that same pairwise key (headers below). A vault serves one list per pairwise issuer, under a
 *   random path, with `sub` equal to the token's `status.status_list.uri`: nothing in it is shared between two companies.
 * - Times are rounded down, so that no `iat` lies in the future; readers allow 60 s of clock skew.
 * - Proofs: `htu` is the URL actually called, without query and fragment; the vault compares it with its own checked `Host` + path.
 *   `bh` covers the exact body bytes and is required on every POST that carries a proof; `ath` (RFC 9449 §4.3) covers the token wherever
 *   one is sent: in `Authorization: DPoP` at redeem, in the form body at introspect and revoke; at claim there is none.
 *   `nonce` is required everywhere; 401 `use_dpop_nonce` and every success carry `DPoP-Nonce` (RFC 9449 §8).
 * - Redeem: JSON body {@link redeemBody}; 200 {@link MEDIA_ANSWER}; all disclosures sent, none held back, no key-binding JWT (DPoP binds).
 *   `purpose` is an IRI of the token. A claim with nothing to say has no disclosure.
 * - Introspect (RFC 7662): form body `token=…`; 200 JSON. A valid proof by another key gets `{"active":false}` like an unknown token.
 * - Revoke (RFC 7009): form body `token=…`; 200 with an empty body, also for unknown tokens and other keys, which change nothing.
 * - Requests: JSON {@link requestSubmission}, 202 {@link requestReceipt}. Claim: JSON {@link claimBody} + proof by the `dpop_jkt` key, 200
 *   {@link claimReply}; denied, unknown and undecided all say `pending`. 429 `slow_down` carries `Retry-After` in seconds.
 * - Errors: {@link problem} as RFC 9457 with `code` a key of PROBLEMS; every 401 has `WWW-Authenticate: DPoP error="<code>", algs="ES256"`.
 */
import { z } from 'zod';
import { COMPANY_ALGORITHMS, DETAILS_TYPE, MAX_GRANT_DAYS, REQUEST_AUDIENCE, TYP_ANSWER, TYP_DOCUMENT, TYP_DPOP, TYP_REQUEST, TYP_STATUS, TYP_TOKEN, VCT } from './names.ts';
import { CLAIMS, ladderSteps } from './vocabulary.ts';

const seconds = z.number().int().min(0).max(10_000_000_000);
/** Text a person will read: no control, direction or other invisible characters, which could make our own sentences say something else. */
const text = (max: number) => z.string().min(1).max(max).regex(/^(?:[^\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]|[\u200c\u200d])*$/u, 'text holds control or invisible characters');
/** An https address in plain ASCII. */
const address = (max: number) => z.url({ protocol: /^https$/ }).max(max).regex(/^[\x21-\x7e]+$/, 'an address is written in ASCII');
const thumbprint = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

/** RFC 7517 public keys of the two kinds the protocol allows; private members are refused. */
export const publicJwk = z.union([
  z.strictObject({ kty: z.literal('EC'), crv: z.literal('P-256'), x: z.string().length(43), y: z.string().length(43), kid: text(200).optional(), alg: z.literal('ES256').optional(), use: z.literal('sig').optional() }),
  z.strictObject({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: z.string().length(43), kid: text(200).optional(), alg: z.enum(['EdDSA', 'Ed25519']).optional(), use: z.literal('sig').optional() }),
]);
export type PublicJwk = z.output<typeof publicJwk>;

/** A bare ES256 key: the members of its thumbprint and nothing else. */
export const bareEs256Jwk = z.strictObject({ kty: z.literal('EC'), crv: z.literal('P-256'), x: z.string().length(43), y: z.string().length(43) });

/** Protected headers, one per kind of JWS; anything else in a header is refused. */
export const documentHeader = z.strictObject({ typ: z.literal(TYP_DOCUMENT), alg: z.enum(COMPANY_ALGORITHMS), kid: text(200) });
export const requestHeader = z.strictObject({ typ: z.literal(TYP_REQUEST), alg: z.enum(COMPANY_ALGORITHMS), kid: text(200) });
export const tokenHeader = z.strictObject({ typ: z.literal(TYP_TOKEN), alg: z.literal('ES256'), jwk: bareEs256Jwk });
export const proofHeader = z.strictObject({ typ: z.literal(TYP_DPOP), alg: z.literal('ES256'), jwk: bareEs256Jwk });
export const answerHeader = z.strictObject({ typ: z.literal(TYP_ANSWER), alg: z.literal('ES256') });
export const statusHeader = z.strictObject({ typ: z.literal(TYP_STATUS), alg: z.literal('ES256') });

/** RFC 7515 §7.2.2: how the document is served at its well-known place. */
export const flattenedJws = z.strictObject({ payload: text(24_576), protected: text(1_000), signature: text(200) });
export type FlattenedJws = z.output<typeof flattenedJws>;

function isShortest(origin: string): boolean {
  const [, scheme, host = '', port] = /^(https?):\/\/([^:]+)(?::(\d+))?$/.exec(origin) ?? [];
  if (port !== undefined && (port.startsWith('0') || Number(port) > 65_535 || port === (scheme === 'https' ? '443' : '80'))) return false;
  // A company on the internet has a name, and none of this computer's own.
  if (host.includes('..') || (scheme === 'https' && (!host.includes('.') || /\.(?:\d+|0x[0-9a-f]*|local|localhost|localdomain|internal)\.?$/.test(host)))) return false;
  // A host that ends in a number is an IPv4 address, which has other spellings than four plain numbers.
  return !/(?:^|\.)(?:\d+|0x[0-9a-f]*)$/.test(host) || /^(?:(?:0|[1-9]\d{0,2})\.){3}(?:0|[1-9]\d{0,2})$/.test(host);
}

/** "https://<domain>", or 127.0.0.1 with a port for local trials, which "localhost" would be a second name of (RFC 8252 §8.3 advises against it too). No path, no user, no query. */
export const companyId = z.string().max(260).regex(/^(https:\/\/[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,5})?|http:\/\/127\.0\.0\.1:\d{1,5})$/)
  // One spelling for each: a port that goes without saying, or one with noughts before it, would be another company at the same address.
  .refine(isShortest, 'an address is written in its shortest form');

/** One claim × precision. `precision` is a ladder step, 1 coarsest. */
const scopedClaim = z.strictObject({ claim: z.enum(CLAIMS), precision: z.number().int().min(1).max(8) })
  .refine((c) => c.precision <= ladderSteps(c.claim), 'precision is finer than the ladder of this claim');
export type ScopedClaim = z.output<typeof scopedClaim>;

const claimList = <T extends z.ZodType<{ readonly claim: string }>>(item: T) => z.array(item).min(1).max(CLAIMS.length)
  .refine((list) => new Set(list.map((c) => c.claim)).size === list.length, 'a claim is named twice');

const askedClaim = z.strictObject({ claim: z.enum(CLAIMS), precision: z.number().int().min(1).max(8), required: z.boolean() })
  .refine((c) => c.precision <= ladderSteps(c.claim), 'precision is finer than the ladder of this claim');

const cadence = z.strictObject({ max: z.number().int().min(1).max(1000), per: z.enum(['day', 'week', 'month']) });
export type Cadence = z.output<typeof cadence>;

const purpose = z.strictObject({ iri: address(200), text: text(300) });
const terms = z.strictObject({ code: text(40), uri: address(300).optional() });

/** Payload of the company document, a JWS of type `preference-client+jwt` signed by a key in its own `jwks`. */
export const companyDocument = z.strictObject({
  iss: companyId, iat: seconds, name: text(80), domain: text(255),
  jwks: z.strictObject({ keys: z.array(publicJwk).min(1).max(8) }),
  purposes: z.array(purpose).min(1).max(16),
  /** Claims it ever needs, at the finest precision it ever needs them. */
  claims: claimList(scopedClaim),
  terms, retention_days: z.number().int().min(0).max(3650), contact: text(200),
  policy_uri: address(300).optional(),
  endpoints: z.strictObject({ answers: z.url().max(300).optional(), erasure: z.url().max(300).optional(), notices: z.url().max(300).optional() }).optional(),
});
export type CompanyDocument = z.output<typeof companyDocument>;

/** RFC 9396 `authorization_details` of one request. */
export const requestDetails = z.strictObject({
  type: z.literal(DETAILS_TYPE), claims: claimList(askedClaim), purposes: z.array(purpose).min(1).max(16),
  cadence, duration_days: z.number().int().min(1).max(MAX_GRANT_DAYS), retention_days: z.number().int().min(0).max(3650), terms,
  /** What the person gets for it, in the company's words. */
  benefit: text(300).optional(),
});

/** Payload of a signed request object (RFC 9101), type `oauth-authz-req+jwt`, signed by a key of the embedded document. */
export const requestPayload = z.strictObject({
  iss: companyId, client_id: companyId, aud: z.literal(REQUEST_AUDIENCE), iat: seconds, exp: seconds, jti: z.string().min(16).max(100), nonce: z.string().min(16).max(100),
  response_type: z.literal('preference_token'),
  authorization_details: z.tuple([requestDetails]),
  /** RFC 9449 §10: thumbprint of the key the token will be bound to. */
  dpop_jkt: thumbprint,
  /** The company document as a compact JWS, so that a request can be checked without asking anyone. */
  client_document: z.string().max(24_576),
}).refine((r) => r.iss === r.client_id, 'iss and client_id differ').refine((r) => r.exp > r.iat, 'exp is not after iat');
export type RequestPayload = z.output<typeof requestPayload>;

/** Payload of a preference token: a capability, never a value. `iss` is the RFC 9278 thumbprint URI of the pairwise key in the header's `jwk`. */
export const tokenPayload = z.object({
  iss: z.string().max(200), sub: text(100), aud: companyId, iat: seconds, exp: seconds, jti: text(100),
  cnf: z.object({ jkt: thumbprint }),
  authorization_details: z.tuple([z.object({ type: z.literal(DETAILS_TYPE), claims: claimList(scopedClaim), purposes: z.array(z.string().max(200)).min(1).max(16), cadence })]),
  status: z.object({ status_list: z.object({ idx: z.number().int().min(0), uri: z.string().max(300) }) }),
  redemption_endpoint: z.url().max(300),
});
export type TokenPayload = z.output<typeof tokenPayload>;

/** RFC 9449 §4.2, plus `bh`: base64url SHA-256 of the request body, which DPoP alone does not cover. */
export const proofPayload = z.strictObject({ jti: z.string().min(16).max(100), htm: text(10), htu: text(300), iat: seconds, ath: thumbprint.optional(), nonce: text(200).optional(), bh: thumbprint.optional() });

export const redeemBody = z.strictObject({
  purpose: z.string().max(200),
  /** Which of the granted claims; omitted means all. */
  claims: z.array(z.enum(CLAIMS)).min(1).max(CLAIMS.length).optional(),
});
export type RedeemBody = z.output<typeof redeemBody>;

const node = z.object({ node: text(120), label: text(120), iab: z.string().nullable() });
/** Values of an answer, by claim. Nodes carry IAB ids so that a company can map them. */
export const answerValues = {
  interest: z.array(node.extend({ strength: z.enum(['some', 'strong']) })),
  avoid: z.array(node),
  genre: z.array(node.extend({ strength: z.enum(['some', 'strong']) })),
  intent: z.array(node.extend({ horizon_weeks: z.number().int() })),
  brand: z.array(z.string()),
  price_band: z.array(z.object({ department: text(120), band: z.enum(['low', 'middle', 'high']) })),
  size: z.array(z.object({ department: text(120), size: text(40) })),
  style: z.array(z.string()), colour: z.array(z.string()),
  language: z.array(z.string()), units: z.string(), accessibility: z.array(z.string()),
  age: z.string(), region: z.string(), channel: z.array(z.string()),
} as const satisfies Record<(typeof CLAIMS)[number], z.ZodType>;
export type AnswerValues = { readonly [C in keyof typeof answerValues]?: z.output<(typeof answerValues)[C]> };

/** Always-disclosed part of an answer (RFC 9901); each claim of {@link answerValues} is a disclosure of its own. */
export const answerPayload = z.object({
  iss: z.string().max(200), sub: text(100), aud: companyId, iat: seconds, exp: seconds, vct: z.literal(VCT),
  /** Where each claim comes from: `self-asserted` by hand, `derived` from the person's exports. */
  assurance: z.record(z.string(), z.enum(['self-asserted', 'derived'])),
  /**
   * Claims made deniable. `interest`, by k-ary randomized response over `areas`: of the `levels` things that can be said of each, nothing among
   * them, the true one has weight `truth`, each other 1. `intent`, by discrete Laplace noise on `horizon_weeks`: moved on `ladder`, each step
   * further `ratio` times less likely, and kept on it.
   */
  noise: z.object({
    interest: z.object({ areas: z.array(text(120)).max(100), levels: z.number().int().min(2).max(100), truth: z.number().int().min(2).max(1_000_000) }).optional(),
    intent: z.object({ ladder: z.array(z.number().int()).min(2).max(100), ratio: z.number().int().min(2).max(1_000) }).optional(),
  }).optional(),
  /** Per-company receipt of the entry in the vault's log; says nothing about other entries. */
  log_receipt: text(100),
  /** RFC 9901 §4.2.4.1 digests, decoys among them. */
  _sd: z.array(thumbprint).max(256), _sd_alg: z.literal('sha-256'),
});
export type AnswerPayload = z.output<typeof answerPayload>;

/** Token Status List §5.1, one bit a token, least significant bit first; 1 means no longer valid. `sub` is the list's own URI. */
export const statusPayload = z.object({
  iss: z.string().max(200).optional(), sub: z.string().max(300), iat: seconds, exp: seconds.optional(), ttl: z.number().int().min(1).max(86_400).optional(),
  status_list: z.object({ bits: z.literal(1), lst: text(65_536) }),
});
export type StatusPayload = z.output<typeof statusPayload>;

/** RFC 7662 §2.2; an inactive token says nothing else. */
export const introspection = z.union([
  z.strictObject({ active: z.literal(false) }),
  z.object({ active: z.literal(true), aud: companyId, exp: seconds, iat: seconds, sub: z.string(), cnf: z.object({ jkt: thumbprint }), token_type: z.literal('DPoP') }),
]);

/** RFC 9457. `detail` and `instance` are never sent: they could tell cases apart. */
export const problem = z.object({ type: z.string().max(200), title: z.string().max(200), status: z.number().int(), code: z.string().max(60).optional() });

export const requestSubmission = z.strictObject({ request: z.string().min(1).max(65_000) });
/** What a file with a request holds when it is not the compact text itself. */
export const requestFile = z.looseObject({ request: z.string().min(1).max(65_000) });
export const claimBody = z.strictObject({ request_handle: z.string().min(1).max(100) });
/** Reply to a request handed in over the loopback API; the same for every request, wanted or not. */
export const requestReceipt = z.strictObject({ request_handle: z.string().max(100), interval: z.number().int(), expires_in: z.number().int() });
export const claimReply = z.union([z.strictObject({ status: z.literal('pending'), interval: z.number().int() }), z.strictObject({ status: z.literal('granted'), token: z.string().max(16_384) })]);
