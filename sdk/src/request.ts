/** Requests: what a company asks a person for, signed (RFC 9101), and the link that opens it in the vault. */
import { DETAILS_TYPE, LINK_SCHEME, REQUEST_AUDIENCE, TYP_REQUEST } from '../../shared/protocol/names.ts';
import { requestPayload, type Cadence, type RequestPayload, type ScopedClaim } from '../../shared/protocol/schemas.ts';
import { isCompactJws } from '../../shared/protocol/base64url.ts';
import { verifyDocument } from './document.ts';
import { randomId } from './encoding.ts';
import { failure } from './errors.ts';
import { signJws } from './jws.ts';
import { thumbprintOf, type CompanyKeys } from './keys.ts';
import { claimsOf, overAsking, purposeOf, type ClaimsInput, type PurposeInput } from './scope.ts';

/** Longest link operating systems pass on dependably. */
const MAX_LINK_CHARS = 30_000;

/** A vault refuses a request that says it can be opened for longer. */
const MAX_OPEN_SECONDS = 90 * 86_400;

export interface RequestInput {
  /** The signed company document, compact. */
  readonly document: string;
  readonly claims: ClaimsInput;
  readonly purposes: readonly PurposeInput[];
  /** How long the company wants to be able to ask, in days, 1 to 90. */
  readonly durationDays: number;
  /** At most this often; 3 a week when omitted. */
  readonly cadence?: Cadence;
  /** How long answers are kept, in days; the document's when omitted. */
  readonly retentionDays?: number;
  /** What the person gets for it, in one sentence. */
  readonly benefit?: string;
  /** IEEE 7012 agreement offered; the document's when omitted. */
  readonly terms?: { readonly code: string; readonly uri?: string };
  /** How long the request itself can be opened, in seconds, at most 90 days; 7 days when omitted. */
  readonly expiresInSeconds?: number;
}

export interface SignedRequest {
  /** Compact JWS of type `oauth-authz-req+jwt`. */
  readonly request: string;
  /** `penchant://request?request=…`. */
  readonly link: string;
  readonly payload: RequestPayload;
  readonly expiresAtMs: number;
  /** Claims the company's own document does not say it needs, or not as finely. The vault warns the person about them. */
  readonly overAsking: readonly ScopedClaim[];
}

/** "duration_days: Too big: expected number to be <=90", three at most. */
const brokenFields = (issues: readonly { readonly path: readonly PropertyKey[]; readonly message: string }[]): string =>
  issues.slice(0, 3).map(({ path, message }) => `${path.filter((_, at) => !(at < 2 && path[0] === 'authorization_details')).map(String).join('.') || 'request'}: ${message.charAt(0).toLowerCase()}${message.slice(1)}`).join('; ');

/**
 * Builds and signs a request (RFC 9101 with RFC 9396 `authorization_details`), bound to the company's DPoP key by `dpop_jkt` (RFC 9449 §10).
 *
 * @param options.now - Unix ms; the wall clock when omitted.
 * @throws {TypeError} Unknown claim or purpose.
 * @throws {PenchantError} ERR_DOCUMENT_INVALID when the document does not verify; ERR_REQUEST_INVALID when a field breaks the schema, or the
 * document does not hold our signing key.
 * @example
 * const { request, link } = await signRequest({ document: document.compact, claims: 'interest:2,price_band:1?', purposes: ['recommendations'], durationDays: 90 }, keys);
 */
export async function signRequest(input: RequestInput, keys: CompanyKeys, options: { readonly now?: () => number } = {}): Promise<SignedRequest> {
  const { payload: document } = await verifyDocument(input.document);
  const kid = await thumbprintOf(keys.signing);
  if (!document.jwks.keys.some((key) => key.kid === kid)) throw failure('ERR_REQUEST_INVALID', 'The document does not hold the key that signs the request.');
  const openSeconds = input.expiresInSeconds ?? 7 * 86_400;
  if (openSeconds > MAX_OPEN_SECONDS) throw failure('ERR_REQUEST_INVALID', 'A request can be opened for at most 90 days.');
  const iat = Math.floor((options.now ?? Date.now)() / 1000);
  const claims = claimsOf(input.claims);
  const payload = requestPayload.safeParse({
    iss: document.iss, client_id: document.iss, aud: REQUEST_AUDIENCE, iat, exp: iat + openSeconds,
    jti: randomId(), nonce: randomId(), response_type: 'preference_token',
    authorization_details: [{
      type: DETAILS_TYPE, claims, purposes: input.purposes.map(purposeOf),
      cadence: input.cadence ?? { max: 3, per: 'week' }, duration_days: input.durationDays,
      retention_days: input.retentionDays ?? document.retention_days, terms: input.terms ?? document.terms,
      ...(input.benefit === undefined ? {} : { benefit: input.benefit }),
    }],
    dpop_jkt: await thumbprintOf(keys.dpop), client_document: input.document,
  });
  if (!payload.success) throw failure('ERR_REQUEST_INVALID', `The request breaks a rule of the protocol: ${brokenFields(payload.error.issues)}.`, payload.error);
  const request = await signJws({ typ: TYP_REQUEST, alg: 'ES256', kid }, payload.data, keys.signing);
  return { request, link: requestLink(request), payload: payload.data, expiresAtMs: payload.data.exp * 1000, overAsking: overAsking(claims, document.claims) };
}

/**
 * The link that opens a request in the vault on the person's computer. It can only open the question, never answer it.
 *
 * @throws {TypeError} Not a compact JWS, or too long for a link: hand it over as a file instead.
 * @example
 * requestLink(request); // 'penchant://request?request=eyJ…'
 */
export function requestLink(request: string): string {
  if (!isCompactJws(request)) throw new TypeError('A link needs a signed request in compact form.');
  if (request.length > MAX_LINK_CHARS) throw new TypeError('The request is too long for a link. Hand it over as a file.');
  return `${LINK_SCHEME}://request?request=${request}`;
}
