/** The company document: who a company is, its keys, what it ever asks for; built, signed, served, checked. */
import { MAX_BODY_BYTES, TYP_DOCUMENT } from '../../shared/protocol/names.ts';
import { companyDocument, companyId, documentHeader, type CompanyDocument, type FlattenedJws, type PublicJwk } from '../../shared/protocol/schemas.ts';
import { failure } from './errors.ts';
import { readJws, signJws, verifyJws } from './jws.ts';
import { publicJwk, thumbprintOf, type CompanyKeys } from './keys.ts';
import { claimsOf, purposeOf, type ClaimsInput, type PurposeInput } from './scope.ts';

export interface DocumentInput {
  /** "shop.example", or "127.0.0.1:8080" for local trials. */
  readonly domain: string;
  /** As people know the company, at most 80 characters. */
  readonly name: string;
  /** Every claim the company will ever need, at the finest step; `?` marks have no meaning here. */
  readonly claims: ClaimsInput;
  readonly purposes: readonly PurposeInput[];
  /** IEEE 7012 agreement code; "SD-BASE" (service delivery only) when omitted. */
  readonly terms?: { readonly code: string; readonly uri?: string };
  /** How long answers are kept, in days; 30 when omitted. */
  readonly retentionDays?: number;
  /** Where a person reaches the company; "privacy@<host>" when omitted. */
  readonly contact?: string;
  readonly policyUri?: string;
  readonly endpoints?: { readonly answers?: string; readonly erasure?: string; readonly notices?: string };
}

/** A signed document in both forms it is used in; the signature is the same. */
export interface SignedDocument {
  /** Compact JWS: what a request embeds. */
  readonly compact: string;
  /** Flattened JSON (RFC 7515 §7.2.2): what `/.well-known/preference-client.json` serves as `application/jose+json`. */
  readonly flattened: FlattenedJws;
  readonly payload: CompanyDocument;
}

/**
 * The URL identifier of a company: "https://<domain>", or an http loopback origin for local trials.
 *
 * @throws {TypeError} Not a bare host name with an optional port.
 * @example
 * companyIdOf('shop.example'); // 'https://shop.example'
 */
export function companyIdOf(domain: string): string {
  const loopback = /^127\.0\.0\.1:\d{1,5}$/.test(domain);
  const id = companyId.safeParse(`${loopback ? 'http' : 'https'}://${domain.toLowerCase()}`);
  if (!id.success) throw new TypeError(`"${domain}" is not a domain: give a bare host name such as shop.example, or 127.0.0.1:8080.`);
  return id.data;
}

/**
 * Builds and signs the company document.
 *
 * @param options.now - Unix ms; the wall clock when omitted.
 * @throws {TypeError} Unknown claim or purpose, or a domain that is none.
 * @throws {PenchantError} ERR_DOCUMENT_INVALID when a field breaks the schema (too long, not https, …).
 * @example
 * const document = await signDocument({ domain: 'shop.example', name: 'Shop', claims: 'interest:2,price_band:1', purposes: ['recommendations'] }, keys);
 */
export async function signDocument(input: DocumentInput, keys: CompanyKeys, options: { readonly now?: () => number } = {}): Promise<SignedDocument> {
  const id = companyIdOf(input.domain);
  const kid = await thumbprintOf(keys.signing);
  const payload = companyDocument.safeParse({
    iss: id, iat: Math.floor((options.now ?? Date.now)() / 1000), name: input.name, domain: input.domain.toLowerCase(),
    jwks: { keys: [{ ...publicJwk(keys.signing), kid, alg: 'ES256', use: 'sig' }] },
    purposes: input.purposes.map(purposeOf),
    claims: claimsOf(input.claims).map(({ claim, precision }) => ({ claim, precision })),
    terms: input.terms ?? { code: 'SD-BASE' },
    retention_days: input.retentionDays ?? 30,
    contact: input.contact ?? `privacy@${new URL(id).hostname}`,
    ...(input.policyUri === undefined ? {} : { policy_uri: input.policyUri }),
    ...(input.endpoints === undefined ? {} : { endpoints: input.endpoints }),
  });
  if (!payload.success) throw failure('ERR_DOCUMENT_INVALID', 'The company document breaks a rule of the protocol.', payload.error);
  const compact = await signJws({ typ: TYP_DOCUMENT, alg: 'ES256', kid }, payload.data, keys.signing);
  return { compact, flattened: flatten(compact), payload: payload.data };
}

function flatten(compact: string): FlattenedJws {
  const [header = '', payload = '', signature = ''] = compact.split('.');
  return { payload, protected: header, signature };
}

/**
 * Checks a company document, compact or flattened: shape, signature by a key of its own `jwks`, `domain` fitting `iss`.
 *
 * Says nothing about who runs the domain: for that, fetch the document from the domain itself.
 *
 * @throws {PenchantError} ERR_DOCUMENT_INVALID.
 * @example
 * const { payload } = await verifyDocument(await (await fetch('https://shop.example/.well-known/preference-client.json')).json());
 */
export async function verifyDocument(document: string | FlattenedJws): Promise<SignedDocument> {
  const compact = typeof document === 'string' ? document : `${document.protected}.${document.payload}.${document.signature}`;
  const { header, payload } = readDocument(compact);
  const named = payload.jwks.keys.filter((key) => key.kid === header.kid);
  const [key] = named;
  if (key === undefined || named.length > 1 || !await verifyJws(compact, bareKey(key), header.alg)) {
    throw failure('ERR_DOCUMENT_INVALID', 'The document is not signed by the key it names in its own key set.');
  }
  if (companyIdOf(payload.domain) !== payload.iss) throw failure('ERR_DOCUMENT_INVALID', 'The domain and the identifier of the document differ.');
  return { compact, flattened: flatten(compact), payload };
}

/** What the signature depends on; `kid`, `alg` and `use` are notes about it. */
const bareKey = (key: PublicJwk) => key.kty === 'EC' ? { kty: key.kty, crv: key.crv, x: key.x, y: key.y } : { kty: key.kty, crv: key.crv, x: key.x };

function readDocument(compact: string) {
  try {
    return readJws(compact, MAX_BODY_BYTES, { header: documentHeader, payload: companyDocument });
  } catch (cause) {
    throw failure('ERR_DOCUMENT_INVALID', 'This is not a company document. It is given in its compact form: of what signDocument returns, `compact`.', cause);
  }
}
