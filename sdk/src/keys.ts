/** A company's two keys: one signs its document and requests, the other proves possession of tokens (DPoP). */
import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose';
import { z } from 'zod';
import { bareEs256Jwk } from '../../shared/protocol/schemas.ts';
import { failure } from './errors.ts';

const privateKey = bareEs256Jwk.extend({ d: z.string().length(43) });
const companyKeys = z.strictObject({ signing: privateKey, dpop: privateKey });

/** P-256 private key as JWK (RFC 7517 §9.3), for ES256. */
export type PrivateJwk = z.output<typeof privateKey>;
/** The public half: exactly the members of its thumbprint. */
export type BareJwk = z.output<typeof bareEs256Jwk>;

/** Both private keys, ready for `JSON.stringify`. Keep them like a password: whoever has `dpop` can redeem your tokens. */
export interface CompanyKeys { readonly signing: PrivateJwk; readonly dpop: PrivateJwk }

/**
 * Makes a fresh pair of ES256 keys.
 *
 * @example
 * const keys = await generateCompanyKeys();
 * await writeFile('keys.json', JSON.stringify(keys), { mode: 0o600 });
 */
export async function generateCompanyKeys(): Promise<CompanyKeys> {
  return { signing: await generateKey(), dpop: await generateKey() };
}

async function generateKey(): Promise<PrivateJwk> {
  const { privateKey: key } = await generateKeyPair('ES256', { extractable: true });
  const { kty, crv, x, y, d } = await exportJWK(key);
  return privateKey.parse({ kty, crv, x, y, d });
}

/**
 * Reads keys that were stored as JSON.
 *
 * @throws {PenchantError} ERR_KEYS_INVALID when they are not two P-256 private keys.
 * @example
 * const keys = parseCompanyKeys(JSON.parse(await readFile('keys.json', 'utf8')));
 */
export function parseCompanyKeys(value: unknown): CompanyKeys {
  const parsed = companyKeys.safeParse(value);
  if (!parsed.success) throw failure('ERR_KEYS_INVALID', 'These are not two P-256 private keys as JWK.', parsed.error);
  return parsed.data;
}

/** The public half of a key: never carries `d`. */
export function publicJwk(key: PrivateJwk | BareJwk): BareJwk {
  return { kty: key.kty, crv: key.crv, x: key.x, y: key.y };
}

/** RFC 7638 SHA-256 thumbprint, 43 characters: the `kid` of a signing key, the `dpop_jkt` of a request, the `cnf.jkt` of a token. */
export function thumbprintOf(key: PrivateJwk | BareJwk): Promise<string> {
  return calculateJwkThumbprint(publicJwk(key), 'sha256');
}
