/** DPoP proofs (RFC 9449 §4.2) with the body hash of the protocol, and the nonces vaults hand out (§8). */
import { TYP_DPOP } from '../../shared/protocol/names.ts';
import { randomId, sha256Base64url } from './encoding.ts';
import { signJws } from './jws.ts';
import { publicJwk, type PrivateJwk } from './keys.ts';

export interface ProofInput {
  readonly method: string;
  /** The URL called; query and fragment are left out of `htu`. */
  readonly url: URL;
  /** The token the proof goes with; gives `ath`. Omitted at claim, where there is none yet. */
  readonly token?: string;
  /** The exact body text; gives `bh`. */
  readonly body?: string;
  /** The vault's current nonce. */
  readonly nonce?: string;
  /** Unix ms. */
  readonly nowMs: number;
}

/**
 * Signs a proof of possession for one HTTP call. The calls of this SDK do it by themselves; use it to talk to a vault some other way.
 *
 * @example
 * const proof = await signProof({ method: 'POST', url: new URL('http://127.0.0.1:47816/v1/redeem'), token, body, nonce, nowMs: Date.now() }, keys.dpop);
 */
export async function signProof(input: ProofInput, key: PrivateJwk): Promise<string> {
  return signJws({ typ: TYP_DPOP, alg: 'ES256', jwk: publicJwk(key) }, {
    jti: randomId(), htm: input.method, htu: input.url.origin + input.url.pathname, iat: Math.floor(input.nowMs / 1000),
    ...(input.token === undefined ? {} : { ath: await sha256Base64url(input.token) }),
    ...(input.nonce === undefined ? {} : { nonce: input.nonce }),
    ...(input.body === undefined ? {} : { bh: await sha256Base64url(input.body) }),
  }, key);
}

/** Latest nonce of each vault, by origin: saves the extra round trip that learning it costs. Bounded, oldest out first. */
export interface NonceStore {
  readonly get: (origin: string) => string | undefined;
  readonly set: (origin: string, nonce: string) => void;
}

/** A nonce store in memory, for at most `limit` vaults. */
export function createNonceStore(limit = 1000): NonceStore {
  const nonces = new Map<string, string>();
  return Object.freeze({
    get: (origin: string) => nonces.get(origin),
    set: (origin: string, nonce: string) => {
      nonces.delete(origin);
      nonces.set(origin, nonce);
      const [oldest] = nonces.keys();
      if (nonces.size > limit && oldest !== undefined) nonces.delete(oldest);
    },
  });
}
