/** Verifies a signed request and the company document inside it. Nothing of a request is stored or shown before this has passed. */
import { AppError } from '../../../shared/errors/app-error.ts';
import { MAX_BODY_BYTES } from '../../../shared/protocol/names.ts';
import { companyDocument, documentHeader, publicJwk, requestHeader, requestPayload, type CompanyDocument, type PublicJwk, type RequestPayload } from '../../../shared/protocol/schemas.ts';
import { algorithmFits, decodePart, importPublicJwk, jwkThumbprint, sha256, splitJws, verifyJws, type JwsParts } from '../platform/jws/jws.ts';

export interface VerifiedDocument {
  readonly document: CompanyDocument;
  readonly jws: string;
  /** Thumbprint of the key that signed it. */
  readonly key: string;
}

export interface VerifiedRequest {
  readonly payload: RequestPayload;
  readonly company: VerifiedDocument;
  readonly jws: string;
  /** SHA-256 of what was signed. Not of the whole text: an ECDSA signature has a twin that verifies too. */
  readonly digest: Buffer;
}

const SKEW_S = 60;
const MAX_REQUEST_LIFE_S = 90 * 86_400;

const invalid = (what: string): AppError => new AppError('ERR_REQUEST_INVALID', `This request cannot be used: ${what}. Nothing was stored. Ask the company for a new one.`);
const forged = (what: string): AppError => new AppError('ERR_REQUEST_SIGNATURE', `This request is not what the company signed: ${what}. Nothing was stored or answered.`);

/**
 * Checks a compact signed request (RFC 9101) at `nowMs`.
 *
 * @throws {AppError} ERR_REQUEST_INVALID (form, dates), ERR_REQUEST_SIGNATURE (request or document not signed by the key it names), ERR_REQUEST_EXPIRED
 */
export function verifyRequest(compact: string, nowMs: number): VerifiedRequest {
  if (compact.length > MAX_BODY_BYTES) throw invalid('it is too large');
  const parts = splitJws(compact);
  if (!parts) throw invalid('it is not a signed request');
  const header = requestHeader.safeParse(decode(parts.protectedPart));
  if (!header.success) throw invalid('its header names something other than a signed preference request');
  const unverified = decode(parts.payloadPart);
  const embedded = memberText(unverified, 'client_document');
  if (embedded === null) throw invalid('it carries no company document');

  const company = verifyDocument(embedded, nowMs);
  const key = keyNamed(company.document.jwks.keys, header.data.kid);
  if (!key) throw forged('it names a key that is not in the company’s document');
  checkSignature(parts, key, header.data.alg);

  const payload = requestPayload.safeParse(unverified);
  if (!payload.success) throw invalid(`its content is not in the agreed form (${payload.error.issues.slice(0, 3).map((issue) => issue.path.map(String).join('.') || issue.message).join(', ')})`);
  const request = payload.data;
  if (request.iss !== company.document.iss) throw forged('it speaks for another company than its document');
  const nowS = nowMs / 1000;
  if (request.iat > nowS + SKEW_S) throw invalid('it is dated in the future; check this computer’s clock');
  if (request.exp - request.iat > MAX_REQUEST_LIFE_S) throw invalid('it claims to be valid for more than 90 days');
  if (request.exp <= nowS) throw new AppError('ERR_REQUEST_EXPIRED', 'This request has expired. Nothing was stored. Ask the company for a new one.');
  return { payload: request, company, jws: compact, digest: sha256(parts.signingInput) };
}

/**
 * Checks a company document, a compact JWS signed by a key in its own `jwks`.
 *
 * @throws {AppError} ERR_REQUEST_INVALID, ERR_REQUEST_SIGNATURE
 */
export function verifyDocument(compact: string, nowMs: number): VerifiedDocument {
  const parts = splitJws(compact);
  if (!parts) throw invalid('the company’s document is not signed');
  const header = documentHeader.safeParse(decode(parts.protectedPart));
  if (!header.success) throw invalid('the company’s document has a header of another kind');
  const unverified = decode(parts.payloadPart);
  const keys = keysOf(unverified);
  if (!keys) throw invalid('the company’s document has no usable keys');
  const key = keyNamed(keys, header.data.kid);
  if (!key) throw forged('the company’s document names a key it does not list');
  checkSignature(parts, key, header.data.alg);

  const parsed = companyDocument.safeParse(unverified);
  if (!parsed.success) throw invalid(`the company’s document is not in the agreed form (${parsed.error.issues.slice(0, 3).map((issue) => issue.path.map(String).join('.') || issue.message).join(', ')})`);
  const document = parsed.data;
  if (document.domain !== new URL(document.iss).host) throw invalid('the company’s document names a domain that is not its own address');
  if (document.iat > nowMs / 1000 + SKEW_S) throw invalid('the company’s document is dated in the future; check this computer’s clock');
  return { document, jws: compact, key: jwkThumbprint(key) };
}

function decode(part: string): unknown {
  try {
    return decodePart(part);
  } catch {
    throw invalid('part of it is not well-formed JSON');
  }
}

function memberText(value: unknown, name: string): string | null {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return null;
  const member: unknown = Reflect.get(value, name);
  return typeof member === 'string' ? member : null;
}

function keysOf(value: unknown): readonly PublicJwk[] | null {
  if (typeof value !== 'object' || value === null || !('jwks' in value)) return null;
  const { jwks } = value;
  if (typeof jwks !== 'object' || jwks === null || !('keys' in jwks)) return null;
  const keys = publicJwk.array().min(1).max(8).safeParse(jwks.keys);
  return keys.success ? keys.data : null;
}

/** The one key with this `kid`; undefined when none or several have it. */
function keyNamed(keys: readonly PublicJwk[], kid: string): PublicJwk | undefined {
  const named = keys.filter((key) => key.kid === kid);
  return named.length === 1 ? named[0] : undefined;
}

function checkSignature(parts: JwsParts, jwk: PublicJwk, alg: string): void {
  if (!algorithmFits(jwk, alg)) throw forged('its signature is of another kind than the key it names');
  const key = importPublicJwk(jwk);
  if (!key) throw forged('the key it names is not a valid key');
  if (!verifyJws(key, parts)) throw forged('the signature does not match');
}
