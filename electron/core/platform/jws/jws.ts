/** Compact JWS (RFC 7515) on synchronous node:crypto: ES256 and Ed25519 only, the algorithm fixed by the key, never by the header. */
import { createPublicKey, hash, sign, verify, type KeyObject } from 'node:crypto';
import { isCompactJws } from '../../../../shared/protocol/base64url.ts';
import { parseStrictJson } from '../../../../shared/protocol/strict-json.ts';
import { derToRaw, rawToDer } from './ecdsa-signature.ts';

/** Public members of the two kinds of key the protocol knows. */
export type VerificationJwk =
  | { readonly kty: 'EC'; readonly crv: 'P-256'; readonly x: string; readonly y: string }
  | { readonly kty: 'OKP'; readonly crv: 'Ed25519'; readonly x: string };

/** A key ready to verify with; its kind is kept beside it because asking the key object for it is slow. */
export interface VerificationKey { readonly kty: VerificationJwk['kty']; readonly key: KeyObject }

/** A compact JWS taken apart, nothing verified yet. */
export interface JwsParts {
  readonly protectedPart: string;
  readonly payloadPart: string;
  /** What the signature covers: header and payload as they stand. */
  readonly signingInput: string;
  readonly signature: Buffer;
}

/** Parts of a compact JWS; null when it is not strict base64url in exactly three parts. */
export function splitJws(compact: string): JwsParts | null {
  if (!isCompactJws(compact)) return null;
  const first = compact.indexOf('.');
  const last = compact.lastIndexOf('.');
  return {
    protectedPart: compact.slice(0, first), payloadPart: compact.slice(first + 1, last),
    signingInput: compact.slice(0, last), signature: Buffer.from(compact.slice(last + 1), 'base64url'),
  };
}

/**
 * JSON of one part, read in one way only.
 *
 * @throws {SyntaxError} Not UTF-8, not JSON, duplicate member names or nested too deeply.
 */
export function decodePart(part: string): unknown {
  return parseStrictJson(strictUtf8(Buffer.from(part, 'base64url')));
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** @throws {SyntaxError} The bytes are not UTF-8. */
export function strictUtf8(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch (cause) {
    throw new SyntaxError('The bytes are not UTF-8.', { cause });
  }
}

/** A key ready to verify with; null when its coordinates are not a point of the curve. */
export function importPublicJwk(jwk: VerificationJwk): VerificationKey | null {
  const bare = jwk.kty === 'EC' ? { kty: jwk.kty, crv: jwk.crv, x: jwk.x, y: jwk.y } : { kty: jwk.kty, crv: jwk.crv, x: jwk.x };
  try {
    return { kty: jwk.kty, key: createPublicKey({ key: bare, format: 'jwk' }) };
  } catch {
    return null;
  }
}

/** RFC 7638 thumbprint, SHA-256, base64url. */
export function jwkThumbprint(jwk: VerificationJwk): string {
  const members = jwk.kty === 'EC' ? { crv: jwk.crv, kty: jwk.kty, x: jwk.x, y: jwk.y } : { crv: jwk.crv, kty: jwk.kty, x: jwk.x };
  return hash('sha256', JSON.stringify(members), 'base64url');
}

/** Whether `alg` is one this kind of key may be used with. */
export const algorithmFits = (jwk: Pick<VerificationJwk, 'kty'>, alg: string): boolean =>
  jwk.kty === 'EC' ? alg === 'ES256' : alg === 'Ed25519' || alg === 'EdDSA';

export function verifyJws({ kty, key }: VerificationKey, jws: JwsParts): boolean {
  if (jws.signature.length !== 64) return false;
  const data = Buffer.from(jws.signingInput, 'latin1');
  return kty === 'OKP' ? verify(null, data, key, jws.signature) : verify('sha256', data, key, rawToDer(jws.signature));
}

/** {@link verifyJws} on a thread of the pool: for whoever may ask many times a second, while others wait for this thread. */
export function verifyJwsInPool({ kty, key }: VerificationKey, jws: JwsParts): Promise<boolean> {
  if (jws.signature.length !== 64) return Promise.resolve(false);
  return new Promise((resolve, reject) => {
    verify(kty === 'OKP' ? null : 'sha256', Buffer.from(jws.signingInput, 'latin1'), key, kty === 'OKP' ? jws.signature : rawToDer(jws.signature), (error, holds) => { if (error) reject(error); else resolve(holds); });
  });
}

export const encodePart = (value: unknown): string => Buffer.from(JSON.stringify(value), 'utf8').toString('base64url');

/** Signs with a P-256 key. `protectedPart` comes from {@link encodePart}, so that a constant header is encoded once. */
export function signEs256(key: KeyObject, protectedPart: string, payload: unknown): string {
  const input = `${protectedPart}.${encodePart(payload)}`;
  return `${input}.${derToRaw(sign('sha256', Buffer.from(input, 'latin1'), key)).toString('base64url')}`;
}

/** {@link signEs256} on a thread of the pool. */
export function signEs256InPool(key: KeyObject, protectedPart: string, payload: unknown): Promise<string> {
  const input = `${protectedPart}.${encodePart(payload)}`;
  return new Promise((resolve, reject) => {
    sign('sha256', Buffer.from(input, 'latin1'), key, (error, signature) => { if (error) reject(error); else resolve(`${input}.${derToRaw(signature).toString('base64url')}`); });
  });
}

export const sha256 = (data: string | Uint8Array): Buffer => hash('sha256', data, 'buffer');
/** Same in base64url, 43 characters. */
export const sha256Text = (data: string | Uint8Array): string => hash('sha256', data, 'base64url');
