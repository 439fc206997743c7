/** Compact JWS (RFC 7515) read strictly: canonical base64url, unambiguous JSON, headers checked by schema before any key is used. */
import { CompactSign, compactVerify, type JWK } from 'jose';
import type { z } from 'zod';
import { isCompactJws } from '../../shared/protocol/base64url.ts';
import { parseStrictJson } from '../../shared/protocol/strict-json.ts';
import { decodeUtf8, encodeUtf8, fromBase64url } from './encoding.ts';

/** A JWS taken apart; nothing in it is trusted before {@link verifyJws}. */
export interface ReadJws<H, P> { readonly raw: string; readonly header: H; readonly payload: P }

/**
 * Takes a compact JWS apart without checking its signature.
 *
 * @param maxChars - Longest text accepted; one character is one byte.
 * @throws {Error} Too long, not a compact JWS, ambiguous JSON, or a header or payload of the wrong shape. Callers give it a code.
 */
export function readJws<H extends z.ZodType, P extends z.ZodType>(raw: string, maxChars: number, schemas: { readonly header: H; readonly payload: P }): ReadJws<z.output<H>, z.output<P>> {
  if (raw.length > maxChars) throw new RangeError('The JWS is too long.');
  if (!isCompactJws(raw)) throw new SyntaxError('Not a compact JWS in canonical base64url.');
  const [header = '', payload = ''] = raw.split('.');
  return { raw, header: schemas.header.parse(readJson(header)), payload: schemas.payload.parse(readJson(payload)) };
}

const readJson = (part: string): unknown => parseStrictJson(decodeUtf8(fromBase64url(part)));

/** True when the signature was made by this key. The algorithm is the caller's choice, never the message's. */
export async function verifyJws(raw: string, key: JWK, algorithm: string): Promise<boolean> {
  try {
    await compactVerify(raw, key, { algorithms: [algorithm] });
    return true;
  } catch {
    return false;
  }
}

/** Signs a payload as compact JWS. `header.alg` decides the algorithm and must fit the key. */
export function signJws(header: { readonly alg: string; readonly typ: string; readonly kid?: string; readonly jwk?: JWK }, payload: unknown, key: JWK): Promise<string> {
  return new CompactSign(encodeUtf8(JSON.stringify(payload))).setProtectedHeader(header).sign(key);
}
