/** The company side against published vectors: RFC 9901, Token Status List, RFC 9449, RFC 7638. */
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { sha256Base64url } from '../../sdk/src/encoding.ts';
import { verifyJws } from '../../sdk/src/jws.ts';
import { thumbprintOf, type BareJwk } from '../../sdk/src/keys.ts';
import { processSdJwt, splitSdJwt, type JsonObject } from '../../sdk/src/sd-jwt.ts';
import { statusBit, unpackList } from '../../sdk/src/status.ts';
import { readFixture } from './suites.ts';

const point = z.object({ x: z.string(), y: z.string() });
const sdJwt = readFixture('rfc9901.json', z.object({ key: point, examples: z.array(z.object({ name: z.string(), issuance: z.string(), issued: z.json(), presentation: z.string(), presented: z.json() })).min(8) }));
const statusList = readFixture('status-list.json', z.object({
  short: z.object({ lst: z.string(), bytes: z.array(z.string()) }), long: z.object({ lst: z.string(), entries: z.number(), set: z.array(z.number()) }), signed: z.object({ jwt: z.string(), key: point }),
}));
const dpop = readFixture('rfc9449.json', z.object({ accessToken: z.string(), proof: z.string(), ath: z.string(), jkt: z.string(), htm: z.string(), htu: z.string(), iat: z.number() }));

const p256 = ({ x, y }: { readonly x: string; readonly y: string }): BareJwk => ({ kty: 'EC', crv: 'P-256', x, y });
const payloadOf = (jws: string) => JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString('utf8')) as JsonObject;

describe('RFC 9901 examples', () => {
  for (const example of sdJwt.examples) {
    for (const [which, text, expected] of [['all disclosures', example.issuance, example.issued], ['the holder\'s choice', example.presentation, example.presented]] as const) {
      it(`${example.name}, ${which}: verifies and gives the payload of the RFC`, async () => {
        const parts = splitSdJwt(text);
        expect(parts).not.toBeNull();
        const { jws, disclosures } = parts ?? { jws: '', disclosures: [] };
        expect(await verifyJws(jws, p256(sdJwt.key), 'ES256')).toBe(true);
        expect((await processSdJwt(payloadOf(jws), disclosures)).payload).toEqual(expected);
      });
    }
  }

  it('computes the digest printed in RFC 9901 §4.2.3 for family_name', async () => {
    expect(await sha256Base64url('WyJfMjZiYzRMVC1hYzZxMktJNmNCVzVlcyIsICJmYW1pbHlfbmFtZSIsICJNw7ZiaXVzIl0')).toBe('X9yH0Ajrdm1Oij4tWso9UzzKJvPoDxwmuEcO3XAdRC0');
  });
});

describe('Token Status List vectors', () => {
  it('unpacks the short list byte for byte', async () => {
    expect([...await unpackList(statusList.short.lst)].map((byte) => byte.toString(16))).toEqual(statusList.short.bytes);
  });

  it('finds exactly the indices of the 2^20 list, least significant bit first', async () => {
    const bits = await unpackList(statusList.long.lst);
    expect(bits.length * 8).toBe(statusList.long.entries);
    const set = Array.from({ length: statusList.long.entries }, (_, index) => index).filter((index) => statusBit(bits, index));
    expect(set).toEqual(statusList.long.set);
  });

  it('verifies the signed example', async () => {
    expect(await verifyJws(statusList.signed.jwt, p256(statusList.signed.key), 'ES256')).toBe(true);
  });
});

describe('RFC 9449 §7.1', () => {
  const [head = ''] = dpop.proof.split('.');
  const { jwk } = JSON.parse(Buffer.from(head, 'base64url').toString()) as { jwk: BareJwk };

  it('verifies the proof and its claims', async () => {
    expect(await verifyJws(dpop.proof, p256(jwk), 'ES256')).toBe(true);
    expect(payloadOf(dpop.proof)).toMatchObject({ htm: dpop.htm, htu: dpop.htu, iat: dpop.iat, ath: dpop.ath });
  });

  it('computes the same ath and the same key thumbprint (RFC 7638)', async () => {
    expect(await sha256Base64url(dpop.accessToken)).toBe(dpop.ath);
    expect(await thumbprintOf(p256(jwk))).toBe(dpop.jkt);
  });
});
