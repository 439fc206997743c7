/** Signed messages, by RFCs and by the suites of others, as vault and company's library read and check them. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { algorithmFits, decodePart, importPublicJwk, jwkThumbprint, splitJws, verifyJws } from '../../electron/core/platform/jws/jws.ts';
import { readJws, verifyJws as verifyWithJose } from '../../sdk/src/jws.ts';
import { isBase64url } from '../../shared/protocol/base64url.ts';
import { documentHeader, flattenedJws, publicJwk, type PublicJwk } from '../../shared/protocol/schemas.ts';
import { readFixture, readWycheproof } from './suites.ts';

/** As our messages have it, so neither `crit` nor `jku`, except that the suites do without `typ` and some without `kid`. */
const header = documentHeader.partial({ typ: true, kid: true });

/** The one key a message names, as a company may publish it. The suites give many with their private half, which ours refuses, so it is left out. */
function keyNamed(kid: string | undefined, keys: readonly unknown[]): PublicJwk | null {
  const published = publicJwk.array().safeParse(keys.map((key) => (typeof key === 'object' && key !== null && 'd' in key ? (({ d: _d, ...rest }) => rest)(key) : key)));
  const named = published.data?.filter((key) => key.kid === kid) ?? [];
  return named.length === 1 ? named[0] ?? null : null;
}

/** Whether the vault would take this JWS under one of these keys. */
function vaultAccepts(compact: string, keys: readonly unknown[]): boolean {
  const parts = splitJws(compact);
  if (!parts) return false;
  let read: z.output<typeof header>;
  try { read = header.parse(decodePart(parts.protectedPart)); } catch { return false; }
  const jwk = keyNamed(read.kid, keys);
  if (!jwk || !algorithmFits(jwk, read.alg)) return false;
  const key = importPublicJwk(jwk);
  return key !== null && verifyJws(key, parts);
}

/** The same with the company's library, which stands on jose behind a gate of its own. The gate reads JSON payloads, as all of ours are; for the text of the suites an empty object stands in. */
async function libraryAccepts(compact: string, keys: readonly unknown[]): Promise<boolean> {
  const [head = '', payload = '', ...rest] = compact.split('.');
  let read: z.output<typeof header>;
  try { read = readJws([head, payload !== '' && isBase64url(payload) ? 'e30' : payload, ...rest].join('.'), 65_536, { header, payload: z.unknown() }).header; } catch { return false; }
  const jwk = keyNamed(read.kid, keys);
  if (!jwk) return false;
  return verifyWithJose(compact, jwk.kty === 'EC' ? { kty: jwk.kty, crv: jwk.crv, x: jwk.x, y: jwk.y } : { kty: jwk.kty, crv: jwk.crv, x: jwk.x }, read.alg);
}

const accepts = async (compact: string, keys: readonly unknown[]): Promise<readonly [vault: boolean, library: boolean]> => [vaultAccepts(compact, keys), await libraryAccepts(compact, keys)];

describe('printed in RFCs', () => {
  const p256 = { kty: 'EC', crv: 'P-256', x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU', y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0' } as const;
  const es256 = 'eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q';

  test('ES256 of RFC 7515 A.3', async () => { expect(await accepts(es256, [p256])).toEqual([true, true]); });

  test('the thumbprint of an Ed25519 key, RFC 8037 A.3', () => {
    expect(jwkThumbprint({ kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' })).toBe('kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k');
  });

  test('a signature spelled in any sloppy way is refused by both, also where jose alone would take it', async () => {
    const [head = '', body = '', signature = ''] = es256.split('.');
    for (const sloppy of [`${head}.${body}.${signature}=`, `${head}.${body}.${signature}==`, `${head}.${body}. ${signature}`, `${head}.${body}.${signature} `, `${head}.${body}\n.${signature}`, `${head}=.${body}.${signature}`, ` ${es256}`, `${es256}\n`, `${head}.${body}.${signature.slice(0, -1)}${signature.endsWith('Q') ? 'R' : 'Q'}`, es256.replaceAll('-', '+').replaceAll('_', '/')]) {
      expect([sloppy, ...await accepts(sloppy, [p256])]).toEqual([sloppy, false, false]);
    }
  });
});

/** Per file of Wycheproof: how many vectors, which are taken, and by algorithm the valid ones that are refused, all for one reason: the protocol has no other algorithms than ES256 and Ed25519. */
const WYCHEPROOF: readonly (readonly [file: string, count: number, taken: readonly number[], otherAlgorithms: Readonly<Record<string, readonly number[]>>])[] = [
  ['json_web_signature_test.json.gz', 401, [18, 378], {
    HS256: [1, 348, 352, 357, 358, 359, 372, 373, 376, 377], RS256: [33, 259, 260, 261, 262, 263, 345, 349], RS384: [264, 265, 266, 267], RS512: [268, 269, 270, 271],
    PS256: [272, 273, 274, 275, 287, 288], PS384: [320, 321, 322, 323, 346, 350], PS512: [325, 326, 327, 328], ES512: [347, 351],
  }],
  ['json_web_key_test.json', 26, [], { HS256: [2, 13], HS384: [14], HS512: [15], RS256: [5] }],
  // The last two are encrypted, which nothing is here.
  ['json_web_crypto_test.json', 83, [18], { HS256: [1, 48], RS256: [33], A256KW: [50], 'ECDH-ES+A128KW': [67] }],
];

describe('Wycheproof, JSON web signatures and keys', () => {
  test.each(WYCHEPROOF)('%s: of %i, taken is what is valid and of an algorithm of ours', async (file, count, taken, otherAlgorithms) => {
    const vectors = readWycheproof(file, z.object({ public: z.unknown().optional(), private: z.unknown().optional(), jws: z.unknown().optional(), jwe: z.unknown().optional() }));
    expect(vectors).toHaveLength(count);
    const accepted: number[] = [], refused: Record<string, number[]> = {};
    for (const { tcId, result, public: published, private: secret, jws, jwe } of vectors) {
      const key = published ?? secret, message = jws ?? jwe;
      const keys = z.object({ keys: z.array(z.unknown()) }).safeParse(key).data?.keys ?? [key];
      const compact = typeof message === 'string' ? message : JSON.stringify(message);
      const [byVault, byLibrary] = await accepts(compact, keys);
      expect([tcId, byLibrary]).toEqual([tcId, byVault]);
      if (byVault) {
        expect([tcId, result]).toEqual([tcId, 'valid']);
        accepted.push(tcId);
      } else if (result === 'valid') {
        const { alg } = z.object({ alg: z.string() }).parse(JSON.parse(Buffer.from(compact.split('.', 1)[0] ?? '', 'base64url').toString()));
        (refused[alg] ??= []).push(tcId);
      }
    }
    expect(accepted).toEqual(taken);
    expect(refused).toEqual(otherAlgorithms);
  });
});

/** Why an example of the JOSE cookbook is refused; null where its compact and flattened forms are taken. The general form never is: nothing here is signed by several. */
const COOKBOOK: Readonly<Record<string, string | null>> = {
  'curve25519/jws.json': null,
  'jws/4_1.rsa_v15_signature.json': 'RS256 is not ours',
  'jws/4_2.rsa-pss_signature.json': 'PS384 is not ours',
  'jws/4_3.ecdsa_signature.json': 'ES512 is not ours',
  'jws/4_4.hmac-sha2_integrity_protection.json': 'HS256 is not ours',
  'jws/4_5.signature_with_detached_content.json': 'the payload must be there; HS256',
  'jws/4_6.protecting_specific_header_fields.json': 'no header may be unprotected; HS256',
  'jws/4_7.protecting_content_only.json': 'no header may be unprotected; HS256',
  'jws/4_8.multiple_signatures.json': 'signed by several; RS256, ES512, HS256',
  'rfc7797/4.2.hmac-sha2_b64_false.json': 'the payload must be base64url; HS256',
  'rfc7797/hmac-sha2_b64_false.json': 'the payload must be base64url; HS256',
};

describe('JOSE cookbook, signatures', () => {
  const folder = 'jose-cookbook';
  const example = z.object({ input: z.object({ key: z.unknown() }), output: z.record(z.string(), z.unknown()) });

  test('every example is named', () => {
    const files = readdirSync(join(import.meta.dirname, 'fixtures', folder), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'));
    expect(files.map((name) => name.replaceAll('\\', '/')).toSorted()).toEqual(Object.keys(COOKBOOK));
  });

  test.each(Object.entries(COOKBOOK))('%s', async (name, reason) => {
    const { input: { key }, output } = readFixture(`${folder}/${name}`, example);
    const taken: string[] = [];
    for (const [form, message] of Object.entries(output)) {
      const flattened = flattenedJws.safeParse(message).data;
      const compact = flattened ? `${flattened.protected}.${flattened.payload}.${flattened.signature}` : typeof message === 'string' ? message : JSON.stringify(message);
      const [byVault, byLibrary] = await accepts(compact, Array.isArray(key) ? key : [key]);
      expect([form, byLibrary]).toEqual([form, byVault]);
      if (byVault) taken.push(form);
    }
    expect(taken).toEqual(reason === null ? ['compact', 'json_flat'] : []);
  });
});
