/** DPoP (RFC 9449) with a server nonce, and `bh` for the body it does not cover: every check of §4.3, in one place. */
import { proofHeader, proofPayload } from '../../../shared/protocol/schemas.ts';
import { hmac } from '../platform/crypto/keys.ts';
import { decodePart, importPublicJwk, jwkThumbprint, sha256Text, splitJws, verifyJws, type VerificationKey } from '../platform/jws/jws.ts';
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
  check(input: ProofInput): ProofVerdict;
  /** Value of `DPoP-Nonce` right now, the same for everybody. */
  nonce(): string;
}

const SLOT_MS = 60_000;
const CLOCK_WINDOW_S = 300;
const MAX_PROOF_LENGTH = 4_096;
const MAX_KEYS = 1_024;
/** Proofs remembered in one slot. A proof lives as long as its nonce, two slots at most, so two generations are enough. */
const MAX_REMEMBERED = 400_000;

export function createProofChecker(deps: { readonly clock: Clock; readonly randomBytes: (size: number) => Buffer }): ProofChecker {
  const { clock } = deps;
  // Per process: after a restart no earlier proof is worth anything, so replays need not survive one.
  const nonceKey = deps.randomBytes(32);
  const keys = new Map<string, { readonly key: VerificationKey; readonly jkt: string }>();
  let slot = -1;
  let nonces = { current: '', previous: '' };
  let seen = { current: new Set<string>(), previous: new Set<string>() };

  const nonceOf = (index: number): string => hmac(nonceKey, `nonce/v1|${index}`).toString('base64url').slice(0, 22);
  const turn = (): void => {
    const now = Math.floor(clock.nowMs() / SLOT_MS);
    if (now === slot) return;
    // A clock set back forgets nothing: a proof stays used for as long as its nonce could be accepted again.
    seen = now === slot + 1 ? { current: new Set(), previous: seen.current } : { current: new Set(), previous: new Set([...seen.previous, ...seen.current].slice(-MAX_REMEMBERED)) };
    slot = now;
    nonces = { current: nonceOf(now), previous: nonceOf(now - 1) };
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
    nonce() { turn(); return nonces.current; },

    check(input: ProofInput): ProofVerdict {
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
      if (claims.nonce !== nonces.current && claims.nonce !== nonces.previous) return { ok: false, problem: 'use_dpop_nonce' };
      if (!verifyJws(header.key, parts)) return invalid;
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
