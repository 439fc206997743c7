/** Vectors of others for what signatures and keys stand on: printed ones of RFCs always, the whole of Wycheproof where PENCHANT_WYCHEPROOF names its folder. */
import { createDecipheriv, createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { hkdf32, hmac } from '../../electron/core/platform/crypto/keys.ts';
import { algorithmFits, decodePart, importPublicJwk, jwkThumbprint, splitJws, verifyJws, type VerificationJwk } from '../../electron/core/platform/jws/jws.ts';
import { readJws, verifyJws as verifyWithJose } from '../../sdk/src/jws.ts';
import { publicJwk, type PublicJwk } from '../../shared/protocol/schemas.ts';

/** A key as a company may publish it; the suite gives many with their private half, which ours refuses, so it is left out. */
function publicKeyOf(key: unknown): PublicJwk | null {
  const bare = typeof key === 'object' && key !== null && 'd' in key ? (({ d: _d, ...rest }) => rest)(key) : key;
  const parsed = publicJwk.safeParse(bare);
  return parsed.success ? parsed.data : null;
}
/** As our messages have it: nothing but these members, so neither `crit` nor `jku`. */
const headerSchema = z.strictObject({ alg: z.string(), kid: z.string().optional(), typ: z.string().optional() });

/** Whether the vault would take this JWS under this key. */
function vaultAccepts(compact: string, key: unknown): boolean {
  const jwk = publicKeyOf(key);
  const parts = splitJws(compact);
  if (!jwk || !parts) return false;
  let header: unknown;
  try { header = decodePart(parts.protectedPart); } catch { return false; }
  const known = headerSchema.safeParse(header);
  if (!known.success || !algorithmFits(jwk, known.data.alg) || (jwk.alg !== undefined && jwk.alg !== known.data.alg)) return false;
  const imported = importPublicJwk(jwk);
  return imported !== null && verifyJws(imported, parts);
}

/** The same with the company's library, which stands on jose behind a gate of its own. The payload there is always JSON, so the gate is asked with one. */
async function sdkAccepts(compact: string, key: unknown): Promise<boolean> {
  const jwk = publicKeyOf(key);
  if (!jwk) return false;
  const bare = jwk.kty === 'EC' ? { kty: jwk.kty, crv: jwk.crv, x: jwk.x, y: jwk.y } : { kty: jwk.kty, crv: jwk.crv, x: jwk.x };
  try {
    const { header } = readJws(compact, 65_536, { header: headerSchema, payload: z.unknown() });
    return algorithmFits(jwk, header.alg) && (jwk.alg === undefined || jwk.alg === header.alg) && await verifyWithJose(compact, bare, header.alg);
  } catch {
    return false;
  }
}

describe('printed in RFCs', () => {
  const p256 = { kty: 'EC', crv: 'P-256', x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU', y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0' } as const;
  const es256 = 'eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q';
  const ed = { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' } as const;
  const eddsa = 'eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg';

  test('ES256 of RFC 7515 A.3, in the vault and in the company’s library', async () => {
    expect([vaultAccepts(es256, p256), await sdkAccepts(es256, p256)]).toEqual([true, true]);
  });

  test('Ed25519 of RFC 8037 A.4, and its thumbprint of A.3', () => {
    expect(vaultAccepts(eddsa, ed)).toBe(true);
    expect(jwkThumbprint(ed)).toBe('kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k');
  });

  test('HMAC-SHA-256 of RFC 4231, cases 1 and 2', () => {
    expect(hmac(Buffer.alloc(20, 0x0b), 'Hi There').toString('hex')).toBe('b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7');
    expect(hmac(Buffer.from('Jefe'), 'what do ya want for nothing?').toString('hex')).toBe('5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843');
  });

  test('Ed25519 with an OpenSSL key, RFC 8032 §7.1, tests 1 to 3', () => {
    for (const [x, message, signature] of [
      ['d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a', '', 'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b'],
      ['3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c', '72', '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00'],
      ['fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025', 'af82', '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a'],
    ] as const) {
      const key = importPublicJwk({ kty: 'OKP', crv: 'Ed25519', x: Buffer.from(x, 'hex').toString('base64url') });
      const input = Buffer.from(message, 'hex').toString('latin1');
      expect(key !== null && verifyJws(key, { protectedPart: '', payloadPart: '', signingInput: input, signature: Buffer.from(signature, 'hex') })).toBe(true);
    }
  });

  test('a signature spelled in any sloppy way is refused by both, also where jose alone would take it', async () => {
    const [head = '', body = '', signature = ''] = es256.split('.');
    for (const sloppy of [`${head}.${body}.${signature}=`, `${head}.${body}.${signature}==`, `${head}.${body}. ${signature}`, `${head}.${body}.${signature} `, `${head}.${body}\n.${signature}`, `${head}=.${body}.${signature}`, ` ${es256}`, `${es256}\n`, `${head}.${body}.${signature.slice(0, -1)}${signature.endsWith('Q') ? 'R' : 'Q'}`, es256.replaceAll('-', '+').replaceAll('_', '/')]) {
      expect([sloppy, vaultAccepts(sloppy, p256), await sdkAccepts(sloppy, p256)]).toEqual([sloppy, false, false]);
    }
  });
});

/** Valid by the suite and refused here: by reason, the numbers of the tests. Everything else must come out as the suite says. */
const algorithmIsNotOurs = 'signed with an algorithm the protocol does not have: only ES256 and Ed25519 are';

const folder = process.env['PENCHANT_WYCHEPROOF'];
if (folder !== undefined) {
  const one = z.looseObject({ tcId: z.number(), comment: z.string(), result: z.enum(['valid', 'invalid', 'acceptable']) });
  type One = z.output<typeof one>;
  const load = (name: string) => z.object({ testGroups: z.array(z.looseObject({ tests: z.array(one) })) }).parse(JSON.parse(readFileSync(join(folder, `${name}_test.json`), 'utf8'))).testGroups;
  const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
  const bytesOf = (value: unknown): Buffer => Buffer.from(textOf(value), 'hex');
  const tally = (name: string, counts: Readonly<Record<string, number>>): void => { process.stdout.write(`wycheproof ${name}: ${Object.entries(counts).map(([what, count]) => `${count} ${what}`).join(', ')}\n`); };

  describe(`Wycheproof`, () => {
    test.each(['ecdsa_secp256r1_sha256_p1363', 'ed25519'])('%s: every signature as the suite says', (name) => {
      const wrong: One[] = [];
      let valid = 0, invalid = 0;
      for (const group of load(name)) {
        const jwk = createPublicKey({ key: bytesOf(group['publicKeyDer']), format: 'der', type: 'spki' }).export({ format: 'jwk' }) as VerificationJwk;
        const key = importPublicJwk(jwk);
        for (const each of group.tests) {
          const accepted = key !== null && verifyJws(key, { protectedPart: '', payloadPart: '', signingInput: bytesOf(each['msg']).toString('latin1'), signature: bytesOf(each['sig']) });
          if (accepted) valid += 1; else invalid += 1;
          if (accepted !== (each.result === 'valid')) wrong.push(each);
        }
      }
      tally(name, { accepted: valid, refused: invalid });
      expect(wrong).toEqual([]);
    });

    test('HKDF and HMAC with SHA-256, and AES-256-GCM as the vault uses it', () => {
      const wrong: unknown[] = [];
      const counts = { hkdf: 0, hmac: 0, gcm: 0 };
      // Longer than HKDF can give is invalid there; ours always gives 32 bytes, of which a shorter output is the beginning.
      for (const group of load('hkdf_sha256')) for (const each of group.tests.filter(({ result }) => result === 'valid')) {
        counts.hkdf += 1;
        const length = Math.min(32, Number(each['size']));
        if (!hkdf32(bytesOf(each['ikm']), bytesOf(each['info']), bytesOf(each['salt'])).subarray(0, length).equals(bytesOf(each['okm']).subarray(0, length))) wrong.push(each);
      }
      for (const group of load('hmac_sha256')) for (const each of group.tests) {
        counts.hmac += 1;
        const tag = bytesOf(each['tag']);
        if (hmac(bytesOf(each['key']), bytesOf(each['msg'])).subarray(0, tag.length).equals(tag) !== (each.result === 'valid')) wrong.push(each);
      }
      for (const group of load('aes_gcm').filter((one_) => one_['keySize'] === 256 && one_['ivSize'] === 96 && one_['tagSize'] === 128)) for (const each of group.tests) {
        counts.gcm += 1;
        let plain: Buffer | null = null;
        try {
          const decipher = createDecipheriv('aes-256-gcm', bytesOf(each['key']), bytesOf(each['iv'])).setAAD(bytesOf(each['aad'])).setAuthTag(bytesOf(each['tag']));
          plain = Buffer.concat([decipher.update(bytesOf(each['ct'])), decipher.final()]);
        } catch { /* refused */ }
        if ((plain?.equals(bytesOf(each['msg'])) ?? false) !== (each.result === 'valid')) wrong.push(each);
      }
      tally('primitives', counts);
      expect(wrong).toEqual([]);
    });

    test('JSON web signatures and keys: nothing invalid is taken, and every valid one that is refused has its reason', async () => {
      const taken: unknown[] = [], unexplained: unknown[] = [];
      const counts = { accepted: 0, refused: 0, [algorithmIsNotOurs]: 0 };
      for (const name of ['json_web_signature', 'json_web_key']) for (const group of load(name)) for (const each of group.tests) {
        const key: unknown = group['public'] ?? group['private'];
        const keys = typeof key === 'object' && key !== null && 'keys' in key && Array.isArray(key.keys) ? key.keys as unknown[] : [key];
        const compact = textOf(each['jws']);
        // A set of keys is never searched here: each message names one, and that one is given.
        const verdicts = keys.length === 1 ? [vaultAccepts(compact, keys[0]), await sdkAccepts(compact, keys[0])] : [false, false];
        const [byVault = false, bySdk = false] = verdicts;
        if (byVault) counts.accepted += 1; else counts.refused += 1;
        if ((byVault || bySdk) && each.result !== 'valid') taken.push({ name, tcId: each.tcId, comment: each.comment, byVault, bySdk, jws: compact, key });
        if (!byVault && each.result === 'valid') {
          const alg = /"alg"\s*:\s*"([^"]+)"/u.exec(Buffer.from(compact.split('.')[0] ?? '', 'base64url').toString())?.[1] ?? '';
          if (alg !== 'ES256' && alg !== 'EdDSA' && alg !== 'Ed25519') counts[algorithmIsNotOurs] += 1;
          else unexplained.push({ name, tcId: each.tcId, comment: each.comment, jws: compact, key });
        }
      }
      tally('JWS and JWK', counts);
      expect(taken).toEqual([]);
      expect(unexplained).toEqual([]);
    });
  });
}
