/** SD-JWT (RFC 9901): one disclosure for each claim, decoy digests so that the number of claims held back cannot be counted. */
import type { KeyObject } from 'node:crypto';
import { encodePart, sha256, signEs256 } from '../platform/jws/jws.ts';

/** A claim ready to be disclosed: `tail` is `"name",value]`, encoded once and used under many salts. */
export interface Disclosable { readonly tail: string }

export const disclosable = (name: string, value: unknown): Disclosable => ({ tail: `,${JSON.stringify(name)},${JSON.stringify(value)}]` });

const SALT_BYTES = 16;
/** Digests in every answer: at least this many, and up to 15 more at random; there are fewer claims than that. */
const MIN_DIGESTS = 16;
const SPREAD = 16;

/**
 * `<jws>~<disclosure>~…~`, every disclosure included.
 *
 * @param randomBytes fresh 128-bit salts, and the decoys, come from here
 */
export function issueSdJwt(key: KeyObject, protectedPart: string, payload: Readonly<Record<string, unknown>>, claims: readonly Disclosable[], randomBytes: (size: number) => Buffer): string {
  const spread = randomBytes(1)[0] ?? 0;
  const decoys = Math.max(0, MIN_DIGESTS + (spread % SPREAD) - claims.length);
  const random = randomBytes((claims.length + decoys) * SALT_BYTES);
  const digests: string[] = [];
  let disclosures = '';
  claims.forEach((claim, i) => {
    const salt = random.subarray(i * SALT_BYTES, (i + 1) * SALT_BYTES).toString('base64url');
    const disclosure = Buffer.from(`["${salt}"${claim.tail}`, 'utf8').toString('base64url');
    disclosures += `${disclosure}~`;
    digests.push(sha256(disclosure).toString('base64url'));
  });
  // RFC 9901 §4.2.5: a decoy is the hash of random bytes.
  for (let i = claims.length; i < claims.length + decoys; i++) digests.push(sha256(random.subarray(i * SALT_BYTES, (i + 1) * SALT_BYTES)).toString('base64url'));
  // Sorted, so that position tells nothing.
  digests.sort();
  return `${signEs256(key, protectedPart, { ...payload, _sd: digests, _sd_alg: 'sha-256' })}~${disclosures}`;
}

export const headerPart = (typ: string): string => encodePart({ typ, alg: 'ES256' });
