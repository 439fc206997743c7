/** Preference tokens: capabilities without values, checked before anything is sent anywhere. */
import { MAX_BODY_BYTES, PATHS, THUMBPRINT_URN } from '../../shared/protocol/names.ts';
import { tokenHeader, tokenPayload, type Cadence, type ScopedClaim } from '../../shared/protocol/schemas.ts';
import { PenchantError, failure } from './errors.ts';
import { readJws, verifyJws } from './jws.ts';
import { thumbprintOf, type BareJwk, type CompanyKeys } from './keys.ts';

/** Clock difference forgiven everywhere, in seconds. */
export const DEFAULT_SKEW_SECONDS = 60;

/** How time is told. */
export interface ClockOptions {
  /** Unix ms; the wall clock when omitted. */
  readonly now?: () => number;
  /** Clock difference forgiven, in seconds; 60 when omitted. */
  readonly skewSeconds?: number;
}

/** Who we are: what every check compares with. */
export interface CompanyIdentity {
  /** "https://shop.example": the audience of our tokens. */
  readonly companyId: string;
  readonly keys: CompanyKeys;
}

/** A checked preference token. Only {@link parseToken} makes one: a look-alike object is refused as wrong use. */
export interface PreferenceToken {
  /** The compact JWS itself. */
  readonly raw: string;
  /** RFC 9278 thumbprint URI of {@link PreferenceToken.issuerKey}: this person's vault, for this company only. */
  readonly issuer: string;
  readonly issuerKey: BareJwk;
  /** Name of the person for this company only; turns over when the company asks anew. */
  readonly pseudonym: string;
  readonly audience: string;
  readonly claims: readonly ScopedClaim[];
  /** DPV IRIs. */
  readonly purposes: readonly string[];
  readonly cadence: Cadence;
  readonly issuedAtMs: number;
  readonly expiresAtMs: number;
  readonly redemptionEndpoint: string;
  readonly status: { readonly uri: string; readonly index: number };
}

const checked = new WeakSet<PreferenceToken>();

/**
 * Reads a preference token and checks everything that can be checked offline: shape, `typ`, ES256 signature by the key in its header,
 * `iss` = RFC 9278 thumbprint URI of that key, `aud` = us, `cnf.jkt` (RFC 7800, RFC 9449 §6.1) = our DPoP key, `iat` and `exp`.
 *
 * A token carries its own issuer key, so anybody can make one that passes. It proves nothing about a person; it says where to ask and pins
 * who must have signed the answer. `redemptionEndpoint` is therefore untrusted input: see `allowEndpoint` of {@link redeem}.
 *
 * @throws {PenchantError} ERR_TOKEN_MALFORMED, ERR_TOKEN_SIGNATURE, ERR_TOKEN_ISSUER, ERR_TOKEN_AUDIENCE, ERR_TOKEN_KEY, ERR_TOKEN_EXPIRED,
 * ERR_TOKEN_NOT_YET_VALID.
 * @example
 * const token = await parseToken(text, { companyId: 'https://shop.example', keys });
 * token.claims; // [{ claim: 'interest', precision: 2 }]
 */
export async function parseToken(text: string, company: CompanyIdentity, options: ClockOptions = {}): Promise<PreferenceToken> {
  const { header, payload } = readToken(text);
  if (!await verifyJws(text, header.jwk, 'ES256')) throw failure('ERR_TOKEN_SIGNATURE', 'The signature of the token does not fit its key.');
  if (payload.iss !== THUMBPRINT_URN + await thumbprintOf(header.jwk)) throw failure('ERR_TOKEN_ISSUER', 'The issuer of the token is not the key it carries.');
  if (payload.aud !== company.companyId) throw failure('ERR_TOKEN_AUDIENCE', 'The token was issued to another company.');
  if (payload.cnf.jkt !== await thumbprintOf(company.keys.dpop)) throw failure('ERR_TOKEN_KEY', 'The token is bound to another key than ours.');
  const [details] = payload.authorization_details;
  const token: PreferenceToken = Object.freeze({
    raw: text, issuer: payload.iss, issuerKey: header.jwk, pseudonym: payload.sub, audience: payload.aud,
    claims: details.claims, purposes: details.purposes, cadence: details.cadence,
    issuedAtMs: payload.iat * 1000, expiresAtMs: payload.exp * 1000,
    redemptionEndpoint: payload.redemption_endpoint,
    status: { uri: payload.status.status_list.uri, index: payload.status.status_list.idx },
  });
  assertCurrent(token, options);
  checked.add(token);
  return token;
}

function readToken(text: string) {
  try {
    return readJws(text, MAX_BODY_BYTES, { header: tokenHeader, payload: tokenPayload });
  } catch (cause) {
    throw failure('ERR_TOKEN_MALFORMED', 'This is not a preference token.', cause);
  }
}

/** A token as text, or already parsed. */
export type TokenInput = string | PreferenceToken;

/** The checked token behind an input, still in time. @throws {TypeError} An object not made by {@link parseToken}. */
export async function tokenOf(input: TokenInput, company: CompanyIdentity, options: ClockOptions): Promise<PreferenceToken> {
  if (typeof input === 'string') return parseToken(input, company, options);
  assertChecked(input);
  assertCurrent(input, options);
  return input;
}

/** @throws {TypeError} An object not made by {@link parseToken}. */
export function assertChecked(token: PreferenceToken): void {
  if (!checked.has(token)) throw new TypeError('Pass the token as text, or as parseToken returned it.');
}

function assertCurrent(token: PreferenceToken, options: ClockOptions): void {
  const nowMs = (options.now ?? Date.now)();
  const skewMs = (options.skewSeconds ?? DEFAULT_SKEW_SECONDS) * 1000;
  if (token.issuedAtMs > nowMs + skewMs) throw failure('ERR_TOKEN_NOT_YET_VALID', 'The token is dated in the future. Check the clock of this machine.');
  if (token.expiresAtMs <= nowMs - skewMs) throw new PenchantError('ERR_TOKEN_EXPIRED', 'The token has expired. Ask the person again.', { expiredAtMs: token.expiresAtMs });
}

/** Where a vault may be called, besides what `at` overrides. */
export interface EndpointOptions {
  /**
   * Calls this origin instead of the one in the token; the path is kept. For a vault on another port, or behind a tunnel of your own.
   */
  readonly at?: string | URL;
  /**
   * Last word on every address taken from a token: return false and nothing is sent. On a server, allow the hosts you know; anyone can make
   * a token naming an address inside your network. When omitted: https anywhere, http on loopback only.
   */
  readonly allowEndpoint?: (url: URL) => boolean;
}

/**
 * The address to call for a path of the vault's API, from the token's `redemption_endpoint`.
 *
 * @throws {PenchantError} ERR_TOKEN_ENDPOINT.
 */
export function endpointOf(token: PreferenceToken, path: string, options: EndpointOptions): URL {
  const redeem = readEndpoint(token.redemptionEndpoint);
  if (!redeem.pathname.endsWith(PATHS.redeem)) throw new PenchantError('ERR_TOKEN_ENDPOINT', 'The token does not name a redemption address.', { url: token.redemptionEndpoint });
  return place(new URL(redeem.pathname.slice(0, -PATHS.redeem.length) + path, redeem.origin), options);
}

/** The address of the token's status list. @throws {PenchantError} ERR_TOKEN_ENDPOINT. */
export const statusEndpointOf = (token: PreferenceToken, options: EndpointOptions): URL => place(readEndpoint(token.status.uri), options);

function readEndpoint(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw new PenchantError('ERR_TOKEN_ENDPOINT', 'The token names an address that is none.', { url: text });
  }
  return url;
}

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

function place(url: URL, { at, allowEndpoint }: EndpointOptions): URL {
  if (at !== undefined) {
    if (!URL.canParse(at)) throw new TypeError('`at` must be a URL such as http://127.0.0.1:47816.');
    return new URL(url.pathname, new URL(at).origin);
  }
  const safe = url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.has(url.hostname));
  if (!safe || allowEndpoint?.(url) === false) throw new PenchantError('ERR_TOKEN_ENDPOINT', 'The token names an address that must not be called.', { url: url.href });
  return url;
}
