/** What both sides sign and parse: company document, request, token, proof, redemption, answer, introspection. */
import { z } from 'zod';
import { DETAILS_TYPE, MAX_GRANT_DAYS, REQUEST_AUDIENCE, VCT } from './names.ts';
import { CLAIMS, ladderSteps } from './vocabulary.ts';

const seconds = z.number().int().min(0).max(10_000_000_000);
const text = (max: number) => z.string().min(1).max(max);
export const thumbprint = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

/** RFC 7517 public keys of the two kinds the protocol allows; private members are refused. */
export const publicJwk = z.union([
  z.strictObject({ kty: z.literal('EC'), crv: z.literal('P-256'), x: z.string().length(43), y: z.string().length(43), kid: text(200).optional(), alg: z.literal('ES256').optional(), use: z.literal('sig').optional() }),
  z.strictObject({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: z.string().length(43), kid: text(200).optional(), alg: z.enum(['EdDSA', 'Ed25519']).optional(), use: z.literal('sig').optional() }),
]);
export type PublicJwk = z.output<typeof publicJwk>;

/** "https://<domain>", or a loopback origin with a port for local trials. No path, no user, no query. */
export const companyId = z.string().max(260).regex(/^(https:\/\/[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::\d{1,5})?|http:\/\/(?:127\.0\.0\.1|localhost):\d{1,5})$/);

/** One claim × precision. `precision` is a ladder step, 1 coarsest. */
export const scopedClaim = z.strictObject({ claim: z.enum(CLAIMS), precision: z.number().int().min(1).max(8) })
  .refine((c) => c.precision <= ladderSteps(c.claim), 'precision is finer than the ladder of this claim');
export type ScopedClaim = z.output<typeof scopedClaim>;

const claimList = <T extends z.ZodType<{ readonly claim: string }>>(item: T) => z.array(item).min(1).max(CLAIMS.length)
  .refine((list) => new Set(list.map((c) => c.claim)).size === list.length, 'a claim is named twice');

export const askedClaim = z.strictObject({ claim: z.enum(CLAIMS), precision: z.number().int().min(1).max(8), required: z.boolean() })
  .refine((c) => c.precision <= ladderSteps(c.claim), 'precision is finer than the ladder of this claim');

export const cadence = z.strictObject({ max: z.number().int().min(1).max(1000), per: z.enum(['day', 'week', 'month']) });
export type Cadence = z.output<typeof cadence>;

const purpose = z.strictObject({ iri: z.url({ protocol: /^https$/ }).max(200), text: text(300) });
const terms = z.strictObject({ code: text(40), uri: z.url({ protocol: /^https$/ }).max(300).optional() });

/** Payload of the company document, a JWS of type `preference-client+jwt` signed by a key in its own `jwks`. */
export const companyDocument = z.strictObject({
  iss: companyId, iat: seconds, name: text(80), domain: text(255),
  jwks: z.strictObject({ keys: z.array(publicJwk).min(1).max(8) }),
  purposes: z.array(purpose).min(1).max(16),
  /** Claims it ever needs, at the finest precision it ever needs them. */
  claims: claimList(scopedClaim),
  terms, retention_days: z.number().int().min(0).max(3650), contact: text(200),
  policy_uri: z.url({ protocol: /^https$/ }).max(300).optional(),
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
  /** Per-company receipt of the entry in the vault's log; says nothing about other entries. */
  log_receipt: text(100),
});

/** RFC 7662 §2.2; an inactive token says nothing else. */
export const introspection = z.union([
  z.strictObject({ active: z.literal(false) }),
  z.object({ active: z.literal(true), aud: companyId, exp: seconds, iat: seconds, sub: z.string(), cnf: z.object({ jkt: thumbprint }), token_type: z.literal('DPoP') }),
]);

/** Reply to a request handed in over the loopback API; the same for every request, wanted or not. */
export const requestReceipt = z.strictObject({ request_handle: z.string().max(100), interval: z.number().int(), expires_in: z.number().int() });
export const claimReply = z.union([z.strictObject({ status: z.literal('pending'), interval: z.number().int() }), z.strictObject({ status: z.literal('granted'), token: z.string().max(16_384) })]);
