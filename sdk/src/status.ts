/** Token Status List: whether a token still counts, without telling the vault that somebody asked about it. */
import { MAX_BODY_BYTES, MAX_STATUS_BYTES, MEDIA_STATUS, PATHS } from '../../shared/protocol/names.ts';
import { statusHeader, statusPayload } from '../../shared/protocol/schemas.ts';
import { fromBase64url } from './encoding.ts';
import { failure, isPenchantError } from './errors.ts';
import { call, invalidReply, type CallOptions } from './http.ts';
import { readJws, verifyJws } from './jws.ts';
import { assertChecked, DEFAULT_SKEW_SECONDS, statusEndpointOf, tokenOf, type ClockOptions, type CompanyIdentity, type PreferenceToken, type TokenInput } from './token.ts';

/** A verified status list, unpacked. */
export interface StatusList {
  /** The list's own address; equal to the token's. */
  readonly uri: string;
  /** One bit a token, least significant bit of byte 0 first. */
  readonly bits: Uint8Array;
  readonly issuedAtMs: number;
  /** Null when the list does not say. */
  readonly expiresAtMs: number | null;
  /** How long it may be kept before fetching it again; null when the list does not say. */
  readonly ttlSeconds: number | null;
}

/**
 * Fetches and verifies the status list a token names: media type, ES256 signature by the key the token pins, `sub` equal to the address in the
 * token, `iat`, `exp`, size before and after unpacking.
 *
 * @throws {PenchantError} ERR_STATUS_*, ERR_TOKEN_*, and those of any call (ERR_NETWORK, ERR_TIMEOUT, …).
 * @example
 * const list = await fetchStatusList(token, company);
 * checkStatus(token, list); // throws ERR_STATUS_REVOKED when the person ended it
 */
export async function fetchStatusList(token: TokenInput, company: CompanyIdentity, options: CallOptions = {}): Promise<StatusList> {
  const checked = await tokenOf(token, company, options);
  const url = statusEndpointOf(checked, options);
  if (!url.pathname.includes(PATHS.status)) throw failure('ERR_STATUS_MISMATCH', 'The token names no status list of this protocol.');
  const reply = await call({ method: 'GET', url, accept: MEDIA_STATUS }, options);
  if (reply.type !== MEDIA_STATUS) throw invalidReply(reply.status, `The status list came as "${reply.type}" instead of ${MEDIA_STATUS}.`);
  return parseStatusList(reply.text.trim(), checked, options);
}

/**
 * Verifies a status list that was fetched some other way.
 *
 * @throws {PenchantError} ERR_STATUS_MALFORMED, ERR_STATUS_SIGNATURE, ERR_STATUS_MISMATCH, ERR_STATUS_EXPIRED.
 * @throws {TypeError} A token object not made by {@link parseToken}.
 */
export async function parseStatusList(jwt: string, token: PreferenceToken, options: ClockOptions = {}): Promise<StatusList> {
  assertChecked(token);
  const { payload } = readList(jwt);
  if (!await verifyJws(jwt, token.issuerKey, 'ES256')) throw failure('ERR_STATUS_SIGNATURE', 'The status list is not signed by the key the token pins.');
  if (payload.sub !== token.status.uri || (payload.iss !== undefined && payload.iss !== token.issuer)) throw failure('ERR_STATUS_MISMATCH', 'This is not the status list the token names.');
  const list: StatusList = Object.freeze({
    uri: payload.sub, bits: await unpackList(payload.status_list.lst), issuedAtMs: payload.iat * 1000,
    expiresAtMs: payload.exp === undefined ? null : payload.exp * 1000, ttlSeconds: payload.ttl ?? null,
  });
  assertFresh(list, options);
  return list;
}

function readList(jwt: string) {
  try {
    return readJws(jwt, MAX_BODY_BYTES, { header: statusHeader, payload: statusPayload });
  } catch (cause) {
    throw failure('ERR_STATUS_MALFORMED', 'This is not a status list with one bit a token.', cause);
  }
}

/**
 * Looks the token up in a list.
 *
 * @throws {PenchantError} ERR_STATUS_REVOKED when the token has ended; ERR_STATUS_MISMATCH, ERR_STATUS_EXPIRED, ERR_STATUS_MALFORMED when the
 * list cannot say.
 * @throws {TypeError} A token object not made by {@link parseToken}.
 */
export function checkStatus(token: PreferenceToken, list: StatusList, options: ClockOptions = {}): void {
  assertChecked(token);
  if (list.uri !== token.status.uri) throw failure('ERR_STATUS_MISMATCH', 'This is not the status list the token names.');
  assertFresh(list, options);
  if (statusBit(list.bits, token.status.index)) throw failure('ERR_STATUS_REVOKED', 'The status list says that the token has ended.');
}

function assertFresh(list: StatusList, options: ClockOptions): void {
  const nowMs = (options.now ?? Date.now)();
  const skewMs = (options.skewSeconds ?? DEFAULT_SKEW_SECONDS) * 1000;
  if (list.issuedAtMs > nowMs + skewMs) throw failure('ERR_STATUS_EXPIRED', 'The status list is dated in the future.');
  if (list.expiresAtMs !== null && list.expiresAtMs <= nowMs - skewMs) throw failure('ERR_STATUS_EXPIRED', 'The status list has expired. Fetch it again.');
}

/**
 * Bit of one index, least significant first (Token Status List §4.1).
 *
 * @throws {PenchantError} ERR_STATUS_MALFORMED when the list is too short (§8.3 step 5).
 */
export function statusBit(bits: Uint8Array, index: number): boolean {
  const byte = bits[Math.floor(index / 8)];
  if (byte === undefined) throw failure('ERR_STATUS_MALFORMED', 'The status list does not reach the index of the token.');
  return ((byte >> (index % 8)) & 1) === 1;
}

/**
 * Unpacks `lst`: base64url of a zlib stream (RFC 1950), at most 1 MiB unpacked, so that a small list cannot fill the memory.
 *
 * @throws {PenchantError} ERR_STATUS_MALFORMED.
 */
export async function unpackList(lst: string): Promise<Uint8Array> {
  try {
    const stream = new Blob([fromBase64url(lst)]).stream().pipeThrough(new DecompressionStream('deflate'));
    const chunks: Uint8Array[] = [];
    let size = 0;
    const reader = stream.getReader();
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      size += next.value.byteLength;
      if (size > MAX_STATUS_BYTES) {
        await reader.cancel();
        throw failure('ERR_STATUS_MALFORMED', `The status list is larger than ${MAX_STATUS_BYTES} bytes.`);
      }
      chunks.push(next.value);
    }
    return new Uint8Array(await new Blob(chunks.map((chunk) => new Uint8Array(chunk))).arrayBuffer());
  } catch (cause) {
    if (isPenchantError(cause)) throw cause;
    throw failure('ERR_STATUS_MALFORMED', 'The status list cannot be unpacked.', cause);
  }
}
