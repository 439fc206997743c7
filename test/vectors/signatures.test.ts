/** Signatures over bare bytes, by the suites of others, as the vault checks them. The company's library checks none but whole messages: jws.test.ts. */
import { expect, test } from 'vitest';
import { z } from 'zod';
import { importPublicJwk, verifyJws, verifyJwsInPool, type VerificationJwk } from '../../electron/core/platform/jws/jws.ts';
import { hex, readFixture, readWycheproof } from './suites.ts';

/** Whether the vault takes it, asked on this thread and in the pool. */
async function accepts(jwk: VerificationJwk, message: Buffer, signature: Buffer): Promise<boolean> {
  const key = importPublicJwk(jwk);
  if (!key) return false;
  const jws = { protectedPart: '', payloadPart: '', signingInput: message.toString('latin1'), signature };
  const accepted = verifyJws(key, jws);
  expect(await verifyJwsInPool(key, jws)).toBe(accepted);
  return accepted;
}
const ed25519 = (key: Buffer): VerificationJwk => ({ kty: 'OKP', crv: 'Ed25519', x: key.toString('base64url') });

test('Wycheproof, ECDSA on P-256 with SHA-256 and signatures of fixed length: all as the suite says', async () => {
  const vectors = readWycheproof('ecdsa_secp256r1_sha256_p1363_test.json.gz', z.object({ publicKey: z.object({ uncompressed: hex }), msg: hex, sig: hex }));
  expect(vectors).toHaveLength(262);
  const wrong: number[] = [];
  for (const { tcId, result, publicKey: { uncompressed }, msg, sig } of vectors) {
    const jwk = { kty: 'EC', crv: 'P-256', x: uncompressed.toString('base64url', 1, 33), y: uncompressed.toString('base64url', 33) } as const;
    if (await accepts(jwk, msg, sig) !== (result === 'valid')) wrong.push(tcId);
  }
  expect(wrong).toEqual([]);
});

test('Wycheproof, Ed25519, with those of RFC 8032 among them: all as the suite says', async () => {
  const vectors = readWycheproof('ed25519_test.json', z.object({ publicKey: z.object({ pk: hex }), msg: hex, sig: hex }));
  expect(vectors).toHaveLength(151);
  const wrong: number[] = [];
  for (const { tcId, result, publicKey: { pk }, msg, sig } of vectors) if (await accepts(ed25519(pk), msg, sig) !== (result === 'valid')) wrong.push(tcId);
  expect(wrong).toEqual([]);
});

/** Why a signature of the collection is refused. RFC 8032 lets pass what has none of these; of small order are also all its points that were not reduced, which §5.1.3 would not decode. */
const REFUSED_FOR: Readonly<Record<string, string>> = {
  low_order_A: 'under a key of small order anyone can sign, so OpenSSL takes none',
  low_order_R: 'a point of small order never comes from an honest signer, so OpenSSL takes none',
  low_order_residue: '§5.1.7 lets the equation be checked with the cofactor or without; without it, as here, the residue stays',
};

test('the edge cases of Ed25519 collected by C2SP: whatever has one of these marks is refused, the rest is taken', async () => {
  const vectors = readFixture('cctv-ed25519/ed25519vectors.json.gz', z.array(z.object({ number: z.number(), key: hex, sig: hex, msg: z.string(), flags: z.array(z.string()).nullable() })));
  expect(vectors).toHaveLength(914);
  const wrong: number[] = [];
  // Counted where a mark stands alone, for only there it is what refuses.
  const counts: Record<string, number> = { taken: 0, several: 0 };
  for (const { number, key, sig, msg, flags } of vectors) {
    const marks = Object.keys(REFUSED_FOR).filter((mark) => flags?.includes(mark));
    if (await accepts(ed25519(key), Buffer.from(msg), sig) !== (marks.length === 0)) wrong.push(number);
    const [mark = 'taken'] = marks;
    const counted = marks.length > 1 ? 'several' : mark;
    counts[counted] = (counts[counted] ?? 0) + 1;
  }
  expect(wrong).toEqual([]);
  expect(counts).toEqual({ taken: 43, low_order_A: 66, low_order_R: 98, low_order_residue: 63, several: 644 });
});
