/** DPoP (RFC 9449) with a server nonce, and `bh` for the body it does not cover: every check of §4.3, in one place. */
import { createSecretKey } from 'node:crypto';
import { isBase64url } from '../../../shared/protocol/base64url.ts';
import { proofHeader, proofPayload } from '../../../shared/protocol/schemas.ts';
import { hmac, sameBytes } from '../platform/crypto/keys.ts';
import { createRandomPool } from '../platform/crypto/random-pool.ts';
import { decodePart, importPublicJwk, jwkThumbprint, sha256Text, splitJws, verifyJwsInPool, type VerificationKey } from '../platform/jws/jws.ts';
import type { Clock } from '../ports.ts';

export type ProofVerdict = { readonly ok: true; readonly jkt: string } | { readonly ok: false; readonly problem: 'invalid_dpop_proof' | 'use_dpop_nonce' | 'slow_down' };

export interface ProofInput {
  readonly proof: string | undefined;
  readonly method: string;
  /** The checked Host of the call. */
  readonly host: string;
  readonly path: string;
  readonly body: Buffer;
  /** The token sent along; null where there is none (claiming). */
  readonly token: string | null;
}

export interface ProofChecker {
  check(input: ProofInput): Promise<ProofVerdict>;
  /** A fresh value of `DPoP-Nonce`, never given twice: an equal one would tell two companies that they ask the same vault. */
  nonce(): string;
}

const SLOT_MS = 60_000;
/** A nonce is salt ‖ MAC over time slot and salt, so that none has to be remembered. */
const SALT_BYTES = 14;
const MAC_BYTES = 16;
const NONCE_LENGTH = ((SALT_BYTES + MAC_BYTES) * 4) / 3;
const CLOCK_WINDOW_S = 300;
const MAX_PROOF_LENGTH = 4_096;
const MAX_KEYS = 1_024;
/** Proofs remembered in one slot. A proof lives as long as its nonce, two slots at most, so two generations are enough. */
const MAX_REMEMBERED = 400_000;

export function createProofChecker(deps: { readonly clock: Clock; readonly randomBytes: (size: number) => Buffer }): ProofChecker {
  const { clock } = deps;
  const salts = createRandomPool(deps.randomBytes);
  const newKey = () => createSecretKey(deps.randomBytes(32));
  // Per process: after a restart no earlier proof is worth anything, so replays need not survive one.
  let nonceKey = newKey();
  const keys = new Map<string, { readonly key: VerificationKey; readonly jkt: string }>();
  let slot = -1;
  let seen = { current: new Set<string>(), previous: new Set<string>() };

  const macOf = (index: number, salt: Buffer): Buffer => hmac(nonceKey, Buffer.concat([Buffer.from(`nonce/v2|${index}|`), salt])).subarray(0, MAC_BYTES);
  const isCurrent = (nonce: string | undefined): boolean => {
    if (nonce?.length !== NONCE_LENGTH || !isBase64url(nonce)) return false;
    const bytes = Buffer.from(nonce, 'base64url');
    const salt = bytes.subarray(0, SALT_BYTES);
    const mac = bytes.subarray(SALT_BYTES);
    return sameBytes(mac, macOf(slot, salt)) || sameBytes(mac, macOf(slot - 1, salt));
  };
  const turn = (): void => {
    const now = Math.floor(clock.nowMs() / SLOT_MS);
    if (now === slot) return;
    // A clock set back would bring back nonces whose proofs are already forgotten: under a new key none of them counts.
    if (now < slot) nonceKey = newKey();
    seen = { current: new Set(), previous: now === slot + 1 ? seen.current : new Set() };
    slot = now;
  };

  /** Key and thumbprint by protected header: the same bytes with every proof of a company. */
  const keyOf = (protectedPart: string): { readonly key: VerificationKey; readonly jkt: string } | null => {
    const known = keys.get(protectedPart);
    if (known) return known;
    const header = proofHeader.safeParse(decodeOrNull(protectedPart));
    if (!header.success) return null;
    const key = importPublicJwk(header.data.jwk);
    if (!key) return null;
    const entry = { key, jkt: jwkThumbprint(header.data.jwk) };
    if (keys.size >= MAX_KEYS) keys.clear();
    keys.set(protectedPart, entry);
    return entry;
  };

  const invalid: ProofVerdict = { ok: false, problem: 'invalid_dpop_proof' };

  return Object.freeze({
    nonce() {
      turn();
      const salt = salts(SALT_BYTES);
      return Buffer.concat([salt, macOf(slot, salt)]).toString('base64url');
    },

    async check(input: ProofInput): Promise<ProofVerdict> {
      turn();
      if (input.proof === undefined || input.proof.length > MAX_PROOF_LENGTH) return invalid;
      const parts = splitJws(input.proof);
      if (!parts) return invalid;
      const header = keyOf(parts.protectedPart);
      if (!header) return invalid;
      const payload = proofPayload.safeParse(decodeOrNull(parts.payloadPart));
      if (!payload.success) return invalid;
      const claims = payload.data;
      if (claims.htm !== input.method || claims.htu !== `http://${input.host}${input.path}`) return invalid;
      if (Math.abs(clock.nowMs() / 1000 - claims.iat) > CLOCK_WINDOW_S) return invalid;
      if (claims.bh !== sha256Text(input.body)) return invalid;
      if (claims.ath !== (input.token === null ? undefined : sha256Text(input.token))) return invalid;
      if (!isCurrent(claims.nonce)) return { ok: false, problem: 'use_dpop_nonce' };
      if (!(await verifyJwsInPool(header.key, parts))) return invalid;
      // From here on in one go: of two equal proofs under way at once, the second sees the first.
      turn();
      const used = sha256Text(`${header.jkt}|${claims.jti}`).slice(0, 22);
      if (seen.current.has(used) || seen.previous.has(used)) return invalid;
      // Full: nobody is served until the slot turns, rather than forgetting a proof that could come again.
      if (seen.current.size >= MAX_REMEMBERED) return { ok: false, problem: 'slow_down' };
      seen.current.add(used);
      return { ok: true, jkt: header.jkt };
    },
  });
}

function decodeOrNull(part: string): unknown {
  try {
    return decodePart(part);
  } catch {
    return null;
  }
}
