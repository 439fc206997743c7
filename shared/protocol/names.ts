/** Fixed names of the protocol: types, URNs, media types, paths and limits, the same for every vault. */

export const TYP_DOCUMENT = 'preference-client+jwt';
/** RFC 9101 §10.8. */
export const TYP_REQUEST = 'oauth-authz-req+jwt';
export const TYP_TOKEN = 'preference-token+jwt';
/** RFC 9449 §4.2. */
export const TYP_DPOP = 'dpop+jwt';
export const TYP_ANSWER = 'preferences+sd-jwt';
/** Token Status List, §5.1. */
export const TYP_STATUS = 'statuslist+jwt';
export const TYP_RECEIPT = 'preference-receipt+jwt';

export const VCT = 'urn:penchant:preferences:1';
export const DETAILS_TYPE = 'urn:penchant:preferences:1';
/** Audience of every request: any vault; a request is not addressed to one person. */
export const REQUEST_AUDIENCE = 'urn:penchant:vault';

export const WELL_KNOWN_PATH = '/.well-known/preference-client.json';
export const LINK_SCHEME = 'penchant';
/** Port of the loopback API unless the person set another; the same everywhere, so that it tells nothing apart. */
export const DEFAULT_PORT = 47_816;

export const PATHS = {
  requests: '/v1/requests',
  claim: '/v1/requests/claim',
  redeem: '/v1/redeem',
  introspect: '/v1/introspect',
  revoke: '/v1/revoke',
  status: '/v1/status/',
} as const;

/** Media types of replies: RFC 9901 §11.2 (compact, `jws~disclosure~…~`), Token Status List §8.1, RFC 9457. */
export const MEDIA_ANSWER = 'application/sd-jwt';
export const MEDIA_STATUS = 'application/statuslist+jwt';
export const MEDIA_PROBLEM = 'application/problem+json';
/** RFC 9278: an issuer is the SHA-256 thumbprint (RFC 7638) of its pairwise key, as a URI. */
export const THUMBPRINT_URN = 'urn:ietf:params:oauth:jwk-thumbprint:sha-256:';

/** Seconds between two questions whether a request was answered. */
export const CLAIM_INTERVAL_SECONDS = 5;
/** Seconds a status list may be kept before it is asked for again. */
export const STATUS_TTL_SECONDS = 60;

/** Largest body or token accepted anywhere, in bytes. */
export const MAX_BODY_BYTES = 65_536;
/** Largest decompressed status list, in bytes (8 indices a byte). */
export const MAX_STATUS_BYTES = 1_048_576;
/** Longest life of a grant and its token, in days: after that a company asks again, under a fresh pseudonym. */
export const MAX_GRANT_DAYS = 90;
/** Only signature algorithms of the protocol: ES256 for vaults; companies may also use Ed25519 (RFC 9864). */
export const COMPANY_ALGORITHMS = ['ES256', 'Ed25519', 'EdDSA'] as const;

/** RFC 9457 problem types. `invalid_token` covers unknown, revoked, expired, denied and mis-addressed alike. */
export const PROBLEMS = {
  invalid_token: { type: 'urn:penchant:problem:invalid-token', status: 401, title: 'The token is not valid.' },
  invalid_dpop_proof: { type: 'urn:penchant:problem:invalid-proof', status: 401, title: 'The proof of possession is not valid.' },
  use_dpop_nonce: { type: 'urn:penchant:problem:use-nonce', status: 401, title: 'The proof must carry the current nonce.' },
  insufficient_scope: { type: 'urn:penchant:problem:insufficient-scope', status: 403, title: 'The token does not cover what was asked.' },
  slow_down: { type: 'urn:penchant:problem:slow-down', status: 429, title: 'Asked more often than was agreed, or when nobody gets an answer.' },
  invalid_request: { type: 'urn:penchant:problem:invalid-request', status: 400, title: 'The request is malformed.' },
  foreign_host: { type: 'urn:penchant:problem:foreign-host', status: 403, title: 'This address does not serve that host or origin.' },
  not_found: { type: 'urn:penchant:problem:not-found', status: 404, title: 'There is nothing here.' },
  method_not_allowed: { type: 'urn:penchant:problem:method-not-allowed', status: 405, title: 'That method is not allowed here.' },
  too_large: { type: 'urn:penchant:problem:too-large', status: 413, title: 'The body is too large.' },
  server_error: { type: 'urn:penchant:problem:server-error', status: 500, title: 'The vault could not answer.' },
} as const;
export type ProblemCode = keyof typeof PROBLEMS;
