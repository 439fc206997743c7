/** SD-JWT (RFC 9901): one disclosure for each claim, decoy digests so that the number of claims held back cannot be counted. */
import type { KeyObject } from 'node:crypto';
import { encodePart, sha256Text, signEs256InPool } from '../platform/jws/jws.ts';

/** A claim ready to be disclosed: `tail` is `"name",value]`, encoded once and used under many salts. */
export interface Disclosable { readonly tail: string }

export const disclosable = (name: string, value: unknown): Disclosable => ({ tail: `,${JSON.stringify(name)},${JSON.stringify(value)}]` });

const SALT_BYTES = 16;
const DIGEST_BYTES = 32;
/** Digests in every answer: at least this many, and up to 15 more at random; there are fewer claims than that. */
const MIN_DIGESTS = 16;
const SPREAD = 16;

/**
 * `<jws>~<disclosure>~…~`, every disclosure included.
 *
 * @param randomBytes fresh 128-bit salts, and the decoys, come from here
 */
export async function issueSdJwt(key: KeyObject, protectedPart: string, payload: Readonly<Record<string, unknown>>, claims: readonly Disclosable[], randomBytes: (size: number) => Buffer): Promise<string> {
  const random = randomBytes(1 + claims.length * SALT_BYTES + (MIN_DIGESTS + SPREAD) * DIGEST_BYTES);
  const decoys = Math.max(0, MIN_DIGESTS + ((random[0] ?? 0) % SPREAD) - claims.length);
  const digests: string[] = [];
  let disclosures = '';
  claims.forEach((claim, i) => {
    const salt = random.toString('base64url', 1 + i * SALT_BYTES, 1 + (i + 1) * SALT_BYTES);
    const disclosure = Buffer.from(`["${salt}"${claim.tail}`, 'utf8').toString('base64url');
    disclosures += `${disclosure}~`;
    digests.push(sha256Text(disclosure));
  });
  // RFC 9901 §4.2.5 makes a decoy by hashing random bytes; 32 random bytes are as good a digest and nobody can tell.
  const from = 1 + claims.length * SALT_BYTES;
  for (let i = 0; i < decoys; i++) digests.push(random.toString('base64url', from + i * DIGEST_BYTES, from + (i + 1) * DIGEST_BYTES));
  // Sorted, so that position tells nothing.
  digests.sort();
  return `${await signEs256InPool(key, protectedPart, { ...payload, _sd: digests, _sd_alg: 'sha-256' })}~${disclosures}`;
}

export const headerPart = (typ: string): string => encodePart({ typ, alg: 'ES256' });
